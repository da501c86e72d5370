"""The language of a request: French, unless somebody asked for English and the cookie remembers it.

A page that looks the same to everybody reads no cookie: its address alone says its language.
"""

from flask import Flask, request
from flask import session as cookie

from tracker.labels.language import LANGUAGES, speak
from tracker.web.platform.shared import is_shared

PARAMETER = "langue"


def init_app(app: Flask) -> None:
    """Choose the language before each request."""
    app.before_request(_choose)


def _choose() -> None:
    asked = request.args.get(PARAMETER, "")
    if is_shared():
        speak(asked)
        return
    if asked in LANGUAGES:
        cookie["language"] = asked
    speak(cookie.get("language", "fr"))
