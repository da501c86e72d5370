"""Reads XLSX: measured by a scan of its sheets, which also finds the errors, percentages and formulas without value."""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tracker.domain.errors import ProblemCode
from tracker.domain.numbers import whole_number
from tracker.importers import values
from tracker.importers.grid import (
    Book,
    Cell,
    File,
    Odd,
    OddKind,
    Position,
    check_area,
    check_column,
    check_row,
    check_text,
    refused,
    share_text,
)
from tracker.importers.scanning import Attributes, check_tags, local, scan

NAME = "xlsx"
_TYPES, _WORKBOOK, _RELATIONS = "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_STYLES, _STRINGS = "xl/styles.xml", "xl/sharedStrings.xml"
_READ = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/(?:workbook|styles|sharedStrings)\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/(?:work|chart|dialog)sheets/[^/]+\.xml"
)
_BUILT_IN_PERCENTS = {"9", "10"}  # ECMA-376 part 1, 18.8.30
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_MAIN = "spreadsheetml.sheet.main+xml"


def recognises(file: File) -> bool:
    """Tell whether the archive says that it is a workbook of Office; one with macros is refused."""
    types = file.parts.get(_TYPES, b"")
    if b"macroenabled" in types.lower():
        raise refused(ProblemCode.FILE_MACROS)
    return _MAIN.encode() in types and _WORKBOOK in file.parts


def read(file: File) -> Book:
    """Give the sheets of a workbook.

    Raises:
        Invalid: when it is damaged, or larger than an officer's file.
    """
    parts = {name: part for name, part in file.parts.items() if _READ.fullmatch(name)}
    known = _Known(_percent_styles(parts.get(_STYLES, b"")), _lengths(parts.get(_STRINGS, b"")))
    found: dict[str, dict[Position, Cell]] = {}
    area = 0
    check_tags(part for name, part in parts.items() if name.startswith("xl/worksheets/"))
    for name, part in parts.items():
        if name.startswith("xl/worksheets/"):
            sheet = _Sheet(known)
            scan(part, sheet.start, sheet.end, sheet.characters)
            found[name] = sheet.corrections
            area += sheet.rows * sheet.columns
            check_area(area)
        elif name not in {_STYLES, _STRINGS}:
            scan(part)
    targets = _sheet_parts(parts)
    return values.read(parts, {name: found[target] for name, target in targets.items() if target in found})


@dataclass(slots=True)
class _Known:
    """What all sheets share: the styles that are percentages, the lengths of the texts, the size of what was read."""

    percents: frozenset[int]
    lengths: list[int]
    size: int = 0


class _Sheet:
    """Follows the cells of one sheet: how far they go, and which ones a reader of values would get wrong."""

    def __init__(self, known: _Known) -> None:
        self.corrections: dict[Position, Cell] = {}
        self.rows = self.columns = 0
        self._known = known
        self._row = self._column = 0
        self._cell: Attributes = {}
        self._value: list[str] = []
        self._is_in_value = self._has_formula = self._is_filled = False

    def start(self, name: str, attributes: Attributes) -> None:
        match local(name):
            case "row":
                self._row, self._column = _number(attributes.get("r"), self._row + 1), 0
            case "c":
                self._place(attributes.get("r"))
                self._cell, self._value = attributes, []
                self._has_formula = self._is_filled = False
            case "v":
                self._is_in_value = self._is_filled = True
            case "f":
                self._has_formula = self._is_filled = True
            case "is":
                self._is_filled = True

    def characters(self, text: str) -> None:
        self._weigh(len(text))
        if self._is_in_value:
            self._value.append(text)

    def end(self, name: str) -> None:
        match local(name):
            case "v":
                self._is_in_value = False
            case "c" if self._is_filled:
                check_row(self._row)
                check_column(self._column)
                self.rows, self.columns = max(self.rows, self._row), max(self.columns, self._column)
                self._correct("".join(self._value).strip())

    def _weigh(self, characters: int) -> None:
        self._known.size += characters
        check_text(self._known.size)

    def _place(self, reference: str | None) -> None:
        self._column += 1
        if reference is None:
            return
        found = _REFERENCE.fullmatch(reference)
        if found is None:
            raise refused(ProblemCode.FILE_DAMAGED)
        self._column, self._row = _column(found[1]), int(found[2])

    def _correct(self, value: str) -> None:
        kind = self._cell.get("t", "n")
        position = (self._row, self._column)
        if kind == "s":
            rank = _number(value, 0)
            self._weigh(self._known.lengths[rank] if rank < len(self._known.lengths) else 0)
        elif kind == "e":
            self.corrections[position] = Odd(OddKind.ERROR, value)
        elif self._has_formula and not value and kind != "str":
            self.corrections[position] = Odd(OddKind.UNCOMPUTED, "")
        elif kind == "n" and _number(self._cell.get("s"), 0) in self._known.percents:
            share = share_text(value)
            if share is not None:
                self.corrections[position] = share


def _percent_styles(part: bytes) -> frozenset[int]:
    """Give the rank of each style of cell that shows a percentage."""
    codes: dict[str, str] = {}
    formats: list[str] = []
    inside = [""]

    def start(name: str, attributes: Attributes) -> None:
        if local(name) == "numFmt":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif local(name) == "xf" and inside[-1] == "cellXfs":
            formats.append(attributes.get("numFmtId", "0"))
        inside.append(local(name))

    def end(_: str) -> None:
        inside.pop()

    if part:
        scan(part, start, end)
    percents = {number for number, code in codes.items() if "%" in _QUOTED.sub("", code)} | _BUILT_IN_PERCENTS
    return frozenset(rank for rank, number in enumerate(formats) if number in percents)


def _lengths(part: bytes) -> list[int]:
    """Give the length of each of the texts that cells share."""
    lengths: list[int] = []

    def start(name: str, _: Attributes) -> None:
        if local(name) == "si":
            lengths.append(0)

    def characters(text: str) -> None:
        if lengths:
            lengths[-1] += len(text)

    if part:
        check_tags([part])
        scan(part, start, characters=characters)
    return lengths


def _sheet_parts(parts: Mapping[str, bytes]) -> Mapping[str, str]:
    """Give the name of the part of each sheet, by the name that the workbook gives to the sheet."""
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relation(name: str, attributes: Attributes) -> None:
        if local(name) == "Relationship":
            target = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", "")))
            targets[attributes.get("Id", "")] = target.removeprefix("/")

    def sheet(name: str, attributes: Attributes) -> None:
        if local(name) == "sheet":
            wanted = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            sheets[attributes.get("name", "")] = wanted

    scan(parts.get(_RELATIONS, b"<none/>"), relation)
    scan(parts[_WORKBOOK], sheet)
    return {name: targets.get(wanted, "") for name, wanted in sheets.items()}


def _number(text: str | None, otherwise: int) -> int:
    number = whole_number(text, 8)
    return otherwise if number is None else number


@cache
def _column(letters: str) -> int:
    column = 0
    for one in letters:
        column = column * 26 + ord(one) - ord("A") + 1
    return column
