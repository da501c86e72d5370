"""Scenarios on a stored estate: what is tried writes nothing, what is saved keeps its versions and its journal."""

import json
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.holdings import add_estate
from tests.integration.helpers import everything
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, ProblemCode
from tracker.domain.estate import EquipmentCategory
from tracker.domain.estate_values import COMPUTERS, MOBILES
from tracker.domain.footprint import Accounting
from tracker.domain.journal_actions import JournalAction
from tracker.domain.vocabulary import Role
from tracker.services import (
    baselines,
    carbon,
    carbon_amounts,
    carbon_factors,
    demonstration,
    saved_scenarios,
    scenarios,
)
from tracker.services.baselines import BaselineDraft
from tracker.services.carbon_amounts import AmountDraft
from tracker.services.carbon_factors import FactorDraft
from tracker.services.saved_scenarios import ScenarioDraft
from tracker.services.visitor import enter
from tracker.store.models import JournalEntry
from tracker.store.queries import accounts

HOME = "marseille"
AMP = "amp"
LONGER = {"laptop.vie": "9", "laptop.prix": "900", "horizon": "2030"}
DRAFT = ScenarioDraft(name="Neuf ans", fields=LONGER)


@pytest.fixture
def estate(database):
    with database.transaction() as session:
        add_estate(session, HOME)
    return database


@pytest.fixture
def act(database, enter_as, today):
    """Call a service in a transaction of its own, as a role."""

    def go(service, *given, role=Role.REFERENT, **named):
        with database.transaction() as session:
            return service(session, enter_as(session, role, HOME), *given, **named)

    return go


@pytest.fixture
def attempt(database, enter_as, today):
    """Try levers, as the reader who may do the least."""

    def go(**fields):
        with database.reading() as session:
            return scenarios.tried(session, enter_as(session, Role.ELU, HOME), fields, today)

    return go


def test_the_first_year_is_the_footprint_of_today_amounts_and_own_factors_included(estate, act, attempt, today):
    act(carbon_factors.override, "laptop.life", FactorDraft("7", source="Plan", reason="Voté"), today=today)
    cloud = AmountDraft("cloud", "stated", "Hébergement", "12,5", source="Facture")
    whole = AmountDraft("whole", "wenr", "Enquête", "900", source="WeNR")
    for draft in (cloud, whole):
        act(carbon_amounts.enter, today.year - 1, 0, draft, today=today)
    found = attempt()
    of_now = act(carbon.carbon_year, today.year, Accounting.STOCK, today, role=Role.ELU).footprint
    assert found.led.years[0].footprint.carbon.value == of_now.carbon.value + 12_500
    assert found.led.years == found.plain.years
    assert (found.amounts_of, found.is_moved) == (today.year - 1, False)


def test_what_is_tried_is_told_beside_the_estate_left_as_it_is_and_writes_nothing(estate, attempt):
    before = everything(estate)
    found = attempt(**LONGER, reduction="5")
    assert found.led.years[-1].year == 2030
    assert found.is_moved
    assert found.led.budget < found.plain.budget
    assert found.led.change < found.plain.change
    assert found.needed is not None
    assert found.needed.percent > 100
    assert everything(estate) == before
    assert not attempt(horizon="2030", reduction="5").is_moved


@pytest.mark.parametrize(
    ("field", "written", "code"),
    [
        ("laptop.vie", "0", ProblemCode.LEVER_OUT_OF_RANGE),
        ("laptop.parc", "12,5", ProblemCode.LEVER_NOT_WHOLE),
        ("horizon", "2026", ProblemCode.LEVER_NOT_WHOLE),
        ("laptop.reconditionne", "101", ProblemCode.LEVER_OUT_OF_RANGE),
    ],
)
def test_a_lever_out_of_what_can_be_is_refused_at_its_field(estate, attempt, field, written, code):
    with pytest.raises(Invalid) as caught:
        attempt(**{field: written})
    assert [(one.where, one.code) for one in caught.value.problems] == [(field, code)]


