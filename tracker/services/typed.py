"""What was typed in a form, read field by field: each gives its value, and all the problems are gathered."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from tracker.domain.dates import parse_date
from tracker.domain.errors import AnyProblem, Invalid, Problem, ProblemCode
from tracker.domain.numbers import UnreadableNumber, parse_number, whole_number
from tracker.domain.periods import FIRST_YEAR
from tracker.domain.records import IndicatorRecord
from tracker.domain.texts import tidy

LAST_YEAR = 2100
_EUROS = re.compile(r"\s*(?:€|euros?|eur)\s*$", re.IGNORECASE)
REASON_LIMIT = 500
Code = TypeVar("Code", bound=StrEnum)


class Typed:
    """Reads fields and keeps what is wrong with them; a field with a problem gives None, or no text."""

    def __init__(self, *, has_comma_groups: bool = False) -> None:
        self.problems: list[Problem] = []
        self.has_comma_groups = has_comma_groups

    def refuse(self, where: str, code: AnyProblem, **values: object) -> None:
        """Note that the field ``where`` cannot be stored as it is."""
        self.problems.append(Problem(where, code, values))

    def is_refused(self, *fields: str) -> bool:
        """Tell whether one of ``fields`` has a problem already."""
        return any(problem.where in fields for problem in self.problems)

    def number(self, where: str, text: str, *, is_percent: bool = False, is_needed: bool = False) -> Decimal | None:
        """Read a number; blank is None, and refused when ``is_needed``."""
        if not text.strip():
            if is_needed:
                self.refuse(where, ProblemCode.VALUE_MISSING)
            return None
        try:
            return parse_number(text, where=where, is_percent=is_percent, has_comma_groups=self.has_comma_groups)
        except UnreadableNumber as unread:
            self.problems.append(unread.problem)
            return None

    def whole(self, where: str, text: str, most: int) -> int | None:
        """Read a count from 0 to ``most``; blank is None."""
        found = self.number(where, text)
        if found is None:
            return None
        if found != found.to_integral_value():
            self.refuse(where, ProblemCode.NOT_WHOLE, value=found)
        elif found < 0:
            self.refuse(where, ProblemCode.BELOW_MINIMUM, value=found, bound=0)
        elif found > most:
            self.refuse(where, ProblemCode.ABOVE_MAXIMUM, value=found, bound=most)
        else:
            return int(found)
        return None

    def euros(self, where: str, text: str) -> Decimal | None:
        """Read a sum in euros, whose sign may be typed after it; blank is None, parts of a cent are refused."""
        found = self.number(where, _EUROS.sub("", text))
        if found is not None and found != round(found, 2):
            self.refuse(where, ProblemCode.CENTS_TOO_FINE, text=text.strip()[:40])
            return None
        return found

    def year(self, where: str, text: str, last: int = LAST_YEAR, *, is_needed: bool = False) -> int | None:
        """Read a year from 2000 to ``last``; blank is None, and refused when ``is_needed``."""
        written = text.strip()
        if not written:
            if is_needed:
                self.refuse(where, ProblemCode.YEAR_MISSING)
            return None
        year = whole_number(written, digits=4)
        if year is not None and FIRST_YEAR <= year <= last:
            return year
        self.refuse(where, ProblemCode.YEAR_OUT_OF_RANGE, text=written[:40], first=FIRST_YEAR, last=last)
        return None

    def any_day(self, where: str, text: str, missing: AnyProblem | None = None) -> date | None:
        """Read a day, past or to come; blank is None, and refused with ``missing`` if given."""
        if not text.strip():
            if missing is not None:
                self.refuse(where, missing)
            return None
        try:
            return parse_date(text, where)
        except Invalid as refused:
            self.problems += refused.problems
            return None

    def day(self, where: str, text: str, today: date) -> date | None:
        """Read the day of a decision, which is past; blank is refused."""
        found = self.any_day(where, text, ProblemCode.DECISION_DATE_MISSING)
        if found is None:
            return None
        if found > today:
            self.refuse(where, ProblemCode.DECISION_IN_FUTURE)
        if found.year < FIRST_YEAR:
            self.refuse(where, ProblemCode.DATE_TOO_OLD, year=FIRST_YEAR)
        return found

    def choice(self, where: str, text: str, codes: type[Code]) -> Code | None:
        """Read one of ``codes``; anything else is refused."""
        if text in set(codes):
            return codes(text)
        self.refuse(where, ProblemCode.UNKNOWN_CHOICE)
        return None

    def words(self, where: str, text: str, missing: AnyProblem | None = None, limit: int = REASON_LIMIT) -> str:
        """Read a text as it is kept; blank is refused with ``missing`` if given."""
        written = tidy(text)
        if len(written) > limit:
            self.refuse(where, ProblemCode.TOO_LONG, limit=limit)
        elif not written and missing is not None:
            self.refuse(where, missing)
        return written

    def unwanted(self, *fields: tuple[str, str]) -> None:
        """Refuse what stands in ``fields`` (name, text) though another choice leaves them without a meaning."""
        for where, text in fields:
            if text.strip():
                self.refuse(where, ProblemCode.FIELD_UNWANTED)

    def inside(self, where: str, values: Iterable[Decimal | None], indicator: IndicatorRecord) -> None:
        """Refuse the first of ``values`` that lies out of the indicator's bounds."""
        for value in values:
            if value is None or self.is_refused(where):
                continue
            if indicator.minimum is not None and value < indicator.minimum:
                self.refuse(where, ProblemCode.BELOW_MINIMUM, value=value, bound=indicator.minimum)
            elif indicator.maximum is not None and value > indicator.maximum:
                self.refuse(where, ProblemCode.ABOVE_MAXIMUM, value=value, bound=indicator.maximum)

    def end(self) -> None:
        """Refuse everything if anything is wrong.

        Raises:
            Invalid: with every problem that was found.
        """
        if self.problems:
            raise Invalid(*self.problems)
