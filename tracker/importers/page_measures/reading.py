"""Reads the pages that EcoIndex CLI measured, in CSV or in JSON; ``tracker measure --json`` writes the same.

Format: README of projects/ecoindex_cli in cnumr/EcoIndex_python; ``ecoindex_version`` stands in what its library gives
since version 3, not in every file.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from tracker.domain.drafts import ImportProblem, Place
from tracker.domain.ecoindex import WINDOW
from tracker.domain.errors import AnyProblem, Invalid, Problem, ProblemCode
from tracker.domain.page_files import PageFile, PageRow
from tracker.domain.service_problems import ServiceProblem
from tracker.domain.texts import tidy, without_guard
from tracker.importers.formats.csv import decoded
from tracker.importers.grid import refused

MAX_BYTES = 1024 * 1024
MAX_PAGES = 500
NEEDED = ("url", "size", "nodes", "requests", "date")
MOST_DIGITS, ADDRESS_LIMIT = 9, 500
_LIMITS = {"tool": 80, "ecoindex_version": 40}


def parse(content: bytes) -> PageFile:
    """Give the pages of a file, or a problem at each cell that cannot be kept.

    Raises:
        Invalid: with the reason why the whole file is refused.
    """
    text, _ = decoded(content)
    given = list(_json_rows(text) if text.lstrip().startswith(("[", "{")) else _csv_rows(text))
    if not given:
        raise refused(ProblemCode.FILE_EMPTY)
    if len(given) > MAX_PAGES:
        raise refused(ProblemCode.FILE_TOO_MANY_ROWS, limit=MAX_PAGES)
    kept = [(row, told) for row, told in given if _window(told) in {WINDOW, None}]
    rows: list[PageRow] = []
    problems: list[ImportProblem] = []
    for row, told in kept:
        reader = _Reader(row, told)
        page = reader.page()
        problems += reader.problems
        if page is not None and not reader.problems:
            rows.append(page)
    return PageFile(tuple(rows), tuple(problems), len(given) - len(kept))


def _json_rows(text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    try:
        told = json.loads(text, parse_float=Decimal, parse_int=Decimal)
    except (ValueError, RecursionError):
        raise refused(ServiceProblem.PAGES_NOT_READ) from None
    listed = told if isinstance(told, list) else [told]
    if not all(isinstance(one, dict) for one in listed):
        raise refused(ServiceProblem.PAGES_NOT_READ)
    _check_columns(set(listed[0]) if listed else set(NEEDED))
    yield from enumerate(listed, 1)


def _csv_rows(text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    first = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        listed = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        raise refused(ServiceProblem.PAGES_NOT_READ) from None
    _check_columns(set(listed[0]) if listed else set())
    for row, told in enumerate(listed, 2):
        yield row, {str(name).strip().lower(): without_guard(cell or "") for name, cell in told.items() if name}


def _check_columns(found: set[str]) -> None:
    lacks = [name for name in NEEDED if name not in {str(one).strip().lower() for one in found}]
    if len(lacks) == len(NEEDED):
        raise refused(ServiceProblem.PAGES_NOT_READ)
    if lacks:
        raise refused(ServiceProblem.PAGES_COLUMN_MISSING, names=", ".join(lacks))


def _window(told: Mapping[str, Any]) -> tuple[int, int] | None:
    """Give the window that a page was opened in, None where the file does not say."""
    sides = [str(told.get(name) or "").strip() for name in ("width", "height")]
    if not all(side.isascii() and side.isdigit() and len(side) <= MOST_DIGITS for side in sides):
        return None
    return int(sides[0]), int(sides[1])


class _Reader:
    """Reads a row cell by cell, and keeps what is wrong with it."""

    def __init__(self, row: int, told: Mapping[str, Any]) -> None:
        self.row, self.told = row, told
        self.problems: list[ImportProblem] = []

    def page(self) -> PageRow | None:
        address, on = self._address(), self._day()
        elements, requests = self._number("nodes"), self._number("requests")
        kilobytes, told = self._number("size"), self._number("score", is_needed=False)
        names = [self._name(name) for name in ("tool", "ecoindex_version")]
        for name, count in (("nodes", elements), ("requests", requests)):
            if count is not None and count != count.to_integral_value():
                self._refuse(name, ServiceProblem.PAGE_NUMBER_UNREADABLE)
        if on is None or elements is None or requests is None or kilobytes is None:
            return None
        return PageRow(self.row, address, on, int(elements), int(requests), kilobytes, told, *names)

    def _address(self) -> str:
        address = self._text("url")
        try:
            parts = urlsplit(address)
            is_web = parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.username
        except ValueError:
            is_web = False
        if not is_web or len(address) > ADDRESS_LIMIT or any(letter.isspace() for letter in address):
            self._refuse("url", ProblemCode.WEB_ADDRESS_UNREADABLE, text=address[:40])
        return address

    def _day(self) -> date | None:
        try:
            return date.fromisoformat(self._text("date")[:10])
        except ValueError:
            self._refuse("date", ServiceProblem.PAGE_DAY_UNREADABLE)
            return None

    def _number(self, name: str, *, is_needed: bool = True) -> Decimal | None:
        written = self._text(name)
        if not written and not is_needed:
            return None
        try:
            found = Decimal(written.replace(",", "."))
        except InvalidOperation:
            found = None
        if found is None or not found.is_finite() or found < 0 or found >= 10**MOST_DIGITS:
            self._refuse(name, ServiceProblem.PAGE_NUMBER_UNREADABLE)
            return None
        return round(found, 3)

    def _name(self, name: str) -> str:
        written = self._text(name)
        if len(written) > _LIMITS[name]:
            self._refuse(name, ProblemCode.TOO_LONG, limit=_LIMITS[name])
        return written

    def _text(self, name: str) -> str:
        found = self.told.get(name)
        return tidy(str(found)) if isinstance(found, str | Decimal) else ""

    def _refuse(self, name: str, code: AnyProblem, **values: object) -> None:
        self.problems.append(ImportProblem(Place("", self.row, name), Problem(name, code, values)))


def check_size(content: bytes) -> None:
    """Refuse a file that is empty, or larger than any that EcoIndex writes.

    Raises:
        Invalid: with the reason.
    """
    if not content.strip():
        raise refused(ProblemCode.FILE_EMPTY)
    if len(content) > MAX_BYTES:
        raise refused(ProblemCode.FILE_TOO_BIG, limit=MAX_BYTES // (1024 * 1024))


def problems_of(refusal: Invalid) -> Sequence[ImportProblem]:
    """Give the reasons why a whole file is refused as problems of the file."""
    return [ImportProblem(Place(), one) for one in refusal.problems]
