"""Recording dated facts on a commitment: a milestone done, a renewal decided or paid, a sign of life."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from tracker.domain.errors import Invalid, NotFound, Problem, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.periods import FIRST_YEAR
from tracker.domain.permissions import Permission
from tracker.domain.texts import tidy
from tracker.domain.vocabulary import CommitmentKind, FindingState, TaxRegime
from tracker.services import journal
from tracker.services.visitor import Visitor
from tracker.store.models import Finding
from tracker.store.queries import commitments

EVIDENCE_LIMIT = 500
STATES: Mapping[CommitmentKind, tuple[FindingState, ...]] = {
    CommitmentKind.MILESTONE: (FindingState.DECIDED, FindingState.DONE, FindingState.NOT_DONE),
    CommitmentKind.RENEWAL: (FindingState.DECIDED, FindingState.PAID, FindingState.NOT_DONE),
    CommitmentKind.CONTINUOUS: (FindingState.OBSERVED,),
    CommitmentKind.APPROVAL: (FindingState.DONE, FindingState.OBSERVED),
    CommitmentKind.QUANTIFIED: (),
    CommitmentKind.DIRECTIONAL: (),
}
"""The facts that can be told of each kind of commitment."""


@dataclass(frozen=True, slots=True)
class FindingDraft:
    """A fact to record; ``year`` and ``amount`` (euros) are for renewals, ``valid_until`` for approvals.

    ``tax`` and ``budget_line`` go with an amount; without a tax regime, both are lent by what was decided.
    """

    state: FindingState
    on: date
    evidence: str
    year: int | None = None
    amount: Decimal | None = None
    valid_until: date | None = None
    tax: TaxRegime | None = None
    budget_line: str = ""


def record(session: Session, visitor: Visitor, code: str, draft: FindingDraft, today: date) -> bool:
    """Add a dated fact to the commitment ``code``; facts are never changed, a later one speaks over it.

    Gives False, and adds nothing, when the very same fact is already there. What was decided for a year
    lends its tax regime and budget line to the payment of the same amount.

    Raises:
        Forbidden: without the right to record facts.
        NotFound: when the organisation has no such commitment.
        Invalid: for a fact that does not fit the kind, lies in the future or shows nothing.
    """
    visitor.require(Permission.RECORD_FINDING)
    row = commitments.by_code(session, visitor.organisation.id, code)
    if row is None:
        raise NotFound(code)
    evidence = tidy(draft.evidence)
    problems = check(row.kind, draft, evidence, today)
    if problems:
        raise Invalid(*problems)
    year = (draft.year or draft.on.year) if row.kind is CommitmentKind.RENEWAL else None
    amount = draft.amount if row.kind is CommitmentKind.RENEWAL else None
    until = draft.valid_until if row.kind is CommitmentKind.APPROVAL and draft.state is FindingState.DONE else None
    told = (draft.state, draft.on, year, amount, until, evidence)
    known = [
        (fact.state, fact.on, fact.year, fact.amount, fact.valid_until, fact.evidence_fr)
        for fact in row.findings
        if draft.tax in {None, fact.tax}
    ]
    if told in known:
        return False
    voted = next((f for f in row.findings if f.year == year and f.amount is not None and f.amount == amount), None)
    lent = (voted.tax, voted.budget_line) if voted else (None, "")
    tax, line = (draft.tax, draft.budget_line) if draft.tax is not None else lent
    session.add(
        Finding(
            commitment_id=row.id,
            state=draft.state,
            on=draft.on,
            year=year,
            amount=amount,
            tax=tax,
            budget_line=line,
            evidence_fr=evidence,
            valid_until=until,
            author=visitor.name,
            recorded_at=datetime.now(UTC),
        )
    )
    journal.write(
        session,
        JournalAction.FINDING_RECORDED,
        organisation_id=visitor.organisation.id,
        actor=visitor.name,
        subject=code,
        year=year or draft.on.year,
        after=f"{draft.state} {draft.on.isoformat()}",
        comment=evidence,
    )
    return True


def check(kind: CommitmentKind, draft: FindingDraft, evidence: str, today: date) -> list[Problem]:
    """Say what in ``draft`` does not fit the kind, lies in the future or shows nothing."""
    problems = []
    if draft.state not in STATES[kind]:
        problems.append(Problem("state", ProblemCode.UNKNOWN_CHOICE))
    if draft.on.year < FIRST_YEAR:
        problems.append(Problem("on", ProblemCode.DATE_TOO_OLD, {"year": FIRST_YEAR}))
    if draft.on > today:
        problems.append(Problem("on", ProblemCode.DATE_IN_FUTURE))
    if draft.year is not None and not FIRST_YEAR <= draft.year <= today.year + 1:
        problems.append(Problem("year", ProblemCode.YEAR_CLOSED, {"year": draft.year}))
    if draft.amount is not None and draft.amount < 0:
        problems.append(Problem("amount", ProblemCode.BELOW_MINIMUM, {"value": draft.amount, "bound": 0}))
    if draft.valid_until is not None and draft.valid_until <= draft.on:
        problems.append(Problem("valid_until", ProblemCode.VALIDITY_TOO_SHORT))
    if not evidence:
        problems.append(Problem("evidence", ProblemCode.EVIDENCE_MISSING))
    if len(evidence) > EVIDENCE_LIMIT:
        problems.append(Problem("evidence", ProblemCode.TOO_LONG, {"limit": EVIDENCE_LIMIT}))
    return problems
