"""Recording dated facts: added and never changed, with what shows them, by whom may, on what they fit."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from tests.integration.helpers import number_of
from tracker.domain.errors import Forbidden, Invalid, NotFound, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.judgement import ReasonCode
from tracker.domain.vocabulary import FindingState, Role, Status
from tracker.services import findings, scorecards
from tracker.services.findings import FindingDraft
from tracker.store.models import Commitment, Finding, JournalEntry

DECIDED, PAID, DONE = FindingState.DECIDED, FindingState.PAID, FindingState.DONE
NOT_DONE, OBSERVED = FindingState.NOT_DONE, FindingState.OBSERVED
REFERENT = "Dominique Référent (fictif)"
SHOWN = "Procès-verbal du 2 mars 2026"


def draft(state=DONE, on=date(2026, 3, 2), evidence=SHOWN, **more):
    return FindingDraft(state, on, evidence, **more)


@pytest.fixture
def record(database, enter_as, today):
    def go(code, given, *, role=Role.REFERENT, slug="marseille"):
        with database.transaction() as session:
            return findings.record(session, enter_as(session, role, slug), code, given, today)

    return go


@pytest.fixture
def refused(database, record):
    """Give a function that records a fact, expects a refusal that writes nothing, and gives it back."""

    def go(kind, code, given, **where):
        before = number_of(database, Finding), number_of(database, JournalEntry)
        with pytest.raises(kind) as caught:
            record(code, given, **where)
        assert type(caught.value) is kind
        assert (number_of(database, Finding), number_of(database, JournalEntry)) == before
        return caught.value

    return go


@pytest.fixture
def card(database, enter_as, today):
    def go(code, year=2026, slug="marseille"):
        with database.reading() as session:
            return scorecards.scorecard(session, enter_as(session, Role.ELU, slug), year, today).card(code)

    return go


def told(refusal):
    return [(problem.where, problem.code, dict(problem.values)) for problem in refusal.problems]


def facts(database, code):
    with database.reading() as session:
        return session.scalars(
            select(Finding)
            .join(Commitment, Commitment.id == Finding.commitment_id)
            .where(Commitment.code == code)
            .order_by(Finding.id)
        ).all()


# What is stored


def test_a_milestone_done_is_stored_with_its_evidence_and_a_journal_line(database, record, card):
    assert card("VDM22-S11").status is Status.NOT_MEASURED
    lines = number_of(database, JournalEntry)
    record("VDM22-S11", draft(evidence=f"  {SHOWN}\n"))
    (fact,) = facts(database, "VDM22-S11")
    assert (fact.state, fact.on, fact.year, fact.amount, fact.tax) == (DONE, date(2026, 3, 2), None, None, None)
    assert (fact.evidence_fr, fact.author) == (SHOWN, REFERENT)
    assert number_of(database, JournalEntry) == lines + 1
    with database.reading() as session:
        line = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc()).limit(1)).one()
    assert (line.action, line.actor, line.subject) == (JournalAction.FINDING_RECORDED, REFERENT, "VDM22-S11")
    assert (line.year, line.before, line.after, line.comment) == (2026, "", "done 2026-03-02", SHOWN)
    assert card("VDM22-S11").status is Status.ACHIEVED


def test_a_renewal_paid_keeps_its_year_and_its_exact_amount(database, record, card):
    assert card("AMP25N-G02", 2025, "amp").status is Status.ON_TRACK
    record("AMP25N-G02", draft(PAID, date(2026, 1, 15), year=2025, amount=Decimal("4000.10")), slug="amp")
    voted, paid = facts(database, "AMP25N-G02")
    assert (voted.state, voted.year, voted.amount) == (DECIDED, 2025, Decimal(4000))
    assert (paid.state, paid.year) == (PAID, 2025)
    assert str(paid.amount) == "4000.1"
    judged = card("AMP25N-G02", 2025, "amp").judgement
    assert judged.status is Status.ACHIEVED
    assert judged.reasons[0].values["amount"] == Decimal("4000.1")
    assert card("AMP25N-G02", 2026, "amp").status is Status.NOT_APPLICABLE, "the vote is for 2025 only"


def test_a_renewal_without_a_year_is_for_the_year_of_its_day(database, record):
    record("VDM22-G02", draft(DECIDED, date(2025, 12, 18)))
    assert [fact.year for fact in facts(database, "VDM22-G02")] == [2025]


def test_a_renewal_can_be_decided_for_the_year_to_come(database, record):
    record("VDM22-G02", draft(DECIDED, date(2026, 11, 22), year=2027))
    assert [fact.year for fact in facts(database, "VDM22-G02")] == [2027]


def test_a_year_means_nothing_for_a_milestone(database, record):
    record("VDM22-S11", draft(year=2020))
    assert [fact.year for fact in facts(database, "VDM22-S11")] == [None]


def test_a_practice_observed_is_alive_for_its_year(record, card):
    assert card("VDM22-S32").status is Status.UPCOMING
    record("VDM22-S32", draft(OBSERVED))
    assert card("VDM22-S32").status is Status.ON_TRACK


def test_a_fact_of_today_is_accepted(database, record, today):
    record("VDM22-S11", draft(on=today))
    assert [fact.on for fact in facts(database, "VDM22-S11")] == [date(2026, 11, 22)]


def test_the_same_fact_told_twice_is_kept_once(database, record):
    assert record("VDM22-S32", draft(OBSERVED)) is True
    assert record("VDM22-S32", draft(OBSERVED)) is False
    assert len(facts(database, "VDM22-S32")) == 1


def test_a_payment_of_the_amount_decided_takes_its_tax_and_budget_line(database, record):
    paid = FindingDraft(FindingState.PAID, date(2025, 6, 1), "Mandat 12", year=2025, amount=Decimal(4000))
    record("AMP25N-G02", paid, slug="amp")
    decided, added = facts(database, "AMP25N-G02")
    assert (added.tax, added.budget_line) == (decided.tax, decided.budget_line) != (None, "")


def test_a_date_of_another_age_is_refused(record):
    with pytest.raises(Invalid) as refused:
        record("VDM22-S32", draft(OBSERVED, date(1, 1, 1)))
    assert [problem.code for problem in refused.value.problems] == [ProblemCode.DATE_TOO_OLD]


# A later fact speaks over an earlier one


def test_a_later_fact_is_added_and_the_earlier_ones_stay_as_they_were(database, record):
    record("AMP23-A02", draft(NOT_DONE, date(2024, 2, 15), "Ouverture reportée"), slug="amp")
    (before,) = facts(database, "AMP23-A02")
    record("AMP23-A02", draft(DONE, date(2025, 6, 2), "Ouverture"), slug="amp")
    first, second = facts(database, "AMP23-A02")
    columns = Finding.__table__.columns.keys()
    assert [getattr(first, name) for name in columns] == [getattr(before, name) for name in columns]
    assert (second.state, second.evidence_fr) == (DONE, "Ouverture")


def test_a_milestone_told_undone_then_done_is_achieved_late(record, card):
    record("AMP23-A02", draft(NOT_DONE, date(2024, 2, 15)), slug="amp")
    assert card("AMP23-A02", 2026, "amp").status is Status.OFF_TRACK
    record("AMP23-A02", draft(DONE, date(2025, 6, 2)), slug="amp")
    judged = card("AMP23-A02", 2026, "amp").judgement
    assert judged.status is Status.ACHIEVED
    assert judged.reasons[0].values["days"] == 488  # 31 January 2024 to 2 June 2025: 366 + 122


def test_a_milestone_told_done_by_mistake_is_taken_back_by_a_later_fact(record, card):
    record("AMP23-A02", draft(DONE, date(2025, 6, 2)), slug="amp")
    assert card("AMP23-A02", 2026, "amp").status is Status.ACHIEVED
    record("AMP23-A02", draft(NOT_DONE, date(2025, 9, 1), "Déclaré fait par erreur"), slug="amp")
    assert card("AMP23-A02", 2026, "amp").status is Status.OFF_TRACK


def test_a_fact_taken_back_on_its_very_day_is_taken_back(record, card):
    record("AMP23-A02", draft(DONE, date(2025, 6, 2)), slug="amp")
    record("AMP23-A02", draft(NOT_DONE, date(2025, 6, 2), "Déclaré fait par erreur"), slug="amp")
    assert card("AMP23-A02", 2026, "amp").status is Status.OFF_TRACK


def test_a_milestone_is_overdue_until_it_is_done_and_again_when_that_is_taken_back(database, record, enter_as, today):
    def overdue():
        with database.reading() as session:
            judged = scorecards.scorecard(session, enter_as(session, Role.ELU, "amp"), 2026, today)
            return "AMP23-A02" in {due.commitment.code for due in judged.overdue()}

    said = [overdue()]
    record("AMP23-A02", draft(DONE, date(2025, 6, 2)), slug="amp")
    said.append(overdue())
    record("AMP23-A02", draft(NOT_DONE, date(2025, 9, 1), "Déclaré fait par erreur"), slug="amp")
    said.append(overdue())
    assert said == [True, False, True]


def test_a_renewal_decided_then_dropped_is_off_track_and_decided_again_on_track(record, card):
    record("VDM22-G02", draft(DECIDED, date(2026, 1, 20)))
    assert card("VDM22-G02").status is Status.ON_TRACK
    record("VDM22-G02", draft(NOT_DONE, date(2026, 5, 20), "Abandonné"))
    assert card("VDM22-G02").status is Status.OFF_TRACK
    record("VDM22-G02", draft(DECIDED, date(2026, 9, 20), "Repris"))
    assert card("VDM22-G02").status is Status.ON_TRACK


# What is refused

FITTING = {
    "VDM22-S11": {DECIDED, DONE, NOT_DONE},  # a milestone
    "VDM22-G02": {DECIDED, PAID, NOT_DONE},  # a renewal
    "VDM22-S32": {OBSERVED},  # a practice
    "VDM22-S23": set(),  # a figure
}


@pytest.mark.parametrize("code", FITTING)
def test_only_the_facts_that_fit_its_kind_are_told_of_a_commitment(database, record, refused, code):
    for state in FindingState:
        if state in FITTING[code]:
            record(code, draft(state))
        else:
            assert told(refused(Invalid, code, draft(state))) == [("state", ProblemCode.UNKNOWN_CHOICE, {})]
    assert {fact.state for fact in facts(database, code)} == FITTING[code]


def test_an_approval_can_be_observed_and_a_direction_cannot(database, record, refused):
    record("AMP23-A05", draft(OBSERVED), slug="amp")
    assert [fact.state for fact in facts(database, "AMP23-A05")] == [OBSERVED]
    assert told(refused(Invalid, "AMP23-S02", draft(OBSERVED), slug="amp")) == [
        ("state", ProblemCode.UNKNOWN_CHOICE, {})
    ]


def test_an_approval_is_told_until_its_last_day_and_then_that_it_ran_out(database, record, card):
    record("AMP23-A05", draft(on=date(2024, 3, 1), valid_until=date(2025, 12, 31)), slug="amp")
    assert facts(database, "AMP23-A05")[0].valid_until == date(2025, 12, 31)
    valid, expired = card("AMP23-A05", 2025, "amp"), card("AMP23-A05", 2026, "amp")
    assert (valid.status, valid.judgement.reasons[-1].code) == (Status.NOT_MEASURED, ReasonCode.APPROVAL_VALID)
    assert (expired.status, expired.judgement.reasons[0].code) == (Status.OFF_TRACK, ReasonCode.APPROVAL_EXPIRED)


def test_an_approval_cannot_end_on_the_day_it_is_given(refused):
    given = draft(on=date(2026, 3, 2), valid_until=date(2026, 3, 2))
    assert told(refused(Invalid, "AMP23-A05", given, slug="amp")) == [
        ("valid_until", ProblemCode.VALIDITY_TOO_SHORT, {})
    ]


def test_the_end_of_an_approval_is_a_date_to_come(record, enter_as, database, today):
    record("AMP23-A05", draft(on=date(2026, 3, 1), valid_until=date(2029, 2, 28)), slug="amp")
    with database.reading() as session:
        board = scorecards.scorecard(session, enter_as(session, Role.ELU, "amp"), 2026, today)
    assert (date(2029, 2, 28), "AMP23-A05") in {(due.on, due.commitment.code) for due in board.coming()}


def test_only_an_approval_has_an_end(database, record):
    record("VDM22-S11", draft(valid_until=date(2029, 1, 1)))
    assert facts(database, "VDM22-S11")[0].valid_until is None


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        (draft(on=date(2026, 11, 23)), ("on", ProblemCode.DATE_IN_FUTURE, {})),
        (draft(evidence=""), ("evidence", ProblemCode.EVIDENCE_MISSING, {})),
        (draft(evidence=" \n\t "), ("evidence", ProblemCode.EVIDENCE_MISSING, {})),
        (draft(evidence="é" * 501), ("evidence", ProblemCode.TOO_LONG, {"limit": 500})),
    ],
)
def test_a_fact_to_come_or_that_nothing_shows_is_refused(refused, given, problem):
    assert told(refused(Invalid, "VDM22-S11", given)) == [problem]


@pytest.mark.parametrize(
    ("more", "where", "code"),
    [
        ({"year": 1999}, "year", ProblemCode.YEAR_CLOSED),
        ({"year": 2028}, "year", ProblemCode.YEAR_CLOSED),
        ({"year": 10**12}, "year", ProblemCode.YEAR_CLOSED),
        ({"amount": Decimal("-0.01")}, "amount", ProblemCode.BELOW_MINIMUM),
    ],
)
def test_a_renewal_for_an_impossible_year_or_amount_is_refused(refused, more, where, code):
    ((found_where, found_code, _),) = told(refused(Invalid, "VDM22-G02", draft(PAID, **more)))
    assert (found_where, found_code) == (where, code)


def test_evidence_of_the_longest_length_is_stored_whole(database, record):
    record("VDM22-S11", draft(evidence="é" * 500))
    assert [fact.evidence_fr for fact in facts(database, "VDM22-S11")] == ["é" * 500]


def test_every_fault_of_a_fact_is_listed(refused):
    refusal = refused(Invalid, "VDM22-S11", draft(PAID, date(2027, 1, 1), " "))
    assert [(where, code) for where, code, _ in told(refusal)] == [
        ("state", ProblemCode.UNKNOWN_CHOICE),
        ("on", ProblemCode.DATE_IN_FUTURE),
        ("evidence", ProblemCode.EVIDENCE_MISSING),
    ]


def test_evidence_with_a_null_character_is_stored_without_it_or_refused_but_never_breaks(database, record):
    try:
        record("VDM22-S11", draft(evidence="Procès\x00verbal"))
    except Invalid:
        assert facts(database, "VDM22-S11") == []
    else:
        (fact,) = facts(database, "VDM22-S11")
        assert "\x00" not in fact.evidence_fr


@pytest.mark.parametrize("role", [Role.AGENT, Role.ELU, Role.ADMIN])
def test_only_the_referent_tells_facts_whether_the_commitment_exists_or_not(refused, role):
    for code in ("VDM22-S11", "NOPE-99"):
        refused(Forbidden, code, draft(), role=role)


@pytest.mark.parametrize("code", ["NOPE-99", "", "vdm22-s11", "AMP23-A02", "DEM22-S03"])
def test_a_commitment_that_the_organisation_does_not_have_is_not_found(refused, code):
    refused(NotFound, code, draft())


def test_a_fact_is_told_of_one_organisation_s_commitment_only(database, record):
    before = number_of(database, Finding)
    record("DEM22-E03", draft(DONE), slug="demonstration")
    assert number_of(database, Finding) == before + 1
    with database.reading() as session:
        latest = session.scalar(select(func.max(Finding.id)))
        owner = session.scalar(
            select(Commitment.code).join(Finding, Finding.commitment_id == Commitment.id).where(Finding.id == latest)
        )
    assert owner == "DEM22-E03"
