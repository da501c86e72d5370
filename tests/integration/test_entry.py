"""The rows of the entry grid: whose they are, the most urgent first, what may still be typed, submitted and undone."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from tracker.domain.entries import Draft
from tracker.domain.errors import Forbidden, NotFound
from tracker.domain.vocabulary import Axis, Role, Stage
from tracker.services import entry, measurements, reversals, workflow
from tracker.services.entry import Sieve
from tracker.services.portfolio import as_typed, portfolio
from tracker.services.reversals import Undoing
from tracker.services.visitor import Visitor
from tracker.store.models import Campaign, Indicator, Reopening
from tracker.store.queries import organisations
from tracker.store.session import Database

YEAR = 2021
TOWN = "marseille"
CODES = ("SOB-06", "SOB-07", "SOB-10", "SOB-11")
Act = Callable[..., Any]


@pytest.fixture
def act(database: Database, enter_as) -> Act:
    """Give the function that does something as a role, in a transaction of its own."""

    def go(work: Callable[..., Any], role: Role = Role.AGENT) -> Any:
        with database.transaction() as session:
            return work(session, enter_as(session, role, TOWN))

    return go


@pytest.fixture
def grid(act: Act, today: date) -> Act:
    """Give the function that lists the rows that a role sees."""

    def asked(sieve: Sieve | None = None, role: Role = Role.AGENT) -> Any:
        return act(lambda session, visitor: entry.grid(session, visitor, YEAR, sieve, 1, today), role)

    return asked


@pytest.fixture
def campaign(act: Act) -> Act:
    """Give the function that opens the campaign of the year, closed or not."""

    def opened(*, is_closed: bool = False) -> int:
        def add(session, visitor: Visitor) -> int:
            now = datetime.now(UTC)
            row = Campaign(
                organisation_id=visitor.organisation.id,
                year=YEAR,
                due_on=date(2026, 12, 4),
                opened_at=now - timedelta(hours=1),
                opened_by="test",
                closed_at=now if is_closed else None,
            )
            session.add(row)
            session.flush()
            return row.id

        found: int = act(add, Role.REFERENT)
        return found

    return opened


@pytest.fixture
def type_(act: Act, today: date) -> Act:
    """Give the function that types a value."""

    def typed(code: str, value: str = "1", seen: int = 0, role: Role = Role.AGENT) -> Any:
        draft = Draft(code, seen=seen, value=value, precision="measured", comment="vu")
        return act(lambda session, visitor: measurements.record(session, visitor, YEAR, [draft], today), role)

    return typed


def codes(found) -> list[str]:
    return [row.code for row in found.every]


def test_what_was_returned_comes_first_then_the_missing_the_drafts_the_submitted_and_the_validated(
    act, grid, campaign, type_, today
):
    campaign()
    for code in CODES:
        type_(code)
    sent = CODES[:3]
    act(lambda session, visitor: workflow.submit(session, visitor, YEAR, sent, sent, today))
    act(
        lambda session, visitor: workflow.return_(session, visitor, YEAR, [(CODES[0], 1)], "À revoir", today),
        Role.REFERENT,
    )
    act(lambda session, visitor: workflow.validate(session, visitor, YEAR, [(CODES[1], 1)], today), Role.REFERENT)
    found = grid()
    order = [row.stage for row in found.every]
    assert order[0] is Stage.RETURNED
    assert set(order[1:-3]) == {None}
    assert order[-3:] == [Stage.DRAFT, Stage.SUBMITTED, Stage.VALIDATED]
    assert (found.total, found.missing, found.waiting) == (63, 59, 2)


def test_a_year_without_campaign_has_the_missing_first_and_no_stage(grid, type_):
    type_("SOB-06")
    found = grid()
    assert codes(found)[-1] == "SOB-06"
    assert {row.stage for row in found.every} == {None}
    assert (found.campaign, found.missing, found.waiting) == (None, 62, 0)


def test_a_page_holds_a_few_rows_and_the_next_one_the_following(act, today):
    pages = [
        act(lambda session, visitor, page=page: entry.grid(session, visitor, YEAR, None, page, today))
        for page in range(1, 6)
    ]
    assert [len(found.rows) for found in pages] == [15, 15, 15, 15, 3]
    assert [row.code for found in pages for row in found.rows] == codes(pages[0])


def test_the_sieve_keeps_an_axis_what_is_mine_and_what_is_left(grid, type_):
    type_("SOB-06")
    assert {row.aim.indicator.axis for row in grid(Sieve(axis=Axis.ETHICS)).every} == {Axis.ETHICS}
    assert codes(grid(Sieve(is_mine=True))) == codes(grid())
    assert codes(grid(Sieve(is_mine=True), Role.REFERENT)) == []
    assert "SOB-06" not in codes(grid(Sieve(is_to_do=True)))


def test_the_grid_asks_the_database_as_much_for_one_value_as_for_many(database, grid, type_):
    type_("SOB-06")

    def asked() -> int:
        seen = []
        event.listen(database.engine, "before_cursor_execute", note := lambda *told: seen.append(told[2]))
        grid()
        event.remove(database.engine, "before_cursor_execute", note)
        return len(seen)

    before = asked()
    for code in CODES[1:]:
        type_(code)
    assert asked() == before


def test_a_page_of_the_grid_reads_the_texts_and_the_catalogue_once(database, grid):
    seen = []
    event.listen(database.engine, "before_cursor_execute", note := lambda *told: seen.append(told[2]))
    grid()
    event.remove(database.engine, "before_cursor_execute", note)
    for table in ("commitment", "indicator", "aim"):
        assert len([sql for sql in seen if f"FROM {table} " in f"{sql} ".replace("\n", " ")]) == 1, (table, seen)


def test_what_was_typed_laid_over_what_is_shown_is_all_that_reading_the_drafts_anew_gives(database):
    with database.transaction() as session:
        town = organisations.by_slug(session, "demonstration")
        shown, drafts = portfolio(session, town), portfolio(session, town, with_drafts=True)
        assert shown != drafts
        assert as_typed(session, town, shown) == drafts


def test_drafts_to_submit_are_those_entrusted_to_me_or_typed_by_me(act, campaign, type_, today):
    campaign()
    type_("SOB-06")
    type_("SOB-07", role=Role.REFERENT)

    def mine(role: Role) -> list[str]:
        return [row.code for row in act(lambda s, visitor: entry.own_drafts(s, visitor, YEAR, today), role)]

    assert mine(Role.AGENT) == ["SOB-06", "SOB-07"]
    assert mine(Role.REFERENT) == ["SOB-07"]


def test_only_who_typed_the_last_revision_may_undo_it_until_it_is_passed_on(act, campaign, type_, today):
    campaign()
    type_("SOB-06")

    def may(role: Role = Role.AGENT) -> bool:
        def look(session, visitor):
            return entry.may_undo(entry.row(session, visitor, YEAR, "SOB-06", today), visitor)

        found: bool = act(look, role)
        return found

    assert may()
    assert not may(Role.REFERENT)
    act(lambda session, visitor: workflow.submit(session, visitor, YEAR, ["SOB-06"], ["SOB-06"], today))
    assert not may()


def test_an_undone_first_value_is_missing_again_and_can_be_typed_again(act, grid, type_, today):
    type_("SOB-06")
    undone = [Undoing("SOB-06", YEAR, 1)]
    act(lambda session, visitor: reversals.undo(session, visitor, undone, today))
    assert grid().missing == 63
    type_("SOB-06", "2")
    row = next(row for row in grid().every if row.code == "SOB-06")
    assert row.reading
    assert (row.reading.value, row.reading.revision) == (2, 3)


def test_after_the_end_a_row_is_shut_unless_it_was_reopened_to_this_very_account(act, grid, campaign, type_, today):
    type_("SOB-06")
    number = campaign(is_closed=True)

    def reopen(session, visitor: Visitor) -> None:
        indicator = session.query(Indicator).filter_by(code="SOB-06").one()
        for until in (today, today + timedelta(days=3), today - timedelta(days=1)):
            session.add(
                Reopening(
                    campaign_id=number,
                    indicator_id=indicator.id,
                    account_id=visitor.account_id,
                    until=until,
                    reason="Erreur",
                    author="test",
                    recorded_at=datetime.now(UTC),
                )
            )

    act(reopen)
    open_rows = {row.code: row.until for row in grid().every if not row.is_shut}
    assert open_rows == {"SOB-06": today + timedelta(days=3)}
    assert all(row.is_shut for row in grid(role=Role.REFERENT).every)


@pytest.mark.parametrize("role", [Role.ELU, Role.ADMIN])
def test_who_enters_nothing_has_no_grid(act, grid, role, today):
    with pytest.raises(Forbidden):
        grid(role=role)
    with pytest.raises(Forbidden):
        act(lambda session, visitor: entry.own_drafts(session, visitor, YEAR, today), role)


@pytest.mark.parametrize("year", [1999, 2027])
def test_a_year_that_cannot_be_has_no_rows(act, today, year):
    for ask in (entry.own_drafts, lambda s, v, y, t: entry.rows_of(s, v, y, ["SOB-06"], t)):
        with pytest.raises(NotFound):
            act(lambda session, visitor, ask=ask: ask(session, visitor, year, today))
