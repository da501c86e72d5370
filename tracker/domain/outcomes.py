"""What became of a plan: each action, the euros of each tax regime, the full-time equivalents."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from tracker.domain.actions import ActionRecord
from tracker.domain.budget import totals
from tracker.domain.lateness import SETTLED, is_late
from tracker.domain.plans import PlanRecord
from tracker.domain.vocabulary import ActionStatus, TaxRegime


class ActionOutcome(StrEnum):
    """What became of an action, seen from the plan that follows its own."""

    DONE = "done"
    CARRIED = "carried"
    LATE = "late"
    UNDER_WAY = "under_way"
    PLANNED = "planned"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Fate:
    """An action and what became of it; ``carried_to`` is its code in the plan that follows, empty where it has none."""

    action: ActionRecord
    outcome: ActionOutcome
    carried_to: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """What actions cost, as far as it is told: euros a tax regime, full-time equivalents; None where none tells any.

    ``untold`` counts the actions that give neither euros nor full-time equivalents planned.
    """

    planned: Mapping[TaxRegime, Decimal]
    spent: Mapping[TaxRegime, Decimal]
    fte_planned: Decimal | None
    fte_spent: Decimal | None
    untold: int


@dataclass(frozen=True, slots=True)
class PlanOutcome:
    """What became of the plan of ``year``."""

    year: int
    fates: tuple[Fate, ...]
    means: Tally

    @property
    def counts(self) -> Mapping[ActionOutcome, int]:
        """Count the actions by what became of them, leaving out what none became."""
        found = [fate.outcome for fate in self.fates]
        return {one: found.count(one) for one in ActionOutcome if one in found}


def outcome(plan: PlanRecord, following: PlanRecord | None, today: date) -> PlanOutcome:
    """Say what became of ``plan``, on ``today``, with what the ``following`` plan carried over from it."""
    goes_on = {
        action.carried_from[1]: action.code
        for action in (following.actions if following else ())
        if action.carried_from is not None and action.carried_from[0] == plan.year
    }
    fates = tuple(_fate(action, goes_on.get(action.code, ""), today) for action in plan.actions)
    return PlanOutcome(plan.year, fates, tally(plan.actions))


def tally(actions: Iterable[ActionRecord]) -> Tally:
    """Add up what ``actions`` cost, each tax regime apart."""
    listed = [action.means for action in actions]
    return Tally(
        totals(means.to_spend for means in listed),
        totals(means.paid for means in listed),
        _sum(means.fte_planned for means in listed),
        _sum(means.fte_spent for means in listed),
        sum(means.planned is None and means.fte_planned is None for means in listed),
    )


def standing(action: ActionRecord, today: date) -> ActionOutcome:
    """Say how an action stands on ``today``: its status, that it is late, or that the next plan goes on with it."""
    if action.carried_to and action.status not in SETTLED:
        return ActionOutcome.CARRIED
    return ActionOutcome.LATE if is_late(action, today) else OF_STATUS[action.status]


OF_STATUS: Mapping[ActionStatus, ActionOutcome] = {
    ActionStatus.PLANNED: ActionOutcome.PLANNED,
    ActionStatus.UNDER_WAY: ActionOutcome.UNDER_WAY,
    ActionStatus.DONE: ActionOutcome.DONE,
    ActionStatus.DROPPED: ActionOutcome.DROPPED,
}


def _fate(action: ActionRecord, carried_to: str, today: date) -> Fate:
    if carried_to and action.status not in SETTLED:
        return Fate(action, ActionOutcome.CARRIED, carried_to)
    return Fate(action, standing(action, today), carried_to)


def _sum(given: Iterable[Decimal | None]) -> Decimal | None:
    known = [one for one in given if one is not None]
    return sum(known, Decimal()) if known else None
