"""Every address, for every role, in both languages: it answers, it is a good page, and reading writes nothing.

Every page of the fictional town says that it is, and none of the real ones does.
"""

import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, literal, select, union_all

from tests.conftest import PROFILE
from tests.screens.conftest import Browser
from tests.screens.lint import words
from tracker.domain.vocabulary import Axis, Role
from tracker.store.models import Base
from tracker.store.session import Database

VALUES = {
    "marseille": {"code": "VDM22-S23", "indicator": "SOB-06", "aim": "SOB-06", "reference": "VDM-2022-0737"},
    "amp": {"code": "AMP23-S06", "indicator": "GOV-06", "aim": "SOB-06", "reference": "AMP-2025-17490"},
    "demonstration": {"code": "DEM22-A01", "indicator": "SOB-01", "aim": "ACC-05", "reference": "DEMO-2022-045"},
}
JOINED = {"amp": "INR", "demonstration": "RFNR"}
"""A membership of each organisation that has some."""
DEPARTMENTS = {"marseille": "DNSI", "amp": "2INFO", "demonstration": "DSI"}

OF_SERVICES = r"/services/(1|mediation/2025/1|reclamations/1|accessibilite/(schemas/1|plan/2025[/.].*))(?!\d)"
"""What has a number of its own in the registers of services, their places, their accessibility."""


def is_open(address: str) -> bool:
    return re.search(r"/public(/|$)|^/calendrier/|^/api/v1/organisations/", address) is not None


