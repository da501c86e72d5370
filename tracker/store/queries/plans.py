"""Action plans of an organisation: their steps, their actions in their latest version, whole."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session, aliased, selectinload

from tracker.domain.vocabulary import ActionStatus, TaxRegime
from tracker.store.models import (
    Action,
    ActionPlan,
    ActionVersion,
    BudgetLine,
    Commitment,
    Deliberation,
    Department,
    Indicator,
    PlanStep,
)


class Planned(NamedTuple):
    """An action, its latest version whole, its line of the accounts, what it goes on with and what goes on with it.

    ``origin`` is a year and a code, ``successor`` the code of an action of the plan that follows, "" without one.
    """

    action: Action
    version: ActionVersion
    line: BudgetLine | None
    origin: tuple[int, str] | None
    successor: str


@dataclass(frozen=True, slots=True)
class ActionInShort:
    """The latest version of an action, as far as it tells how the action stands and what it costs."""

    code: str
    status: ActionStatus
    ends_on: date | None
    planned: Decimal | None
    spent: Decimal | None
    tax: TaxRegime
    successor: str


@dataclass(frozen=True, slots=True)
class Codes:
    """What actions point at, by number: the commitments and departments of an organisation, every indicator."""

    commitments: Mapping[int, str]
    departments: Mapping[int, str]
    indicators: Mapping[int, str]


def by_year(session: Session, organisation_id: int, year: int, *, locked: bool = False) -> ActionPlan | None:
    """Find the plan of a year; ``locked`` makes two that change it on PostgreSQL come one after the other."""
    query = select(ActionPlan).where(ActionPlan.organisation_id == organisation_id, ActionPlan.year == year)
    return session.scalar(query.with_for_update() if locked else query)


def of_organisation(session: Session, organisation_id: int) -> Sequence[ActionPlan]:
    """List the plans of an organisation, latest year first."""
    return session.scalars(
        select(ActionPlan).where(ActionPlan.organisation_id == organisation_id).order_by(ActionPlan.year.desc())
    ).all()


def steps(session: Session, plan_ids: Collection[int]) -> Sequence[tuple[PlanStep, str]]:
    """List the steps of some plans, oldest first, each with the reference of its deliberation, empty for none."""
    rows = session.execute(
        select(PlanStep, Deliberation.reference)
        .outerjoin(Deliberation, Deliberation.id == PlanStep.deliberation_id)
        .where(PlanStep.plan_id.in_(plan_ids))
        .order_by(PlanStep.plan_id, PlanStep.position)
    )
    return [(step, reference or "") for step, reference in rows]


def actions(session: Session, plan_ids: Collection[int], until: datetime | None = None) -> Sequence[Planned]:
    """List the actions of some plans in the order they were added, each in its latest version; five queries for all.

    With ``until``, in the last version that was recorded by then: what was added later is left out.
    """
    newest = (
        select(ActionVersion.action_id, func.max(ActionVersion.version).label("version"))
        .join(Action, Action.id == ActionVersion.action_id)
        .where(Action.plan_id.in_(plan_ids), *([] if until is None else [ActionVersion.recorded_at <= until]))
        .group_by(ActionVersion.action_id)
        .subquery()
    )
    origin, its_plan = aliased(Action), aliased(ActionPlan)
    rows = session.execute(
        select(Action, ActionVersion, BudgetLine, its_plan.year, origin.code, _successor())
        .join(newest, newest.c.action_id == Action.id)
        .join(
            ActionVersion,
            (ActionVersion.action_id == newest.c.action_id) & (ActionVersion.version == newest.c.version),
        )
        .outerjoin(BudgetLine, BudgetLine.id == ActionVersion.budget_line_id)
        .outerjoin(origin, origin.id == Action.carried_from_id)
        .outerjoin(its_plan, its_plan.id == origin.plan_id)
        .options(
            selectinload(ActionVersion.commitments),
            selectinload(ActionVersion.contributors),
            selectinload(ActionVersion.steps),
            selectinload(ActionVersion.effects),
        )
        .order_by(Action.id)
    )
    return [
        Planned(action, version, line, None if code is None else (year, code), successor or "")
        for action, version, line, year, code, successor in rows
    ]


def titles(session: Session, organisation_id: int, codes: Collection[str]) -> Mapping[tuple[int, str], str]:
    """Give by its year and its code the latest title of some actions of an organisation; one query."""
    rows = session.execute(
        select(ActionPlan.year, Action.code, ActionVersion.title_fr)
        .join(Action, Action.plan_id == ActionPlan.id)
        .join(ActionVersion, ActionVersion.action_id == Action.id)
        .where(ActionPlan.organisation_id == organisation_id, Action.code.in_(codes))
        .order_by(ActionVersion.version)
    )
    return {(year, code): title for year, code, title in rows}


def _successor() -> ScalarSelect[str]:
    """Give the code of the action that goes on with the one of the row; nothing is carried over twice."""
    successor = aliased(Action)
    taken = select(func.max(successor.code)).where(successor.carried_from_id == Action.id)
    return taken.correlate(Action).scalar_subquery()


def course(session: Session, organisation_id: int, year: int) -> tuple[PlanStep, Sequence[ActionInShort]] | None:
    """Give the last step of the plan of a year, with what tells how each action stands and costs; one query.

    None where the year has no plan.
    """
    earlier = aliased(PlanStep)
    last = select(func.max(earlier.position)).where(earlier.plan_id == ActionPlan.id).scalar_subquery()
    rows = session.execute(
        select(
            PlanStep,
            Action.code,
            ActionVersion.status,
            ActionVersion.ends_on,
            ActionVersion.planned,
            ActionVersion.spent,
            ActionVersion.tax,
            _successor(),
        )
        .join(ActionPlan, ActionPlan.id == PlanStep.plan_id)
        .outerjoin(Action, Action.plan_id == ActionPlan.id)
        .outerjoin(ActionVersion, ActionVersion.action_id == Action.id)
        .where(ActionPlan.organisation_id == organisation_id, ActionPlan.year == year, PlanStep.position == last)
        .order_by(Action.id, ActionVersion.version)
    ).all()
    latest = {
        code: ActionInShort(code, status, ends_on, planned, spent, tax, successor or "")
        for _, code, status, ends_on, planned, spent, tax, successor in rows
        if code is not None
    }
    return (rows[0][0], list(latest.values())) if rows else None


def codes(session: Session, organisation_id: int) -> Codes:
    """Give the codes of what the actions of an organisation may point at; three queries."""
    commitments = select(Commitment.id, Commitment.code).where(Commitment.organisation_id == organisation_id)
    departments = select(Department.id, Department.code).where(Department.organisation_id == organisation_id)
    pairs = (session.execute(query) for query in (commitments, departments, select(Indicator.id, Indicator.code)))
    return Codes(*({row.id: row.code for row in rows} for rows in pairs))
