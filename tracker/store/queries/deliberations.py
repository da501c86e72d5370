"""What a deliberation holds beside its commitments, and which deliberations an organisation has."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, and_, func, literal, or_, select
from sqlalchemy.orm import Session

from tracker.store.models import (
    Aim,
    Article,
    BudgetLine,
    Commitment,
    Deliberation,
    Finding,
    MembershipYear,
    PlanStep,
    Publication,
    TargetVersion,
)

_STATED = and_(Deliberation.id == BudgetLine.deliberation_id, Deliberation.lines_version == BudgetLine.version)


def articles(session: Session, deliberation_id: int) -> Sequence[Article]:
    """List the articles of a deliberation, in its order."""
    query = select(Article).where(Article.deliberation_id == deliberation_id)
    return session.scalars(query.order_by(Article.position)).all()


def budget_lines(session: Session, deliberation_id: int) -> Sequence[BudgetLine]:
    """List the budget lines that a deliberation states now, in its order."""
    query = select(BudgetLine).join(Deliberation, _STATED).where(BudgetLine.deliberation_id == deliberation_id)
    return session.scalars(query.order_by(BudgetLine.position)).all()


def budget_lines_of(session: Session, organisation_id: int) -> Mapping[int, Sequence[BudgetLine]]:
    """Give the budget lines that the deliberations of an organisation state now, by the number of each."""
    query = select(BudgetLine).join(Deliberation, _STATED).where(BudgetLine.organisation_id == organisation_id)
    found: dict[int, list[BudgetLine]] = {}
    for line in session.scalars(query.order_by(BudgetLine.deliberation_id, BudgetLine.position)):
        found.setdefault(line.deliberation_id or 0, []).append(line)
    return found


def commitment_counts(session: Session, organisation_id: int) -> Mapping[int, int]:
    """Count the commitments of each deliberation that has some, by its number."""
    query = (
        select(Commitment.deliberation_id, func.count())
        .where(Commitment.organisation_id == organisation_id)
        .group_by(Commitment.deliberation_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def has_day_in_targets(session: Session, row: Deliberation) -> bool:
    """Tell whether a target keeps the day or the year of this vote: one that came with it, or that it decided."""
    came_with_it = and_(
        Commitment.deliberation_id == row.id,
        or_(TargetVersion.author == "", TargetVersion.decided_on == row.adopted_on),
    )
    was_decided_by_it = and_(Commitment.organisation_id == row.organisation_id, TargetVersion.decision == row.reference)
    query = select(TargetVersion.id).join(Aim, Aim.id == TargetVersion.aim_id)
    query = query.join(Commitment, Commitment.id == Aim.commitment_id)
    return session.scalar(query.where(or_(came_with_it, was_decided_by_it)).limit(1)) is not None


def has_day_in_facts(session: Session, row: Deliberation) -> bool:
    """Tell whether a fact on a commitment of this text is dated of its vote."""
    query = select(Finding.id).join(Commitment, Commitment.id == Finding.commitment_id)
    query = query.where(Commitment.deliberation_id == row.id, Finding.on == row.adopted_on)
    return session.scalar(query.limit(1)) is not None


def has_day_in_memberships(session: Session, row: Deliberation) -> bool:
    """Tell whether a year of a membership was decided by this vote."""
    return _is_cited(session, MembershipYear.deliberation_id == row.id)


def has_day_in_plans(session: Session, row: Deliberation) -> bool:
    """Tell whether a plan was adopted by this vote."""
    return _is_cited(session, PlanStep.deliberation_id == row.id)


def has_day_in_publications(session: Session, row: Deliberation) -> bool:
    """Tell whether the organisation published something since it holds commitments of this text."""
    published = Publication.organisation_id == row.organisation_id
    if row.recorded_at is not None:
        published = and_(published, Publication.recorded_at >= row.recorded_at)
    is_promising = select(Commitment.id).where(Commitment.deliberation_id == row.id).exists()
    return session.scalar(select(Publication.id).where(published, is_promising).limit(1)) is not None


def _is_cited(session: Session, condition: ColumnElement[bool]) -> bool:
    return bool(session.scalar(select(select(literal(1)).where(condition).exists())))
