"""Budget lines: the row of an imputation, found where the organisation has it, added where it does not."""

from dataclasses import astuple

from sqlalchemy.orm import Session

from tracker.domain.budget import Imputation
from tracker.store.models import BudgetLine
from tracker.store.queries import memberships


def imputation(row: BudgetLine) -> Imputation:
    """Give a budget line as a plain value, without its amount."""
    return Imputation(
        year=row.year,
        budget=row.budget,
        section=row.section,
        chapter=row.chapter,
        function=row.function,
        nature=row.nature,
        policy=row.policy,
        programme=row.programme,
        manager=row.manager,
    )


def number_of(session: Session, organisation_id: int, wanted: Imputation | None) -> int | None:
    """Give the number of the line ``wanted``; an imputation without any code is none."""
    if wanted is None or not any(astuple(wanted)[1:]):
        return None
    for row in memberships.lines(session, organisation_id):
        if imputation(row) == wanted:
            return row.id
    added = BudgetLine(
        organisation_id=organisation_id,
        year=wanted.year,
        budget=wanted.budget,
        section=wanted.section,
        chapter=wanted.chapter,
        function=wanted.function,
        nature=wanted.nature,
        policy=wanted.policy,
        programme=wanted.programme,
        manager=wanted.manager,
    )
    session.add(added)
    session.flush()
    return added.id
