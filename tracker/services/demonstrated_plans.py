"""The action plans of the fictional town: one reviewed, one adopted and late in places, one draft that lacks things."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from tracker.domain.actions import ActionRecord, ActionStep, ExpectedEffect, Means
from tracker.domain.budget import Imputation
from tracker.domain.journal_actions import JournalAction
from tracker.domain.vocabulary import ActionStatus, PlanStage, Role, TaxRegime
from tracker.services.action_rows import Signature, store_first, version_row
from tracker.services.actions import planned_part, told
from tracker.services.decisions import tell
from tracker.services.seed_rows import day_of
from tracker.services.visitor import Visitor
from tracker.store import models
from tracker.store.queries import commitments, plans
from tracker.store.queries.plans import Codes

Given = Mapping[str, Any]
LINES = {
    PlanStage.SUBMITTED: JournalAction.PLAN_SUBMITTED,
    PlanStage.ADOPTED: JournalAction.PLAN_ADOPTED,
    PlanStage.REVIEWED: JournalAction.PLAN_REVIEWED,
}


@dataclass(frozen=True, slots=True)
class _Scene:
    """What every plan of the play needs: the lead who writes them, the codes, the texts by reference."""

    lead: Visitor
    codes: Codes
    texts: Mapping[str, models.Deliberation]


def add_plans(session: Session, town: models.Organisation, author: models.Account, document: Given) -> None:
    """Add the plans of ``document``, written by ``author``, each step and each version dated of its day."""
    lead = Visitor(author.id, author.name, Role.REFERENT, town, frozenset())
    texts = {row.reference: row for row in commitments.deliberations(session, town.id)}
    scene = _Scene(lead, plans.codes(session, town.id), texts)
    known: dict[str, models.Action] = {}
    for given in document["plans"]:
        known = _add(session, given, scene, known)


def _add(
    session: Session, given: Given, scene: _Scene, before: Mapping[str, models.Action]
) -> dict[str, models.Action]:
    """Add a plan, and give its actions by their codes; ``before`` are those of the plan of the year before."""
    year, opened_at = given["year"], _at(given["steps"][0]["on"])
    lead = scene.lead
    plan = models.ActionPlan(organisation_id=lead.organisation.id, year=year, author=lead.name, recorded_at=opened_at)
    session.add(plan)
    session.flush()
    _walk(session, plan, given["steps"], scene)
    return {one["code"]: _play(session, plan, one, scene, before, opened_at) for one in given["actions"]}


def _walk(session: Session, plan: models.ActionPlan, steps: list[Given], scene: _Scene) -> None:
    lead, stage_before = scene.lead, ""
    for position, step in enumerate(steps, 1):
        stage, at, note = PlanStage(step["stage"]), _at(step["on"]), step.get("note_fr", "")
        voted = scene.texts.get(step.get("deliberation", ""))
        session.add(
            models.PlanStep(
                plan_id=plan.id,
                position=position,
                stage=stage,
                on=at.date(),
                deliberation_id=voted.id if voted else None,
                note_fr=note,
                account_id=lead.account_id,
                author=lead.name,
                recorded_at=at,
            )
        )
        first = JournalAction.PLAN_OPENED if position == 1 else JournalAction.PLAN_RETURNED
        after = {"stage": stage, **({"deliberation": voted.reference} if voted else {})}
        line, before = LINES.get(stage, first), {"stage": stage_before}
        tell(session, lead, line, str(plan.year), before, after, year=plan.year, reason=note, at=at)
        stage_before = stage


def _play(
    session: Session,
    plan: models.ActionPlan,
    given: Given,
    scene: _Scene,
    before: Mapping[str, models.Action],
    opened_at: datetime,
) -> models.Action:
    """Add an action as it was planned, then as it was told of on ``told_on``."""
    lead, last, year = scene.lead, _read(given, plan.year), plan.year
    first, origin = planned_part(last), before.get(given.get("carried_from", ""))
    if origin is not None:
        first = replace(first, status=ActionStatus.UNDER_WAY)
    signed = Signature(lead.account_id, lead.name, opened_at)
    row = store_first(session, plan, first, scene.codes, signed, origin)
    line = JournalAction.ACTION_CARRIED if origin else JournalAction.ACTION_ADDED
    reason = first.carry_reason
    tell(session, lead, line, first.code, {}, told(first), year=year, reason=reason, at=opened_at)
    if told(last) != told(first):
        at = _at(given["told_on"])
        number = session.query(models.ActionVersion.budget_line_id).filter_by(action_id=row.id).scalar()
        signed = Signature(lead.account_id, lead.name, at)
        session.add(version_row(row.id, replace(last, version=2), scene.codes, number, signed))
        changed = JournalAction.ACTION_CHANGED
        tell(session, lead, changed, last.code, told(first), told(last), year=year, at=at)
    return row


def _read(given: Given, year: int) -> ActionRecord:
    numbers = ("planned", "spent", "fte_planned", "fte_spent")
    euros = {name: Decimal(given[name]) if name in given else None for name in numbers}
    origin = given.get("carried_from")
    return ActionRecord(
        code=given["code"],
        version=1,
        title=given["title_fr"],
        status=ActionStatus(given["status"]),
        description=given.get("description_fr", ""),
        commitments=tuple(given.get("commitments", ())),
        lead=given.get("lead", ""),
        contributors=tuple(given.get("contributors", ())),
        pilot=given.get("pilot", ""),
        starts_on=day_of(given, "starts_on"),
        ends_on=day_of(given, "ends_on"),
        steps=tuple(
            ActionStep(step["title_fr"], day_of(step, "due_on"), day_of(step, "done_on"))
            for step in given.get("steps", ())
        ),
        effects=tuple(ExpectedEffect(one["indicator"], one["expected_fr"]) for one in given.get("effects", ())),
        means=Means(**euros, tax=TaxRegime(given.get("tax", TaxRegime.UNSTATED))),
        line=Imputation(**given["line"]) if "line" in given else None,
        risks=given.get("risks_fr", ""),
        review=given.get("review_fr", ""),
        carried_from=(year - 1, origin) if origin else None,
        carry_reason=given.get("carry_reason_fr", ""),
    )


def _at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T09:00:00").replace(tzinfo=UTC)
