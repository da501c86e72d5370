"""Rows of action plans for the tests that read them, whatever writes them in the product."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.vocabulary import ActionStatus, PlanStage
from tracker.store.models import (
    Account,
    Action,
    ActionContributor,
    ActionPlan,
    ActionStep,
    ActionVersion,
    Organisation,
    PlanStep,
)
from tracker.store.queries import organisations

NOW = datetime(2026, 1, 15, 9, tzinfo=UTC)


def add_plan(session: Session, organisation: Organisation, year: int, *stages: PlanStage) -> ActionPlan:
    """Add the plan of ``year``, which went through ``stages``: adopted by default."""
    plan = ActionPlan(organisation_id=organisation.id, year=year, author="test", recorded_at=NOW)
    session.add(plan)
    session.flush()
    for place, stage in enumerate(stages or (PlanStage.DRAFT, PlanStage.ADOPTED), start=1):
        session.add(
            PlanStep(
                plan_id=plan.id,
                position=place,
                stage=stage,
                on=NOW.date(),
                note_fr="",
                account_id=_anyone(session),
                author="test",
                recorded_at=NOW,
            )
        )
    session.flush()
    return plan


def add_action(
    session: Session,
    organisation: Organisation,
    plan: ActionPlan,
    code: str,
    title: str,
    *,
    lead: str = "",
    contributors: Sequence[str] = (),
    ends_on: date | None = None,
    status: ActionStatus = ActionStatus.UNDER_WAY,
    steps: Sequence[tuple[str, date | None, date | None]] = (),
    pilot: str = "",
    version: int = 1,
) -> None:
    """Add an action to ``plan``, or a further ``version`` of one; departments are told by their codes."""
    numbers = {row.code: row.id for row in organisations.departments(session, organisation.id)}
    action = session.scalar(select(Action).where(Action.plan_id == plan.id, Action.code == code))
    if action is None:
        action = Action(plan_id=plan.id, code=code, carry_reason_fr="")
        session.add(action)
        session.flush()
    session.add(
        ActionVersion(
            action_id=action.id,
            version=version,
            title_fr=title,
            description_fr="",
            department_id=numbers.get(lead),
            pilot=pilot,
            ends_on=ends_on,
            status=status,
            risks_fr="",
            review_fr="",
            account_id=_anyone(session),
            author="test",
            recorded_at=NOW,
            contributors=[ActionContributor(department_id=numbers[one]) for one in contributors],
            steps=[
                ActionStep(position=place, title_fr=told, due_on=due, done_on=done)
                for place, (told, due, done) in enumerate(steps, start=1)
            ],
        )
    )
    session.flush()


def _anyone(session: Session) -> int:
    return session.scalars(select(Account.id).order_by(Account.id)).first() or 0
