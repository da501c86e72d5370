"""Rights on every address: each declares who may open it, and the others get nothing out of it."""

import hashlib
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from flask import Flask

from tests.screens.conftest import Browser, confirmed
from tests.screens.test_every_page import addresses, counts
from tests.unit.test_packs_read import TEXT
from tracker.domain.permissions import Permission, may
from tracker.domain.vocabulary import Role
from tracker.importers.totals.reading import parse
from tracker.importers.totals.told import written
from tracker.reports.outline import OUTLINE
from tracker.services import accounts
from tracker.store.session import Database
from tracker.web.platform.folding import folded
from tracker.web.screens.settings.forms import BaselineForm, MethodForm, PracticeForm, SettingForm, TargetForm


def test_every_address_declares_its_right(app: Flask):
    for rule in app.url_map.iter_rules():
        access = getattr(app.view_functions[rule.endpoint], "access", None)
        assert access in {"everyone", "signed_in", *Permission}, rule.rule
        if "slug" in rule.arguments:
            is_published = getattr(app.view_functions[rule.endpoint], "is_shared", False)
            assert access in set(Permission) or is_published, rule.rule


def test_a_stranger_gets_only_what_is_for_everyone(app: Flask, browser: Browser):
    for address in addresses(app, "marseille"):
        rule, given = app.url_map.bind("localhost").match(address)
        is_open = app.view_functions[rule].access == "everyone"
        is_unpublished = bool(given) and getattr(app.view_functions[rule], "is_shared", False)
        assert browser.get(address).status_code == (404 if is_unpublished else 200 if is_open else 302), address


def test_an_account_of_one_organisation_finds_nothing_in_another(app: Flask, store: Database):
    with store.transaction() as session:
        accounts.add(
            session,
            email="marseille@example.org",
            name="M",
            password="long-enough-2026",
            roles={"marseille": Role.REFERENT},
            actor="test",
        )
    client = app.test_client()
    assert isinstance(client, Browser)
    client.sign_in(Role.REFERENT, email="marseille@example.org", password="long-enough-2026")
    assert client.get("/marseille/").status_code == 200
    before = counts(store)
    for address in addresses(app, "amp"):
        if address.startswith("/amp"):
            assert client.get(address).status_code == 404, address
    assert client.send("/amp/saisie/2025", {"SOB-06-value": "5", "SOB-06-revision": "0"}).status_code == 404
    assert client.send("/amp/saisie/2025/SOB-06", {"SOB-06-value": "5"}).status_code == 404
    assert client.send("/amp/engagements/AMP23-S03/constats", {"state": "done"}).status_code == 404
    # Nor through the codes of another organisation inside one's own.
    assert client.get("/marseille/engagements/AMP23-S06").status_code == 404
    assert client.get("/marseille/deliberations/AMP-2023-14771").status_code == 404
    assert counts(store) == before


