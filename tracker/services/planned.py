"""Rows of action plans turned into the plain values that the domain judges."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.domain.actions import ActionRecord, ActionStep, ExpectedEffect, Means
from tracker.domain.planning import OPEN
from tracker.domain.plans import PlanRecord, PlanStepRecord
from tracker.domain.vocabulary import PlanStage
from tracker.services.budget_lines import imputation
from tracker.store import models
from tracker.store.queries import plans
from tracker.store.queries.plans import Codes, Planned


def plan_records(
    session: Session, organisation_id: int, years: Collection[int] | None = None
) -> Mapping[int, PlanRecord]:
    """Give the plans of an organisation by year, all of them or those of ``years``, in a fixed number of queries."""
    rows = plans.of_organisation(session, organisation_id)
    kept = [row for row in rows if years is None or row.year in years]
    return _read(session, organisation_id, kept, stage_steps(session, kept)) if kept else {}


def adopted_by(session: Session, organisation_id: int, year: int, until: datetime) -> PlanRecord | None:
    """Give the plan of ``year`` as ``until`` knew it, if it was adopted by then; None otherwise."""
    rows = [row for row in plans.of_organisation(session, organisation_id) if row.year == year]
    steps = {
        number: tuple(step for step in known if step.recorded_at <= until)
        for number, known in stage_steps(session, rows).items()
    }
    kept = [row for row in rows if any(step.stage is PlanStage.ADOPTED for step in steps[row.id])]
    found = _read(session, organisation_id, kept, steps, until) if kept else {}
    return found.get(year)


def open_plans(session: Session, organisation_id: int) -> Mapping[int, PlanRecord]:
    """Give the plans of an organisation that are not reviewed yet by year, oldest first; the others are not read."""
    rows = plans.of_organisation(session, organisation_id)
    steps = stage_steps(session, rows)
    kept = [row for row in reversed(rows) if steps[row.id][-1].stage in OPEN]
    return _read(session, organisation_id, kept, steps) if kept else {}


def stage_steps(session: Session, rows: Sequence[models.ActionPlan]) -> Mapping[int, tuple[PlanStepRecord, ...]]:
    """Give the steps of each plan by the number of the plan."""
    found: dict[int, list[PlanStepRecord]] = {row.id: [] for row in rows}
    for step, reference in plans.steps(session, list(found)):
        found[step.plan_id].append(step_record(step, reference))
    return {number: tuple(steps) for number, steps in found.items()}


def step_record(step: models.PlanStep, deliberation: str = "") -> PlanStepRecord:
    """Give a step of a plan as a plain value, with the reference of its deliberation."""
    return PlanStepRecord(step.stage, step.on, step.author, step.recorded_at, deliberation, step.note_fr)


def _read(
    session: Session,
    organisation_id: int,
    rows: Sequence[models.ActionPlan],
    steps: Mapping[int, tuple[PlanStepRecord, ...]],
    until: datetime | None = None,
) -> Mapping[int, PlanRecord]:
    codes = plans.codes(session, organisation_id)
    actions: dict[int, list[ActionRecord]] = {row.id: [] for row in rows}
    for planned in plans.actions(session, list(actions), until):
        actions[planned.action.plan_id].append(action_record(planned, codes))
    return {row.year: PlanRecord(row.year, steps[row.id], tuple(actions[row.id])) for row in rows}


def action_record(planned: Planned, codes: Codes) -> ActionRecord:
    """Give an action as a plain value, every number turned into its code."""
    row, version = planned.action, planned.version
    department = version.department_id
    return ActionRecord(
        code=row.code,
        version=version.version,
        title=version.title_fr,
        status=version.status,
        description=version.description_fr,
        commitments=tuple(codes.commitments[one.commitment_id] for one in version.commitments),
        lead="" if department is None else codes.departments[department],
        contributors=tuple(codes.departments[one.department_id] for one in version.contributors),
        pilot=version.pilot,
        starts_on=version.starts_on,
        ends_on=version.ends_on,
        steps=tuple(ActionStep(step.title_fr, step.due_on, step.done_on) for step in version.steps),
        effects=tuple(ExpectedEffect(codes.indicators[one.indicator_id], one.expected_fr) for one in version.effects),
        means=Means(version.planned, version.spent, version.tax, version.fte_planned, version.fte_spent),
        line=imputation(planned.line) if planned.line else None,
        risks=version.risks_fr,
        review=version.review_fr,
        carried_from=planned.origin,
        carry_reason=row.carry_reason_fr,
        carried_to=planned.successor,
        author=version.author,
        recorded_at=version.recorded_at,
    )
