"""What is answered: a page of rows or one of them, as JSON or CSV, and how long whoever asked may keep it."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from urllib.parse import urlencode

from flask import Response, current_app, make_response, request

from tracker.config.settings import Settings
from tracker.domain.errors import NotFound
from tracker.domain.paging import page_count
from tracker.exports import exact_json
from tracker.exports.open_data import LICENCE
from tracker.exports.tabular import Cell, DataTable, csv_file
from tracker.labels import text
from tracker.web.api.arguments import FORMATS, Asked
from tracker.web.api.readers import reader
from tracker.web.platform.programs import PREFIX, Refusal
from tracker.web.platform.shared import KEPT_MINUTES

TYPES = {"application/json": "json", "text/csv": "csv"}
EXPOSED = "ETag, Link, Retry-After, X-Pagination"


def listing(asked: Asked, table: DataTable) -> Response:
    """Answer with a page of ``table``.

    Raises:
        NotFound: for a page that does not exist.
    """
    page, size, total = asked["page"], asked["page_size"], len(table.rows)
    pages = page_count(total, size, page)
    shown = replace(table, rows=table.rows[(page - 1) * size : page * size])
    response = _answer(asked, shown, exact_json.rows)
    told = {"page": page, "page_size": size, "total": total, "total_pages": pages}
    response.headers["X-Pagination"] = json.dumps(told)
    response.headers["Link"] = ", ".join(_links(page, pages))
    return response


def single(asked: Asked, table: DataTable, **key: Cell) -> Response:
    """Answer with the row of ``table`` that has these cells.

    Raises:
        NotFound: when there is none.
    """
    found = narrowed(table, **key)
    if not found.rows:
        raise NotFound(key)
    return _answer(asked, replace(found, rows=found.rows[:1]), exact_json.one_row)


def narrowed(table: DataTable, **wanted: Cell) -> DataTable:
    """Keep the rows of ``table`` that have these cells, by column; a column that is wanted as None is any."""
    names = [column.name for column in table.columns]
    places = [(names.index(name), cell) for name, cell in wanted.items() if cell is not None]
    return replace(table, rows=[row for row in table.rows if _has(row, places)])


def kept(content: bytes, mimetype: str) -> Response:
    """Answer with ``content``, or that whoever asks has it already; strangers' answers are everybody's to keep."""
    tag = hashlib.sha256(f"{mimetype}\n".encode() + content).hexdigest()[:32]
    held = [known for known in request.if_none_match.as_set(include_weak=True) if known.partition(":")[0] == tag]
    response = make_response(b"", 304) if held else make_response(content)
    response.mimetype = mimetype
    response.set_etag(held[0] if held else tag)
    response.headers["Vary"] = "Accept, Authorization"
    if reader().token is not None:
        response.headers["Cache-Control"] = "private, no-store"
        return response
    response.headers["Cache-Control"] = f"public, max-age={KEPT_MINUTES * 60}"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = EXPOSED
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _has(row: Sequence[Cell], places: Sequence[tuple[int, Cell]]) -> bool:
    return all(row[place] == cell for place, cell in places)


def _answer(asked: Asked, table: DataTable, as_json: Callable[[DataTable], bytes]) -> Response:
    if _wanted(asked) == "csv":
        response = kept(csv_file(table), "text/csv")
        response.headers.set("Content-Disposition", "attachment", filename=f"{table.name}.csv")
        return response
    return kept(as_json(table), "application/json")


def _wanted(asked: Asked) -> str:
    """Give the format asked for: by the address first, then by ``Accept``, JSON to whoever says nothing.

    Raises:
        Refusal: 406, when neither will do.
    """
    if asked.get("format") in FORMATS:
        return str(asked["format"])
    if not request.accept_mimetypes:
        return FORMATS[0]
    best = request.accept_mimetypes.best_match(list(TYPES))
    if best is None:
        raise Refusal(406, text("Les formats sont application/json et text/csv."))
    return TYPES[best]


def _links(page: int, pages: int) -> Sequence[str]:
    places = {"first": 1, "prev": page - 1, "next": page + 1, "last": pages}
    told = [f'<{_address(number)}>; rel="{name}"' for name, number in places.items() if 1 <= number <= pages]
    description = f"{_base()}{PREFIX}/openapi.json"
    return [*told, f'<{LICENCE["path"]}>; rel="license"', f'<{description}>; rel="service-desc"']


def _address(page: int) -> str:
    return f"{_base()}{request.path}?{urlencode({**request.args.to_dict(), 'page': page})}"


def _base() -> str:
    settings: Settings = current_app.config["TRACKER_SETTINGS"]
    return settings.public_url
