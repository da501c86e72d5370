"""The language of a request: French, unless somebody asked for English and the cookie remembers it.

A page that looks the same to everybody reads no cookie: its address alone says its language. A program says its own
in a header.
"""

from typing import Any

from flask import Flask, request, url_for
from flask import session as cookie

from tracker.labels.language import LANGUAGES, current, speak
from tracker.web.platform.programs import is_for_programs
from tracker.web.platform.shared import is_shared

PARAMETER = "langue"


def init_app(app: Flask) -> None:
    """Choose the language before each request."""
    app.before_request(_choose)


def _choose() -> None:
    if is_for_programs():
        speak(request.accept_languages.best_match(LANGUAGES) or "fr")
        return
    asked = request.args.get(PARAMETER, "")
    if is_shared():
        speak(asked)
        return
    if asked in LANGUAGES:
        cookie["language"] = asked
    speak(cookie.get("language", "fr"))


def to(name: str, **values: Any) -> str:
    """Give the address of a page that anyone reads, in the language of this one."""
    told = values if current() == "fr" else values | {PARAMETER: current()}
    return url_for(name, **told)
