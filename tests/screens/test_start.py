"""The first hour on screen: a calm empty page, a choice, a file shown before it is added, and every address answers."""

from typing import Any

import pytest
from flask import Flask

from tests.integration.new_town import LEAD, founded
from tests.screens.conftest import Browser
from tests.screens.lint import lint, words
from tests.screens.test_every_page import counts
from tests.unit.test_packs_read import TEXT, changed
from tracker.domain.permissions import Permission, may
from tracker.domain.vocabulary import Axis, Role
from tracker.store.session import Database
from tracker.web.platform.guards import EVERYONE

HOME, START = "/neuve/", "/neuve/demarrage"
CHOICE, PACK = f"{START}/indicateurs", f"{START}/paquet"


@pytest.fixture
def arrive(app: Flask, store: Database):
    """Give the function that signs somebody in to a new organisation, in a browser of their own."""
    founded(store)

    def client(role: Role = Role.REFERENT) -> Browser:
        found = app.test_client()
        assert isinstance(found, Browser)
        return found.sign_in(role)

    return client


def said(browser: Browser, address: str) -> str:
    return words(browser.page(address))


def send_file(browser: Browser, content: bytes) -> Any:
    """Send a file as a browser does; the body is built here, as the client would leave a large one open."""
    lines = (
        b"--edge",
        b'Content-Disposition: form-data; name="csrf_token"',
        b"",
        browser.token().encode(),
        b"--edge",
        b'Content-Disposition: form-data; name="file"; filename="paquet.yaml"',
        b"Content-Type: application/yaml",
        b"",
        content,
        b"--edge--",
        b"",
    )
    return browser.post(PACK, data=b"\r\n".join(lines), content_type="multipart/form-data; boundary=edge")


def upload(browser: Browser, content: bytes, status: int = 200) -> Any:
    answer = send_file(browser, content)
    assert answer.status_code == status, answer.text
    return lint(PACK, answer.text)


def shown_again(tree: Any) -> dict[str, str]:
    form = next(one for one in tree.iter("form") if one.get("action") == PACK)
    return {one.get("name"): one.get("value") or "" for one in form.iter("input") if one.get("name") != "csrf_token"}


def ticks(browser: Browser) -> dict[str, bool]:
    boxes = [one for one in browser.page(CHOICE).iter("input") if one.get("type") == "checkbox"]
    return {str(one.get("value")): one.get("checked") is not None for one in boxes}


@pytest.mark.parametrize("role", list(Role))
def test_every_address_of_an_empty_organisation_answers_every_role_without_writing(
    app: Flask, store: Database, arrive, role: Role
):
    browser = arrive(role)
    before = counts(store)
    adapter = app.url_map.bind("localhost")
    seen = 0
    given: dict[str, Any] = {
        "slug": "neuve",
        "year": 2025,
        "axis": Axis.SOBRIETY,
        "form": "odt",
        "image": "svg",
        "part": "annees",
        "which": "paquet.zip",
        "place": 1,
    }
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or set()) or "slug" not in rule.arguments:
            continue
        about = {name: "RIEN-01" for name in rule.arguments if name not in given}
        about = {name: 1 if rule.rule.find(f"<int:{name}>") >= 0 else value for name, value in about.items()}
        address = adapter.build(rule.endpoint, {**{k: given[k] for k in given if k in rule.arguments}, **about})
        access = app.view_functions[rule.endpoint].access
        is_refused = access != EVERYONE and not may(role, Permission(access))
        expected = {403} if is_refused else {200} if not about else {403, 404}
        if access == EVERYONE or rule.rule.endswith((".svg", ".png", ":image>")) or rule.endpoint == "carbon.frozen":
            expected = {404}  # nothing is published, drawn nor frozen
        if any(of_year in rule.rule for of_year in ("/campagnes/", "/validation/", "/plan/")):
            expected |= {404}  # a year without a campaign, or without a plan
        answer = browser.get(address)
        assert answer.status_code in expected, f"{role} {address}: {answer.status_code}"
        seen += 1
    assert seen >= 20
    assert counts(store) == before


def test_an_empty_dashboard_sends_the_lead_to_the_start_and_tells_the_others_nothing_is_asked(arrive):
    lead = arrive()
    page = lead.page(HOME)
    assert START in [one.get("href") for one in page.iter("a")]
    assert "aucun engagement ni aucune valeur" in words(page)
    reader = arrive(Role.ELU).page(HOME)
    assert START not in [one.get("href") for one in reader.iter("a")]
    assert "Rien n’est attendu de vous" in words(reader)
    assert "0" not in words(next(reader.iter("main"))).replace("2025", "")


