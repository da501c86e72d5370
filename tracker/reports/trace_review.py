"""What the review of a year says from the product's own traces: its campaign, what was checked, asked and attached."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Correction:
    """A value of the year that was replaced after it was first recorded: the revision that counts, and its reason."""

    indicator: str
    revision: int
    on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Traces:
    """How the year's figures were gathered: nothing here is about people, only counts and days.

    ``opened_on``, ``due_on`` and ``closed_on`` are the days of the campaign, None without one; ``has_four_eyes`` tells
    whether another person validated each value. ``validated`` counts the values of the year validated in it,
    ``returned`` those sent back at least once. ``asked`` and ``answered`` count the questions put in the year.
    ``files`` counts the attached files that stand, by what they are about: the code of an indicator of the year, of a
    commitment or of an action.
    """

    opened_on: date | None = None
    due_on: date | None = None
    closed_on: date | None = None
    has_four_eyes: bool = False
    validated: int = 0
    returned: int = 0
    asked: int = 0
    answered: int = 0
    files: Mapping[str, int] = field(default_factory=dict)
    corrections: Sequence[Correction] = ()
