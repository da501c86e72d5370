"""The year that a page is about, from its address."""

from flask import request

from tracker.domain.errors import NotFound
from tracker.domain.numbers import whole_number
from tracker.domain.periods import FIRST_YEAR, is_open_year, last_full_year
from tracker.web.platform.clock import today
from tracker.web.platform.vantage import Vantage


def asked_year(parameter: str = "annee", otherwise: int | None = None) -> int:
    """Give the year of ``?annee=``, or of another ``parameter``; without it ``otherwise``, or the last full year.

    Raises:
        NotFound: for what is not a year that can have values.
    """
    written = request.args.get(parameter, "")
    if not written:
        return last_full_year(today()) if otherwise is None else otherwise
    year = written_year(written)
    if year is None:
        raise NotFound(written)
    return checked_year(year)


def written_year(text: str) -> int | None:
    """Read four digits as a year, None for anything else."""
    return whole_number(text) if len(text) == 4 else None


def checked_year(year: int) -> int:
    """Give ``year`` back if it can have values.

    Raises:
        NotFound: when it cannot.
    """
    if not is_open_year(year, today()):
        raise NotFound(year)
    return year


def year_seen(vantage: Vantage, first_vote: int | None = None) -> int:
    """Give the year asked for as the day of ``vantage`` can show it: one that had not begun gives way to the last full.

    Without any vote by the end of that one, it is the year of the first: the day of a vote has something to show.

    Raises:
        NotFound: for what is not a year that can have values today.
    """
    last = last_full_year(vantage.today)
    told = last if first_vote is None else min(max(last, first_vote), vantage.today.year)
    year = asked_year(otherwise=told)
    return year if is_open_year(year, vantage.today) else told


def year_not_begun(vantage: Vantage) -> int | None:
    """Give the year that the address asks for where the day of ``vantage`` could not show it, None otherwise."""
    year = written_year(request.args.get("annee", ""))
    return year if year is not None and year > vantage.today.year else None


def years_on_offer(first: int, last: int | None = None) -> list[int]:
    """List the years to choose from, latest first, from ``first`` (not before 2000) to ``last``, this year if None."""
    return list(range(today().year if last is None else last, max(first, FIRST_YEAR) - 1, -1))
