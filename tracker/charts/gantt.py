"""The actions of a year as a Gantt chart: a bar from the first day to the last, steps as marks, a line for today."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from tracker.charts.cutting import cut
from tracker.domain.actions import ActionRecord, ActionStep
from tracker.domain.vocabulary import ActionStatus
from tracker.labels import typeset
from tracker.labels.formats import month_initial, short_month
from tracker.labels.timelines import gantt_sentence

LEFT, RIGHT = 14, 626
BAR = 14
"""Height of a bar, in units of the drawing."""

_HEAD, _ROW, _FOOT = 50, 46, 8
_LETTERS, _LETTERS_NARROW = 72, 36
_LEAST = 4  # width of a bar of one day: narrower, it would not be seen
_EDGE = 90  # nearer than this to an edge, the word over the line of today would leave the drawing

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A step at its place; done or still to do."""

    step: ActionStep
    x: float

    @property
    def is_done(self) -> bool:
        """Tell whether the step was done."""
        return self.step.done_on is not None


@dataclass(frozen=True, slots=True)
class Bar:
    """An action at its place.

    ``x`` and ``width`` are those of its bar, None where only one end or none is dated. ``rest`` is where an unknown
    end may lie, from and to, None where both ends are known. ``begins_before`` and ``goes_on`` tell that the bar is
    cut at the edge of the year.
    """

    action: ActionRecord
    top: float
    x: float | None
    width: float | None
    rest: tuple[float, float] | None
    begins_before: bool
    goes_on: bool
    marks: Sequence[Mark]

    @property
    def title(self) -> str:
        """Give the whole title."""
        return typeset(self.action.title)

    @property
    def name(self) -> str:
        """Give the title as a wide screen has room for it."""
        return cut(self.title, _LETTERS)

    @property
    def short(self) -> str:
        """Give the title as a phone has room for it."""
        return cut(self.title, _LETTERS_NARROW)


@dataclass(frozen=True, slots=True)
class MonthMark:
    """Where a month starts and where its name stands."""

    x: float
    middle: float
    name: str
    initial: str


@dataclass(frozen=True, slots=True)
class Gantt:
    """The drawing of a year, 640 wide; ``today`` is its place, None in another year.

    ``undated`` are the actions without any date, ``elsewhere`` those whose dates all lie in other years.
    """

    year: int
    months: Sequence[MonthMark]
    bars: Sequence[Bar]
    undated: Sequence[ActionRecord]
    elsewhere: Sequence[ActionRecord]
    today: float | None
    height: float

    @property
    def top(self) -> float:
        """Give where the bars start, below the names of the months."""
        return _HEAD

    @property
    def today_anchor(self) -> Anchor:
        """Give how the word over the line of today is set, so that it stays inside the drawing."""
        at = self.today or LEFT
        return "start" if at < LEFT + _EDGE else "end" if at > RIGHT - _EDGE else "middle"

    @property
    def actions(self) -> Sequence[ActionRecord]:
        """Give every action that was given, as the table lists them: those drawn first."""
        return [*(bar.action for bar in self.bars), *self.elsewhere, *self.undated]

    @property
    def sentence(self) -> str:
        """Say what the drawing shows."""
        apart = {"undated": len(self.undated), "elsewhere": len(self.elsewhere)}
        return gantt_sentence(self.actions, **apart, year=self.year)

    @property
    def statuses(self) -> Sequence[ActionStatus]:
        """Give the statuses that the drawing shows, for its key."""
        shown = {bar.action.status for bar in self.bars}
        return [status for status in ActionStatus if status in shown]

    @property
    def has_steps_done(self) -> bool:
        """Tell whether a mark of a step done is drawn."""
        return any(mark.is_done for bar in self.bars for mark in bar.marks)

    @property
    def has_steps_to_do(self) -> bool:
        """Tell whether a mark of a step still to do is drawn."""
        return any(not mark.is_done for bar in self.bars for mark in bar.marks)

    @property
    def has_unknown_ends(self) -> bool:
        """Tell whether an action without a start or an end is drawn."""
        return any(bar.rest for bar in self.bars)


def gantt(actions: Iterable[ActionRecord], year: int, today: date) -> Gantt:
    """Draw ``actions`` over the twelve months of ``year``, in the order of their dates."""
    drawn, undated, elsewhere = list[ActionRecord](), list[ActionRecord](), list[ActionRecord]()
    for action in sorted(actions, key=_order):
        dates = _dates(action)
        if not dates:
            undated.append(action)
        elif min(dates) > date(year, 12, 31) or (max(dates) < date(year, 1, 1) and not _is_open(action)):
            elsewhere.append(action)
        else:
            drawn.append(action)
    bars = [_bar(action, year, _HEAD + _ROW * rank) for rank, action in enumerate(drawn)]
    here = _x(today, year) if today.year == year else None
    return Gantt(year, _months(year), bars, undated, elsewhere, here, _HEAD + _ROW * len(bars) + _FOOT)


def _order(action: ActionRecord) -> tuple[date, date, str]:
    dates = _dates(action)
    return (min(dates), max(dates), action.code) if dates else (date.max, date.max, action.code)


def _dates(action: ActionRecord) -> Sequence[date]:
    ends = [one for one in (action.starts_on, action.ends_on) if one]
    return [*ends, *(on for step in action.steps if (on := _when(step)))]


def _when(step: ActionStep) -> date | None:
    """Give the day of a step: the one on which it was done, else the one on which it is due."""
    return step.done_on or step.due_on


def _is_open(action: ActionRecord) -> bool:
    """Tell whether an action began and has no end yet."""
    return action.ends_on is None and action.starts_on is not None


def _bar(action: ActionRecord, year: int, top: float) -> Bar:
    start, end = action.starts_on, action.ends_on
    marks = [Mark(step, _x(on, year)) for step in action.steps if (on := _when(step)) and on.year == year]
    if start is None or end is None:
        return Bar(action, top, None, None, _rest(start, end, year), begins_before=False, goes_on=False, marks=marks)
    first, last = min(start, end), max(start, end)
    left, right = _x(first, year), _x(last + timedelta(days=1), year) if last < date.max else RIGHT
    width = round(max(right - left, _LEAST), 1)
    return Bar(
        action,
        top,
        min(left, RIGHT - width),
        width,
        None,
        begins_before=first.year < year,
        goes_on=last.year > year,
        marks=marks,
    )


def _rest(start: date | None, end: date | None, year: int) -> tuple[float, float] | None:
    if start is not None:
        return (_x(start, year), RIGHT)
    return (LEFT, _x(end, year)) if end is not None else None


def _months(year: int) -> Sequence[MonthMark]:
    firsts = [date(year, month, 1) for month in range(1, 13)]
    places = [*(_x(first, year) for first in firsts), float(RIGHT)]
    return [
        MonthMark(
            places[rank], round((places[rank] + places[rank + 1]) / 2, 1), short_month(first), month_initial(first)
        )
        for rank, first in enumerate(firsts)
    ]


def _x(on: date, year: int) -> float:
    """Give the place of a day, at the edge where it lies outside the year."""
    first = date(year, 1, 1)
    days = (date(year, 12, 31) - first).days + 1
    share = min(max((on - first).days / days, 0), 1)
    return round(LEFT + (RIGHT - LEFT) * share, 1)