def addresses(app: Flask, slug: str) -> Iterator[str]:
    """Give every address that a GET answers, inside the organisation ``slug`` where it has one."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or set()):
            continue
        known = VALUES[slug]
        is_commitment = rule.endpoint.startswith("commitments") or re.search("/(engagements|integrer)/", rule.rule)
        is_public = is_open(rule.rule)
        code = known["code"] if is_commitment else known["indicator"]
        code = JOINED.get(slug, "RIEN") if rule.endpoint.startswith("memberships") else code
        code = DEPARTMENTS[slug] if rule.endpoint.startswith("departments") else code
        code = "A2025-03" if "/actions/" in rule.rule else code
        code = known["code"] if "/commitments/" in rule.rule else code
        given = {
            "slug": slug,
            "form": "odt",
            "year": 2024 if is_public else 2025,
            "code": code,
            "indicator": known["aim"],
            "reference": known["reference"],
            "number": 1,
            "service": 1,
            "position": 1,
            "place": 1,
            "of": "saisie",
            "axis": Axis.SOBRIETY,
            "category": "laptop",
            "key": "x" * 32,
            "part": "categories",
            "section": "analysis",
            "image": "svg",
            "which": "paquet.zip",
            "table": "mesures",
        }
        yield adapter.build(rule.endpoint, {name: given[name] for name in rule.arguments})


REAL = {Role.AGENT: "amp", Role.ELU: "marseille"}
"""The real authority whose addresses, without rows of theirs, a role sees quickly; who sees most sees them both."""


def visits() -> Iterator[Any]:
    """Give each role with the organisation where all has rows, and with a real one; thoroughly, each with each.

    On PostgreSQL, the lead alone sees the real ones: a right does not depend on the database.
    """
    for role, slug in product(Role, VALUES):
        is_seen_by_all = slug == "demonstration" or role is Role.REFERENT
        if is_seen_by_all or REAL.get(role) == slug or PROFILE == "thorough":
            yield pytest.param(role, slug, marks=() if is_seen_by_all else pytest.mark.one_engine)


@pytest.mark.parametrize(("role", "slug"), list(visits()))
def test_every_address_answers_every_role_without_writing(
    app: Flask, browser: Browser, store: Database, role: Role, slug: str
):
    browser.sign_in(role)
    before = counts(store)
    seen = 0
    for address in addresses(app, slug):
        answer = browser.get(address)
        is_entry = re.search("/saisie/|/imports|/rapport/2025/textes", address)
        may_enter = role in {Role.AGENT, Role.REFERENT} or not is_entry
        may_configure = role is Role.REFERENT or not ("/reglages" in address or "/demarrage" in address)
        is_of_none = re.search(
            r"/(imports|pieces|prise-en-charge|inventaires)/1\b|/calendrier/|/jetons/1\b", address
        )  # nothing was sent nor opened
        is_of_none = is_of_none or (slug != "demonstration" and address.endswith("/questions/1"))  # nor asked
        is_of_none = is_of_none or (slug != "demonstration" and is_open(address))  # nothing was published
        is_of_none = is_of_none or (slug != "demonstration" and re.search(r"\.(svg|png)$", address))  # nor measured
        is_of_none = is_of_none or (slug != "demonstration" and address.endswith("/campagnes/2025"))
        is_of_none = is_of_none or "/adhesions/RIEN" in address  # nor joined
        is_of_none = is_of_none or address.endswith("/carbone/2025.json")  # nor frozen
        is_of_none = is_of_none or "/rapport/2025/versions/" in address  # nor frozen either
        is_of_none = is_of_none or (slug != "demonstration" and re.search(r"/parc/1\b", address))  # nor recorded
        is_of_none = is_of_none or (slug == "marseille" and "/services/ia/1" in address)  # nor named by a text
        is_of_service = re.search(
            r"/(services|commission)/(1|mediation/2025/1|reclamations/1|accessibilite/(schemas/1|plan/2025/))\b",
            address,
        )
        is_of_none = is_of_none or (slug != "demonstration" and is_of_service)  # nor recorded
        is_of_plan = re.search(r"/plan/2025(/|\.)", address)
        is_of_none = is_of_none or (slug != "demonstration" and is_of_plan)  # nor planned
        of_leads = (
            "/(attributions|validation|publications|ajout|modifier|reports|prise-en-charge|correction|inventaires)"
            r"|/adhesions/.+/2025$|/carbone/2025/(montants(/fichier|\.csv)?|figer)$|/durees/2025/|/regles/appliquer"
            r"|/ecoconception/cadre|/services/indicateurs|/rapport/2025/geler$"
            r"|/services/\d+/evaluation/|/services/mediation/2025/"
            r"|/services/import$|/audits/import|/audits/1/pages/"
            r"|/services/accessibilite/plan/2025/1$"
        )
        may_run = role is Role.REFERENT or is_open(address) or not re.search(of_leads, address)
        expected = {403} if not (may_enter and may_configure and may_run) else {404} if is_of_none else {200}
        assert answer.status_code in expected, f"{role} {address}: {answer.status_code}"
        if role is Role.REFERENT and answer.mimetype == "text/html" and address.startswith(f"/{slug}"):
            assert ("est fictive" in answer.text) is (slug == "demonstration"), address
        seen += 1
    assert seen >= 19
    assert counts(store) == before


EVERY_COUNT = union_all(
    *(select(literal(table.name), func.count()).select_from(table) for table in Base.metadata.sorted_tables)
)


def counts(store: Database) -> dict[str, int]:
    with store.reading() as session:
        return dict(tuple(row) for row in session.execute(EVERY_COUNT))


@pytest.mark.one_engine
def test_every_page_speaks_english_when_asked_and_remembers_it(app: Flask, referent: Browser):
    assert referent.page("/demonstration/?langue=en").get("lang") == "en"
    for address in addresses(app, "demonstration"):
        answer = referent.get(address, query_string={"langue": "en"} if is_open(address) else None)
        if answer.mimetype == "text/html" and "/public/rapport/" not in address:  # a frozen report is in French
            assert '<html lang="en">' in answer.text, address
    main = referent.page("/demonstration/").find(".//main")
    assert main is not None
    assert "Dashboard 2025" in words(main)
    assert "38 commitments" in words(main)
    assert referent.page("/demonstration/?langue=fr").get("lang") == "fr"


def test_a_public_page_sets_no_cookie(browser: Browser):
    for address in ("/", "/aide", "/accessibilite", "/ecoconception", "/healthz"):
        assert "Set-Cookie" not in browser.get(address).headers, address


def test_every_answer_carries_the_headers_that_keep_it_to_itself(referent: Browser):
    for address in ("/", "/marseille/", "/marseille/engagements/RIEN", "/marseille/rapport/2025.csv"):
        headers = referent.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "same-origin"


def test_assets_have_immutable_names_and_travel_compressed(browser: Browser):
    link = browser.page("/").find(".//link[@rel='stylesheet']")
    assert link is not None
    with browser.get(str(link.get("href")), headers={"Accept-Encoding": "br"}) as answer:
        assert answer.headers["Content-Encoding"] == "br"
        assert "immutable" in answer.headers["Cache-Control"]
        assert len(answer.data) < 6000
