"""Complaints about the accessibility of a service: one week to answer, and no word on who wrote.

Source: RGAA 4.1, obligations, « Réponse aux usagers » (DISIC, Licence Ouverte 2.0).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

ANSWER_DAYS = 7
"""The days that an authority has to answer a complaint."""
_MAIL = re.compile(r"[^\s@<>(),;:]+@[^\s@<>(),;:]+\.\w{2,}")
_TELEPHONE = re.compile(r"(?<![\d.,])(?:(?:\+|00)\s?\d{1,3}(?:[\s.\-()]*\d){6,}|0\s?[1-9](?:[\s.\-]*\d{2}){4})(?!\d)")


class ComplaintOutcome(StrEnum):
    """What a complaint came to."""

    MENDED = "mended"
    ALTERNATIVE = "alternative"
    DELAYED = "delayed"
    REFUSED = "refused"
    NO_FAULT = "no_fault"


class PersonalTrace(StrEnum):
    """What gives a person away in a text."""

    MAIL = "mail"
    TELEPHONE = "telephone"


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint: the service by its number, the day it came and was answered, what it is about, what it came to."""

    number: int
    service: int
    received_on: date
    subject: str
    answered_on: date | None = None
    outcome: ComplaintOutcome | None = None
    version: int = 1

    @property
    def due_on(self) -> date:
        """Give the last day to answer it."""
        return self.received_on + timedelta(days=ANSWER_DAYS)

    @property
    def days(self) -> int | None:
        """Count the days that its answer took, None while there is none."""
        return None if self.answered_on is None else (self.answered_on - self.received_on).days

    def is_late(self, day: date) -> bool:
        """Tell whether its answer came late, or is late on ``day``."""
        return (self.answered_on or day) > self.due_on


@dataclass(frozen=True, slots=True)
class AnswerTime:
    """The days that the answers to the complaints of a year took in all, how many were answered, how many came."""

    days: int
    answered: int
    received: int

    @property
    def coverage(self) -> Decimal | None:
        """Give the share of the complaints that were answered, in per cent; None without any."""
        return 100 * Decimal(self.answered) / self.received if self.received else None


def answer_time(complaints: Iterable[Complaint], year: int, day: date) -> AnswerTime:
    """Add up the answers to the complaints received in ``year``, as they were known on ``day`` (ACC-06)."""
    came = [one for one in complaints if one.received_on.year == year and one.received_on <= day]
    took = [one.days for one in came if one.days is not None and one.answered_on is not None and one.answered_on <= day]
    return AnswerTime(sum(took), len(took), len(came))


def personal_trace(text: str) -> PersonalTrace | None:
    """Give what gives a person away in ``text``: an address of mail, a telephone number; None when nothing is seen."""
    if _MAIL.search(text):
        return PersonalTrace.MAIL
    return PersonalTrace.TELEPHONE if _TELEPHONE.search(text) else None