def test_a_saved_scenario_keeps_its_versions_and_its_lines_in_the_journal(estate, act, today):
    assert act(saved_scenarios.save, 0, DRAFT, today) == 1
    again = ScenarioDraft(name="Neuf ans", fields={**LONGER, "laptop.vie": "6,5"}, seen=1)
    assert act(saved_scenarios.save, 1, again, today) == 1
    assert act(saved_scenarios.save, 1, again, today) is None
    [found] = act(saved_scenarios.saved, role=Role.ELU)
    assert (found.version, found.horizon, Decimal(found.told["laptop.vie"])) == (2, 2030, Decimal("6.5"))
    act(saved_scenarios.save, 1, ScenarioDraft(seen=2, is_withdrawn=True), today)
    assert act(saved_scenarios.saved) == []
    with estate.reading() as session:
        actions = (JournalAction.SCENARIO_SAVED, JournalAction.SCENARIO_WITHDRAWN)
        home = enter(session, accounts.by_email(session, demonstration.address(Role.ELU)), HOME).organisation.id
        mine = (JournalEntry.action.in_(actions), JournalEntry.organisation_id == home)
        rows = session.scalars(select(JournalEntry).where(*mine).order_by(JournalEntry.id))
        lines = [(row.action, row.subject, row.before, row.after) for row in rows]
    assert [line[:2] for line in lines] == [(actions[0], "Neuf ans")] * 2 + [(actions[1], "Neuf ans")]
    assert json.loads(lines[1][3]) == {"levers": "laptop.prix 900, laptop.vie 6.5"}
    for statement in ("DELETE FROM scenario", "UPDATE scenario SET name = 'x'"):
        with pytest.raises(DBAPIError, match="scenario is append-only"), estate.transaction() as session:
            session.execute(text(statement))


def test_what_cannot_be_saved_is_refused_and_writes_nothing(estate, act, today):
    act(saved_scenarios.save, 0, DRAFT, today)
    before = everything(estate)
    for kind, number, draft, role in (
        (Forbidden, 0, DRAFT, Role.AGENT),
        (NotFound, 7, DRAFT, Role.REFERENT),
        (Conflict, 1, ScenarioDraft(name="Autre", fields=LONGER, seen=9), Role.REFERENT),
        (Invalid, 0, ScenarioDraft(name="neuf ANS", fields=LONGER), Role.REFERENT),
        (Invalid, 0, ScenarioDraft(fields=LONGER), Role.REFERENT),
        (Invalid, 0, ScenarioDraft(name="Trop", fields={"laptop.vie": "600"}), Role.REFERENT),
    ):
        with pytest.raises(kind) as caught:
            act(saved_scenarios.save, number, draft, today, role=role)
        assert type(caught.value) is kind
    assert everything(estate) == before
    with pytest.raises(NotFound):
        act(saved_scenarios.one, 7)


def test_how_much_longer_equipment_lasts_is_held_against_the_baselines_of_the_same_commitment(database, today):
    with database.transaction() as session:
        add_estate(session, AMP)
        lots = [(EquipmentCategory.SMARTPHONE, 40, date(2024, 1, 1))]
        add_estate(session, AMP, lots)

    def grown(life: str):
        with database.reading() as session:
            fields = {"laptop.vie": life, "horizon": "2034"}
            found = scenarios.tried(session, as_role(session), fields, today)
            [goal] = [one for one in found.goals if one.aim.indicator.code == "SOB-08"]
            return goal, found.led

    def as_role(session, role=Role.ELU):
        return enter(session, accounts.by_email(session, demonstration.address(role)), AMP)

    goal, _ = grown("5")
    assert (goal.value, goal.said) == (None, None)
    for code, value in (("SOB-06", "4"), ("SOB-07", "2")):
        draft = BaselineDraft("proposed", value=value, year="2025", source="Inventaire", seen=1)
        with database.transaction() as session:
            assert baselines.set_baseline(session, as_role(session, Role.REFERENT), "AMP23-S06", code, draft, today)
    goal, led = grown("8")
    year = next(one for one in led.years if one.year == goal.year)
    parts = [(year.exit_age(group), base, year.fleet_of(group)) for group, base in ((COMPUTERS, 4), (MOBILES, 2))]
    weight = sum(count for _, _, count in parts)
    expected = sum(100 * (age - base) / base * count for age, base, count in parts) / weight
    assert abs(goal.value - expected) < Decimal("0.00001")
    assert grown("8")[0].value >= grown("5")[0].value


def test_the_fictional_town_has_two_scenarios_to_compare_and_a_frozen_year_that_is_reckoned_from_its_estate(
    database, today
):
    town = demonstration.SLUG
    with database.reading() as session:
        visitor = enter(session, accounts.by_email(session, demonstration.address(Role.ELU)), town)
        kept = saved_scenarios.saved(session, visitor)
        tried = [scenarios.tried(session, visitor, one.told, today) for one in kept]
        frozen = carbon.published(session, visitor.organisation)
        found = carbon.carbon_year(session, visitor, 2024, Accounting.STOCK, today)
        rows = session.scalars(select(JournalEntry).where(JournalEntry.organisation_id == visitor.organisation.id))
        told = [row.action for row in rows]
    assert [one.name.endswith("(fictif)") for one in kept] == [True, True]
    longer, same = tried
    assert longer.led.years[-1].footprint.carbon.value < same.led.years[-1].footprint.carbon.value
    assert longer.led.budget < same.led.budget
    assert list(frozen) == [2024]
    assert frozen[2024].carbon.value == round(found.footprint.carbon.value, 6)
    assert told.count(JournalAction.SCENARIO_SAVED) == 2
    assert told.count(JournalAction.ASSESSMENT_FROZEN) == 1
