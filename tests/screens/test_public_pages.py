"""What anyone reads: the same for everybody, without cookie, kept by caches, open to other sites where it is meant."""

import csv
import io
import json
import re
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import Client

from tests.screens.conftest import Browser
from tests.screens.lint import SVG, lint, words
from tracker.domain.vocabulary import PublicationScope, Role
from tracker.exports.open_data import COLUMNS
from tracker.store.models import Account, Organisation, Publication
from tracker.store.session import Database

HOME = "/demonstration/public"
YEAR = f"{HOME}/2024"
PAGES = (
    HOME,
    YEAR,
    f"{YEAR}?page=2",
    f"{YEAR}/engagements/DEM16-S01",
    f"{YEAR}/indicateurs/SOB-06",
    f"{YEAR}/integrer/DEM16-S01",
)
FILES = (f"{YEAR}.csv", f"{YEAR}.json", f"{HOME}/flux.atom")
ATOM = "{http://www.w3.org/2005/Atom}"
CACHING = "public, max-age=300"


def publish(store: Database, slug: str = "demonstration", year: int = 2024, **told: object) -> None:
    """Decide a version now, as if somebody had."""
    with store.transaction() as session:
        home = session.scalars(select(Organisation.id).where(Organisation.slug == slug)).one()
        given = {
            "scope": PublicationScope.EVERYTHING,
            "has_values": True,
            "visible_from": date(2026, 11, 22),
            "is_withdrawn": False,
            "note_fr": "",
            "author": "Quelqu'un",
            "recorded_at": datetime.now(UTC),
            **told,
        }
        last = select(func.coalesce(func.max(Publication.version), 0)).where(
            Publication.organisation_id == home, Publication.year == year
        )
        who = session.scalars(select(Account.id).order_by(Account.id)).first()
        version = (session.scalar(last) or 0) + 1
        session.add(Publication(organisation_id=home, year=year, version=version, account_id=who, **given))


def test_every_public_address_answers_a_stranger_and_sets_nothing(browser: Browser, app: Flask):
    plain = Client(app)  # ours reads pages, not what is compressed
    for address in (*PAGES, *FILES):
        browser.get(address)
        answer = plain.get(address, headers={"Accept-Encoding": "br"})
        assert answer.status_code == 200, address
        assert answer.headers["Cache-Control"] == CACHING, address
        assert "Set-Cookie" not in answer.headers, address
        assert answer.headers["Vary"] == "Accept-Encoding", address
        assert re.fullmatch(r'"[0-9a-f]{32}(:br)?"', answer.headers["ETag"]), address
        assert answer.last_modified is not None, address
        assert datetime(2025, 3, 15, 9, tzinfo=UTC) <= answer.last_modified <= datetime.now(UTC), address
        head = browser.head(address)
        assert (head.status_code, head.data) == (200, b""), address
        assert head.headers["Cache-Control"] == CACHING, address


def test_who_is_signed_in_reads_the_same_bytes_and_their_cookie_is_left_alone(browser: Browser, app: Flask):
    stranger = app.test_client()
    browser.sign_in(Role.REFERENT)
    browser.get("/demonstration/?langue=en")
    for address in (*PAGES, *FILES):
        mine = browser.get(address)
        assert mine.data == stranger.get(address).data, address
        assert "Set-Cookie" not in mine.headers, address
        assert "Cookie" not in mine.headers["Vary"], address
        assert "Dominique" not in mine.text, address
    assert browser.get("/demonstration/").status_code == 200  # still signed in


def test_private_pages_stay_out_of_caches(browser: Browser):
    browser.sign_in(Role.REFERENT)
    for address in ("/demonstration/", "/demonstration/publications", "/demonstration/publications/2024", "/"):
        assert browser.get(address).headers["Cache-Control"] == "no-store", address


def test_the_language_is_in_the_address_and_stays_in_the_links(browser: Browser):
    page = browser.page(f"{YEAR}?langue=en")
    assert page.get("lang") == "en"
    inside = [link.get("href") or "" for link in page.iter("a")]
    public = [address for address in inside if address.startswith(HOME)]
    assert public
    assert [address for address in public if "langue=" not in address] == []
    assert browser.page(YEAR).get("lang") == "fr"
    english, french = browser.get(f"{YEAR}?langue=en").headers, browser.get(YEAR).headers
    assert "Set-Cookie" not in english
    assert english["ETag"] != french["ETag"]


