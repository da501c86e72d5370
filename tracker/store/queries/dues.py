"""Actions that are waited for: those of the plans that are not reviewed yet, each in its latest version."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from tracker.domain.vocabulary import PlanStage
from tracker.store.models import Action, ActionPlan, ActionVersion, Commitment, PlanStep


def actions(session: Session, organisation_id: int) -> Sequence[tuple[int, Action, ActionVersion]]:
    """List the actions of the plans that are not reviewed, oldest plan first, each with its year; four queries.

    The steps, the contributors and the commitments of each version are loaded.
    """
    newest = (
        select(func.max(ActionVersion.version))
        .where(ActionVersion.action_id == Action.id)
        .correlate(Action)
        .scalar_subquery()
    )
    stage = (
        select(PlanStep.stage)
        .where(PlanStep.plan_id == ActionPlan.id)
        .order_by(PlanStep.position.desc())
        .limit(1)
        .correlate(ActionPlan)
        .scalar_subquery()
    )
    rows = session.execute(
        select(ActionPlan.year, Action, ActionVersion)
        .join(Action, Action.plan_id == ActionPlan.id)
        .join(ActionVersion, ActionVersion.action_id == Action.id)
        .where(
            ActionPlan.organisation_id == organisation_id,
            ActionVersion.version == newest,
            stage.is_distinct_from(PlanStage.REVIEWED),
        )
        .options(
            selectinload(ActionVersion.steps),
            selectinload(ActionVersion.contributors),
            selectinload(ActionVersion.commitments),
        )
        .order_by(ActionPlan.year, Action.code)
    )
    return [(year, action, version) for year, action, version in rows]


def commitment_codes(session: Session, organisation_id: int) -> Mapping[int, str]:
    """Give the codes of the commitments of an organisation by number."""
    rows = session.execute(select(Commitment.id, Commitment.code).where(Commitment.organisation_id == organisation_id))
    return {row.id: row.code for row in rows}