def test_the_recommended_set_is_ticked_and_nothing_is_stored_until_it_is_saved(arrive, store: Database):
    lead = arrive()
    before = counts(store)
    ticked = ticks(lead)
    assert len(ticked) == 88
    assert sum(ticked.values()) == 59 - 1
    assert not ticks(arrive(Role.REFERENT)).get("GOV-15")
    assert counts(store) == before


def test_a_choice_is_saved_then_shown_as_chosen_and_entered(arrive):
    lead = arrive()
    answer = lead.send(CHOICE, {"seen": "0", "codes": ["SOB-06", "ACC-01"]}, follow_redirects=True)
    assert "2 indicateurs suivis de plus." in words(lint(START, answer.text))
    assert [code for code, is_on in ticks(lead).items() if is_on] == ["SOB-06", "ACC-01"]
    lead.send("/neuve/saisie/2025", {"SOB-06-value": "5,4", "SOB-06-revision": "0"})
    dashboard = said(lead, f"{HOME}?annee=2025")
    assert "5,4 ans" in dashboard
    assert "Durée d’usage moyenne des ordinateurs" in dashboard
    assert "2 indicateurs suivis hors engagement" in said(lead, "/neuve/engagements")


def test_unticking_an_indicator_with_values_says_that_they_stay(arrive):
    lead = arrive()
    lead.send(CHOICE, {"seen": "0", "codes": ["SOB-06"]})
    lead.send("/neuve/saisie/2025", {"SOB-06-value": "5,4", "SOB-06-revision": "0"})
    page = lead.page(CHOICE)
    assert "1 valeur enregistrée, gardée si vous décochez." in words(page)
    seen = next(one.get("value") for one in page.iter("input") if one.get("name") == "seen")
    told = words(lint(START, lead.send(CHOICE, {"seen": seen}, follow_redirects=True).text))
    assert "1 indicateur n’est plus suivi. 1 valeur reste enregistrée" in told


def test_two_leads_at_once_the_second_reads_who_and_keeps_the_ticks(arrive, store: Database):
    first, second = arrive(), arrive()
    first.send(CHOICE, {"seen": "0", "codes": ["SOB-06"]})
    before = counts(store)
    answer = second.send(CHOICE, {"seen": "0", "codes": ["SOB-07"]})
    assert answer.status_code == 409
    page = lint(CHOICE, answer.text)
    assert f"{LEAD} a changé cette liste" in words(page)
    boxes = {one.get("value"): one.get("checked") for one in page.iter("input") if one.get("type") == "checkbox"}
    assert boxes["SOB-07"] is not None
    assert boxes["SOB-06"] is None
    assert counts(store) == before
    seen = next(one.get("value") for one in page.iter("input") if one.get("name") == "seen")
    assert second.send(CHOICE, {"seen": seen, "codes": ["SOB-06", "SOB-07"]}).status_code == 302


@pytest.mark.parametrize(
    "data", [{"codes": ["NOPE"]}, {"seen": "x" * 50, "codes": ["SOB-06"]}, {"seen": "²", "codes": ["SOB-06"]}]
)
def test_a_strange_choice_is_refused_with_a_sentence(arrive, store: Database, data: dict[str, Any]):
    lead = arrive()
    lead.send(CHOICE, {"seen": "0", "codes": ["SOB-07"]})
    before = counts(store)
    assert lead.send(CHOICE, data).status_code in {409, 422}
    assert counts(store) == before


def test_what_a_commitment_uses_cannot_be_unticked(arrive):
    lead = arrive()
    lead.send(PACK, shown_again(upload(lead, TEXT.encode())))
    boxes = {one.get("value"): one for one in lead.page(CHOICE).iter("input") if one.get("type") == "checkbox"}
    assert boxes["SOB-06"].get("disabled") is not None
    assert boxes["SOB-06"].get("checked") is not None


def test_a_file_is_shown_then_added_and_its_confirmation_sent_twice_adds_nothing(arrive, store: Database):
    lead = arrive()
    before = counts(store)
    preview = upload(lead, TEXT.encode())
    told = words(preview)
    for part in ("Ce fichier contient 2 engagements.", "Garder les ordinateurs six ans", "Jalon", "1 jalon échu"):
        assert part in told
    assert counts(store) == before
    confirmation = shown_again(preview)
    done = lead.send(PACK, confirmation, follow_redirects=True)
    assert "2 engagements ajoutés." in words(lint(START, done.text))
    after = counts(store)
    assert after["commitment"] == before["commitment"] + 2
    again = lead.send(PACK, confirmation)
    assert again.status_code == 422
    assert "déjà là" in words(lint(PACK, again.text))
    assert counts(store) == after
    start = lead.page(START)
    links = [str(one.get("href")) for one in start.iter("a")]
    assert "/neuve/reglages/engagements/FIC25-S01/SOB-06" in links
    assert "/neuve/engagements/FIC25-G01#constats" in links