def test_a_cache_that_has_the_page_is_told_so_before_anything_is_computed(app: Flask, store: Database):
    from sqlalchemy import event

    asked: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    browser = Client(app)
    for address in (*PAGES, *FILES):
        for encoding in ("br", "gzip", "identity"):
            first = browser.get(address, headers={"Accept-Encoding": encoding})
            asked.clear()
            known = {"If-None-Match": f'"other", {first.headers["ETag"]}', "Accept-Encoding": encoding}
            again = browser.get(address, headers=known)
            assert (again.status_code, again.data) == (304, b""), address
            assert again.headers["ETag"] == first.headers["ETag"]
            assert again.headers["Cache-Control"] == CACHING
            assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
            queries = 2 if address == "/demonstration/public" else 1  # the reports are looked for beside the years
            assert sum(one.startswith("SELECT") for one in asked) == queries, address
    assert browser.get(YEAR, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_cache_that_knows_only_the_day_of_what_it_has_is_told_so_too(browser: Browser, store: Database):
    first = {address: browser.get(address).headers for address in (*PAGES, *FILES)}
    for address, told in first.items():
        known = {"If-Modified-Since": told["Last-Modified"]}
        again = browser.get(address, headers=known)
        assert (again.status_code, again.data) == (304, b""), address
        assert again.headers["Cache-Control"] == CACHING
        assert browser.get(address, headers=known | {"If-None-Match": '"other"'}).status_code == 200, address
        old = {"If-Modified-Since": "Sat, 15 Mar 2025 08:00:00 GMT"}
        assert browser.get(address, headers=old).status_code == 200, address
    publish(
        store,
        is_withdrawn=True,
        note_fr="Une valeur était fausse.",
        recorded_at=datetime.now(UTC) + timedelta(seconds=1),
    )
    for address in PAGES[1:]:
        known = {"If-Modified-Since": first[address]["Last-Modified"]}
        assert browser.get(address, headers=known).status_code == 410, address


def test_an_address_with_a_slash_too_many_is_read_too(browser: Browser):
    for address in (HOME, YEAR):
        page = browser.page(f"{address}/")
        canonical = page.find(".//link[@rel='canonical']")
        assert canonical is not None
        assert str(canonical.get("href")).endswith(address)
    assert browser.get("/amp/public/").status_code == browser.get("/amp/public/2024/").status_code == 404


def test_publishing_changes_what_caches_keep_at_every_address(browser: Browser, store: Database):
    before = {address: browser.get(address).headers["ETag"] for address in (*PAGES, *FILES)}
    publish(store, note_fr="Version corrigée")
    for address, tag in before.items():
        answer = browser.get(address, headers={"If-None-Match": tag})
        assert answer.status_code == 200, address
        assert answer.headers["ETag"] != tag, address
    assert "version 2" in words(browser.page(YEAR))


def test_a_version_that_waits_changes_nothing_until_its_day(browser: Browser, store: Database, app: Flask):
    import time_machine

    tag = browser.get(YEAR).headers["ETag"]
    publish(store, visible_from=date(2026, 11, 24))
    publish(store, slug="marseille", year=2025, visible_from=date(2026, 11, 24))
    assert browser.get(YEAR, headers={"If-None-Match": tag}).status_code == 304
    assert browser.get("/marseille/public/2025").status_code == 404
    with time_machine.travel("2026-11-24 00:01:00+01:00", tick=True):
        assert browser.get(YEAR, headers={"If-None-Match": tag}).status_code == 200
        assert browser.get("/marseille/public/2025").status_code == 200


def test_what_is_not_published_looks_like_what_does_not_exist(browser: Browser, store: Database):
    publish(store, slug="amp", year=2025, visible_from=date(2027, 1, 1))
    endings = ("", "/2025", "/2025.csv", "/2025.json", "/flux.atom", "/2025/engagements/VDM22-C02", "/2025/integrer/X")
    for ending in endings:
        pages = [browser.get(f"/{slug}/public{ending}") for slug in ("marseille", "amp", "nowhere")]
        assert {page.status_code for page in pages} == {404}
        bodies = {re.sub(r"/(marseille|amp|nowhere)/", "/x/", page.text) for page in pages}
        assert len(bodies) == 1, ending
        assert {page.headers["Cache-Control"] for page in pages} == {"no-store"}
    for address in (f"{HOME}/2023", f"{YEAR}/engagements/NOPE", f"{YEAR}/indicateurs/NOPE", f"{YEAR}/integrer/NOPE"):
        assert browser.get(address).status_code == 404, address


def test_a_year_taken_back_answers_410_with_its_reason_everywhere_and_the_others_stay(
    browser: Browser, store: Database
):
    tag = browser.get(YEAR).headers["ETag"]
    publish(store, is_withdrawn=True, note_fr="Une valeur était fausse.")
    for address in (*PAGES[1:], f"{YEAR}.csv", f"{YEAR}.json"):
        answer = browser.get(address, headers={"If-None-Match": tag})
        assert answer.status_code == 410, address
        told = words(lint(address, answer.text))
        assert "2024 n’est plus publiée depuis le 22 novembre 2026" in told
        assert "Une valeur était fausse." in told
        assert answer.headers["Cache-Control"] == "public, max-age=60"
        same = browser.get(address, headers={"If-None-Match": answer.headers["ETag"]})
        assert same.status_code == 410, address
    assert "frame-ancestors *" in browser.get(f"{YEAR}/integrer/DEM16-S01").headers["Content-Security-Policy"]
    assert "Aucune année n’est publiée en ce moment." in words(browser.page(HOME))
    assert "À lire sans compte" not in words(browser.page("/"))


def test_the_home_page_leads_a_stranger_to_what_is_published(browser: Browser, app: Flask):
    page = browser.page("/")
    links = {link.get("href"): words(link) for link in page.iter("a")}
    assert links[HOME] == "Ville de Démonstration"
    assert "/marseille/public" not in links
    assert sum(1 for _ in page.iter()) < 150
    signed_in = app.test_client()
    assert isinstance(signed_in, Browser)
    assert "À lire sans compte" not in signed_in.sign_in(Role.ELU).get("/").text


def test_a_stranger_never_reads_who_wrote_what_nor_comments_nor_parts(browser: Browser):
    names = ("Alix", "Dominique", "Données de démonstration", "commentaire", "Pièce", "DSI", "Échanges")
    for address in PAGES:
        text = browser.get(address).text
        assert [name for name in names if name in text] == [], address
    assert "commentaire" not in browser.get(f"{YEAR}.csv").text


def test_values_after_the_year_are_not_published_with_it(browser: Browser, store: Database):
    publish(store)  # as known in November 2026, with values of 2025
    page = browser.page(f"{YEAR}/indicateurs/SOB-06")
    known = {words(row.find("th")): words(row.find("td")) for row in page.iterfind(".//tbody/tr")}
    assert known["2024"].endswith("ans")
    assert all(shown.startswith("prévision") for year, shown in known.items() if year > "2024")
    rows = list(csv.DictReader(io.StringIO(browser.get(f"{YEAR}.csv").text)))
    assert max(row["annee"] for row in rows if row["valeur"] or row["motif_absence"] or row["source"]) == "2024"


def test_a_year_without_its_values_has_no_page_of_indicator_and_no_figure_in_its_data(
    browser: Browser, store: Database
):
    publish(store, has_values=False, scope=PublicationScope.FLAGSHIPS)
    assert browser.get(f"{YEAR}/indicateurs/SOB-06").status_code == 404
    page = browser.page(f"{YEAR}/engagements/DEM16-S01")
    assert not [link for link in page.iter("a") if "/indicateurs/" in (link.get("href") or "")]
    rows = list(csv.DictReader(io.StringIO(browser.get(f"{YEAR}.csv").text)))
    assert len(rows) == 9
    assert {row["valeur"] for row in rows} == {""}
    assert all(row["etat"] for row in rows)
    assert "Sur 9 engagements phares" in words(browser.page(YEAR))
    assert browser.get(f"{YEAR}/engagements/DEM22-A01").status_code in {200, 404}


def test_a_year_without_its_values_gives_no_figure_of_an_indicator_anywhere(browser: Browser, store: Database):
    publish(store, has_values=False)
    figure = re.compile(r"\d\s?(%|ans?\b|points?\b|t CO|[Mk]Wh|kg)|mesurée?s? en \d|\(calcul|il manque|de trop")
    addresses = [str(a.get("href")) for a in browser.page(YEAR).iter("a") if "/engagements/" in str(a.get("href"))]
    assert len(addresses) > 20
    for address in (YEAR, f"{YEAR}?page=2", *addresses, f"{YEAR}/integrer/DEM16-S01", f"{YEAR}/integrer/DEM22-S03"):
        page = browser.page(address)
        assert not {one.get("class") for one in page.iter(SVG)} & {"spark", "chart"}, address
        assert not [one for one in page.iter(SVG) if "bullet" in one.get("class", "")], address
        voted = {words(one) for name in ("h1", "h3", "blockquote", "a", "textarea") for one in page.iter(name)}
        said = [words(one) for name in ("p", "li", "small", "dd") for one in page.iter(name)]
        found = [one for one in said if figure.search(_without(voted, one))]
        assert found == [], address
    assert "La situation s’améliore." in words(browser.page(f"{YEAR}/engagements/DEM16-S02"))
    assert "Les valeurs des indicateurs ne sont pas publiées." in words(browser.page(YEAR))
    for row in csv.DictReader(io.StringIO(browser.get(f"{YEAR}.csv").text)):
        assert not figure.search(row["phrase"]), row
    newest = browser.get(f"{HOME}/flux.atom").text.partition("<entry>")[2].partition("</entry>")[0]
    assert "version 2" in newest
    assert not figure.search(newest)


def _without(voted: set[str], told: str) -> str:
    """Take off what was voted: its figures are those of the vote."""
    for one in sorted(voted, key=len, reverse=True):
        told = told.replace(one, "")
    return told


def test_the_public_chart_has_the_title_and_the_table_of_the_one_that_is_read_signed_in(browser: Browser):
    address = f"{YEAR}/indicateurs/SOB-06"
    tree = browser.page(address)
    assert words(tree.find(".//figcaption/h2")) == "En hausse depuis 2016, encore sous l’objectif (6 ans)"
    assert [words(th) for th in tree.iterfind(".//table[@class='values']/thead//th")] == [
        "Année",
        "Valeur",
        "Objectif",
        "Attendu",
        "D’où vient la valeur",
    ]
    rows = {words(row.find("th")): [words(td) for td in row.iterfind("td")] for row in tree.iterfind(".//tbody/tr")}
    assert rows["2025"][0].startswith("prévision")
    assert "si le rythme reste dans sa marge" in rows["2025"][-1]
    filed = csv.DictReader(io.StringIO(browser.get(f"{YEAR}.csv").text, newline=""))
    series = {
        line["annee"]: line for line in filed if (line["engagement"], line["indicateur"]) == ("DEM16-S01", "SOB-06")
    }
    assert sorted(series) == sorted(rows)
    places = {"valeur": 0, "prevision": 0, "seuil": 1, "attendu": 2, "prevision_marge_haute": 3}
    for year, line in series.items():
        for column, place in places.items():
            told = re.findall(r"\d+(?:,\d+)?", rows[year][place])
            if line[column]:
                assert min(abs(float(one.replace(",", ".")) - float(line[column])) for one in told) < 0.05, (
                    year,
                    column,
                )
    assert [year for year, line in series.items() if line["prevision"]] == [str(year) for year in range(2025, 2031)]


def test_the_table_is_for_programs(browser: Browser):
    answer = browser.get(f"{YEAR}.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    content = answer.data.decode("utf-8")
    assert not content.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(content)))
    assert list(rows[0]) == [column.name for column in COLUMNS]
    keys = [(row["engagement"], row["indicateur"], row["annee"]) for row in rows]
    assert len(keys) == len(set(keys))
    assert len({row["engagement"] for row in rows}) == 38
    for row in rows:
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", row["vote_le"])
        assert row["chiffres_au"] == "2025-03-15"
        for name in ("valeur", "numerateur", "denominateur", "seuil"):
            assert re.fullmatch(r"(-?\d+(\.\d+)?)?", row[name]), row
        assert not (row["valeur"] and row["motif_absence"])
        assert bool(row["etat"]) == (row["annee"] in {"", "2024"}), row
    missing = next(row for row in rows if row["motif_absence"] == "non mesuré")
    assert missing["valeur"] == ""
    assert browser.get(f"{YEAR}.csv?langue=en").data == answer.data  # programs read French words in any language


