"""Every page in its other states: nothing in it yet, 200 indicators in it, and what it says when it refuses."""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy.orm import Session

from benchmarks.looks import LOOKS, WHOLE, reader, seen
from benchmarks.organisations import fill
from benchmarks.pages import PAGES
from benchmarks.server import PASSWORD, demonstration
from tests.journeys.conftest import FirstVisit, SignedIn
from tests.journeys.tour import tour
from tracker.domain.vocabulary import OrganisationKind, Role
from tracker.services import accounts, organisations
from tracker.store.queries import organisations as queries

NEW = "commune-neuve"
TOWN = "/demonstration/"
FULL = {address: grade for address, grade in PAGES.items() if address.startswith(TOWN)} | {
    "/demonstration/campagnes/2024": "B"  # to whoever runs it, it has the form that reopens one of all the indicators
}
BARE = [
    address.replace(TOWN, f"/{NEW}/")
    for address in FULL
    if not re.search(r"/[A-Z]{3}\w*-|/(campagnes|validation|adhesions|directions)/|/plan/\d+/|/parc/\d", address)
    and not re.search(
        r"/(services|commission|ia|schemas|reclamations|accessibilite/plan)/\d|/mediation/\d+/\d", address
    )
    and not re.search(r"/public|/questions/\d|/versions/\d|\?", address)
]
REFUSED: Mapping[str, Mapping[str, str]] = {
    "/connexion": {"email": "personne@demonstration.example", "password": "wrong"},
    "/demonstration/saisie/2025": {"GOV-07-value": "soixante", "GOV-07-revision": "0"},
    "/demonstration/saisie/2025/GOV-07": {"GOV-07-value": "soixante", "GOV-07-revision": "0"},
    "/demonstration/engagements/DEM22-C01/constats": {"state": "done", "on": "hier"},
    "/demonstration/reglages/engagements/DEM16-S01/SOB-06/cible": {"cible-value": "beaucoup"},
    "/demonstration/reglages/indicateurs/SOB-06/reglage": {"reglage-tolerance": "un peu"},
    "/demonstration/campagnes": {"year": "deux mille", "due_on": "demain"},
    "/demonstration/echanges": {"kind": "commitment", "code": "DEM16-S01", "body": ""},
    "/demonstration/engagements/DEM16-S01/questions": {"text": ""},
    "/demonstration/imports": {},
    "/demonstration/deliberations/prise-en-charge": {},
    "/demonstration/parc/inventaires": {},
    "/demonstration/publications/2025": {"scope": "x"},
}
SUBMIT = """([action, fields]) => {
  const token = document.querySelector("[name=csrf_token]")?.value ?? "";
  const form = document.createElement("form");
  form.method = "post";
  form.action = action;
  for (const [name, value] of Object.entries({ ...fields, csrf_token: token })) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("states")


def prepare(session: Session) -> None:
    """Widen the town to 200 indicators over 15 years, and found an organisation without anything."""
    town = queries.by_slug(session, "demonstration")
    assert town is not None
    fill(session, town, 160, 15)
    organisations.add(
        session, slug=NEW, name="Commune neuve", kind=OrganisationKind.COMMUNE, departments=(), actor="test"
    )
    roles = {NEW: Role.REFERENT}
    accounts.add(session, email="neuve@example.org", name="Nour", password=PASSWORD, roles=roles, actor="test")


@pytest.fixture(scope="module")
def base(folder: Path, instance_model: Path) -> Iterator[str]:
    """Give the address of an instance with both."""
    with demonstration(folder, prepare, instance_model) as address:
        yield address


@pytest.mark.parametrize("address", list(FULL))
def test_a_page_of_two_hundred_indicators_keeps_its_grade_and_stays_accessible(first_visit: FirstVisit, address: str):
    page, figures = first_visit(address)
    assert figures["status"] == 200
    assert figures["grade"] <= FULL[address], figures
    assert figures["ecoindex"] >= 85 or not re.fullmatch(r"/\w+/(synthese/\d+)?", address), figures
    assert figures["kilobytes"] <= 60, figures
    # Else dark and narrow: the other looks are at the same pages, shorter.
    looks = LOOKS if LOOKS is WHOLE else LOOKS[1:2]
    assert seen(page, looks) == {}


@pytest.fixture(scope="module")
def newcomer(chromium: Browser, base: str) -> Iterator[Page]:
    """Give the page of the lead of the organisation without anything."""
    with reader(chromium) as page:
        page.goto(f"{base}/connexion")
        page.fill("#email", "neuve@example.org")
        page.fill("#password", PASSWORD)
        page.press("#password", "Enter")
        page.wait_for_url(f"{base}/")
        yield page


@pytest.mark.parametrize("address", BARE)
def test_a_page_of_an_organisation_without_anything_is_accessible(newcomer: Page, base: str, address: str):
    answer = newcomer.goto(base + address)
    assert answer
    assert answer.status == 200
    assert seen(newcomer) == {}
    newcomer.set_viewport_size({"width": 1280, "height": 900})
    assert tour(newcomer) == []


@pytest.mark.parametrize("address", list(REFUSED))
def test_a_page_that_refuses_what_was_typed_is_accessible(
    chromium: Browser, base: str, cookies: SignedIn, address: str
):
    with reader(chromium, () if address == "/connexion" else cookies("referent")) as page:
        page.goto(f"{base}/connexion" if address == "/connexion" else f"{base}/compte")
        with page.expect_navigation() as refused:
            page.evaluate(SUBMIT, [address, REFUSED[address]])
        assert refused.value.status in {409, 422}
        assert seen(page) == {}
        page.set_viewport_size({"width": 1280, "height": 900})
        assert tour(page) == []


@pytest.mark.parametrize(
    ("role", "address", "status"),
    [
        ("referent", "/demonstration/engagements/RIEN", 404),
        ("referent", "/nulle-part/", 404),
        ("elu", "/demonstration/reglages", 403),
        ("elu", "/demonstration/saisie/2025", 403),
    ],
)
def test_a_page_that_cannot_be_opened_is_accessible(
    chromium: Browser, base: str, cookies: SignedIn, role: str, address: str, status: int
):
    with reader(chromium, cookies(role)) as page:
        answer = page.goto(base + address)
        assert answer
        assert answer.status == status
        assert seen(page) == {}
        page.set_viewport_size({"width": 1280, "height": 900})
        assert tour(page) == []


@pytest.mark.parametrize(
    ("spoil", "status"),
    [("UPDATE role_grant SET role = 'nobody'", 500), ("ALTER TABLE organisation RENAME TO lost", 503)],
)
def test_a_failure_is_told_on_an_accessible_page(
    chromium: Browser, base: str, folder: Path, cookies: SignedIn, spoil: str, status: int
):
    known = cookies("elu")
    with closing(sqlite3.connect(folder / "instance" / "tracker.sqlite3")) as store:
        store.execute(spoil)
        store.commit()
    with reader(chromium, known) as page:
        answer = page.goto(f"{base}/demonstration/")
        assert answer
        assert answer.status == status
        assert seen(page) == {}
        page.set_viewport_size({"width": 1280, "height": 900})
        assert tour(page) == []
