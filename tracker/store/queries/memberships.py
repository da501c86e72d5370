"""Memberships of an organisation, the versions of their years, and the budget lines that they stand on."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.store.models import BudgetLine, Commitment, Deliberation, Membership, MembershipYear


@dataclass(frozen=True, slots=True)
class YearRow:
    """A version of a year with what it names: its text, its commitment by its code, its budget line."""

    year: MembershipYear
    reference: str
    commitment: str
    line: BudgetLine | None


def of_organisation(session: Session, organisation_id: int) -> Sequence[Membership]:
    """List the memberships of an organisation, in the order in which they were added."""
    return session.scalars(
        select(Membership).where(Membership.organisation_id == organisation_id).order_by(Membership.id)
    ).all()


def by_code(session: Session, organisation_id: int, code: str) -> Membership | None:
    """Find one membership of an organisation."""
    return session.scalar(
        select(Membership).where(Membership.organisation_id == organisation_id, Membership.code == code)
    )


def whole(session: Session, organisation_id: int) -> Sequence[tuple[Membership, Sequence[YearRow]]]:
    """List the memberships of an organisation with every version of their years, by year, oldest version first."""
    rows = session.execute(
        select(Membership, MembershipYear, Deliberation.reference, Commitment.code, BudgetLine)
        .outerjoin(MembershipYear, MembershipYear.membership_id == Membership.id)
        .outerjoin(Deliberation, Deliberation.id == MembershipYear.deliberation_id)
        .outerjoin(Commitment, Commitment.id == MembershipYear.commitment_id)
        .outerjoin(BudgetLine, BudgetLine.id == MembershipYear.budget_line_id)
        .where(Membership.organisation_id == organisation_id)
        .order_by(Membership.id, MembershipYear.year, MembershipYear.version)
    )
    found: dict[int, tuple[Membership, list[YearRow]]] = {}
    for row, year, reference, commitment, line in rows:
        _, own = found.setdefault(row.id, (row, []))
        if year is not None:
            own.append(YearRow(year, reference or "", commitment or "", line))
    return list(found.values())


def versions(session: Session, membership_id: int, year: int) -> Sequence[YearRow]:
    """List the versions of a year of one membership, latest first."""
    rows = session.execute(
        select(MembershipYear, Deliberation.reference, Commitment.code, BudgetLine)
        .outerjoin(Deliberation, Deliberation.id == MembershipYear.deliberation_id)
        .outerjoin(Commitment, Commitment.id == MembershipYear.commitment_id)
        .outerjoin(BudgetLine, BudgetLine.id == MembershipYear.budget_line_id)
        .where(MembershipYear.membership_id == membership_id, MembershipYear.year == year)
        .order_by(MembershipYear.version.desc())
    )
    return [YearRow(row, reference or "", commitment or "", line) for row, reference, commitment, line in rows]


def serving(session: Session, organisation_id: int, code: str) -> Sequence[Membership]:
    """List the memberships of which a version of a year serves the commitment ``code``."""
    return session.scalars(
        select(Membership)
        .join(MembershipYear, MembershipYear.membership_id == Membership.id)
        .join(Commitment, Commitment.id == MembershipYear.commitment_id)
        .where(Membership.organisation_id == organisation_id, Commitment.code == code)
        .distinct()
        .order_by(Membership.id)
    ).all()


def lines(session: Session, organisation_id: int) -> Sequence[BudgetLine]:
    """List the budget lines of an organisation, oldest first."""
    return session.scalars(
        select(BudgetLine).where(BudgetLine.organisation_id == organisation_id).order_by(BudgetLine.id)
    ).all()
