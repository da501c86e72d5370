"""What a file of measurements says before it is judged: drafts, problems, and the cell that each comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tracker.domain.entries import Draft
from tracker.domain.errors import Problem
from tracker.domain.vocabulary import TYPED_ABSENCES


class Field(StrEnum):
    """The columns that a file of measurements may have."""

    INDICATOR = "indicator"
    YEAR = "year"
    VALUE = "value"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    REASON = "reason"
    QUALITY = "quality"
    COVERAGE = "coverage"
    SOURCE = "source"
    COMMENT = "comment"
    REVISION = "revision"


@dataclass(frozen=True, slots=True)
class Place:
    """A cell: the sheet ("" in CSV), the row from 1 (0 for the whole file), the column as a letter ("" for the row)."""

    sheet: str = ""
    row: int = 0
    column: str = ""


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """One row that says something of an indicator and a year.

    ``seen`` is the revision that the file was made from, None when it does not say.
    """

    place: Place
    year: int
    draft: Draft
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """One thing wrong, and the cell to mend."""

    place: Place
    problem: Problem


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file once read: ``columns`` has the letter of each field by sheet, ``detail`` what was understood of the file.

    ``detail`` may have ``encoding``, ``delimiter``, ``sheets``, ``ignored_sheets`` and ``ignored_columns``.
    """

    rows: tuple[ImportedRow, ...] = ()
    problems: tuple[ImportProblem, ...] = ()
    format: str = ""
    detail: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    columns: Mapping[str, Mapping[Field, str]] = field(default_factory=dict)

    def place_of(self, row: ImportedRow, name: str) -> Place:
        """Give the cell of the field ``name`` of ``row``, as ``entries.check`` names it after ``CODE:``."""
        letters = self.columns.get(row.place.sheet, {})
        if name == "precision":
            has_reason = row.draft.precision in TYPED_ABSENCES
            asked = [Field.REASON, Field.QUALITY] if has_reason else [Field.QUALITY, Field.REASON]
        else:
            asked = [one for one in Field if one == name]
        column = next((letters[one] for one in asked if one in letters), "")
        return Place(row.place.sheet, row.place.row, column)
