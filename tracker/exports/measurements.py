"""Writes measurements in the three formats that are read back: CSV for programs, XLSX and ODS for people."""

from collections.abc import Iterable

from tracker.domain.drafts import Field
from tracker.exports import spreadsheet
from tracker.exports.ods import ods_file
from tracker.exports.spreadsheet import Cell
from tracker.exports.workbook import Line, Sheet
from tracker.exports.xlsx import xlsx_file
from tracker.labels import speaking, word
from tracker.labels.columns import CODES

__all__ = ["Line", "Sheet", "csv_file", "ods_file", "xlsx_file"]


def csv_file(lines: Iterable[Line]) -> bytes:
    """Write ``lines`` as CSV; headings and words are in French whatever the language, since programs read them."""
    headings = [CODES[field] for field in Field if field is not Field.REVISION]
    with speaking("fr"):
        return spreadsheet.write(headings, (_cells(line) for line in lines))


def _cells(line: Line) -> list[Cell]:
    return [
        line.code,
        line.year,
        line.value,
        line.numerator,
        line.denominator,
        word(line.absence) if line.absence else None,
        word(line.quality) if line.quality else None,
        line.coverage,
        line.source,
        line.comment,
    ]