TABLE = b"DELIB_ID,DELIB_DATE,DELIB_OBJET\r\n2024-01,2024-02-01,Achat\r\n"
TOTALS = b"libelle;kgco2e;outil;source\nDSI;12;WeNR;Rapport\n"
SAID = {"reason": "Arrêté 2026-12", "in_force_from": "2026"}
SHOWN = hashlib.sha256(b"[('category', 'server')]1 1\n").hexdigest()[:16]  # line 1 in its first version
EQUIPMENT = {"category": "server", "quantity": "1", "origin": "new", "state": "in_use"}
WRITES = {
    "/marseille/saisie/2025": ({"SOB-06-value": "5,4", "SOB-06-revision": "0"}, Permission.ENTER_ASSIGNED),
    "/marseille/saisie/2025/SOB-06": ({"SOB-06-value": "5,4", "SOB-06-revision": "0"}, Permission.ENTER_ASSIGNED),
    "/demonstration/plan/2027": ({}, Permission.PLAN),
    "/demonstration/plan/2026/avancement": ({"step": "submit", "seen": "1"}, Permission.PLAN),
    "/demonstration/plan/2026/ajout": ({"title": "x", "status": "planned", "tax": "unstated"}, Permission.PLAN),
    "/demonstration/plan/2026/reports": ({"carried": "A2025-03", "reason-A2025-03": "x"}, Permission.PLAN),
    "/demonstration/plan/2026/actions/A2026-03/modifier": (
        {"title": "x", "status": "planned", "tax": "unstated", "seen": "1"},
        Permission.PLAN,
    ),
    "/demonstration/plan/2026/actions/A2026-03": ({"status": "under_way", "seen": "1"}, Permission.REPORT_ACTION),
    "/marseille/engagements/VDM22-C02/constats": (
        {"state": "done", "on": "01/02/2024", "evidence": "délibération"},
        Permission.RECORD_FINDING,
    ),
    "/marseille/reglages/engagements/VDM22-G03/sommeil": (
        confirmed(PracticeForm, months="6", seen="12"),
        Permission.CONFIGURE,
    ),
    "/marseille/reglages/engagements/VDM22-S23/SOB-06/reference": (
        confirmed(BaselineForm, state="proposed", value="5", year="2022", source="Inventaire"),
        Permission.CONFIGURE,
    ),
    "/marseille/reglages/engagements/VDM22-S23/SOB-06/cible": (
        confirmed(
            TargetForm,
            basis="absolute",
            comparator="ge",
            value="7",
            path="linear",
            title="Arrêté 2026-12",
            decided_on="02/03/2026",
            seen="1",
            **SAID,
        ),
        Permission.CONFIGURE,
    ),
    "/marseille/reglages/indicateurs/SOB-06/reglage": (
        confirmed(SettingForm, tolerance="5", reason="Vote du budget"),
        Permission.CONFIGURE,
    ),
    "/marseille/reglages/indicateurs/SOB-06/methode": (
        confirmed(MethodForm, description="Relevé de l'outil de parc", seen="1", **SAID),
        Permission.CONFIGURE,
    ),
}

