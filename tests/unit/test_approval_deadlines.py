"""What is due before the commission, as days of the agenda."""

from dataclasses import replace
from datetime import date

from tests.unit.test_approvals import AUDIT, RGAA, TODAY, a_file, approved
from tracker.domain.access_gaps import GapRecord
from tracker.domain.approval_deadlines import of_services, of_sessions
from tracker.domain.deadlines import DeadlineKind
from tracker.domain.digital_services import ServiceState
from tracker.domain.rgaa import GapKind
from tracker.services.deadlines import page_of

GAP = GapRecord(2, GapKind.BURDEN, "Plans", until=date(2026, 6, 30))


def test_an_approval_is_due_on_its_last_day_and_waits_for_its_department():
    (found,) = of_services([a_file(approved(), department="DCOM")], (RGAA,), TODAY)
    assert (found.kind, found.on, found.departments) == (DeadlineKind.SERVICE, date(2027, 6, 1), ("DCOM",))
    assert not found.is_late(date(2027, 6, 1))
    assert found.is_late(date(2027, 6, 2))


def test_a_gap_with_a_day_is_due_until_it_is_mended_and_nothing_of_a_closed_service_is():
    file = replace(a_file(), gaps=(GAP, replace(GAP, number=3, until=None)))
    assert [(one.kind, one.on, one.step) for one in of_services([file], (RGAA,), TODAY)] == [
        (DeadlineKind.GAP, GAP.until, 2)
    ]
    mended = replace(file, gaps=(replace(GAP, mended_on=TODAY),))
    closed = replace(file, service=replace(file.service, state=ServiceState.CLOSED))
    assert list(of_services([mended, closed, a_file(audits=(AUDIT,))], (RGAA,), TODAY)) == []


def test_a_session_in_preparation_is_due_on_its_day_and_each_deadline_leads_to_its_page():
    (session,) = of_sessions([(3, date(2026, 12, 10))])
    file = replace(a_file(approved()), gaps=(GAP,))
    assert [page_of(one) for one in (session, *of_services([file], (RGAA,), TODAY))] == [
        "commission/3",
        "commission",
        "services/1/ecarts",
    ]
