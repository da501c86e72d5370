"""The files that a report is given as, each made from the same document."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tracker.exports import spreadsheet
from tracker.exports.docx import DOCX, docx_file
from tracker.exports.odt import ODT, odt_file
from tracker.exports.paper import Paper
from tracker.exports.tables_workbook import XLSX, tables_workbook
from tracker.reports import snapshot
from tracker.reports.paper_html import HTML, html_file
from tracker.reports.paper_pdf import pdf_file
from tracker.reports.report import Report
from tracker.reports.sections.objectives import RESULTS


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its media type, and what writes it from the report and the document made of it."""

    media_type: str
    write: Callable[[Report, Paper], bytes]


def _csv(report: Report, _: Paper) -> bytes:
    """Write a line a commitment and indicator, as a French spreadsheet opens it; none where that was left out."""
    found = report.table(RESULTS)
    if found is None:
        return spreadsheet.write([], ())
    return spreadsheet.write([column.name for column in found.columns], found.rows)


FORMATS: Mapping[str, Format] = {
    "html": Format(HTML, lambda _, paper: html_file(paper)),
    "pdf": Format("application/pdf", lambda _, paper: pdf_file(paper)),
    "odt": Format(ODT, lambda _, paper: odt_file(paper)),
    "docx": Format(DOCX, lambda _, paper: docx_file(paper)),
    "xlsx": Format(XLSX, lambda report, paper: tables_workbook(paper, report.tables, report.figures)),
    "csv": Format("text/csv", _csv),
    "json": Format("application/json", lambda report, _: snapshot.written(report).encode()),
}