SERVICE = {"name": "Site", "kind": "website", "audience": "public", "state": "online", "hosting": "unknown"}
SERVICE |= {"personal_data": "unknown", "home_mention": "unknown"}
SYSTEM = {"name": "Tri", "state": "unknown", "role": "unknown", "risk": "a_qualifier", "is_conversational": "unknown"}
SYSTEM |= {"notice": "unknown", "charter_opinion": "unknown", "decides": "unknown"}
WRITES |= {
    "/marseille/services/ajout": (SERVICE, Permission.KEEP_SERVICES),
    "/demonstration/services/1/modifier": (SERVICE | {"seen": "1"}, Permission.KEEP_SERVICES),
    "/marseille/services/ia/ajout": (SYSTEM, Permission.KEEP_SERVICES),
    "/amp/services/ia/1/modifier": (SYSTEM | {"seen": "1"}, Permission.KEEP_SERVICES),
    "/demonstration/services/7/evaluation/2025": (
        {"method": "Enquête", "low": "0", "high": "10"},
        Permission.KEEP_SERVICES,
    ),
    "/marseille/services/mediation/2025/ajout": ({"name": "Mairie", "kind": "town_hall"}, Permission.KEEP_SERVICES),
    "/demonstration/services/mediation/2025/1": (
        {"name": "Mairie", "kind": "town_hall", "people": "742", "seen": "1", "counted": "1"},
        Permission.KEEP_SERVICES,
    ),
}
AUDIT = {"kind": "rapid", "rgaa": "4.1", "audited_on": "01/03/2025"}
AUDITS = "/demonstration/services/1/audits"
WRITES |= {
    f"{AUDITS}/ajout": (AUDIT | {"pages": "Accueil"}, Permission.KEEP_SERVICES),
    f"{AUDITS}/import/confirmation": (
        AUDIT | {"page-name": "Accueil", "page-address": "", "page-shared": "0", "page-results": "C " * 25},
        Permission.KEEP_SERVICES,
    ),
    f"{AUDITS}/1/modifier": ({"audited_on": "13/04/2024", "seen": "1"}, Permission.KEEP_SERVICES),
    f"{AUDITS}/1/retrait": ({"reason": "Mauvais service", "seen": "1"}, Permission.KEEP_SERVICES),
    f"{AUDITS}/1/pages": ({"page": "Une autre page", "seen": "1"}, Permission.KEEP_SERVICES),
    f"{AUDITS}/1/pages/2": ({"page": "Accueil du site", "seen": "1"}, Permission.KEEP_SERVICES),
    f"{AUDITS}/1/pages/2/suppression": ({"seen": "1"}, Permission.KEEP_SERVICES),
}
STATED = {"published_on": "02/02/2026", "url": "https://ville.example/acces"}
ABOUT = {"service": "1", "received_on": "02/11/2026", "subject": "Le menu ne se parcourt pas au clavier"}
WRITES |= {
    "/demonstration/services/1/declaration": (STATED | {"seen": "1"}, Permission.KEEP_SERVICES),
    "/marseille/services/accessibilite/schemas/ajout": (
        {"starts_on": "01/01/2026", "ends_on": "31/12/2028"},
        Permission.KEEP_SERVICES,
    ),
    "/demonstration/services/accessibilite/schemas/1/modifier": (
        {"starts_on": "01/01/2026", "ends_on": "31/12/2028", "seen": "1"},
        Permission.KEEP_SERVICES,
    ),
    "/marseille/services/accessibilite/plan/2026": (STATED, Permission.KEEP_SERVICES),
    "/demonstration/services/accessibilite/plan/2026/ajout": (
        {"title": "Former", "status": "planned"},
        Permission.KEEP_SERVICES,
    ),
    "/demonstration/services/accessibilite/plan/2026/1": (
        {"title": "Former", "status": "planned", "seen": "1"},
        Permission.KEEP_SERVICES,
    ),
    "/demonstration/services/reclamations/ajout": (ABOUT, Permission.KEEP_SERVICES),
    "/demonstration/services/reclamations/1": (ABOUT | {"seen": "1"}, Permission.KEEP_SERVICES),
}
WRITES |= {
    "/marseille/commission/ajout": ({"held_on": "20/11/2026", "quorum": "no_rule"}, Permission.KEEP_SERVICES),
    "/demonstration/commission/3/modifier": (
        {"held_on": "11/12/2026", "quorum": "no_rule", "seen": "1"},
        Permission.KEEP_SERVICES,
    ),
    "/demonstration/commission/3/ordre-du-jour": (
        {"step": "asked", "service": "7", "note": "Avis"},
        Permission.KEEP_SERVICES,
    ),
    "/demonstration/commission/2/services/5": (
        {"outcome": "refused", "text": "Sans audit.", "seen": "1", "reason": "Erreur de copie"},
        Permission.KEEP_SERVICES,
    ),
    "/demonstration/services/1/ecarts/ajout": ({"kind": "failure", "content": "Logo"}, Permission.KEEP_SERVICES),
    "/demonstration/services/1/ecarts/1/modifier": (
        {"kind": "failure", "content": "Logo", "seen": "1"},
        Permission.KEEP_SERVICES,
    ),
}
WRITES |= {
    "/marseille/campagnes": ({"year": "2025", "due_on": "04/12/2026"}, Permission.RUN_CAMPAIGN),
    "/demonstration/campagnes/2025": ({"due_on": "11/12/2026", "seen": "1"}, Permission.RUN_CAMPAIGN),
    "/demonstration/campagnes/2025/rappels": ({}, Permission.RUN_CAMPAIGN),
    "/demonstration/campagnes/2025/cloture": ({"uncounted": "3", "confirmed": "1"}, Permission.RUN_CAMPAIGN),
    "/demonstration/campagnes/2024/reouvertures": (
        {"code": "SOB-06", "account": "3", "until": "30/11/2026", "reason": "Facture retrouvée"},
        Permission.RUN_CAMPAIGN,
    ),
    "/demonstration/campagnes/2025/attributions": (
        {"chosen": "SOB-06", "seen-SOB-06": "s4", "holder": "p3"},
        Permission.RUN_CAMPAIGN,
    ),
    "/marseille/demarrage/indicateurs": ({"seen": "0", "codes": ["SOB-02"]}, Permission.CONFIGURE),
    "/marseille/demarrage/paquet": ({"step": "confirm", "shown": folded(TEXT.encode())}, Permission.CONFIGURE),
    "/marseille/adhesions": ({"name": "Club des éco-acteurs"}, Permission.TAKE_IN),
    "/demonstration/adhesions/CFE/2022": ({"amount": "900", "tax": "exclusive", "seen": "0"}, Permission.TAKE_IN),
    "/marseille/deliberations/scdl": ({"step": "confirm", "shown": folded(TABLE)}, Permission.TAKE_IN),
    "/marseille/carbone/facteurs/laptop?mesure=life": (
        {"value": "6", "source": "Plan 2026", "reason": "Durée votée", "seen": "0"},
        Permission.KEEP_ESTATE,
    ),
    "/marseille/carbone/2025/montants": (
        {"scope": "cloud", "tool": "stated", "name": "Hébergement", "carbon": "12,5", "source": "Facture"},
        Permission.KEEP_ESTATE,
    ),
    "/marseille/carbone/2025/montants/fichier": (
        {"step": "confirm", "shown": folded(written(parse(TOTALS, "t.csv", 2025))), "seen": "0"},
        Permission.KEEP_ESTATE,
    ),
    "/marseille/simulateur": ({"name": "Six ans", "fields": "laptop.vie=6&horizon=2030"}, Permission.KEEP_ESTATE),
    "/marseille/parc/ajout": (EQUIPMENT, Permission.KEEP_ESTATE),
    "/demonstration/parc/1/modifier": ({**EQUIPMENT, "seen": "1"}, Permission.KEEP_ESTATE),
    "/marseille/parc/regles": ({"word": "PC", "reads": "category:desktop"}, Permission.KEEP_ESTATE),
    "/demonstration/parc/modifier?choisi=1": (
        {"category": "server", "step": "confirm", "shown": SHOWN},
        Permission.KEEP_ESTATE,
    ),
    "/demonstration/services/3/ecoconception": ({}, Permission.KEEP_SERVICES),
    "/demonstration/services/1/ecoconception/cadre": ({"scope": "Tout", "seen": "1"}, Permission.KEEP_SERVICES),
    "/demonstration/services/1/ecoconception/themes/7": (
        {"answer-7.1": "met", "seen": "1"},
        Permission.KEEP_SERVICES,
    ),
    "/demonstration/services/2/ecoconception/declaration": (
        {"published_on": "11/06/2025", "url": "https://ville.example/eco"},
        Permission.KEEP_SERVICES,
    ),
    "/demonstration/services/1/ecoindex": (
        {
            "address": "https://ville.example/",
            "on": "02/03/2026",
            "elements": "300",
            "requests": "20",
            "kilobytes": "512,5",
            "tool": "EcoIndex",
            "version": "5.4.1",
        },
        Permission.KEEP_SERVICES,
    ),
    "/demonstration/services/1/ecoindex/1/retrait": ({"reason": "Erreur"}, Permission.KEEP_SERVICES),
    "/marseille/rapport/2025/textes": (
        {"do": "down identity", "seen": " ".join(section.code for section in OUTLINE)},
        Permission.WRITE_REPORT,
    ),
    "/marseille/rapport/2025/textes/means": ({"do": "draft", "text": "Mots.", "seen": "0"}, Permission.DRAFT_REPORT),
    "/demonstration/validation/2025": ({"act": "validate", "seen": "SOB-17:1"}, Permission.VALIDATE),
    "/marseille/publications/2025": ({"scope": "everything", "seen": "0"}, Permission.PUBLISH),
    "/demonstration/rapport/2024/versions/1/debat": (
        {"debate_on": "13/03/2025", "seen": "1"},
        Permission.PUBLISH,
    ),
    "/demonstration/rapport/2023/versions/1/publier": ({"seen": "0"}, Permission.PUBLISH),
    "/demonstration/rapport/2024/versions/1/retirer": ({"reason": "Erreur", "seen": "1"}, Permission.PUBLISH),
    "/demonstration/publications/2024/retrait": ({"reason": "Erreur", "seen": "1"}, Permission.PUBLISH),
}


