"""From values to places on a drawing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps years to x and values to y inside a frame; y grows downwards."""

    first_year: int
    last_year: int
    low: float
    high: float
    left: float
    right: float
    top: float
    bottom: float

    def x(self, year: int) -> float:
        """Give the place of a year."""
        span = self.last_year - self.first_year
        share = (year - self.first_year) / span if span else 0.5
        return round(self.left + (self.right - self.left) * share, 1)

    def y(self, value: Decimal | float) -> float:
        """Give the place of a value."""
        span = self.high - self.low
        share = (float(value) - self.low) / span if span else 0.5
        return round(self.bottom - (self.bottom - self.top) * share, 1)

    def steps(self, values: Mapping[int, Decimal], beyond: float) -> str:
        """Draw steps through consecutive years: what is decided takes effect at once, it is not a slope.

        The last step goes on for ``beyond``, so that one of a single year is seen too.
        """
        parts: list[str] = []
        previous = None
        for year in sorted(values):
            x, y = self.x(year), self.y(values[year])
            if previous is not None and previous == year - 1:
                parts += [] if values[previous] == values[year] else [f"H{x:g}V{y:g}"]
            else:
                parts += [] if previous is None else [f"H{self.x(previous) + beyond:g}"]
                parts.append(f"M{x:g} {y:g}")
            previous = year
        return "".join(parts) if previous is None else "".join(parts) + f"H{self.x(previous) + beyond:g}"

    def path(self, values: Mapping[int, Decimal]) -> str:
        """Draw a line through consecutive years, broken where a year is missing: missing is never bridged."""
        steps, previous = [], None
        for year in sorted(values):
            verb = "L" if previous == year - 1 else "M"
            steps.append(f"{verb}{self.x(year):g} {self.y(values[year]):g}")
            previous = year
        return "".join(steps)


def bounds(values: Iterable[Decimal]) -> tuple[float, float]:
    """Give the lowest and highest of ``values``, (0, 1) when there are none."""
    known = [float(value) for value in values]
    return (min(known), max(known)) if known else (0.0, 1.0)
