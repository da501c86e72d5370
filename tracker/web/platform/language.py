"""The language of a request: French, unless somebody asked for English and the cookie remembers it."""

from flask import Flask, request
from flask import session as cookie

from tracker.labels.language import LANGUAGES, speak

PARAMETER = "langue"


def init_app(app: Flask) -> None:
    """Choose the language before each request."""
    app.before_request(_choose)


def _choose() -> None:
    asked = request.args.get(PARAMETER, "")
    if asked in LANGUAGES:
        cookie["language"] = asked
    speak(cookie.get("language", "fr"))
