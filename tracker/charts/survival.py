"""The survival curve as a drawing: the share of the equipment that is still there at each age, and the same in rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tracker.charts.placing import Box, Label, Sheet
from tracker.charts.scale import Scale
from tracker.domain.survival import HALF, Curve
from tracker.labels import quantity, text

LEFT, RIGHT, TOP, BOTTOM = 84, 614, 34, 284
WIDTH, HEIGHT = 640, 320
LAST = 15
"""The age in whole years up to which the curve is drawn: beyond it, few pieces are left to tell."""

_DAYS = Decimal("365.25")


@dataclass(frozen=True, slots=True)
class AgeShare:
    """The share of the equipment that is still there at an age, in whole years; None where nothing tells it."""

    years: int
    share: Decimal | None

    @property
    def name(self) -> str:
        """Name the age."""
        return quantity(Decimal(self.years), "years", 0) if self.years else text("au début")


@dataclass(frozen=True, slots=True)
class Tick:
    """An age under the axis, ``is_odd`` where a narrow screen leaves it out."""

    x: float
    years: int
    is_odd: bool


@dataclass(frozen=True, slots=True)
class SurvivalChart:
    """The drawing: the steps of the curve, a line at one half, and a point at every whole year of the table."""

    line: str
    half: str
    points: Sequence[tuple[float, float]]
    ticks: Sequence[Tick]
    labels: Sequence[Label]


def shares(curve: Curve) -> Sequence[AgeShare]:
    """List what is left at each whole year, up to the longest life that was seen."""
    if not curve.lives:
        return []
    last = min(int(curve.longest / _DAYS), LAST)
    return [AgeShare(years, curve.surviving(int(years * _DAYS))) for years in range(last + 1)]


def survival_chart(curve: Curve) -> SurvivalChart | None:
    """Draw a survival curve; None where less than a year of it is known."""
    rows = shares(curve)
    if len(rows) < 2:
        return None
    end = min(curve.longest, int((rows[-1].years + 1) * _DAYS))
    scale = Scale(0, end, 0.0, 1.0, LEFT, RIGHT, TOP, BOTTOM)
    places = [(scale.x(int(row.years * _DAYS)), scale.y(row.share)) for row in rows if row.share is not None]
    return SurvivalChart(
        line=_steps(curve, scale, end),
        half=f"M{LEFT} {scale.y(HALF):g}H{RIGHT}",
        points=places,
        ticks=[Tick(scale.x(int(row.years * _DAYS)), row.years, row.years % 2 == 1) for row in rows],
        labels=_labels(curve, scale, places),
    )


def _steps(curve: Curve, scale: Scale, end: int) -> str:
    """Draw the steps; those that would fall on the same pixel are drawn as one."""
    parts, x, y = [f"M{scale.x(0):g} {scale.y(1.0):g}"], scale.x(0), scale.y(1.0)
    for step in curve.steps:
        if step.days > end:
            break
        right, down = scale.x(step.days), scale.y(step.surviving)
        if down - y < 1 and step is not curve.steps[-1]:
            continue
        parts.append(f"H{right:g}V{down:g}")
        x, y = right, down
    return "".join(parts) + (f"H{RIGHT}" if x < RIGHT else "")


def _labels(curve: Curve, scale: Scale, places: Sequence[tuple[float, float]]) -> Sequence[Label]:
    sheet = Sheet(Box(0, 0, WIDTH, BOTTOM))
    for share in (Decimal(1), HALF, Decimal(0)):
        told = quantity(100 * share, "percent", 0)
        sheet.put(Label(LEFT - 6, scale.y(share) + 5, "end", told, told, ""))
    sheet.line(places)
    sheet.line([(LEFT, scale.y(HALF)), (RIGHT, scale.y(HALF))])
    for x, y in places:
        sheet.dot(x, y)
    if curve.median is not None and curve.median <= scale.last_year:
        years = quantity(curve.median / _DAYS, "years", 1)
        told = text("la moitié à {age}", age=years)
        sheet.place([(scale.x(curve.median), scale.y(HALF))], told, years, "last")
    return sheet.labels
