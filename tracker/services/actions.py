"""Actions of a plan: planning one, changing it, telling what becomes of it; each version whole, nothing rewritten."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from tracker.domain.actions import ActionRecord, Means
from tracker.domain.budget import Imputation
from tracker.domain.dates import iso_day
from tracker.domain.errors import Conflict, Forbidden, NotFound, Problem, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.numbers import plain_text
from tracker.domain.permissions import Permission
from tracker.domain.planning import OPEN, action_code, needs_reason
from tracker.domain.plans import PlanRecord
from tracker.domain.vocabulary import ActionStatus, PlanStage, SearchKind
from tracker.labels.journal import field_shown
from tracker.services import searches
from tracker.services.action_rows import Signature, line_row, store_first, version_row
from tracker.services.decisions import Told, add, stale, tell
from tracker.services.planned import action_record, plan_records
from tracker.services.typed import Typed
from tracker.services.typed_actions import ActionDraft, ReportDraft, read_action, read_report
from tracker.services.visitor import Visitor
from tracker.store import models
from tracker.store.models import JournalEntry
from tracker.store.queries import accounts, journal, plans
from tracker.store.queries.plans import Codes, Planned

SHOWN = 20
"""Lines of its history that the page of an action shows."""
LINES = (JournalAction.ACTION_ADDED, JournalAction.ACTION_CARRIED, JournalAction.ACTION_CHANGED)
_AT = {"steps": "steps-0-title", "effects": "effects-0-indicator", "line": "line-chapter"}
"""Where a form says what somebody else made of a list, by the name of the list."""


@dataclass(frozen=True, slots=True)
class Held:
    """The plan that an action is written in, held alone until the end of the transaction."""

    row: models.ActionPlan
    plan: PlanRecord
    codes: Codes
    planned: Sequence[Planned]

    def latest(self, code: str) -> tuple[Planned, ActionRecord]:
        """Give the latest version of an action.

        Raises:
            NotFound: when the plan has none of that code.
        """
        for one in self.planned:
            if one.action.code == code:
                return one, action_record(one, self.codes)
        raise NotFound(code)


def add_action(session: Session, visitor: Visitor, year: int, draft: ActionDraft, today: date) -> str:
    """Add an action to the plan of ``year``, and give its code.

    Raises:
        Forbidden: without the right to plan.
        NotFound: for a year without plan.
        Invalid: for what cannot be, while the plan waits for the vote, and in an adopted one without a reason.
    """
    visitor.require(Permission.PLAN)
    held = hold(session, visitor, year)
    typed = Typed(has_comma_groups=draft.has_comma_groups)
    read = read_action(typed, draft, year, held.codes, today)
    reason = replanning(typed, held.plan.stage, draft.reason)
    typed.end()
    made = replace(read, code=next_code(held), version=1)
    store_first(session, held.row, made, held.codes, signature(visitor))
    tell(session, visitor, JournalAction.ACTION_ADDED, made.code, {}, told(made), year=year, reason=reason)
    searches.index(session, visitor.organisation, frozenset({SearchKind.ACTION}))
    return made.code


def change(session: Session, visitor: Visitor, year: int, code: str, draft: ActionDraft, today: date) -> bool:
    """Add a version of an action. False when it says what is stored already.

    Raises:
        Forbidden: without the right to plan.
        NotFound: for a year without plan, or an action that it has not.
        Conflict: when somebody stored another version meanwhile.
        Invalid: for what cannot be, while the plan waits for the vote, and without a reason once it is adopted, unless
            only what becomes of the action is told.
    """
    visitor.require(Permission.PLAN)
    held = hold(session, visitor, year)
    found, kept = held.latest(code)
    typed = Typed(has_comma_groups=draft.has_comma_groups)
    read = read_action(typed, draft, year, held.codes, today)
    if not typed.problems and told(read) == told(kept):
        return False
    is_replanned = told(planned_part(read)) != told(planned_part(kept))
    if is_replanned or held.plan.stage not in OPEN:
        reason = replanning(typed, held.plan.stage, draft.reason)
    else:
        reason = typed.words("reason", draft.reason)
    _refuse_stale(kept, read, draft.seen, typed)
    typed.end()
    _store(session, visitor, held, found, read, kept, reason)
    return True


def report(session: Session, visitor: Visitor, year: int, code: str, draft: ReportDraft, today: date) -> bool:
    """Tell what becomes of an action: its status, its steps, what was spent. False when it is what is stored already.

    Raises:
        Forbidden: without the right to report, or on an action that another department leads.
        NotFound: for a year without plan, or an action that it has not.
        Conflict: when somebody stored another version meanwhile.
        Invalid: for what cannot be, and once the plan is reviewed, unless whoever plans gives a reason.
    """
    visitor.require(Permission.REPORT_ACTION)
    held = hold(session, visitor, year)
    found, kept = held.latest(code)
    if not may_report(session, visitor, kept):
        raise Forbidden(code)
    typed = Typed(has_comma_groups=draft.has_comma_groups)
    read = read_report(typed, draft, kept, today)
    if not typed.problems and told(read) == told(kept):
        return False
    reason = typed.words("reason", draft.reason)
    if held.plan.stage not in OPEN:
        if not visitor.may(Permission.PLAN):
            typed.refuse("status", ProblemCode.PLAN_REVIEWED, year=year)
        else:
            reason = replanning(typed, held.plan.stage, draft.reason)
    _refuse_stale(kept, read, draft.seen, typed)
    typed.end()
    _store(session, visitor, held, found, read, kept, reason)
    return True


def may_report(session: Session, visitor: Visitor, action: ActionRecord) -> bool:
    """Tell whether the visitor may tell what becomes of ``action``: who plans may, and the department that leads it."""
    if not visitor.may(Permission.REPORT_ACTION):
        return False
    return visitor.may(Permission.PLAN) or action.lead in {home_of(session, visitor)} - {""}


def home_of(session: Session, visitor: Visitor) -> str:
    """Give the code of the department that the visitor works for, empty for none."""
    grant = accounts.grant(session, visitor.account_id, visitor.organisation.id)
    if grant is None or grant.department_id is None:
        return ""
    return plans.codes(session, visitor.organisation.id).departments[grant.department_id]


def history(session: Session, visitor: Visitor, year: int, code: str) -> Sequence[JournalEntry]:
    """List what the journal tells of an action, latest first.

    Raises:
        Forbidden: without the right to read.
    """
    visitor.require(Permission.READ)
    return journal.about(session, visitor.organisation.id, LINES, code, year, SHOWN)


def hold(session: Session, visitor: Visitor, year: int) -> Held:
    """Give the plan of ``year`` to write in, alone with it until the end of the transaction.

    Raises:
        NotFound: for a year without plan.
    """
    row = plans.by_year(session, visitor.organisation.id, year, locked=True)
    if row is None:
        raise NotFound(year)
    home = visitor.organisation.id
    plan = plan_records(session, home, {year})[year]
    return Held(row, plan, plans.codes(session, home), plans.actions(session, [row.id]))


def next_code(held: Held, after: int = 0) -> str:
    """Give the code of the next action of a plan; ``after`` counts those that were added since it was held."""
    return action_code(held.row.year, len(held.planned) + after + 1)


def signature(visitor: Visitor) -> Signature:
    """Sign what the visitor stores now."""
    return Signature(visitor.account_id, visitor.name, datetime.now(UTC))


def replanning(typed: Typed, stage: PlanStage, reason: str) -> str:
    """Read why something else is planned: refused while the plan waits for the vote, needed once it is adopted."""
    if stage is PlanStage.SUBMITTED:
        typed.refuse("reason", ProblemCode.PLAN_SUBMITTED)
    return typed.words("reason", reason, ProblemCode.PLAN_REASON_MISSING if needs_reason(stage) else None)


def planned_part(action: ActionRecord) -> ActionRecord:
    """Give an action without what is told of its course: status, steps done, spending, review."""
    means = action.means
    return replace(
        action,
        status=ActionStatus.PLANNED,
        steps=tuple(replace(step, done_on=None) for step in action.steps),
        means=Means(means.planned, None, means.tax, means.fte_planned, None),
        review="",
    )


def told(action: ActionRecord) -> Told:
    """Tell an action field by field, in no language."""
    means = action.means
    numbers = {
        "planned": means.planned,
        "spent": means.spent,
        "fte_planned": means.fte_planned,
        "fte_spent": means.fte_spent,
    }
    return {
        "title": action.title,
        "description": action.description,
        "status": action.status,
        "commitments": ", ".join(action.commitments),
        "lead": action.lead,
        "contributors": ", ".join(action.contributors),
        "pilot": action.pilot,
        "starts_on": iso_day(action.starts_on),
        "ends_on": iso_day(action.ends_on),
        "steps": " | ".join(
            " ".join(filter(None, (step.title, _span(step.due_on, step.done_on)))) for step in action.steps
        ),
        "effects": " | ".join(f"{effect.indicator} {effect.expected}" for effect in action.effects),
        **{name: "" if number is None else plain_text(number) for name, number in numbers.items()},
        "tax": action.means.tax,
        "line": _line(action.line),
        "risks": action.risks,
        "review": action.review,
    }


def _store(
    session: Session,
    visitor: Visitor,
    held: Held,
    found: Planned,
    read: ActionRecord,
    kept: ActionRecord,
    reason: str,
) -> None:
    made = replace(read, code=kept.code, version=kept.version + 1)
    home = visitor.organisation.id
    line = found.version.budget_line_id if made.line == kept.line else line_row(session, home, made.line)
    row = version_row(found.action.id, made, held.codes, line, signature(visitor))
    add(session, row, lambda: Problem("title", ProblemCode.SETTING_STALE, {"author": "–", "theirs": "–"}))
    year = held.row.year
    tell(session, visitor, JournalAction.ACTION_CHANGED, made.code, told(kept), told(made), year=year, reason=reason)
    searches.index(session, visitor.organisation, frozenset({SearchKind.ACTION}))


def _refuse_stale(kept: ActionRecord, read: ActionRecord, seen: int, typed: Typed) -> None:
    """Refuse what was typed over another version than the one that is stored, quoting it where it is not the same.

    Raises:
        Conflict: with every problem of what was typed, too.
    """
    if seen == kept.version:
        return
    theirs, mine = told(kept), told(read)
    found = [
        stale(kept.author, field_shown(name, theirs[name]), _AT.get(name, name))
        for name in theirs
        if theirs[name] != mine[name]
    ]
    quoted = {problem.where for problem in found}
    raise Conflict(*found, *(problem for problem in typed.problems if problem.where not in quoted))


def _span(due_on: date | None, done_on: date | None) -> str:
    if due_on is None and done_on is None:
        return ""
    return f"({due_on or '–'} → {done_on or '–'})"


def _line(line: Imputation | None) -> str:
    if line is None:
        return ""
    return " / ".join(str(getattr(line, one.name)) for one in fields(line) if getattr(line, one.name))
