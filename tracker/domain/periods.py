"""Years: a measurement belongs to a calendar year, and is judged as things stood at its end."""

from calendar import monthrange
from datetime import date

FIRST_YEAR = 2000  # no strategy of this kind is older; a year before it is a slip of the keyboard


def is_open_year(year: int, today: date) -> bool:
    """Tell whether values of ``year`` can exist on ``today``: no future year, none before 2000."""
    return FIRST_YEAR <= year <= today.year


def last_full_year(today: date) -> int:
    """Give the last calendar year that is over: the one that a yearly review is about."""
    return today.year - 1


def reference_day(year: int, today: date) -> date:
    """Give the day on which facts are looked at for ``year``: its last day, or today if it is not over."""
    return min(today, date(year, 12, 31))


def months_between(start: date, end: date) -> int:
    """Count the whole months from ``start`` to ``end``."""
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


def months_after(day: date, months: int) -> date:
    """Give the same day some months later, the last of its month where there is no such day."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
