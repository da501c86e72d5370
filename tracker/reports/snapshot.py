"""A report as a text that is kept, and back: the same report gives the same text, and its digest.

The text is canonical JSON: keys sorted, no space between signs, UTF-8. A decimal is the text of its digits, so that
nothing is rounded; what is missing is null. Its shape is published as ``templates/reports/report.schema.json``.
"""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from tracker.config.paths import bundled
from tracker.domain.records import OrganisationRecord
from tracker.domain.vocabulary import OrganisationKind
from tracker.exports.kept_paper import block_read, block_told
from tracker.exports.tabular import Cell, Column, DataTable, records
from tracker.reports.report import Chapter, Report

SCHEMA = "parole-tenue/report/1"


def schema() -> tuple[str, datetime]:
    """Give the published JSON Schema (2020-12) of that text, and the moment at which it last changed."""
    file = bundled("templates") / "reports" / "report.schema.json"
    return file.read_text(encoding="utf-8"), datetime.fromtimestamp(file.stat().st_mtime, UTC)


def written(report: Report) -> str:
    """Give a report as one canonical text."""
    home = report.organisation
    told = {
        "schema": SCHEMA,
        "organisation": {
            "slug": home.slug,
            "name": home.name,
            "kind": home.kind,
            "is_fictional": home.is_fictional,
        },
        "year": report.year,
        "as_of": report.as_of.isoformat(),
        "language": report.language,
        "title": report.title,
        "lead": report.lead,
        "chapters": [_chapter(chapter) for chapter in report.chapters],
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def read(kept: str) -> Report:
    """Give back the report that `written` wrote.

    Raises:
        ValueError: for a text of another schema.
    """
    told = json.loads(kept)
    if told["schema"] != SCHEMA:
        raise ValueError(told["schema"])
    home = told["organisation"]
    return Report(
        OrganisationRecord(home["slug"], home["name"], OrganisationKind(home["kind"]), home["is_fictional"]),
        told["year"],
        date.fromisoformat(told["as_of"]),
        told["language"],
        told["title"],
        told["lead"],
        tuple(map(_chapter_read, told["chapters"])),
    )


def _chapter(chapter: Chapter) -> dict[str, Any]:
    return {
        "code": chapter.code,
        "title": chapter.title,
        "blocks": [block_told(block) for block in chapter.blocks],
        "tables": [_table(table) for table in chapter.tables],
    }


def _table(table: DataTable) -> dict[str, Any]:
    columns = [
        {"name": one.name, "type": one.kind, "meaning": one.meaning, "required": one.is_required}
        for one in table.columns
    ]
    told = {"name": table.name, "title": table.title, "columns": columns, "key": list(table.key)}
    return {**told, "rows": records(table.columns, table.rows)}


def _chapter_read(told: dict[str, Any]) -> Chapter:
    return Chapter(
        told["code"],
        told["title"],
        tuple(map(block_read, told["blocks"])),
        tuple(map(_table_read, told["tables"])),
    )


def _table_read(told: dict[str, Any]) -> DataTable:
    columns = tuple(
        Column(one["name"], one["type"], one["meaning"], is_required=one["required"]) for one in told["columns"]
    )
    return DataTable(told["name"], told["title"], columns, _rows(columns, told["rows"]), tuple(told["key"]))


def _rows(columns: Sequence[Column], rows: Sequence[dict[str, Any]]) -> Sequence[Sequence[Cell]]:
    return [tuple(_cell(row[column.name], column.kind) for column in columns) for row in rows]


def _cell(cell: Any, kind: str) -> Cell:
    if cell is None:
        return None
    match kind:
        case "number":
            return Decimal(cell)
        case "date":
            return date.fromisoformat(cell)
        case _:
            kept: Cell = cell
            return kept
