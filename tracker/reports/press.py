"""The press: a typst template and its words go in, an accessible PDF comes out, the same bytes for the same words."""

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

import typst

from tracker.config.paths import bundled
from tracker.labels import current

_DRAWN = re.compile(
    r"[^ -~\u00a0-\u036f\u0384-\u04ff\u1e00-\u1eff\u2010-\u2027\u202f-\u2040\u2070-\u208e\u20a0-\u20bf"
    r"\u2103-\u2122\u2190-\u22ff\u25a0-\u25ff]"
)
"""Letters beyond those that the fonts of the typst wheel have been tried with; PDF/UA refuses one without a drawing."""

_PLAIN_SPACES = re.compile(r"[ \t\n\r\f\v]+")
"""Spaces that may break; the others hold a number and its unit together."""


def pdf(template: str, told: Mapping[str, Any], on: date) -> bytes:
    """Print ``template`` of ``templates/reports`` with ``told``: PDF/UA-1 and PDF/A-3a, dated ``on``.

    What is told reaches the template as data: whatever signs it holds, it is shown and never obeyed. Only the fonts
    of the typst wheel are used, and no file outside the folder can be read, so the same words give the same bytes.
    """
    folder = bundled("templates") / "reports"
    data = json.dumps({**_drawn(told), "lang": current()}, ensure_ascii=False, sort_keys=True)
    compiler = typst.Compiler(folder / template, root=folder, font_paths=_fonts(), ignore_system_fonts=True)
    moment = datetime.combine(on, time(), UTC)
    printed = compiler.compile(
        format="pdf", sys_inputs={"data": data}, pdf_standards=["ua-1", "a-3a"], timestamp=moment
    )
    assert isinstance(printed, bytes)  # noqa: S101 - a PDF comes as one piece
    return printed


def drawable(text: str) -> str:
    """Give ``text`` on one line with the letters that the fonts can draw, a square in place of any other."""
    return _DRAWN.sub("□", unicodedata.normalize("NFC", _PLAIN_SPACES.sub(" ", text).strip(" ")))


def _drawn(told: Any) -> Any:
    if isinstance(told, str):
        return drawable(told)
    if isinstance(told, Mapping):
        return {key: _drawn(value) for key, value in told.items()}
    return [_drawn(one) for one in told] if isinstance(told, list | tuple) else told


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)
