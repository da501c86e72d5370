"""Several people at once: one wins, the others are told; nobody meets an error of the database."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier, Event
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.integration.helpers import written
from tracker.domain.entries import Draft
from tracker.domain.errors import Conflict, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.vocabulary import Role
from tracker.services import measurements
from tracker.services.measurements import Saved
from tracker.store.models import Indicator, JournalEntry, Measurement, Organisation

AGENT, REFERENT = "Alix Agent (fictif)", "Dominique Référent (fictif)"
PATIENCE = 30  # seconds: far more than any wait here, far less than forever


@pytest.fixture
def record(database, enter_as, today):
    def go(*drafts, year=2025, role=Role.AGENT, meanwhile: Callable[[], object] = lambda: None):
        with database.transaction() as session:
            saved = measurements.record(session, enter_as(session, role), year, drafts, today)
            meanwhile()
        return saved

    return go


def outcome(work: Callable[[], Any]) -> Any:
    try:
        return work()
    except Exception as error:  # noqa: BLE001 - which one it is is what the tests look at
        return error


def together(*works: Callable[[], Any]) -> Sequence[Any]:
    """Run all works at once, each in its thread, and give what each returned or raised."""
    start = Barrier(len(works))

    def run(work):
        start.wait(PATIENCE)
        return outcome(work)

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def one_inside_the_other(first: Callable[..., Any], second: Callable[[], Any]) -> tuple[Any, Any]:
    """Start ``second`` while ``first`` has written and not committed; commit when the other had time to run into it."""
    has_written = Event()

    def meanwhile():
        has_written.set()
        time.sleep(0.4)

    def wait_and_run():
        assert has_written.wait(PATIENCE)
        return outcome(second)

    with ThreadPoolExecutor(2) as pool:
        one, other = pool.submit(outcome, lambda: first(meanwhile=meanwhile)), pool.submit(wait_and_run)
        return one.result(PATIENCE), other.result(PATIENCE)


def stored(database, code="SOB-06", year=2025):
    with database.reading() as session:
        rows = session.execute(
            select(Measurement.revision, Measurement.value, Measurement.author)
            .join(Indicator, Indicator.id == Measurement.indicator_id)
            .join(Organisation, Organisation.id == Measurement.organisation_id)
            .where(Indicator.code == code, Measurement.year == year, Organisation.slug == "marseille")
            .order_by(Measurement.revision)
        )
        return [tuple(row) for row in rows]


# The same value


def test_of_two_first_values_of_the_same_year_one_is_stored_and_the_other_is_a_conflict(database, record):
    before = written(database)
    won, lost = one_inside_the_other(
        lambda meanwhile: record(Draft("SOB-06", value="5,4"), meanwhile=meanwhile),
        lambda: record(Draft("SOB-06", value="5,6"), role=Role.REFERENT),
    )
    assert won == (Saved("SOB-06", 1),)
    assert type(lost) is Conflict
    assert stored(database) == [(1, Decimal("5.4"), AGENT)]
    assert written(database) == (before[0] + 1, before[1] + 1)


def test_of_two_corrections_of_the_same_revision_one_is_stored_and_the_other_is_a_conflict(database, record):
    record(Draft("SOB-06", value="5,4"))
    won, lost = one_inside_the_other(
        lambda meanwhile: record(Draft("SOB-06", seen=1, value="5,5"), role=Role.REFERENT, meanwhile=meanwhile),
        lambda: record(Draft("SOB-06", seen=1, value="5,6")),
    )
    assert won == (Saved("SOB-06", 2),)
    assert type(lost) is Conflict
    assert stored(database) == [(1, Decimal("5.4"), AGENT), (2, Decimal("5.5"), REFERENT)]


def test_the_one_who_comes_second_is_told_both_values_as_in_any_conflict(database, record):
    _, lost = one_inside_the_other(
        lambda meanwhile: record(Draft("SOB-06", value="5,4"), role=Role.REFERENT, meanwhile=meanwhile),
        lambda: record(Draft("SOB-06", value="5,6")),
    )
    assert isinstance(lost, Conflict)
    (problem,) = lost.problems
    assert (problem.where, problem.code) == ("SOB-06:value", ProblemCode.STALE)
    with database.reading() as session:
        at = session.scalar(select(Measurement.recorded_at).order_by(Measurement.id.desc()).limit(1))
    assert problem.values == {"author": REFERENT, "at": at, "theirs": Decimal("5.4"), "mine": "5,6"}


def test_two_people_who_record_the_same_value_at_once_agree(database, record):
    one, other = one_inside_the_other(
        lambda meanwhile: record(Draft("SOB-06", value="5,4"), meanwhile=meanwhile),
        lambda: record(Draft("SOB-06", value="5,4"), role=Role.REFERENT),
    )
    assert one == (Saved("SOB-06", 1),)
    assert other == ()
    assert stored(database) == [(1, Decimal("5.4"), AGENT)]


def test_the_one_who_comes_second_is_stored_when_the_first_gives_up(database, record):
    def give_up(*, meanwhile):
        def then():
            meanwhile()
            raise ZeroDivisionError

        return record(Draft("SOB-06", value="5,4"), meanwhile=then)

    gave_up, kept = one_inside_the_other(give_up, lambda: record(Draft("SOB-06", value="5,6"), role=Role.REFERENT))
    assert isinstance(gave_up, ZeroDivisionError)
    assert kept == (Saved("SOB-06", 1),)
    assert stored(database) == [(1, Decimal("5.6"), REFERENT)]


def test_a_conflict_on_one_value_of_a_page_takes_the_whole_page_back(database, record):
    _, lost = one_inside_the_other(
        lambda meanwhile: record(Draft("SOB-07", value="2,5"), meanwhile=meanwhile),
        lambda: record(Draft("SOB-06", value="5,6"), Draft("SOB-07", value="2,6"), Draft("SOB-12", value="120")),
    )
    assert type(lost) is Conflict
    assert stored(database) == stored(database, "SOB-12") == []
    assert [value for _, value, _ in stored(database, "SOB-07")] == [Decimal("2.5")]


@pytest.mark.parametrize("year", [2023, 2024, 2025])
def test_of_eight_first_values_at_once_exactly_one_is_stored(database, record, year):
    values, lines = written(database)
    works = [
        lambda number=number: record(
            Draft("SOB-06", value=f"5,{number}"), year=year, role=Role.AGENT if number % 2 else Role.REFERENT
        )
        for number in range(1, 9)
    ]
    outcomes = together(*works)
    assert sorted(type(one).__name__ for one in outcomes) == ["Conflict"] * 7 + ["tuple"]
    winner = next(number for number, one in enumerate(outcomes, start=1) if isinstance(one, tuple))
    assert [(revision, value) for revision, value, _ in stored(database, year=year)] == [(1, Decimal(f"5.{winner}"))]
    assert written(database) == (values + 1, lines + 1)


def test_of_eight_corrections_of_one_revision_at_once_exactly_one_is_stored(database, record):
    record(Draft("SOB-06", value="5,4"))
    works = [
        lambda number=number: record(Draft("SOB-06", seen=1, value=f"6,{number}"), role=Role.REFERENT)
        for number in range(1, 9)
    ]
    outcomes = together(*works)
    assert sorted(type(one).__name__ for one in outcomes) == ["Conflict"] * 7 + ["tuple"]
    assert [revision for revision, _, _ in stored(database)] == [1, 2]


# Different values


def test_sixteen_people_on_sixteen_values_are_all_served(database, record):
    values, lines = written(database)
    years = range(2010, 2026)
    works = [
        lambda year=year: record(Draft("SOB-06", value=f"5,{year}"), year=year, role=Role.REFERENT) for year in years
    ]
    assert together(*works) == [(Saved("SOB-06", 1),)] * 16
    assert [stored(database, year=year)[0][1] for year in years] == [Decimal(f"5.{year}") for year in years]
    assert written(database) == (values + 16, lines + 16)


def test_the_journal_has_one_line_a_value_when_sixteen_people_write_at_once(database, record):
    together(
        *(
            lambda code=code, year=year: record(Draft(code, value="5"), year=year, role=Role.REFERENT)
            for code in ("SOB-06", "SOB-07", "SOB-12", "SOB-13")
            for year in (2022, 2023, 2024, 2025)
        )
    )
    with database.reading() as session:
        lines = session.execute(
            select(JournalEntry.subject, func.count(), func.count(func.distinct(JournalEntry.year)))
            .where(JournalEntry.actor == REFERENT, JournalEntry.action == JournalAction.VALUE_RECORDED)
            .group_by(JournalEntry.subject)
            .order_by(JournalEntry.subject)
        )
        assert [tuple(line) for line in lines] == [
            ("SOB-06", 4, 4),
            ("SOB-07", 4, 4),
            ("SOB-12", 4, 4),
            ("SOB-13", 4, 4),
        ]


def test_two_pages_with_the_same_values_in_opposite_orders_do_not_lock_each_other_out(
    database, record, enter_as, today
):
    """Each page writes its first value, then both wait at the one that a third person holds and gives up."""
    page = [Draft("SOB-06", value="5"), Draft("SOB-10", value="50"), Draft("SOB-12", value="500")]
    others = [Draft("SOB-12", value="501"), Draft("SOB-10", value="51"), Draft("SOB-06", value="6")]
    with ThreadPoolExecutor(2) as pool, database.writing() as third:
        measurements.record(third, enter_as(third, Role.REFERENT), 2025, [Draft("SOB-10", value="49")], today)
        one = pool.submit(outcome, lambda: record(*page))
        other = pool.submit(outcome, lambda: record(*others, role=Role.REFERENT))
        time.sleep(0.5)
        third.rollback()
        outcomes = [one.result(PATIENCE), other.result(PATIENCE)]
    assert sorted(type(one).__name__ for one in outcomes) == ["Conflict", "tuple"]


# Reading meanwhile


def test_who_reads_neither_waits_for_who_writes_nor_sees_what_is_not_committed(database, record):
    with ThreadPoolExecutor(1) as pool:
        has_written, has_read = Event(), Event()

        def meanwhile():
            has_written.set()
            assert has_read.wait(PATIENCE)

        writer = pool.submit(record, Draft("SOB-06", value="5,4"), meanwhile=meanwhile)
        assert has_written.wait(PATIENCE)
        began = time.monotonic()
        seen = stored(database)
        waited = time.monotonic() - began
        has_read.set()
        writer.result(PATIENCE)
    assert seen == []
    assert waited < 2
    assert stored(database) == [(1, Decimal("5.4"), AGENT)]


def test_who_writes_does_not_wait_for_who_reads(database, record):
    with database.reading() as session:
        count = select(func.count()).select_from(Measurement)
        before = session.scalar(count)
        began = time.monotonic()
        record(Draft("SOB-06", value="5,4"))
        assert time.monotonic() - began < 2
    with database.reading() as session:
        assert session.scalar(count) == before + 1