def test_the_data_package_describes_the_table_as_it_is(browser: Browser):
    answer = browser.get(f"{YEAR}.json")
    told = json.loads(answer.data)
    (resource,) = told["resources"]
    table = browser.get(urlsplit(resource["path"]).path)
    assert resource["bytes"] == len(table.data)
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert list(fields) == list(rows[0])
    for name, field in fields.items():
        allowed = field.get("constraints", {}).get("enum")
        if allowed:
            assert {row[name] for row in rows} - {""} <= set(allowed), name
        assert field["description"]
    assert told["licenses"][0]["name"] == "etalab-2.0"
    assert "Licence Ouverte 2.0" in words(browser.page(YEAR))


def test_the_figure_may_be_framed_by_other_sites_and_nothing_else_may(browser: Browser):
    figure = browser.get(f"{YEAR}/integrer/DEM16-S01")
    policy = figure.headers["Content-Security-Policy"]
    usual = browser.get("/aide").headers["Content-Security-Policy"]
    assert policy == usual.replace("frame-ancestors 'none'", "frame-ancestors *")
    assert "X-Frame-Options" not in figure.headers
    assert figure.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Access-Control-Allow-Origin" not in figure.headers
    tree = lint(YEAR, figure.text)
    (link,) = list(tree.iter("a"))
    assert link.get("href") == f"{YEAR}/engagements/DEM16-S01"
    assert (link.get("target"), link.get("rel")) == ("_blank", "noopener")
    assert "En trajectoire" in words(tree)
    assert "est fictive" in words(tree)
    for address in (*PAGES[:-1], *FILES):
        headers = browser.get(address).headers
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"], address
    for address in PAGES[:-1]:
        headers = browser.get(address).headers
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin", address
        assert "Access-Control-Allow-Origin" not in headers, address


