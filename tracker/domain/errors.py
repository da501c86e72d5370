"""What the product refuses, named: each refusal carries a code that ``labels`` puts into words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class ProblemCode(StrEnum):
    """Why one field cannot be stored as it is."""

    NOT_A_NUMBER = "not_a_number"
    AMBIGUOUS_NUMBER = "ambiguous_number"
    NUMBER_TOO_LONG = "number_too_long"
    BELOW_MINIMUM = "below_minimum"
    ABOVE_MAXIMUM = "above_maximum"
    NOT_WHOLE = "not_whole"
    VALUE_AND_ABSENCE = "value_and_absence"
    VALUE_REMOVED = "value_removed"
    VALUE_OR_REASON = "value_or_reason"
    DENOMINATOR_MISSING = "denominator_missing"
    DENOMINATOR_ZERO = "denominator_zero"
    PART_NEGATIVE = "part_negative"
    RATIO_DIFFERS = "ratio_differs"
    COVERAGE_RANGE = "coverage_range"
    TOO_LONG = "too_long"
    UNKNOWN_CHOICE = "unknown_choice"
    YEAR_CLOSED = "year_closed"
    STALE = "stale"
    DATE_UNREADABLE = "date_unreadable"
    DATE_MISSING = "date_missing"
    DATE_IN_FUTURE = "date_in_future"
    DATE_TOO_OLD = "date_too_old"
    EVIDENCE_MISSING = "evidence_missing"
    PASSWORD_SHORT = "password_short"
    ADDRESS_UNREADABLE = "address_unreadable"
    ADDRESS_TAKEN = "address_taken"
    UNKNOWN_ACCOUNT = "unknown_account"
    UNKNOWN_ORGANISATION = "unknown_organisation"


@dataclass(frozen=True)
class Problem:
    """One thing wrong, at the field ``where``, with the values that its sentence quotes."""

    where: str
    code: ProblemCode
    values: Mapping[str, object] = field(default_factory=dict)


class Refusal(Exception):
    """A request that the rules of the product do not allow; nothing was written."""


class NotFound(Refusal):
    """There is no such thing, or not for this account: the two look the same from outside."""


class Forbidden(Refusal):
    """The account reads this organisation but has not the right asked for."""


class Invalid(Refusal):
    """The input has problems; all of them are listed."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(", ".join(f"{problem.where}: {problem.code}" for problem in problems))
        self.problems = problems


class Conflict(Invalid):
    """Somebody else stored another value meanwhile; each problem quotes theirs beside ours."""
