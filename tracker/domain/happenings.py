"""The year of a plan day by day: what begins, what is due, what ends."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.actions import ActionRecord, ActionStep


class HappeningKind(StrEnum):
    """What happens to an action on a day."""

    BEGINS = "begins"
    STEP = "step"
    ENDS = "ends"


@dataclass(frozen=True, slots=True)
class Happening:
    """Something of an action on a day; ``step`` is None for its beginning and its end."""

    on: date
    kind: HappeningKind
    action: ActionRecord
    step: ActionStep | None = None


def by_month(actions: Iterable[ActionRecord], year: int) -> Mapping[int, Sequence[Happening]]:
    """List what happens in ``year``, by the number of the month, in the order of the days."""
    found: dict[int, list[Happening]] = {}
    for one in sorted(_happenings(actions), key=lambda one: (one.on, list(HappeningKind).index(one.kind))):
        if one.on.year == year:
            found.setdefault(one.on.month, []).append(one)
    return found


def undated(actions: Iterable[ActionRecord], year: int) -> Sequence[ActionRecord]:
    """List the actions of which nothing happens on a known day of ``year``."""
    return [action for action in actions if not any(one.on.year == year for one in _happenings([action]))]


def _happenings(actions: Iterable[ActionRecord]) -> Iterable[Happening]:
    for action in actions:
        if action.starts_on is not None:
            yield Happening(action.starts_on, HappeningKind.BEGINS, action)
        for step in action.steps:
            if step.due_on is not None:
                yield Happening(step.due_on, HappeningKind.STEP, action, step)
        if action.ends_on is not None:
            yield Happening(action.ends_on, HappeningKind.ENDS, action)
