"""The action plan of a year: read whole, opened, submitted, adopted with its deliberation, reviewed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from tracker.domain import gaps as completeness
from tracker.domain import planning
from tracker.domain.actions import ActionRecord, Means
from tracker.domain.carrying import proposed
from tracker.domain.errors import Conflict, NotFound, Problem, ProblemCode
from tracker.domain.gaps import Gap
from tracker.domain.journal_actions import JournalAction
from tracker.domain.outcomes import PlanOutcome, outcome
from tracker.domain.permissions import Permission
from tracker.domain.plans import PlanRecord, PlanStepRecord
from tracker.domain.records import DepartmentRecord
from tracker.domain.vocabulary import PlanStage, VoteOutcome
from tracker.services.decisions import Told, add, tell
from tracker.services.planned import plan_records, stage_steps, step_record
from tracker.services.portfolio import Portfolio, portfolio
from tracker.services.typed import Typed
from tracker.services.visitor import Visitor
from tracker.store.models import ActionPlan, Deliberation, PlanStep
from tracker.store.queries import commitments, organisations, plans

NOTE_LIMIT = 2_000
"""Characters of what is said of a plan as a whole."""


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """The plan of a year beside the one before, with what its actions point at; either may not be there."""

    year: int
    plan: PlanRecord | None
    before: PlanRecord | None
    known: Portfolio
    departments: Sequence[DepartmentRecord]
    deliberations: Sequence[Deliberation]

    @property
    def gaps(self) -> Sequence[Gap]:
        """Name what the plan lacks."""
        if self.plan is None:
            return ()
        return completeness.gaps(self.plan, self.known.commitments, [one.code for one in self.departments])

    @property
    def carryable(self) -> Sequence[ActionRecord]:
        """List what may be carried over from the year before."""
        return () if self.plan is None or self.before is None else proposed(self.before, self.plan)

    def outcome(self, today: date) -> PlanOutcome | None:
        """Say what became of the plan of the year before, None where there was none."""
        return None if self.before is None else outcome(self.before, self.plan, today)

    def action(self, code: str) -> ActionRecord:
        """Give one action of the plan.

        Raises:
            NotFound: when the plan has none of that code.
        """
        for action in self.plan.actions if self.plan else ():
            if action.code == code:
                return action
        raise NotFound(code)


def sheet(session: Session, visitor: Visitor, year: int, today: date) -> PlanSheet:
    """Gather the plan of ``year``.

    Raises:
        Forbidden: without the right to read.
        NotFound: for a year that cannot have a plan.
    """
    visitor.require(Permission.READ)
    if not planning.is_plan_year(year, today):
        raise NotFound(year)
    home = visitor.organisation
    found = plan_records(session, home.id, {year, year - 1})
    departments = [DepartmentRecord(row.code, row.name) for row in organisations.departments(session, home.id)]
    texts = commitments.deliberations(session, home.id)
    return PlanSheet(year, found.get(year), found.get(year - 1), portfolio(session, home), departments, texts)


def stages(session: Session, visitor: Visitor) -> Mapping[int, PlanStepRecord]:
    """Give how far each plan has come, by year, the latest first.

    Raises:
        Forbidden: without the right to read.
    """
    visitor.require(Permission.READ)
    rows = plans.of_organisation(session, visitor.organisation.id)
    steps = stage_steps(session, rows)
    return {row.year: steps[row.id][-1] for row in rows}


def in_short(session: Session, visitor: Visitor, year: int) -> PlanRecord | None:
    """Give the plan of ``year`` with its last step, how each action stands and its euros; None where there is none.

    Raises:
        Forbidden: without the right to read.
    """
    visitor.require(Permission.READ)
    found = plans.course(session, visitor.organisation.id, year)
    if found is None:
        return None
    last, listed = found
    actions = tuple(
        ActionRecord(
            one.code,
            1,
            "",
            one.status,
            ends_on=one.ends_on,
            means=Means(one.planned, one.spent, one.tax),
            carried_to=one.successor,
        )
        for one in listed
    )
    return PlanRecord(year, (step_record(last),), actions)


def serving(session: Session, visitor: Visitor, commitment: str) -> Sequence[tuple[int, ActionRecord]]:
    """List the actions that serve a commitment, each with the year of its plan, the latest first.

    Raises:
        Forbidden: without the right to read.
    """
    visitor.require(Permission.READ)
    found = plan_records(session, visitor.organisation.id)
    return [
        (year, action)
        for year in sorted(found, reverse=True)
        for action in found[year].actions
        if commitment in action.commitments
    ]


def open_(session: Session, visitor: Visitor, year: int, today: date) -> None:
    """Open the plan of ``year`` as a draft.

    Raises:
        Forbidden: without the right to plan.
        NotFound: for a year that cannot have a plan.
        Conflict: when the year has one already.
    """
    visitor.require(Permission.PLAN)
    if not planning.is_plan_year(year, today):
        raise NotFound(year)
    exists = Problem("year", ProblemCode.PLAN_EXISTS, {"year": year})
    if plans.by_year(session, visitor.organisation.id, year):
        raise Conflict(exists)
    row = ActionPlan(
        organisation_id=visitor.organisation.id, year=year, author=visitor.name, recorded_at=datetime.now(UTC)
    )
    add(session, row, lambda: exists)
    _step(session, visitor, row, (), PlanStage.DRAFT, today)
    tell(session, visitor, JournalAction.PLAN_OPENED, str(year), {}, {"stage": PlanStage.DRAFT}, year=year)


def submit(session: Session, visitor: Visitor, year: int, seen: int, today: date) -> None:
    """Submit a draft to the vote; ``seen`` is how many steps the plan had on the screen.

    Raises:
        Forbidden: without the right to plan.
        NotFound: for a year without plan.
        Conflict: when the plan has moved meanwhile.
        Invalid: for a plan without action.
    """
    row, steps = _moving(session, visitor, year, seen, PlanStage.SUBMITTED)
    typed = Typed()
    if not plan_records(session, visitor.organisation.id, {year})[year].actions:
        typed.refuse("stage", ProblemCode.PLAN_EMPTY)
    typed.end()
    _move(session, visitor, row, steps, PlanStage.SUBMITTED, today)


def take_back(session: Session, visitor: Visitor, year: int, seen: int, reason: str, today: date) -> None:
    """Take a submitted plan back into a draft, with a reason.

    Raises:
        Forbidden, NotFound, Conflict: as `submit` does.
        Invalid: without a reason.
    """
    row, steps = _moving(session, visitor, year, seen, PlanStage.DRAFT)
    typed = Typed()
    said = typed.words("reason", reason, ProblemCode.PLAN_RETURN_REASON_MISSING)
    typed.end()
    _move(session, visitor, row, steps, PlanStage.DRAFT, today, note=said)


def adopt(session: Session, visitor: Visitor, year: int, seen: int, deliberation: str, today: date) -> None:
    """Say by its reference which deliberation adopted the plan; it is adopted on the day of the vote.

    Raises:
        Forbidden, NotFound, Conflict: as `submit` does.
        Invalid: without a deliberation of the organisation, or for one still to come, not adopted, or too old.
    """
    row, steps = _moving(session, visitor, year, seen, PlanStage.ADOPTED)
    texts = {text.reference: text for text in commitments.deliberations(session, visitor.organisation.id)}
    typed, voted = Typed(), texts.get(deliberation)
    if not deliberation:
        typed.refuse("deliberation", ProblemCode.PLAN_DELIBERATION_MISSING)
    elif voted is None:
        typed.refuse("deliberation", ProblemCode.UNKNOWN_CHOICE)
    elif voted.adopted_on > today:
        typed.refuse("deliberation", ProblemCode.DECISION_IN_FUTURE)
    elif voted.outcome != VoteOutcome.ADOPTED:
        typed.refuse("deliberation", ProblemCode.PLAN_TEXT_NOT_ADOPTED, outcome=VoteOutcome(voted.outcome))
    elif planning.was_too_early(voted.adopted_on, year):
        typed.refuse("deliberation", ProblemCode.PLAN_TEXT_TOO_OLD, on=voted.adopted_on, year=year)
    typed.end()
    assert voted is not None  # noqa: S101 - refused above
    _move(session, visitor, row, steps, PlanStage.ADOPTED, voted.adopted_on, voted=voted)


def review(session: Session, visitor: Visitor, year: int, seen: int, note: str, today: date) -> None:
    """End an adopted plan with what is said of it as a whole.

    Raises:
        Forbidden, NotFound, Conflict: as `submit` does.
        Invalid: without a note, or while the year has not begun.
    """
    row, steps = _moving(session, visitor, year, seen, PlanStage.REVIEWED)
    typed = Typed()
    said = typed.words("note", note, ProblemCode.PLAN_NOTE_MISSING, NOTE_LIMIT)
    if today.year < year:
        typed.refuse("note", ProblemCode.PLAN_NOT_BEGUN, year=year)
    typed.end()
    _move(session, visitor, row, steps, PlanStage.REVIEWED, today, note=said)


_LINES = {
    PlanStage.DRAFT: JournalAction.PLAN_RETURNED,
    PlanStage.SUBMITTED: JournalAction.PLAN_SUBMITTED,
    PlanStage.ADOPTED: JournalAction.PLAN_ADOPTED,
    PlanStage.REVIEWED: JournalAction.PLAN_REVIEWED,
}


def _moving(
    session: Session, visitor: Visitor, year: int, seen: int, wanted: PlanStage
) -> tuple[ActionPlan, tuple[PlanStepRecord, ...]]:
    """Give the plan to move and its steps, alone with it until the end of the transaction."""
    visitor.require(Permission.PLAN)
    row = plans.by_year(session, visitor.organisation.id, year, locked=True)
    if row is None:
        raise NotFound(year)
    steps = stage_steps(session, [row])[row.id]
    last = steps[-1]
    if seen != len(steps) or not planning.may_become(last.stage, wanted):
        raise Conflict(Problem("stage", ProblemCode.PLAN_MOVED, {"author": last.author, "stage": last.stage}))
    return row, steps


def _move(
    session: Session,
    visitor: Visitor,
    row: ActionPlan,
    steps: Sequence[PlanStepRecord],
    stage: PlanStage,
    on: date,
    *,
    voted: Deliberation | None = None,
    note: str = "",
) -> None:
    _step(session, visitor, row, steps, stage, on, voted=voted, note=note)
    after = {"stage": stage, **({"deliberation": voted.reference, "decided_on": on.isoformat()} if voted else {})}
    before: Told = {"stage": steps[-1].stage}
    tell(session, visitor, _LINES[stage], str(row.year), before, after, year=row.year, reason=note)


def _step(
    session: Session,
    visitor: Visitor,
    row: ActionPlan,
    steps: Sequence[PlanStepRecord],
    stage: PlanStage,
    on: date,
    *,
    voted: Deliberation | None = None,
    note: str = "",
) -> None:
    session.flush()
    session.add(
        PlanStep(
            plan_id=row.id,
            position=len(steps) + 1,
            stage=stage,
            on=on,
            deliberation_id=voted.id if voted else None,
            note_fr=note,
            account_id=visitor.account_id,
            author=visitor.name,
            recorded_at=datetime.now(UTC),
        )
    )
    session.flush()
