"""The day that a page is read as of: today, or the earlier one that its address asks for."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import request

from tracker.domain.dates import parse_date
from tracker.domain.errors import Invalid, NotFound, Problem, ProblemCode
from tracker.domain.periods import FIRST_YEAR
from tracker.web.platform.clock import end_of, today

PARAMETER = "au"


@dataclass(frozen=True, slots=True)
class Vantage:
    """The day that a page is read as of.

    ``until`` is the last moment of an earlier day, None for today. ``written`` is what was typed, and ``problem`` why
    the page shows today all the same.
    """

    today: date
    until: datetime | None = None
    written: str = ""
    problem: Problem | None = None

    @property
    def told(self) -> dict[str, Any]:
        """Give what an address must carry to stay on that day: nothing for today."""
        return {PARAMETER: self.today.isoformat()} if self.until else {}

    def refused(self, problem: Problem) -> "Vantage":
        """Give today's page instead, that says why and keeps what was typed."""
        return Vantage(today(), written=self.written, problem=problem)


def asked_vantage() -> Vantage:
    """Read ``?au=``; a day that cannot be looked at gives today's page, with its problem."""
    written, now = request.args.get(PARAMETER, "").strip(), today()
    if not written:
        return Vantage(now)
    try:
        day = _checked(parse_date(written, PARAMETER), now)
    except Invalid as refused:
        return Vantage(now, written=written, problem=refused.problems[0])
    return Vantage(day, end_of(day), written) if day < now else Vantage(now, written=written)


def sound_vantage() -> Vantage:
    """Read ``?au=`` where no field asks for it.

    Raises:
        NotFound: for a day that cannot be looked at.
    """
    found = asked_vantage()
    if found.problem:
        raise NotFound(found.written)
    return found


def _checked(day: date, now: date) -> date:
    if day > now:
        raise Invalid(Problem(PARAMETER, ProblemCode.DAY_TO_COME, {"on": day}))
    if day.year <= FIRST_YEAR:
        raise Invalid(Problem(PARAMETER, ProblemCode.DATE_TOO_OLD, {"year": FIRST_YEAR + 1}))
    return day
