"""Methods: how an indicator is obtained, from a year on. Two methods are never compared with one another."""

from dataclasses import dataclass
from datetime import date

from tracker.domain.formula import Formula

FIRST = 1


@dataclass(frozen=True, slots=True)
class Method:
    """One version of the method of an indicator; ``formula`` where the value is computed, else it is typed.

    ``written`` is the formula as it was typed.
    """

    version: int = FIRST
    in_force_from: int = 0
    formula: Formula | None = None
    written: str = ""
    description: str = ""
    reason: str = ""
    decided_on: date | None = None
    author: str = ""
