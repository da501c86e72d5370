"""Finds the dates of a French text: « 27 février 2025 », « 27/02/2025 », « l'an deux mille vingt, le deux mai »."""

import re
from collections.abc import Iterator
from datetime import date

from tracker.importers.deliberations.spelling import folded

MONTHS = ("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre",
          "decembre")  # fmt: skip
FIRST_YEAR, LAST_YEAR = 1900, 2100
_UNITS = ("zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze",
          "treize", "quatorze", "quinze", "seize")  # fmt: skip
_TENS = {
    "vingt": 20,
    "trente": 30,
    "quarante": 40,
    "cinquante": 50,
    "soixante": 60,
    "quatre-vingt": 80,
    "quatre-vingts": 80,
}
_DAY = r"(?:vingt|trente) et un|[a-z-]+|\d{1,2}"
_MONTH = "|".join(MONTHS)
_WRITTEN = re.compile(rf"\b(\d{{1,2}}) ?(?:er)? ({_MONTH}) (\d{{4}})\b")
_FIGURES = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?![\d/-])")
_SPELLED = re.compile(
    rf"\bl'an (deux[ -]mille(?:[ -][a-z-]+){{0,4}}?|\d{{4}}),? (?:et )?(?:le |du )?"
    rf"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche),? )?(?:le )?"
    rf"({_DAY})(?: du mois)?(?: de| d')? ?({_MONTH})\b"
)
_SPELLED_YEAR = re.compile(rf"\b({_DAY}) ({_MONTH}) (deux[ -]mille(?:[ -][a-z]+(?:-[a-z]+)*)?)")


def dates(text: str) -> Iterator[tuple[int, int, date]]:
    """Give where each date begins and ends in ``text``, and the date."""
    bare = folded(text)
    found = [(at.start(), at.end(), at[3], MONTHS.index(at[2]) + 1, at[1]) for at in _WRITTEN.finditer(bare)]
    found += [(at.start(), at.end(), at[4], int(at[3]), at[1]) for at in _FIGURES.finditer(bare)]
    found += [(at.start(), at.end(), at[1], MONTHS.index(at[3]) + 1, at[2]) for at in _SPELLED.finditer(bare)]
    found += [(at.start(), at.end(), at[3], MONTHS.index(at[2]) + 1, at[1]) for at in _SPELLED_YEAR.finditer(bare)]
    for start, end, year, month, day in sorted(found):
        told = _date(_count(year), month, _count(day))
        if told is not None:
            yield start, end, told


def first_date(text: str) -> date | None:
    """Give the first date of ``text``."""
    return next((told for _, _, told in dates(text)), None)


def _date(year: int | None, month: int, day: int | None) -> date | None:
    if year is None or day is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _count(written: str) -> int | None:
    """Read a number under 3,000 in figures or in words."""
    if written.isascii() and written.isdigit():
        return int(written)
    words = written.replace(" et un", "-et-un").replace(" ", "-")
    if words.startswith("deux-mille"):
        rest = words.removeprefix("deux-mille").strip("-")
        more = _under_hundred(rest) if rest else 0
        return None if more is None else 2000 + more
    return _under_hundred(words)


def _under_hundred(words: str) -> int | None:
    if words == "premier":
        return 1
    if words in _UNITS:
        return _UNITS.index(words)
    for ten in sorted(_TENS, key=len, reverse=True):
        if words == ten or words.startswith(f"{ten}-"):
            rest = words.removeprefix(ten).strip("-").removeprefix("et-")
            more = _under_hundred(rest) if rest else 0
            return None if more is None else _TENS[ten] + more
    if words.startswith("dix-"):
        more = _under_hundred(words.removeprefix("dix-"))
        return None if more is None else 10 + more
    return None
