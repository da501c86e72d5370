"""The bars of a footprint, stage by stage: a bar a category or a year, with the range of its total."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tracker.charts.placing import NARROW, WIDE, letters
from tracker.domain.assessments import Frozen
from tracker.domain.factors import Span
from tracker.domain.footprint import AmountScope, Footprint, LifeStage
from tracker.labels import word
from tracker.labels.footprint import weight

LEFT, RIGHT = 14, 626
_ROW, _BAR = 52, 14
_HEIGHTS = {LifeStage.MAKING: 14, LifeStage.USE: 9, LifeStage.END: 4, LifeStage.UNDIVIDED: 14}
_APART = 2  # letters between a name and its figure

Stages = Sequence[tuple[LifeStage, Span]]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stage at its place: thinner from one stage to the next, so that no colour is needed to tell them apart."""

    stage: LifeStage
    x: float
    width: float
    height: int
    top: float


@dataclass(frozen=True, slots=True)
class StackedBar:
    """A bar: its name as a wide screen and as a phone have room for it, its figure, its stages, its range."""

    whole: str
    name: str
    short: str
    told: str
    top: float
    segments: Sequence[Segment]
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class StackedChart:
    """The drawing, and the stages that it shows."""

    bars: Sequence[StackedBar]
    stages: Sequence[LifeStage]
    height: float


def category_chart(found: Footprint) -> StackedChart | None:
    """Draw what each category weighs, the heaviest first, then the amounts; None where nothing is known."""
    rows: list[tuple[str, Stages]] = [
        (word(one.category), [(stage, span) for stage in LifeStage if (span := one.stage(stage)) is not None])
        for one in sorted(found.categories, key=lambda one: -(one.carbon.value if one.carbon else Decimal(0)))
        if one.carbon is not None
    ]
    rows += [(one.name, [(LifeStage.UNDIVIDED, one.carbon)]) for one in found.amounts]
    return _chart(rows)


def years_chart(years: Iterable[Footprint]) -> StackedChart | None:
    """Draw what each year weighs at constant method, oldest first; a year whose use is unknown has no bar."""
    return _chart([(str(one.year), list(one.stages().items())) for one in years if one.electricity is not None])


def frozen_chart(found: Frozen) -> StackedChart | None:
    """Draw the same of a frozen assessment; a total of another tool is told beside, not drawn."""
    weighed = sorted(found.lines, key=lambda one: -(one.carbon.value if one.carbon else Decimal(0)))
    rows: list[tuple[str, Stages]] = [(word(one.category), list(one.stages.items())) for one in weighed if one.stages]
    inside = [one for one in found.amounts if one.scope is not AmountScope.WHOLE]
    return _chart(rows + [(one.name, [(LifeStage.UNDIVIDED, one.carbon)]) for one in inside])


def _chart(rows: Sequence[tuple[str, Stages]]) -> StackedChart | None:
    known = [(name, stages) for name, stages in rows if stages]
    farthest = max((sum(span.high for _, span in stages) for _, stages in known), default=Decimal(0))
    if not farthest:
        return None
    bars = [_bar(name, stages, _ROW * rank, farthest) for rank, (name, stages) in enumerate(known)]
    drawn = {stage for _, stages in known for stage, _ in stages}
    return StackedChart(bars, [stage for stage in LifeStage if stage in drawn], _ROW * len(bars) + 4)


def _bar(name: str, stages: Stages, top: float, farthest: Decimal) -> StackedBar:
    segments, at = [], Decimal(0)
    for stage, span in stages:
        start, end, height = _x(at, farthest), _x(at + span.value, farthest), _HEIGHTS[stage]
        width = round(max(end - start, 0), 1)
        segments.append(Segment(stage, start, width, height, top + 22 + (_BAR - height) / 2))
        at += span.value
    told = weight(at)
    low, high = (sum((getattr(span, end) for _, span in stages), Decimal(0)) for end in ("low", "high"))
    return StackedBar(
        whole=name,
        name=_beside(name, told, WIDE),
        short=_beside(name, told, NARROW),
        told=told,
        top=top,
        segments=segments,
        low=_x(low, farthest),
        high=_x(high, farthest),
    )


def _x(value: Decimal, farthest: Decimal) -> float:
    return round(LEFT + (RIGHT - LEFT) * float(value / farthest), 1)


def _beside(name: str, told: str, height: int) -> str:
    room = letters(RIGHT - LEFT, height) - len(told) - _APART
    return name if len(name) <= room else name[: max(room - 1, 1)].rstrip() + "…"
