"""What was typed of an action, read field by field into the plain value that it comes to."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tracker.domain.actions import ActionRecord, ActionStep, ExpectedEffect, Means
from tracker.domain.budget import Imputation
from tracker.domain.errors import ProblemCode
from tracker.domain.periods import FIRST_YEAR
from tracker.domain.vocabulary import ActionStatus, TaxRegime
from tracker.importers.deliberations.names import person_in
from tracker.services.typed import Typed
from tracker.store.queries.plans import Codes

TITLE_LIMIT, PILOT_LIMIT, TEXT_LIMIT = 200, 120, 2_000
STEPS, EFFECTS = 20, 10
"""Steps and expected effects that an action may have."""
AHEAD = 10
"""Years after its plan in which an action may still end; later is a slip of the keyboard."""
LINE_LIMITS = {
    "budget": 120,
    "section": 60,
    "chapter": 20,
    "function": 20,
    "nature": 20,
    "policy": 200,
    "programme": 120,
    "manager": 120,
}
"""Characters of each code of a line of the accounts."""


@dataclass(frozen=True, slots=True)
class StepDraft:
    """What was typed of a step."""

    title: str = ""
    due_on: str = ""
    done_on: str = ""


@dataclass(frozen=True, slots=True)
class EffectDraft:
    """What was typed of an expected effect: the code of an indicator, and the words."""

    indicator: str = ""
    expected: str = ""


@dataclass(frozen=True, slots=True)
class ActionDraft:
    """What was typed of an action; ``seen`` is the version that was on the screen, 0 for a new one.

    ``line`` has the codes of a line of the accounts by their names, its year among them. ``reason`` says why an
    adopted plan is changed.
    """

    title: str = ""
    description: str = ""
    commitments: tuple[str, ...] = ()
    lead: str = ""
    contributors: tuple[str, ...] = ()
    pilot: str = ""
    starts_on: str = ""
    ends_on: str = ""
    status: str = ActionStatus.PLANNED
    steps: tuple[StepDraft, ...] = ()
    effects: tuple[EffectDraft, ...] = ()
    planned: str = ""
    spent: str = ""
    tax: str = TaxRegime.UNSTATED
    fte_planned: str = ""
    fte_spent: str = ""
    line: dict[str, str] = field(default_factory=dict)
    risks: str = ""
    review: str = ""
    reason: str = ""
    seen: int = 0
    has_comma_groups: bool = False


@dataclass(frozen=True, slots=True)
class ReportDraft:
    """What was typed of what becomes of an action; ``done_on`` has the day of each of its steps, in their order."""

    status: str
    spent: str = ""
    fte_spent: str = ""
    done_on: tuple[str, ...] = ()
    review: str = ""
    reason: str = ""
    seen: int = 0
    has_comma_groups: bool = False


def read_action(typed: Typed, draft: ActionDraft, year: int, codes: Codes, today: date) -> ActionRecord:
    """Read an action of the plan of ``year``, without its code and its version; what is wrong is noted in ``typed``."""
    starts_on, ends_on = _days(typed, draft, year)
    status = typed.choice("status", draft.status, ActionStatus) or ActionStatus.PLANNED
    lead = _known(typed, "lead", (draft.lead,), codes.departments.values())
    contributors = _known(typed, "contributors", draft.contributors, codes.departments.values())
    return ActionRecord(
        code="",
        version=0,
        title=typed.words("title", draft.title, ProblemCode.ACTION_TITLE_MISSING, TITLE_LIMIT),
        status=status,
        description=typed.words("description", draft.description, limit=TEXT_LIMIT),
        commitments=_known(typed, "commitments", draft.commitments, codes.commitments.values()),
        lead=lead[0] if lead else "",
        contributors=tuple(code for code in contributors if code not in lead),
        pilot=_pilot(typed, draft.pilot),
        starts_on=starts_on,
        ends_on=ends_on,
        steps=_steps(typed, draft, today),
        effects=_effects(typed, draft, codes),
        means=_means(typed, draft),
        line=_line(typed, draft),
        risks=typed.words("risks", draft.risks, limit=TEXT_LIMIT),
        review=_review(typed, draft.review, status),
    )


def read_report(typed: Typed, draft: ReportDraft, kept: ActionRecord, today: date) -> ActionRecord:
    """Read what becomes of the action ``kept``; what is wrong is noted in ``typed``."""
    status = typed.choice("status", draft.status, ActionStatus) or kept.status
    steps = []
    for place, step in enumerate(kept.steps):
        written = draft.done_on[place] if place < len(draft.done_on) else ""
        steps.append(ActionStep(step.title, step.due_on, _past(typed, f"steps-{place}-done_on", written, today)))
    means = Means(
        kept.means.planned,
        _euros(typed, "spent", draft.spent),
        kept.means.tax,
        kept.means.fte_planned,
        _amount(typed, "fte_spent", draft.fte_spent),
    )
    return ActionRecord(
        code="",
        version=0,
        title=kept.title,
        status=status,
        description=kept.description,
        commitments=kept.commitments,
        lead=kept.lead,
        contributors=kept.contributors,
        pilot=kept.pilot,
        starts_on=kept.starts_on,
        ends_on=kept.ends_on,
        steps=tuple(steps),
        effects=kept.effects,
        means=means,
        line=kept.line,
        risks=kept.risks,
        review=_review(typed, draft.review, status),
    )


def _pilot(typed: Typed, written: str) -> str:
    """Read the function that pilots an action; the name of who holds it is refused, since none is ever stored."""
    pilot = typed.words("pilot", written, limit=PILOT_LIMIT)
    if named := person_in(pilot):
        typed.refuse("pilot", ProblemCode.PERSON_NAMED, text=named)
    return pilot


def _days(typed: Typed, draft: ActionDraft, year: int) -> tuple[date | None, date | None]:
    starts_on, ends_on = typed.any_day("starts_on", draft.starts_on), typed.any_day("ends_on", draft.ends_on)
    if starts_on is not None and starts_on.year < FIRST_YEAR:
        typed.refuse("starts_on", ProblemCode.DATE_TOO_OLD, year=FIRST_YEAR)
    if starts_on is not None and starts_on.year > year:
        typed.refuse("starts_on", ProblemCode.ACTION_STARTS_AFTER, year=year)
    if ends_on is not None and ends_on.year < year:
        typed.refuse("ends_on", ProblemCode.ACTION_ENDS_BEFORE, year=year)
    elif ends_on is not None and starts_on is not None and ends_on < starts_on:
        typed.refuse("ends_on", ProblemCode.ENDS_BEFORE_START)
    elif ends_on is not None and ends_on.year > year + AHEAD:
        typed.refuse("ends_on", ProblemCode.DATE_TOO_FAR, limit=date(year + AHEAD, 12, 31))
    return starts_on, ends_on


def _past(typed: Typed, where: str, written: str, today: date) -> date | None:
    """Read the day on which something was done: past, if any."""
    found = typed.any_day(where, written)
    if found is not None and found > today:
        typed.refuse(where, ProblemCode.DATE_IN_FUTURE)
    return found


def _known(typed: Typed, where: str, given: tuple[str, ...], known: Collection[str]) -> tuple[str, ...]:
    """Keep the codes that say something, each once; one that there is not is refused."""
    found = tuple(dict.fromkeys(code for code in given if code))
    if any(code not in known for code in found):
        typed.refuse(where, ProblemCode.UNKNOWN_CHOICE)
        return ()
    return found


def _steps(typed: Typed, draft: ActionDraft, today: date) -> tuple[ActionStep, ...]:
    """Read the steps; a row that says nothing is none."""
    found = []
    for place, step in enumerate(draft.steps[:STEPS]):
        if not (step.title.strip() or step.due_on.strip() or step.done_on.strip()):
            continue
        at = f"steps-{place}"
        title = typed.words(f"{at}-title", step.title, ProblemCode.STEP_TITLE_MISSING, TITLE_LIMIT)
        due_on = typed.any_day(f"{at}-due_on", step.due_on)
        found.append(ActionStep(title, due_on, _past(typed, f"{at}-done_on", step.done_on, today)))
    return tuple(found)


def _effects(typed: Typed, draft: ActionDraft, codes: Codes) -> tuple[ExpectedEffect, ...]:
    """Read the expected effects, one an indicator; a row that says nothing is none."""
    found: dict[str, ExpectedEffect] = {}
    known = set(codes.indicators.values())
    for place, effect in enumerate(draft.effects[:EFFECTS]):
        code, at = effect.indicator.strip().upper(), f"effects-{place}"
        if not (code or effect.expected.strip()):
            continue
        if code not in known:
            typed.refuse(f"{at}-indicator", ProblemCode.INDICATOR_UNKNOWN, text=effect.indicator.strip()[:40])
        elif code in found:
            typed.refuse(f"{at}-indicator", ProblemCode.EFFECT_TWICE, text=code)
        words = typed.words(f"{at}-expected", effect.expected, ProblemCode.EFFECT_MISSING)
        found[code] = ExpectedEffect(code, words)
    return tuple(found.values())


def _means(typed: Typed, draft: ActionDraft) -> Means:
    return Means(
        _euros(typed, "planned", draft.planned),
        _euros(typed, "spent", draft.spent),
        typed.choice("tax", draft.tax, TaxRegime) or TaxRegime.UNSTATED,
        _amount(typed, "fte_planned", draft.fte_planned),
        _amount(typed, "fte_spent", draft.fte_spent),
    )


def _euros(typed: Typed, where: str, written: str) -> Decimal | None:
    return _positive(typed, where, typed.euros(where, written))


def _amount(typed: Typed, where: str, written: str) -> Decimal | None:
    return _positive(typed, where, typed.number(where, written))


def _positive(typed: Typed, where: str, found: Decimal | None) -> Decimal | None:
    if found is not None and found < 0:
        typed.refuse(where, ProblemCode.PART_NEGATIVE)
    return found


def _line(typed: Typed, draft: ActionDraft) -> Imputation | None:
    """Read a line of the accounts; None when no code is given."""
    year = typed.year("line-year", draft.line.get("year", ""))
    read = {
        name: typed.words(f"line-{name}", draft.line.get(name, ""), limit=limit) for name, limit in LINE_LIMITS.items()
    }
    return Imputation(year, **read) if year is not None or any(read.values()) else None


def _review(typed: Typed, written: str, status: ActionStatus) -> str:
    """Read what is said of what was done; an action is not dropped without a word."""
    is_dropped = status is ActionStatus.DROPPED
    return typed.words("review", written, ProblemCode.DROPPED_REASON_MISSING if is_dropped else None, TEXT_LIMIT)