def test_each_slip_of_a_file_is_told_at_its_line(arrive):
    page = upload(arrive(), changed("axis: sobriety", "axis: sobriete"), 422)
    row = next(one for one in page.iter("tr") if "sobriete" in words(one))
    assert "11 « sobriete » n’est pas admis ici. Valeurs admises : sobriety, accessibility" in words(row)
    assert "commitments 1 › axis" in words(row)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Ce fichier est vide."),
        (b"x" * 1_500_000, "Paquet trop lourd"),
        (b"a: !!python/object/apply:os.system ['id']", "types explicites"),
        (b"a: &a [1]\nb: *a", "ancres"),
        (b"[" * 100_000, "8 niveaux au plus"),
        (b"\x00\xff", "UTF-8"),
        (b"<script>alert(1)</script>: <b>x</b>", "Clés possibles"),
    ],
)
def test_a_hostile_file_gets_a_sentence_and_leaves_no_trace(arrive, store: Database, content: bytes, sentence: str):
    lead = arrive()
    before = counts(store)
    page = upload(lead, content, 422)
    assert sentence in words(page)
    assert not list(page.iter("script"))
    assert counts(store) == before


def test_a_file_of_ten_megabytes_is_refused_before_it_is_read(arrive, store: Database):
    lead = arrive()
    before = counts(store)
    assert send_file(lead, b"x" * 10_000_000).status_code == 413
    assert counts(store) == before


@pytest.mark.parametrize("shown", ["", "!!!", "AAAA", "eJwDAAAAAAE=", "é"])
def test_a_confirmation_that_was_tampered_with_is_refused(arrive, store: Database, shown: str):
    lead = arrive()
    before = counts(store)
    assert lead.send(PACK, {"step": "confirm", "shown": shown}).status_code == 422
    assert counts(store) == before


def test_a_confirmation_that_unfolds_into_a_giant_is_refused(arrive):
    import zlib
    from base64 import b64encode

    bomb = b64encode(zlib.compress(b" " * 200_000_000, 9)).decode()
    answer = arrive().send(PACK, {"step": "confirm", "shown": bomb})
    assert answer.status_code == 422
    assert "Paquet trop lourd" in words(lint(PACK, answer.text))


def test_the_settings_and_the_start_show_the_same_queue(referent: Browser):
    lists = []
    for address in ("/amp/reglages", "/amp/demarrage"):
        queue = next(one for one in referent.page(address).iter("ul") if one.get("class") == "dates")
        lists.append([words(item) for item in queue.iter("li")])
    assert lists[0] == lists[1]
    assert len(lists[0]) > 5


@pytest.mark.parametrize("role", [Role.REFERENT, Role.ELU])
def test_an_empty_register_and_an_empty_campaign_say_what_comes_first_and_no_more(arrive, role: Role):
    sent = {"year": "2025", "due_on": "04/12/2026", "debate_on": "", "reminder_0": ""}
    assert arrive().send("/neuve/campagnes", sent).status_code == 302
    browser = arrive(role)
    register, campaign = browser.page("/neuve/engagements"), browser.page("/neuve/campagnes/2025")
    told = words(register.find(".//main"))
    assert "Aucun engagement n’est encore enregistré." in told
    assert "0 engagement" not in told
    assert not list(register.iter("select"))
    told = words(campaign.find(".//main"))
    assert "Aucun indicateur n’est à saisir : " in told.replace("\u00a0", " ")
    for wrong in ("Tout est soumis ou validé", "Par axe", "Tout est validé"):
        assert wrong not in told
    for tree in (register, campaign):
        links = [one.get("href") for one in tree.find(".//main").iter("a")]
        assert (START in links) is (role is Role.REFERENT)


@pytest.mark.parametrize(
    ("address", "place"),
    [(START, "/neuve/reglages"), (CHOICE, "/neuve/reglages"), ("/neuve/comparaison", "/neuve/")],
)
def test_the_menu_says_where_one_is(arrive, address: str, place: str):
    menu = arrive().page(address).find(".//nav")
    [here] = [one for one in menu.iter("a") if one.get("aria-current")]
    assert (str(here.get("href")).partition("?")[0], here.get("aria-current")) == (place, "true")


@pytest.mark.parametrize("scope", ["flagships", "everything"])
def test_a_preview_of_nothing_is_a_sentence_and_a_next_step(arrive, scope: str):
    tree = arrive().page(f"{HOME}publications/2025?portee={scope}")
    assert "Sur 0" not in words(tree)
    assert "Aucun engagement" in words(tree.find(".//p[@class='lead']"))
    assert START in {link.get("href") for link in tree.iterfind(".//main//a")}
