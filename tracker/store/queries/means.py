"""What the actions of the plans cost, in their latest versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from tracker.store.models import Action, ActionCommitment, ActionPlan, ActionVersion, BudgetLine, Commitment


@dataclass(frozen=True, slots=True)
class ActionRow:
    """The latest version of an action, with the year of its plan, its code, its line, the commitments it serves."""

    year: int
    code: str
    version: ActionVersion
    line: BudgetLine | None
    commitments: tuple[str, ...]


def actions(session: Session, organisation_id: int) -> Sequence[ActionRow]:
    """List the actions of every plan of an organisation, by year and code; their versions come without their parts."""
    last = (
        select(ActionVersion.action_id, func.max(ActionVersion.version).label("version"))
        .group_by(ActionVersion.action_id)
        .subquery()
    )
    rows = session.execute(
        select(ActionPlan.year, Action.code, ActionVersion, BudgetLine)
        .join(Action, Action.plan_id == ActionPlan.id)
        .join(ActionVersion, ActionVersion.action_id == Action.id)
        .join(last, and_(last.c.action_id == ActionVersion.action_id, last.c.version == ActionVersion.version))
        .outerjoin(BudgetLine, BudgetLine.id == ActionVersion.budget_line_id)
        .where(ActionPlan.organisation_id == organisation_id)
        .order_by(ActionPlan.year, Action.code)
    ).all()
    served = _served(session, organisation_id) if rows else {}
    return [ActionRow(year, code, version, line, served.get(version.id, ())) for year, code, version, line in rows]


def _served(session: Session, organisation_id: int) -> Mapping[int, tuple[str, ...]]:
    """Give the codes of the commitments that each version of an action serves, by the number of the version."""
    rows = session.execute(
        select(ActionCommitment.version_id, Commitment.code)
        .join(Commitment, Commitment.id == ActionCommitment.commitment_id)
        .where(Commitment.organisation_id == organisation_id)
        .order_by(ActionCommitment.id)
    )
    found: dict[int, tuple[str, ...]] = {}
    for number, code in rows:
        found[number] = (*found.get(number, ()), code)
    return found