def test_pages_name_their_one_address_and_the_feed(browser: Browser):
    for address in PAGES[:-1]:
        page = browser.page(address)
        canonical = page.find(".//link[@rel='canonical']")
        feed = page.find(".//link[@type='application/atom+xml']")
        assert canonical is not None
        assert feed is not None
        assert canonical.get("href") == address
        assert feed.get("href") == f"{HOME}/flux.atom"
    noisy = browser.page(f"{YEAR}?utm_source=x").find(".//link[@rel='canonical']")
    assert noisy is not None
    assert noisy.get("href") == YEAR


def test_the_feed_is_atom_and_tells_each_version_with_what_it_changed(
    browser: Browser, store: Database, referent: Browser
):
    typed = {"value": "1265", "precision": "measured", "revision": "1", "reason": "Facture retrouvée"}
    answer = referent.send(
        "/demonstration/saisie/2024/SOB-05", {f"SOB-05-{name}": text for name, text in typed.items()}
    )
    assert answer.status_code == 302, words(lint("", answer.text))
    publish(store, note_fr="Corrigée")
    publish(store, is_withdrawn=True, note_fr="Encore fausse.", recorded_at=datetime.now(UTC) + timedelta(minutes=1))
    answer = browser.get(f"{HOME}/flux.atom")
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ElementTree.fromstring(answer.data)  # noqa: S314 - our own
    entries = root.findall(f"{ATOM}entry")
    assert root.tag == f"{ATOM}feed"
    for node in (root, *entries):
        for name in ("id", "title", "updated"):
            assert len(node.findall(f"{ATOM}{name}")) == 1
            assert (node.findtext(f"{ATOM}{name}") or "").strip()
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", str(node.findtext(f"{ATOM}updated")))
        assert str(node.findtext(f"{ATOM}id")).startswith("tag:127.0.0.1,2")
        for link in node.findall(f"{ATOM}link"):
            assert str(link.get("href")).startswith("http://127.0.0.1:5000/demonstration/public")
    assert [link.get("rel") for link in root.findall(f"{ATOM}link")] == ["self", "alternate", "related"]
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    identities = [str(entry.findtext(f"{ATOM}id")) for entry in entries]
    assert len(identities) == len(set(identities)) == 3
    moments = [str(entry.findtext(f"{ATOM}updated")) for entry in entries]
    assert moments == sorted(moments, reverse=True)
    assert root.findtext(f"{ATOM}updated") == moments[0]
    assert identities[-1] == "tag:127.0.0.1,2025-03-15:demonstration/public/2024/1"
    titles = [entry.findtext(f"{ATOM}title") for entry in entries]
    assert [str(title)[:4] for title in titles] == ["2024"] * 3
    changed = str(entries[1].findtext(f"{ATOM}content"))
    assert "→ 1\u202f265\u00a0MWh" in changed, changed
    assert "Encore fausse." in str(entries[0].findtext(f"{ATOM}summary"))


@pytest.mark.parametrize("address", PAGES)
def test_a_public_page_stays_light(browser: Browser, address: str):
    drawn = re.sub(r"<svg.*?</svg>", "<svg></svg>", browser.get(address).text, flags=re.DOTALL)
    assert sum(1 for _ in lint(address, drawn).iter()) <= 400
