"""What is late in a plan on a day: actions that should be over, steps that should be done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.domain.actions import ActionRecord, ActionStep
from tracker.domain.vocabulary import ActionStatus

SETTLED = frozenset({ActionStatus.DONE, ActionStatus.DROPPED})
"""What waits for nothing more."""


@dataclass(frozen=True, slots=True)
class LateStep:
    """A step that was due before the day, of an action of which something is still waited for."""

    action: ActionRecord
    step: ActionStep


def is_settled(action: ActionRecord) -> bool:
    """Tell whether nothing more is waited for in its plan: done, dropped, or taken over by the plan that follows."""
    return action.status in SETTLED or bool(action.carried_to)


def is_late(action: ActionRecord, today: date) -> bool:
    """Tell whether ``action`` should be over: its last day is past, and something is still waited for."""
    return not is_settled(action) and action.ends_on is not None and action.ends_on < today


def late_steps(actions: Iterable[ActionRecord], today: date) -> tuple[LateStep, ...]:
    """List the steps that are late on ``today``, the oldest first."""
    found = [
        (step.due_on, LateStep(action, step))
        for action in actions
        if not is_settled(action)
        for step in action.steps
        if step.done_on is None and step.due_on is not None and step.due_on < today
    ]
    return tuple(late for _, late in sorted(found, key=lambda one: (one[0], one[1].action.code)))
