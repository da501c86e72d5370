"""A bullet bar: how far a commitment has come, and how far it was due to be."""

from dataclasses import dataclass
from decimal import Decimal

from tracker.domain.judgement import AimJudgement
from tracker.domain.trajectory import progress


@dataclass(frozen=True, slots=True)
class Bullet:
    """Drawn length and due mark, in per cent; only the drawing is capped, never the value."""

    fill: float
    due: float | None


def bullet(said: AimJudgement | None) -> Bullet | None:
    """Draw the progress of a judged aim; None where there is none to show."""
    if said is None or said.progress is None or said.threshold is None or said.departure is None:
        return None
    start, due = said.departure.value, None
    if said.expected is not None and start is not None:
        due = progress(said.expected, start, said.threshold.value)
    return Bullet(_capped(said.progress), _capped(due) if due is not None else None)


def _capped(share: Decimal) -> float:
    return round(100 * float(min(max(share, Decimal(0)), Decimal(1))), 1)
