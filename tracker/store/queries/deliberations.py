"""What a deliberation holds beside its commitments, and which deliberations an organisation has."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.store.models import Article, BudgetLine, Commitment


def articles(session: Session, deliberation_id: int) -> Sequence[Article]:
    """List the articles of a deliberation, in its order."""
    query = select(Article).where(Article.deliberation_id == deliberation_id)
    return session.scalars(query.order_by(Article.position)).all()


def budget_lines(session: Session, deliberation_id: int) -> Sequence[BudgetLine]:
    """List the budget lines that a deliberation states, in its order."""
    query = select(BudgetLine).where(BudgetLine.deliberation_id == deliberation_id)
    return session.scalars(query.order_by(BudgetLine.position)).all()


def budget_lines_of(session: Session, organisation_id: int) -> Mapping[int, Sequence[BudgetLine]]:
    """Give the budget lines that the deliberations of an organisation state, by the number of each."""
    query = select(BudgetLine).where(
        BudgetLine.organisation_id == organisation_id, BudgetLine.deliberation_id.is_not(None)
    )
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