def tries() -> Iterator[Any]:
    """Give each role with each address; what is refused is refused before the database is asked, whichever it is."""
    for role, (address, (_, permission)) in product(Role, WRITES.items()):
        yield pytest.param(role, address, marks=() if may(role, permission) else pytest.mark.one_engine)


@pytest.mark.parametrize(("role", "address"), list(tries()))
def test_a_write_goes_through_only_for_the_roles_that_hold_the_right(
    app: Flask, browser: Browser, store: Database, role: Role, address: str
):
    data, permission = WRITES[address]
    browser.sign_in(role)
    before = counts(store)
    answer = browser.send(address, data)
    if may(role, permission):
        assert answer.status_code == 302
        assert counts(store)["journal_entry"] == before["journal_entry"] + 1
    else:
        assert answer.status_code == 403
        assert counts(store) == before


def test_every_write_of_the_application_is_in_the_table_above(app: Flask):
    posts = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or set())}
    matched = {app.url_map.bind("localhost").match(one.partition("?")[0], method="POST")[0] for one in WRITES}
    imports = {"imports.send", "imports.confirm", "imports.undo"}  # test_imports.py: they need a file
    histories = {"histories.attach", "histories.withdraw", "histories.say", "notices.read"}  # test_history.py
    entry = {"measurements.submit", "measurements.undo", "measurements.undo_all"}  # test_entry.py: they need a draft
    intakes = {f"intakes.{name}" for name in ("send", "save", "discard", "decide")}  # test_intakes.py: they need a text
    inventories = {f"estate_intakes.{name}" for name in ("send", "settle", "confirm")}  # test_inventories.py
    names = ("follow", "follow_flagships", "choose", "ask", "answer")  # test_followings.py
    followings = {f"followings.{name}" for name in names}
    deadlines = {"deadlines.subscribe", "departments.send"}  # test_deadlines.py: for all who read; test_departments.py
    corrections = {"deliberations.correct"}  # test_corrections.py: it needs the mark of what was seen
    footprint = {"carbon.freeze", "carbon.propose"}  # test_carbon.py: they need an estate
    estate = inventories | {"lifetimes.confirm", "equipment_rules.apply"}  # an estate, or a rule: their own tests
    estate |= {"service_values.confirm", "service_imports.take"}  # test_services.py: the mark of what was shown
    audits = {"audits.send"}  # test_audits.py: it needs a file
    estate |= {"frozen_reports.freeze"}  # test_frozen_reports.py: it needs the digest of what was read
    estate |= {"commission.move"}  # test_commission.py: it needs a session whose day has come
    estate |= {"ecodesign.close", "ecodesign.import_"}  # test_ecodesign_services.py: all of the answers, or a file
    estate |= {"tokens.create", "tokens.revoke"}  # test_tokens.py: for all who are signed in
    apart = audits | estate | footprint | entry | imports | histories | followings | deadlines | intakes | corrections
    assert posts == matched | apart | {"signin.open_", "signin.sign_out"}


def test_an_agent_enters_only_what_is_assigned_to_them(agent: Browser, store: Database):
    before = counts(store)
    answer = agent.send("/demonstration/saisie/2025", {"GOV-07-value": "61", "GOV-07-revision": "0"})
    assert answer.status_code == 403
    assert agent.get("/demonstration/saisie/2025/GOV-07").status_code == 403
    assert "GOV-07" not in agent.get("/demonstration/saisie/2025").text
    assert counts(store) == before


def test_a_host_that_is_not_trusted_gets_a_sentence_and_no_page(store: Database, instance_folder):
    from dataclasses import replace

    from tracker.config.settings import read
    from tracker.web import create_app

    settings = read({"TRACKER_INSTANCE": str(instance_folder)})
    app = create_app(replace(settings, trusted_hosts=("suivi.example",)), store)
    assert app.test_client().get("/", headers={"Host": "evil.example"}).status_code == 400
    assert app.test_client().get("/", headers={"Host": "suivi.example"}).status_code == 200
