"""Today, in the time of the authorities that use the product."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def today() -> date:
    """Give the current day in Paris."""
    return datetime.now(PARIS).date()


def now() -> datetime:
    """Give the current moment in Paris."""
    return datetime.now(PARIS)


def end_of(day: date) -> datetime:
    """Give the last moment of ``day`` in Paris."""
    return datetime.combine(day, time.max, PARIS)
