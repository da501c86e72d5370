"""The description of the API, for programs (OpenAPI 3.1)."""

import json

from flask import Blueprint, Response

from tracker.web.api.answers import kept
from tracker.web.api.arguments import known_only
from tracker.web.platform.guards import everyone
from tracker.web.platform.programs import PREFIX, description
from tracker.web.platform.shared import shared

area = Blueprint("api_description", __name__)


@area.get(f"{PREFIX}/openapi.json")
@everyone
@shared
def show() -> Response:
    """Give the description; its sentences are in French, as the columns are."""
    known_only()
    return kept(json.dumps(description(), ensure_ascii=False).encode(), "application/json")
