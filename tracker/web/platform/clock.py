"""Today, in the time of the authorities that use the product."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def today() -> date:
    """Give the current day in Paris."""
    return datetime.now(PARIS).date()


def now() -> datetime:
    """Give the current moment in Paris."""
    return datetime.now(PARIS)
