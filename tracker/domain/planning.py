"""What a plan may become, what may still be changed of it, and which years it may be of."""

from collections.abc import Mapping
from datetime import date

from tracker.domain.periods import FIRST_YEAR
from tracker.domain.vocabulary import PlanStage, VoteOutcome

NEXT: Mapping[PlanStage, frozenset[PlanStage]] = {
    PlanStage.DRAFT: frozenset({PlanStage.SUBMITTED}),
    PlanStage.SUBMITTED: frozenset({PlanStage.DRAFT, PlanStage.ADOPTED}),
    PlanStage.ADOPTED: frozenset({PlanStage.REVIEWED}),
    PlanStage.REVIEWED: frozenset(),
}
"""The stages that may follow each: a plan goes forward, and back to a draft only while it waits for the vote."""

OPEN = frozenset({PlanStage.DRAFT, PlanStage.SUBMITTED, PlanStage.ADOPTED})
"""The stages at which it may still be told what becomes of the actions."""


def may_become(stage: PlanStage, wanted: PlanStage) -> bool:
    """Tell whether a plan at ``stage`` may come to ``wanted`` at once."""
    return wanted in NEXT[stage]


def needs_reason(stage: PlanStage) -> bool:
    """Tell whether planning something else needs a reason: what was voted is not changed without one."""
    return stage in {PlanStage.ADOPTED, PlanStage.REVIEWED}


MANDATE_YEARS = 6
"""A text may adopt the plans of a whole mandate at once; an older one spoke of other years."""


def was_too_early(voted_on: date, year: int) -> bool:
    """Tell whether a text voted on ``voted_on`` is too old to have adopted the plan of ``year``."""
    return voted_on.year < year - MANDATE_YEARS


def may_adopt(voted_on: date, outcome: str, year: int) -> bool:
    """Tell whether a text may have adopted the plan of ``year``: a text that was adopted itself, within a mandate."""
    return outcome == VoteOutcome.ADOPTED and not was_too_early(voted_on, year)


def action_code(year: int, rank: int) -> str:
    """Give the code of the action of ``rank`` in a plan: « A2026-07 », which no spreadsheet reads as a date."""
    return f"A{year}-{rank:02}"


def year_of(code: str) -> int:
    """Give the year of the plan that an action of that code is of."""
    return int(code[1:5])


def is_plan_year(year: int, today: date) -> bool:
    """Tell whether ``year`` may have a plan on ``today``: next year's is prepared before it begins."""
    return FIRST_YEAR <= year <= today.year + 1
