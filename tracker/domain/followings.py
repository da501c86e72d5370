"""Following: how often a person hears of what they follow, and when the next digest is due."""

from datetime import date, timedelta

from tracker.domain.vocabulary import DigestFrequency

DEFAULT = DigestFrequency.MONTHLY
"""What holds for a person who follows something and has chosen nothing."""


def period_start(frequency: DigestFrequency, today: date) -> date | None:
    """Give the day on which the current period began: a Monday or the first of a month; None for never."""
    match frequency:
        case DigestFrequency.WEEKLY:
            return today - timedelta(days=today.weekday())
        case DigestFrequency.MONTHLY:
            return today.replace(day=1)
        case DigestFrequency.NEVER:
            return None


def is_due(frequency: DigestFrequency, since: date, today: date) -> bool:
    """Tell whether a period has begun after ``since``: the day of the last digest, or the one on which one began."""
    start = period_start(frequency, today)
    return start is not None and since < start


def next_on(frequency: DigestFrequency, since: date, today: date) -> date | None:
    """Give the day of the next digest: today when one is due, else the first day of the next period."""
    if is_due(frequency, since, today):
        return today
    match frequency:
        case DigestFrequency.WEEKLY:
            return today + timedelta(days=7 - today.weekday())
        case DigestFrequency.MONTHLY:
            return (today.replace(day=1) + timedelta(days=32)).replace(day=1)
        case DigestFrequency.NEVER:
            return None
