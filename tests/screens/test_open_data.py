"""The pages and files of open data: for members, for anyone, for the portals that harvest them."""

import hashlib
import json
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import update

from tests.packaged import rows
from tests.screens.conftest import Browser
from tests.screens.lint import words
from tests.screens.test_public_pages import publish
from tracker.config.settings import read
from tracker.domain.vocabulary import Role
from tracker.services import exporting
from tracker.services.datasets import TABLES
from tracker.store.models import DigitalService
from tracker.store.session import Database

HOME = "/demonstration/public/donnees"
MEMBERS = "/demonstration/donnees"
FILES = ("paquet.zip", "datapackage.json", "deliberations-scdl.csv", *(f"{table.name}.csv" for table in TABLES))


def test_every_file_that_the_pages_name_is_there_and_kept_by_caches_for_strangers_only(browser: Browser):
    page = browser.page(HOME)
    links = {link.get("href", "") for link in page.iter("a")}
    assert {f"{HOME}/{name}" for name in FILES} <= links
    for name in FILES:
        answer = browser.get(f"{HOME}/{name}")
        assert answer.status_code == 200, name
        assert answer.headers["Cache-Control"] == "public, max-age=300"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        same = browser.get(f"{HOME}/{name}", headers={"If-None-Match": answer.headers["ETag"]})
        assert (same.status_code, same.data) == (304, b""), name
    assert browser.get(f"{HOME}/rien.csv").status_code == 404
    assert browser.get(MEMBERS).status_code == 302
    browser.sign_in(Role.ELU)
    members = {link.get("href", "") for link in browser.page(MEMBERS).iter("a")}
    assert {f"{MEMBERS}/{name}" for name in FILES} <= members
    for name in FILES:
        answer = browser.get(f"{MEMBERS}/{name}")
        assert answer.status_code == 200, name
        assert answer.headers["Cache-Control"] == "no-store"


def test_the_files_change_with_what_has_no_version_and_their_tag_says_so(browser: Browser, store: Database):
    first = browser.get(f"{HOME}/services.csv")
    with store.transaction() as session:
        new = {"name": "Nouveau nom (fictif)", "version": DigitalService.version + 1}
        session.execute(update(DigitalService).where(DigitalService.number == 1).values(new))
    again = browser.get(f"{HOME}/services.csv", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    assert "Nouveau nom" in again.text
    assert again.headers["ETag"] != first.headers["ETag"]


def test_the_description_says_the_digest_of_each_table(browser: Browser):
    told = json.loads(browser.get(f"{HOME}/datapackage.json").data)
    for one in told["resources"]:
        content = browser.get(f"{HOME}/{one['path']}").data
        assert one["bytes"] == len(content)
        assert one["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert told["licenses"][0]["name"] == "etalab-2.0"
    assert told["version"] == "2024.1"
    assert "est fictive" in told["description"]
    browser.sign_in(Role.ELU)
    assert "licenses" not in json.loads(browser.get(f"{MEMBERS}/datapackage.json").data)


def test_the_archive_of_the_page_is_the_one_of_the_command(browser: Browser, store: Database):
    settings = read()
    with store.reading() as session:
        made = exporting.data(session, "demonstration", date(2026, 11, 22), settings.public_url, is_whole=False)
    assert browser.get(f"{HOME}/paquet.zip").data == made.archive


def test_a_catalogue_is_linked_data_with_absolute_addresses_that_answer(browser: Browser, store: Database):
    publish(store, "marseille", 2025)
    whole = json.loads(browser.get("/catalogue.jsonld").data)
    assert [one["dct:publisher"]["foaf:name"] for one in whole["dcat:dataset"]] == [
        "Ville de Marseille",
        "Ville de Démonstration",
    ]
    own = json.loads(browser.get("/demonstration/public/catalogue.jsonld").data)
    assert own["dcat:dataset"] == whole["dcat:dataset"][1:]
    prefixes = set(own["@context"])
    for node in nodes(own):
        for name in node:
            assert name.startswith("@") or name.partition(":")[0] in prefixes, name
        identity = node.get("@id", "https://x")
        assert urlsplit(identity).scheme in {"http", "https"}, identity
    (dataset,) = own["dcat:dataset"]
    assert dataset["dct:license"]["@id"].startswith("https://www.etalab.gouv.fr/licence-ouverte")
    assert dataset["dct:issued"]["@value"] <= dataset["dct:modified"]["@value"]
    for one in dataset["dcat:distribution"]:
        answer = browser.get(urlsplit(one["dcat:downloadURL"]["@id"]).path)
        assert answer.status_code == 200
        assert answer.mimetype == one["dcat:mediaType"]["@id"].rpartition("media-types/")[2]


def nodes(told):
    """Give every object of a JSON-LD document but its context."""
    if isinstance(told, dict):
        yield told
        told = [value for name, value in told.items() if name != "@context"]
    if isinstance(told, list):
        for one in told:
            yield from nodes(one)


def test_who_never_published_has_no_open_data_and_says_nothing_of_it(browser: Browser):
    for address in ("/public/donnees", "/public/donnees/paquet.zip", "/public/catalogue.jsonld"):
        pages = [browser.get(f"/{slug}{address}") for slug in ("marseille", "nulle-part")]
        assert {page.status_code for page in pages} == {404}, address


def test_the_pages_say_what_the_agec_declaration_lacks_and_where_the_rest_is(browser: Browser):
    assert "Données ouvertes" in words(browser.page("/demonstration/public"))
    assert f"{HOME}" in browser.get("/demonstration/public").text
    assert f"{HOME}" in browser.get("/demonstration/public/flux.atom").text
    browser.sign_in(Role.AGENT)
    assert MEMBERS in browser.get("/demonstration/engagements").text
    told = words(browser.page(MEMBERS))
    for column in ("siret", "montant_produits_issus_don", "montant_produits_recycles"):
        assert column in told
    assert "montant_total :" not in told
    nothing = words(browser.page("/marseille/donnees"))
    assert "montant_total :" in nothing
    declared = rows(browser.get(f"{MEMBERS}/agec.csv").data)
    assert {row["siret"] for row in declared} == {""}
    assert "Licence Ouverte 2.0" in words(browser.page(f"{HOME}?langue=en"))


def test_the_page_on_open_data_tells_every_table_and_every_column():
    page = (Path(__file__).parents[2] / "docs/open-data.md").read_text(encoding="utf-8")
    sections = {part.partition("`")[0]: part for part in page.split("\n## `")[1:]}
    assert list(sections) == [table.name for table in TABLES]
    for table in TABLES:
        told = [line for line in sections[table.name].splitlines() if line.startswith("| `")]
        assert told == [
            f"| `{one.name}` | {one.kind}{', required' if one.is_required else ''} | {one.meaning} |"
            for one in table.columns
        ]
