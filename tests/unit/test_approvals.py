"""Which services are due before the commission, until when an approval counts, and what shares follow."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.access_gaps import GapRecord
from tracker.domain.approvals import (
    AgendaReason,
    ApprovalEnding,
    ApprovalOutcome,
    ApprovalState,
    Decision,
    Due,
    Part,
    ServiceFile,
    approval,
    approved_share,
    due,
    examined_releases,
    term,
)
from tracker.domain.digital_services import ServiceKind, ServiceRecord, ServiceState
from tracker.domain.rgaa import AuditKind, AuditRecord, Ending, GapKind, Result, RgaaVersion
from tracker.labels.commission import approval_phrase, due_phrase

RGAA = RgaaVersion("4.1", date(2021, 2, 16), (2,))
NEXT = RgaaVersion("5", date(2026, 3, 1), (2,))
PAGE = {"1.1": Result.COMPLIANT, "1.2": Result.NOT_COMPLIANT}
AUDIT = AuditRecord(AuditKind.FULL, "4.1", date(2024, 5, 2), date(2024, 6, 1), (PAGE,))
TODAY = date(2026, 11, 22)


def a_file(*decisions: Decision, audits: tuple[AuditRecord, ...] = (AUDIT,), **service: object) -> ServiceFile:
    told = {"number": 1, "name": "Site", "kind": ServiceKind.WEBSITE, "opened_on": date(2020, 1, 15), **service}
    return ServiceFile(ServiceRecord(**told), audits, (), decisions)  # type: ignore[arg-type]


def approved(on: date = date(2024, 7, 1), **told: object) -> Decision:
    return Decision(1, on, **{"outcome": ApprovalOutcome.APPROVED, "audit": AUDIT, **told})  # type: ignore[arg-type]


def test_an_approval_lasts_as_long_as_its_audit_and_flips_by_itself_the_day_after():
    file = a_file(approved())
    assert approval(file, (RGAA,), date(2027, 6, 1)).state is ApprovalState.APPROVED
    over = approval(file, (RGAA,), date(2027, 6, 2))
    assert over.state is ApprovalState.EXPIRED
    assert over.term is not None
    assert (over.term.until, over.term.ending, over.term.audit_ending) == (
        date(2027, 6, 1),
        ApprovalEnding.AUDIT,
        Ending.THREE_YEARS,
    )


def test_a_new_version_of_the_rgaa_a_redesign_and_a_withdrawn_audit_each_end_the_approval_earlier():
    early = term(approved(), (RGAA, NEXT), None)
    assert early is not None
    assert early.until == date(2027, 6, 1)
    newer = term(approved(), (RGAA, replace(NEXT, published_on=date(2025, 1, 1))), None)
    assert newer is not None
    assert (newer.until, newer.audit_ending) == (date(2026, 7, 1), Ending.NEW_VERSION)
    redesigned = term(approved(), (RGAA,), date(2025, 9, 1))
    assert redesigned is not None
    assert (redesigned.until, redesigned.audit_ending) == (date(2025, 8, 31), Ending.REDESIGN)
    withdrawn = approval(a_file(approved(audit=None)), (RGAA,), date(2024, 7, 1))
    assert withdrawn.state is ApprovalState.EXPIRED


@pytest.mark.parametrize(
    ("told", "until", "ending"),
    [
        ({"limit": date(2025, 12, 31)}, date(2025, 12, 31), ApprovalEnding.DECISION),
        ({"limit": date(2030, 12, 31)}, date(2027, 6, 1), ApprovalEnding.AUDIT),
        (
            {"outcome": ApprovalOutcome.RESERVES, "lift_by": date(2024, 12, 31)},
            date(2024, 12, 31),
            ApprovalEnding.RESERVES,
        ),
        (
            {"outcome": ApprovalOutcome.RESERVES, "lift_by": date(2024, 12, 31), "limit": date(2024, 10, 1)},
            date(2024, 10, 1),
            ApprovalEnding.DECISION,
        ),
    ],
)
def test_a_shorter_day_that_was_decided_counts_and_a_longer_one_never_does(told, until, ending):
    found = term(approved(**told), (RGAA,), None)
    assert found is not None
    assert (found.until, found.ending) == (until, ending)


@given(
    st.dates(date(2024, 6, 1), date(2026, 1, 1)),
    st.none() | st.dates(date(2024, 1, 1), date(2040, 1, 1)),
    st.none() | st.dates(date(2024, 1, 1), date(2040, 1, 1)),
    st.sampled_from(list(ApprovalOutcome)),
)
def test_no_approval_outlives_its_audit(on, limit, lift_by, outcome):
    found = term(approved(on, outcome=outcome, limit=limit, lift_by=lift_by), (RGAA,), None)
    assert (found is None) is (outcome in {ApprovalOutcome.REFUSED, ApprovalOutcome.ADJOURNED})
    assert found is None or found.until <= date(2027, 6, 1)


def test_an_adjournment_leaves_what_was_decided_before_and_a_refusal_takes_it_back():
    adjourned = Decision(2, date(2025, 1, 10), ApprovalOutcome.ADJOURNED)
    refused = Decision(3, date(2025, 3, 10), ApprovalOutcome.REFUSED, "Le formulaire ne se remplit pas au clavier.")
    assert approval(a_file(approved(), adjourned), (RGAA,), TODAY).state is ApprovalState.APPROVED
    assert approval(a_file(approved(), adjourned, refused), (RGAA,), TODAY).state is ApprovalState.REFUSED
    assert approval(a_file(approved(), adjourned, refused), (RGAA,), date(2025, 3, 9)).state is ApprovalState.APPROVED
    put_off = approval(a_file(adjourned), (RGAA,), TODAY)
    assert (put_off.state, approval_phrase(put_off)) == (ApprovalState.ADJOURNED, "ajourné le 10 janvier 2025")
    assert approval(a_file(adjourned), (RGAA,), date(2025, 1, 9)).state is ApprovalState.NEVER


def reasons(file: ServiceFile, day: date = TODAY, session: int | None = None) -> tuple[Due, ...]:
    return due(file, (RGAA,), day, session)


def test_a_service_that_opened_without_being_examined_is_due():
    assert reasons(a_file()) == (Due(AgendaReason.UNEXAMINED, date(2020, 1, 15)),)
    assert reasons(a_file(opened_on=None)) == (Due(AgendaReason.UNEXAMINED, None),)
    assert reasons(a_file(approved())) == ()


def test_a_service_is_due_three_months_before_it_opens_and_when_nobody_knows_when_it_will():
    project = {"state": ServiceState.PROJECT, "audits": ()}
    assert reasons(a_file(**project, opened_on=date(2027, 2, 22))) == (Due(AgendaReason.OPENING, date(2027, 2, 22)),)
    assert reasons(a_file(**project, opened_on=date(2027, 2, 23))) == ()
    assert reasons(a_file(**project, opened_on=None)) == (Due(AgendaReason.OPENING, None),)


def test_a_refused_service_comes_back_once_a_full_audit_ended_since():
    refused = Decision(2, date(2025, 1, 10), ApprovalOutcome.REFUSED, "Trop de critères manquent.")
    again = replace(AUDIT, audited_on=date(2026, 3, 2), published_on=None)
    assert reasons(a_file(refused)) == ()
    assert reasons(a_file(refused, audits=(AUDIT, again))) == (Due(AgendaReason.REAUDITED, date(2026, 3, 2)),)
    rapid = replace(again, kind=AuditKind.RAPID)
    assert reasons(a_file(refused, audits=(AUDIT, rapid))) == ()
    later = replace(refused, session=3, on=date(2026, 4, 1))
    assert reasons(a_file(refused, later, audits=(AUDIT, again))) == ()
    assert due_phrase(Due(AgendaReason.REAUDITED, date(2026, 3, 2))) == "refusé, audité de nouveau le 2 mars 2026"


def test_an_approval_and_an_audit_that_end_put_the_service_on_the_agenda_three_months_ahead():
    file = a_file(approved())
    assert reasons(file, date(2027, 2, 28)) == ()
    assert reasons(file, date(2027, 3, 1)) == (
        Due(AgendaReason.APPROVAL_EXPIRING, date(2027, 6, 1)),
        Due(AgendaReason.AUDIT_EXPIRING, date(2027, 6, 1)),
    )
    assert reasons(file, date(2027, 6, 2)) == (
        Due(AgendaReason.APPROVAL_EXPIRED, date(2027, 6, 1)),
        Due(AgendaReason.AUDIT_EXPIRED, date(2027, 6, 1)),
    )


def test_a_service_that_is_closed_is_never_due():
    assert reasons(a_file(state=ServiceState.CLOSED)) == ()
    assert reasons(a_file(state=ServiceState.CLOSED, closed_on=TODAY)) == ()
    assert reasons(a_file(state=ServiceState.CLOSED, closed_on=TODAY + timedelta(days=1))) != ()


def test_what_was_adjourned_comes_back_to_the_session_it_was_adjourned_to_or_to_any_once_that_one_is_past():
    open_ended = Decision(2, date(2026, 9, 1), ApprovalOutcome.ADJOURNED)
    to_four = replace(open_ended, adjourned_to=4, adjourned_on=date(2026, 12, 10))
    back = Due(AgendaReason.ADJOURNED, date(2026, 9, 1))
    assert back in reasons(a_file(open_ended))
    assert back in reasons(a_file(open_ended), session=3)
    assert back in reasons(a_file(to_four), session=4)
    assert back not in reasons(a_file(to_four), session=3)
    assert back in reasons(a_file(to_four), date(2026, 12, 11), session=5)
    assert back not in reasons(a_file(open_ended, approved(date(2026, 10, 1))))


def test_an_adjourned_service_is_said_adjourned_and_not_unexamined():
    adjourned = Decision(2, date(2026, 9, 1), ApprovalOutcome.ADJOURNED)
    back = (Due(AgendaReason.ADJOURNED, date(2026, 9, 1)),)
    assert reasons(a_file(adjourned)) == back
    assert reasons(a_file(adjourned, state=ServiceState.PROJECT, opened_on=None, audits=())) == back
    assert reasons(a_file(replace(adjourned, adjourned_to=4, adjourned_on=date(2026, 12, 10))), session=3) == ()
    assert reasons(a_file(adjourned), date(2026, 8, 31)) == (Due(AgendaReason.UNEXAMINED, date(2020, 1, 15)),)


def test_the_share_approved_counts_what_is_online_and_says_nothing_of_nothing():
    files = [
        a_file(approved()),
        a_file(approved(outcome=ApprovalOutcome.RESERVES, lift_by=date(2026, 12, 31))),
        a_file(),
        a_file(state=ServiceState.PROJECT),
    ]
    assert approved_share(files, (RGAA,), TODAY) == Part(2, 3)
    assert approved_share(files, (RGAA,), TODAY).value == Decimal(200) / 3
    assert approved_share(files, (RGAA,), date(2027, 6, 2)) == Part(0, 3)
    assert approved_share([], (RGAA,), TODAY).value is None


def test_the_releases_of_a_year_count_when_they_were_examined_before_they_opened():
    files = [
        a_file(approved(date(2025, 3, 1)), opened_on=date(2025, 3, 1)),
        a_file(approved(date(2025, 3, 2)), opened_on=date(2025, 3, 1)),
        a_file(Decision(1, date(2025, 2, 1), ApprovalOutcome.ADJOURNED), opened_on=date(2025, 3, 1)),
        a_file(approved(date(2024, 5, 1)), redesigned_on=date(2025, 5, 1)),
        a_file(approved(date(2024, 4, 30)), redesigned_on=date(2025, 5, 1)),
        a_file(opened_on=date(2025, 3, 1), state=ServiceState.PROJECT),
        a_file(opened_on=None),
    ]
    found = examined_releases(files, 2025, TODAY)
    assert (found.releases, found.undated) == (Part(2, 5), Part(1, 6))
    assert round(found.coverage, 1) == Decimal("83.3")
    assert examined_releases(files, 2025, date(2025, 4, 1)).releases == Part(1, 3)
    assert examined_releases(files, 2023, TODAY).releases.value is None


def test_a_gap_is_over_when_its_day_is_past_and_nobody_mended_it():
    gap = GapRecord(1, GapKind.BURDEN, "Plans au format image", until=date(2026, 6, 30))
    assert [gap.is_over(date(2026, 6, 30)), gap.is_over(date(2026, 7, 1))] == [False, True]
    mended = replace(gap, mended_on=date(2026, 5, 1))
    assert not mended.is_over(TODAY)
    assert [mended.is_open(date(2026, 4, 30)), mended.is_open(date(2026, 5, 1))] == [True, False]
    assert not replace(gap, until=None).is_over(TODAY)
