"""Memberships of an organisation, the versions of their years, and the budget lines that they stand on."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from tracker.domain.vocabulary import CommitmentKind
from tracker.store.models import BudgetLine, Commitment, Deliberation, Finding, Membership, MembershipYear


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


def years(session: Session, organisation_id: int) -> Sequence[YearRow]:
    """List every version of every year of an organisation's memberships, by year, then oldest version first."""
    return list(_rows(session, _query().where(Membership.organisation_id == organisation_id)))


def versions(session: Session, membership_id: int, year: int) -> Sequence[YearRow]:
    """List the versions of a year of one membership, latest first."""
    query = _query().where(MembershipYear.membership_id == membership_id, MembershipYear.year == year)
    return list(reversed(list(_rows(session, query))))


def facts(session: Session, organisation_id: int, codes: Collection[str]) -> Sequence[tuple[str, Finding]]:
    """List the findings on the renewals among the commitments ``codes``, oldest record first, each with its code."""
    rows = session.execute(
        select(Commitment.code, Finding)
        .join(Finding, Finding.commitment_id == Commitment.id)
        .where(
            Commitment.organisation_id == organisation_id,
            Commitment.code.in_(codes),
            Commitment.kind == CommitmentKind.RENEWAL,
        )
        .order_by(Finding.id)
    )
    return [(code, fact) for code, fact in rows]


def renewals(session: Session, organisation_id: int) -> Sequence[Commitment]:
    """List the commitments of an organisation that are to renew, bare: their texts and facts are not loaded."""
    return session.scalars(
        select(Commitment)
        .where(Commitment.organisation_id == organisation_id, Commitment.kind == CommitmentKind.RENEWAL)
        .order_by(Commitment.code)
    ).all()


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


def _query() -> Select[MembershipYear, str | None, str | None, BudgetLine | None]:
    return (
        select(MembershipYear, Deliberation.reference, Commitment.code, BudgetLine)
        .join(Membership, Membership.id == MembershipYear.membership_id)
        .outerjoin(Deliberation, Deliberation.id == MembershipYear.deliberation_id)
        .outerjoin(Commitment, Commitment.id == MembershipYear.commitment_id)
        .outerjoin(BudgetLine, BudgetLine.id == MembershipYear.budget_line_id)
        .order_by(MembershipYear.year, MembershipYear.version)
    )


def _rows(
    session: Session, query: Select[MembershipYear, str | None, str | None, BudgetLine | None]
) -> Iterator[YearRow]:
    for year, reference, commitment, line in session.execute(query):
        yield YearRow(year, reference or "", commitment or "", line)
