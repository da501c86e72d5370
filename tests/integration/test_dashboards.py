"""The dashboard as it stood on a day: what was recorded, validated, voted or found later does not show."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from sqlalchemy import inspect, select

from tests.unit.test_packs_read import TEXT
from tracker.domain.agenda import CampaignDate
from tracker.domain.entries import Draft
from tracker.domain.errors import Invalid, ProblemCode
from tracker.domain.vocabulary import FindingState, Role, Stage, Status
from tracker.services import findings, packs
from tracker.services.dashboards import dashboard, upcoming
from tracker.services.deliberations import promising
from tracker.services.findings import FindingDraft
from tracker.services.measurements import record
from tracker.store.models import (
    Aim,
    Campaign,
    Commitment,
    Deliberation,
    Indicator,
    Measurement,
    MeasurementStep,
    TargetVersion,
)
from tracker.web.platform.clock import PARIS, end_of

COMPUTERS, YEARS = "VDM22-S23", "SOB-06"


@pytest.fixture
def on(database, enter_as):
    """Give the dashboard of 2025 as it stood at the end of a day in Paris."""

    def seen(day, year=2025, slug="marseille"):
        with database.reading() as session:
            return dashboard(session, enter_as(session, Role.ELU, slug), year, day, end_of(day))

    return seen


@pytest.fixture
def type_(database, enter_as, today):
    def typed(moment, value, seen=0):
        with time_machine.travel(moment), database.transaction() as session:
            draft = Draft(YEARS, seen=seen, value=value, precision="measured")
            record(session, enter_as(session, Role.REFERENT), 2025, [draft], today)

    return typed


def paris(*numbers):
    return datetime(*numbers, tzinfo=PARIS)


def status(found, code=COMPUTERS):
    return found.scorecard.card(code).status


def test_a_correction_shows_from_its_own_day_on_and_the_first_value_before(on, type_):
    type_(paris(2026, 3, 10, 12), "4,9")
    type_(paris(2026, 5, 20, 12), "6", seen=1)
    days = [date(2026, 3, 9), date(2026, 3, 10), date(2026, 5, 19), date(2026, 5, 20)]
    assert [status(on(day)) for day in days] == [
        Status.NOT_MEASURED,
        Status.OFF_TRACK,
        Status.OFF_TRACK,
        Status.ACHIEVED,
    ]


def test_a_day_ends_at_midnight_in_paris(on, type_):
    type_(paris(2026, 3, 10, 23, 59), "6")
    assert status(on(date(2026, 3, 10))) is Status.ACHIEVED
    type_(paris(2026, 3, 12, 0, 1), "4,9", seen=1)
    assert status(on(date(2026, 3, 11))) is Status.ACHIEVED
    assert status(on(date(2026, 3, 12))) is Status.OFF_TRACK


def test_a_draft_never_shows_and_its_validation_counts_from_its_day(on, database, enter_as):
    with database.transaction() as session:
        visitor = enter_as(session, Role.REFERENT)
        session.add(
            Campaign(
                organisation_id=visitor.organisation.id,
                year=2025,
                due_on=date(2026, 4, 30),
                debate_on=date(2026, 6, 15),
                opened_at=paris(2026, 2, 1),
                opened_by=visitor.name,
                closed_at=paris(2026, 5, 31),
            )
        )
    with database.transaction() as session:
        visitor = enter_as(session, Role.REFERENT)
        number = session.scalars(select(Indicator.id).where(Indicator.code == YEARS)).one()
        row = Measurement(
            organisation_id=visitor.organisation.id,
            indicator_id=number,
            year=2025,
            revision=1,
            value=Decimal(6),
            source="",
            comment="",
            author=visitor.name,
            recorded_at=paris(2026, 2, 10),
        )
        session.add(row)
        session.flush()
        steps = (Stage.SUBMITTED, paris(2026, 2, 11)), (Stage.VALIDATED, paris(2026, 3, 1, 9))
        for place, (stage, at) in enumerate(steps, 1):
            session.add(
                MeasurementStep(
                    measurement_id=row.id,
                    account_id=visitor.account_id,
                    position=place,
                    stage=stage,
                    author=visitor.name,
                    at=at,
                )
            )
    assert status(on(date(2026, 2, 28))) is Status.NOT_MEASURED
    assert status(on(date(2026, 3, 1))) is Status.ACHIEVED
    with database.reading() as session:
        visitor = enter_as(session, Role.ELU)

        def coming(day):
            found = dashboard(session, visitor, 2025, day, end_of(day))
            return [one for one in upcoming(session, visitor, found) if isinstance(one, CampaignDate)]

        due = CampaignDate(date(2026, 4, 30), 2025, is_debate=False)
        debate = CampaignDate(date(2026, 6, 15), 2025, is_debate=True)
        assert coming(date(2026, 1, 31)) == []  # not opened yet
        assert coming(date(2026, 4, 15)) == [due, debate]  # closed since, open on that day
        assert coming(date(2026, 6, 1)) == [debate]


def test_a_target_raised_later_does_not_judge_an_earlier_day(on, type_, database):
    type_(paris(2026, 1, 10), "6")
    with database.transaction() as session:
        first = session.scalars(
            select(TargetVersion).join(Aim).join(Commitment).where(Commitment.code == COMPUTERS)
        ).one()
        copied = {column.key: getattr(first, column.key) for column in inspect(TargetVersion).columns}
        told = {"id": None, "version": 2, "value": Decimal(8), "in_force_from": 2025, "decided_on": date(2026, 4, 1)}
        session.add(TargetVersion(**{**copied, **told, "recorded_at": paris(2026, 4, 3)}))
    assert status(on(date(2026, 4, 2))) is Status.ACHIEVED
    assert status(on(date(2026, 4, 3))) is not Status.ACHIEVED


def test_a_milestone_is_late_until_the_day_on_which_somebody_says_it_was_done(on, database, enter_as, today):
    with time_machine.travel(paris(2026, 6, 1, 10)), database.transaction() as session:
        draft = FindingDraft(FindingState.DONE, date(2024, 1, 31), "délibération X")
        findings.record(session, enter_as(session, Role.REFERENT, "amp"), "AMP23-A02", draft, today)
    before, after = (on(day, slug="amp").scorecard for day in (date(2026, 5, 31), date(2026, 6, 1)))
    assert "AMP23-A02" in {due.commitment.code for due in before.overdue()}
    assert "AMP23-A02" not in {due.commitment.code for due in after.overdue()}
    assert (before.card("AMP23-A02").status, after.card("AMP23-A02").status) == (
        Status.NOT_MEASURED,
        Status.ACHIEVED,
    )


def test_the_town_s_values_are_known_from_the_fifteenth_of_january(on):
    before, after = (on(day, 2025, "demonstration") for day in (date(2026, 1, 14), date(2026, 1, 15)))
    assert status(before, "DEM16-S02") is Status.NOT_MEASURED
    assert status(after, "DEM16-S02") is Status.ACHIEVED


def test_a_commitment_shows_from_the_day_of_its_vote(on):
    assert len(on(date(2025, 2, 26), 2024, "amp").known.commitments) == 54
    assert len(on(date(2025, 2, 27), 2024, "amp").known.commitments) == 83


def test_a_day_before_the_first_vote_is_refused_with_the_day_of_that_vote(on):
    with pytest.raises(Invalid) as refused:
        on(date(2022, 12, 15), 2021)
    (problem,) = refused.value.problems
    assert (problem.where, problem.code) == ("au", ProblemCode.BEFORE_FIRST_VOTE)
    assert problem.values["first"] == date(2022, 12, 16)


def test_a_text_that_somebody_took_in_shows_from_that_day_on_whenever_it_was_voted(on, database, enter_as, today):
    with time_machine.travel(paris(2026, 5, 4, 10)), database.transaction() as session:
        lead = enter_as(session, Role.REFERENT)
        assert not packs.load(session, lead, TEXT.encode(), today).problems  # voted on 20 March 2025
    before, after = (on(day).scorecard for day in (date(2026, 5, 3), date(2026, 5, 4)))
    assert before.card("FIC25-S01") is None
    assert after.card("FIC25-S01") is not None
    with database.reading() as session:
        visitor = enter_as(session, Role.ELU)
        texts = [{one.reference for one in promising(session, visitor, end_of(card.today))} for card in (before, after)]
    assert texts == [{"VDM-2022-0737"}, {"VDM-2022-0737", "FICTIVE-2025-012"}]


def test_a_day_on_which_nothing_was_taken_in_yet_is_refused_with_the_day_that_something_was(on, database, enter_as):
    with database.transaction() as session:
        session.scalars(
            select(Deliberation).where(Deliberation.reference == "VDM-2022-0737")
        ).one().recorded_at = paris(2025, 1, 6, 0, 30)
    with pytest.raises(Invalid) as refused:
        on(date(2025, 1, 5), 2024)
    (problem,) = refused.value.problems
    assert (problem.where, problem.code) == ("au", ProblemCode.BEFORE_FIRST_RECORD)
    assert problem.values["first"] == date(2025, 1, 6)
    assert on(date(2025, 1, 6), 2024).known.commitments


def test_today_s_end_gives_what_today_gives(database, enter_as):
    day = datetime.now(UTC).date() + timedelta(days=1)
    with database.reading() as session:
        visitor = enter_as(session, Role.ELU, "demonstration")
        assert (
            dashboard(session, visitor, 2025, day).scorecard
            == dashboard(session, visitor, 2025, day, end_of(day)).scorecard
        )


@pytest.mark.parametrize(("other", "code"), [(2025, "same_year_twice"), (2015, "year_out_of_range")])
def test_a_year_that_does_not_compare_is_refused(on, other, code):
    with pytest.raises(Invalid) as refused:
        on(date(2026, 6, 1), 2025, "demonstration").changes(other)
    assert refused.value.problems[0].code == code


def test_two_years_compare_the_same_whichever_is_asked_first(on):
    day = date(2026, 6, 1)
    assert on(day, 2025, "demonstration").changes(2022) == on(day, 2022, "demonstration").changes(2025)
