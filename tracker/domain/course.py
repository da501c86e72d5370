"""The course of a whole series: whether it rises, falls or holds no clear way, from its first value to its last."""

from enum import StrEnum

from tracker.domain.regression import median_slope
from tracker.domain.series import Series


class Course(StrEnum):
    """Which way a series went; ``mixed`` when its two ends and most of its steps do not tell the same."""

    RISES = "rises"
    FALLS = "falls"
    UNCHANGED = "unchanged"
    MIXED = "mixed"


def course(points: Series) -> Course | None:
    """Say which way ``points`` went: their ends and their median slope have to agree; None with fewer than two."""
    if len(points) < 2:
        return None
    if all(point.value == points[0].value for point in points):
        return Course.UNCHANGED
    change, slope = points[-1].value - points[0].value, median_slope(points)
    if change > 0 and slope > 0:
        return Course.RISES
    if change < 0 and slope < 0:
        return Course.FALLS
    return Course.MIXED
