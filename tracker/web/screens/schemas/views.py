"""The published schemas: what a program needs to read a file, the same for everybody."""

from flask import Blueprint, Response

from tracker.reports.snapshot import schema
from tracker.web.platform.guards import everyone
from tracker.web.platform.shared import kept, shared

area = Blueprint("schemas", __name__)


@area.get("/schemas/rapport-1.json")
@everyone
@shared
def report() -> Response:
    """Give the JSON Schema of the report's JSON."""
    content, changed_at = schema()
    keeping = kept(content, changed_at, is_open=True)
    return keeping.same() or keeping.on(Response(content, mimetype="application/json"))
