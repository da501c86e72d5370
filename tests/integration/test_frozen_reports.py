"""Freezing a report: what was read is sealed, no byte of it moves, and what is corrected reads as a rectification."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.conftest import TODAY
from tests.integration.helpers import everything, number_of
from tracker.domain.entries import Draft
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.publications import PublicationState
from tracker.domain.vocabulary import Role
from tracker.reports.formats import FORMATS
from tracker.services import frozen_reports, measurements, public_reports, report_acts, report_comparisons
from tracker.services.frozen_reports import AlteredReport
from tracker.services.report_acts import DebateDraft
from tracker.services.report_comparisons import Compared, Side
from tracker.store.models import FrozenReport, JournalEntry, ReportDebate
from tracker.store.session import Database

HOME, YEAR = "marseille", 2025
Run = Callable[..., Any]


@pytest.fixture(autouse=True)
def _at_ten() -> Iterator[None]:
    """Take place on the day of the tests: what is frozen is dated by the clock."""
    with time_machine.travel(f"{TODAY} 10:00:00+01:00", tick=True):
        yield


@pytest.fixture
def run(database: Database, enter_as, today: date) -> Run:
    """Give the function that calls a service in a transaction of its own, as a role of Marseille."""

    def call(service: Callable[..., Any], *given: Any, role: Role = Role.REFERENT, on: date = today) -> Any:
        with database.transaction() as session:
            return service(session, enter_as(session, role, HOME), *given, on)

    return call


@pytest.fixture
def freeze(run: Run) -> Callable[[], int]:
    def sealed() -> int:
        made = run(frozen_reports.prepare, YEAR)
        return run(frozen_reports.freeze, YEAR, made.digest, "")[0]

    return sealed


@pytest.fixture
def type_(run: Run) -> Callable[[str, str, int, str], None]:
    def record(code: str, value: str, seen: int, reason: str) -> None:
        run(measurements.record, YEAR, [Draft(code, value=value, seen=seen, comment=reason)])

    return record


def version(database: Database, enter_as, number: int = 1) -> frozen_reports.Version:
    with database.reading() as session:
        found = frozen_reports.find(session, enter_as(session, Role.ELU, HOME), YEAR, number)
        assert found.row.content
        return found


def test_no_byte_of_a_frozen_report_moves_when_a_value_is_corrected_and_the_correction_reads_as_a_rectification(
    database: Database, enter_as, freeze, type_
):
    type_("SOB-06", "5,4", 0, "Premier relevé")
    assert freeze() == 1
    row = version(database, enter_as).row
    before = {form: frozen_reports.file(row, form) for form in FORMATS}
    type_("SOB-06", "6,1", 1, "Un lot avait été oublié")
    row = version(database, enter_as).row
    assert {form: frozen_reports.file(row, form) for form in FORMATS} == before
    with database.reading() as session:
        found = frozen_reports.rectified(session, enter_as(session, Role.ELU, HOME), row)
    (one,) = [one for one in found if one.field == "valeur"]
    assert (one.before, one.after) == (Decimal("5.4"), Decimal("6.1"))
    assert (one.reason, one.role) == ("Un lot avait été oublié", Role.REFERENT)
    assert freeze() == 2
    opening = frozen_reports.read(version(database, enter_as, 2).row).chapters[0]
    assert opening.code == "rectifications"
    assert [row for row in opening.tables[0].rows if row[3:6] == ("5.4", "6.1", "Un lot avait été oublié")]


def test_what_time_alone_changes_is_no_rectification(database: Database, enter_as, freeze):
    freeze()
    row = version(database, enter_as).row
    with time_machine.travel(f"{TODAY + timedelta(days=900)} 10:00:00+01:00"), database.reading() as session:
        assert frozen_reports.rectified(session, enter_as(session, Role.ELU, HOME), row) == []


def test_a_draft_that_changed_since_it_was_read_is_not_frozen_and_what_changed_is_told(
    database: Database, run: Run, type_, enter_as
):
    made = run(frozen_reports.prepare, YEAR)
    type_("SOB-06", "5,4", 0, "")
    before = everything(database)
    with pytest.raises(Conflict) as caught:
        run(frozen_reports.freeze, YEAR, made.digest, "")
    assert [problem.code for problem in caught.value.problems] == [ProblemCode.REPORT_CHANGED]
    assert everything(database) == before
    with database.reading() as session:
        lines = frozen_reports.meanwhile(session, enter_as(session, Role.REFERENT, HOME), made.at)
        assert (JournalAction.VALUE_RECORDED, "SOB-06") in [(line.action, line.subject) for line in lines]


def test_the_same_click_twice_freezes_once(database: Database, run: Run):
    made = run(frozen_reports.prepare, YEAR)
    assert run(frozen_reports.freeze, YEAR, made.digest, "") == (1, True)
    before = everything(database)
    assert run(frozen_reports.freeze, YEAR, made.digest, "") == (1, False)
    assert everything(database) == before


def test_only_the_lead_freezes_and_the_journal_says_so(database: Database, run: Run, freeze):
    for role in (Role.AGENT, Role.ELU, Role.ADMIN):
        with pytest.raises(Forbidden):
            run(frozen_reports.prepare, YEAR, role=role)
        with pytest.raises(Forbidden):
            run(frozen_reports.freeze, YEAR, "x", "", role=role)
    before = number_of(database, JournalEntry)
    freeze()
    assert number_of(database, JournalEntry) == before + 1


def test_the_database_keeps_a_frozen_report_and_a_text_that_was_altered_all_the_same_is_refused(
    database: Database, freeze, enter_as
):
    freeze()
    with pytest.raises(DBAPIError, match="append-only"), database.transaction() as session:
        session.execute(text("UPDATE frozen_report SET note = 'x'"))
    row = version(database, enter_as).row
    row.content = row.content.replace("2025", "2026", 1)
    for form in FORMATS:
        with pytest.raises(AlteredReport):
            frozen_reports.file(row, form)


def test_a_debate_keeps_its_history_and_half_a_deliberation_is_refused(database: Database, run: Run, freeze):
    freeze()
    draft = DebateDraft("10/12/2026", seen=0)
    assert run(report_acts.record_debate, YEAR, 1, draft)
    assert not run(report_acts.record_debate, YEAR, 1, draft)
    with pytest.raises(Conflict):
        run(report_acts.record_debate, YEAR, 1, DebateDraft("11/12/2026", seen=0))
    for half in (DebateDraft("10/12/2026", "26/0451", seen=1), DebateDraft("10/12/2026", "", "20/11/2026", seen=1)):
        with pytest.raises(Invalid):
            run(report_acts.record_debate, YEAR, 1, half)
    with pytest.raises(Invalid) as refused:
        run(report_acts.record_debate, YEAR, 1, DebateDraft("01/01/9999", seen=1))
    assert [one.code for one in refused.value.problems] == [ProblemCode.DATE_TOO_FAR]
    told = DebateDraft("10/12/2026", "26/0451", "10/12/2026", seen=1)
    assert run(report_acts.record_debate, YEAR, 1, told, on=date(2026, 12, 11))
    with database.reading() as session:
        rows = session.query(ReportDebate).order_by(ReportDebate.id).all()
        assert [row.deliberation for row in rows][-2:] == ["", "26/0451"]


def test_strangers_read_a_version_from_its_day_on_until_it_is_taken_back(
    database: Database, run: Run, freeze, today: date
):
    def read(on: date) -> PublicationState | None:
        with database.reading() as session:
            try:
                return public_reports.find(session, HOME, on).find(YEAR, None)[1]
            except NotFound:
                return None

    freeze()
    assert read(today) is None
    assert run(report_acts.publish, YEAR, 1, "01/12/2026", "", 0)
    later = date(2026, 12, 1)
    assert (read(today), read(later)) == (None, PublicationState.VISIBLE)
    with pytest.raises(Invalid):
        run(report_acts.publish, YEAR, 1, "02/12/2026", "", 1, on=later)
    with pytest.raises(Invalid):
        run(report_acts.withdraw, YEAR, 1, " ", 1, on=later)
    assert run(report_acts.withdraw, YEAR, 1, "Une valeur est fausse.", 1, on=later)
    assert not run(report_acts.withdraw, YEAR, 1, "Une valeur est fausse.", 1, on=later)
    assert read(later) is PublicationState.WITHDRAWN


def test_two_reports_tell_what_differs_and_only_that(database: Database, run: Run, freeze, type_):
    freeze()
    same = run(report_comparisons.compare, Side(YEAR, 1), Side(YEAR))
    assert same.differences == []
    type_("SOB-06", "5,4", 0, "")
    found = run(report_comparisons.compare, Side(YEAR, 1), Side(YEAR))
    told = [(one.code, one.field, one.after) for one in found.differences if one.about is Compared.INDICATOR]
    assert ("SOB-06", "valeur", Decimal("5.4")) in told
    assert b"SOB-06" in report_comparisons.csv(found)
    with pytest.raises(NotFound):
        run(report_comparisons.compare, Side(YEAR, 9), Side(YEAR))


def test_the_demonstration_shows_a_rectification_a_debate_and_a_published_version(database: Database, enter_as, today):
    with database.reading() as session:
        visitor = enter_as(session, Role.ELU, "demonstration")
        debated, rectified = frozen_reports.versions(session, visitor)
        assert debated.standing(today) is PublicationState.VISIBLE
        assert debated.debate is not None
        (one,) = frozen_reports.rectified(session, visitor, rectified.row)
        assert (one.before, one.after) == (Decimal(968), Decimal(1024))
        assert "inventés" in one.reason
        assert frozen_reports.rectified(session, visitor, debated.row) == []
    assert number_of(database, FrozenReport) == 2
