"""A new organisation: its address, name and departments are checked, and nothing is there twice."""

import pytest
from flask import Flask

from tests.integration.helpers import everything
from tracker.config.paths import bundled
from tracker.domain.errors import Invalid, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.vocabulary import OrganisationKind
from tracker.services import accounts, instance, organisations
from tracker.services.organisations import RESERVED
from tracker.store import schema
from tracker.store.models import JournalEntry
from tracker.store.queries import organisations as stored
from tracker.store.session import Database
from tracker.web import screens


def add(database: Database, slug: str = "ville-neuve", name: str = "Ville neuve", departments: tuple[str, ...] = ()):
    with database.transaction() as session:
        organisations.add(
            session, slug=slug, name=name, kind=OrganisationKind.COMMUNE, departments=departments, actor="test"
        )


def test_an_organisation_is_created_with_its_departments_in_their_order_and_a_line_of_journal(database: Database):
    add(database, departments=("DSI=Direction des systèmes d'information", " DGS = Direction générale "))
    with database.reading() as session:
        row = stored.by_slug(session, "ville-neuve")
        assert row
        assert (row.name, row.kind, row.is_fictional) == ("Ville neuve", OrganisationKind.COMMUNE, False)
        assert [(one.code, one.name) for one in stored.departments(session, row.id)] == [
            ("DSI", "Direction des systèmes d'information"),
            ("DGS", "Direction générale"),
        ]
        [line] = session.query(JournalEntry).filter_by(organisation_id=row.id)
        assert (line.action, line.subject, line.after) == (
            JournalAction.ORGANISATION_ADDED,
            "ville-neuve",
            "Ville neuve",
        )


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"slug": "Ville"}, ProblemCode.SLUG_UNREADABLE),
        ({"slug": "été"}, ProblemCode.SLUG_UNREADABLE),
        ({"slug": "a"}, ProblemCode.SLUG_UNREADABLE),
        ({"slug": "a" * 61}, ProblemCode.SLUG_UNREADABLE),
        ({"slug": "-ville"}, ProblemCode.SLUG_UNREADABLE),
        ({"slug": "ville-"}, ProblemCode.SLUG_UNREADABLE),
        ({"slug": "ville--neuve"}, ProblemCode.SLUG_UNREADABLE),
        ({"slug": "ville/neuve"}, ProblemCode.SLUG_UNREADABLE),
        ({"slug": "ville\n"}, ProblemCode.SLUG_UNREADABLE),
        ({"slug": "2024"}, ProblemCode.SLUG_UNREADABLE),
        ({"slug": ""}, ProblemCode.SLUG_UNREADABLE),
        ({"slug": "connexion"}, ProblemCode.SLUG_RESERVED),
        ({"slug": "static"}, ProblemCode.SLUG_RESERVED),
        ({"slug": "marseille"}, ProblemCode.SLUG_TAKEN),
        ({"name": " \u202e "}, ProblemCode.NAME_MISSING),
        ({"name": "x" * 201}, ProblemCode.TOO_LONG),
        ({"departments": ("DSI",)}, ProblemCode.DEPARTMENT_UNREADABLE),
        ({"departments": ("D/I=Nom",)}, ProblemCode.DEPARTMENT_UNREADABLE),
        ({"departments": ("DSI=",)}, ProblemCode.DEPARTMENT_UNREADABLE),
        ({"departments": ("DSI=" + "x" * 201,)}, ProblemCode.TOO_LONG),
        ({"departments": ("DSI=Un", "dsi=Deux")}, ProblemCode.GIVEN_TWICE),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(database: Database, given, code: ProblemCode):
    before = everything(database)
    with pytest.raises(Invalid) as refused:
        add(database, **given)
    assert [problem.code for problem in refused.value.problems] == [code]
    assert everything(database) == before


def test_all_the_problems_are_told_at_once(database: Database):
    with pytest.raises(Invalid) as refused:
        add(database, "Connexion", "", ("x",))
    assert len(refused.value.problems) == 3


def test_no_organisation_can_take_an_address_of_ours():
    app = Flask("x", static_folder=None)
    screens.init_app(app)
    firsts = {rule.rule.split("/")[1] for rule in app.url_map.iter_rules()} - {"", "<slug>"}
    assert firsts
    assert firsts | {"static"} <= RESERVED


def test_the_demonstration_accounts_get_no_role_in_an_organisation_that_somebody_made(empty_database: Database):
    schema.upgrade(empty_database)
    add(empty_database)
    instance.initialise(empty_database, bundled("seeds"), demo=True, password="demonstration-2026")
    with empty_database.reading() as session:
        [found] = [one for one in accounts.everything(session) if one.email == "agent@demonstration.example"]
        assert [grant.organisation.slug for grant in found.grants] == ["amp", "marseille", "demonstration"]
