"""The months of a year as a calendar of the actions: what begins, what is due, what ends."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.actions import ActionRecord
from tracker.domain.vocabulary import ActionStatus
from tracker.labels import text, typeset
from tracker.labels.timelines import months_sentence


class Turn(StrEnum):
    """What happens on a day of the calendar."""

    BEGINS = "begins"
    DUE = "due"
    STEP_DONE = "step_done"
    ENDS = "ends"


@dataclass(frozen=True, slots=True)
class Event:
    """A day of an action; ``step`` is the title of the step that is due or done, "" for the action itself."""

    on: date
    turn: Turn
    action: ActionRecord
    step: str = ""

    @property
    def told(self) -> str:
        """Say what happens."""
        title, step = typeset(self.action.title), typeset(self.step)
        match self.turn:
            case Turn.BEGINS:
                return text("Début : {title}", title=title)
            case Turn.DUE:
                return text("Étape prévue : {step} ({title})", step=step, title=title)
            case Turn.STEP_DONE:
                return text("Étape faite : {step} ({title})", step=step, title=title)
            case Turn.ENDS:
                return text("Fin : {title}", title=title)


@dataclass(frozen=True, slots=True)
class Month:
    """A month by its first day, and what it holds, by day."""

    first: date
    events: Sequence[Event]


def months(actions: Iterable[ActionRecord], year: int) -> Sequence[Month]:
    """Give the twelve months of ``year``; an action that was dropped is left out, since nothing of it is due."""
    found = [event for action in actions for event in _events(action) if event.on.year == year]
    found.sort(key=lambda event: (event.on, list(Turn).index(event.turn), event.action.code, event.step))
    return [
        Month(date(year, month, 1), [event for event in found if event.on.month == month]) for month in range(1, 13)
    ]


def calendar_sentence(calendar: Sequence[Month]) -> str:
    """Say what the months of a year hold, in one sentence."""
    return months_sentence({month.first: len(month.events) for month in calendar}, calendar[0].first.year)


def _events(action: ActionRecord) -> Iterator[Event]:
    if action.status is ActionStatus.DROPPED:
        return
    if action.starts_on:
        yield Event(action.starts_on, Turn.BEGINS, action)
    for step in action.steps:
        if step.done_on:
            yield Event(step.done_on, Turn.STEP_DONE, action, step.title)
        elif step.due_on:
            yield Event(step.due_on, Turn.DUE, action, step.title)
    if action.ends_on:
        yield Event(action.ends_on, Turn.ENDS, action)
