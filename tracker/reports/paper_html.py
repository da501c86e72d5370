"""A document of plain blocks as one HTML file to put online: nothing beside it, no script, its links alive."""

import re
from base64 import b64encode
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from tracker.config.paths import bundled
from tracker.exports.paper import Block, Paper, legible

HTML = "text/html"
_LINKED = re.compile(r"(https?://[^\s<>«»\"]*[^\s<>«»\".,;:!?)\]’'])|([\w.+-]+@[\w-]+(?:\.[\w-]+)+)")


def html_file(paper: Paper) -> bytes:
    """Write ``paper`` as a page in its language."""
    return _environment().get_template("reports/paper.html").render(paper=paper).encode()


def linked(text: str) -> Markup:
    """Give ``text`` with a link on each address of the web or of mail that it holds, and its line ends kept."""
    told, place = Markup(), 0
    for found in _LINKED.finditer(clean := legible(text)):
        address = found[1] or f"mailto:{found[2]}"
        told += _lines(clean[place : found.start()]) + Markup('<a href="{}">{}</a>').format(address, found[0])
        place = found.end()
    return told + _lines(clean[place:])


def block_kind(block: Block) -> str:
    """Name the kind of a block."""
    return type(block).__name__


def data_address(svg: str) -> str:
    """Give a drawing as the address of an image that needs no other file."""
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def _lines(text: str) -> Markup:
    return Markup("<br>\n").join(escape(line) for line in text.split("\n"))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(bundled("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(linked=linked, legible=legible, kind=block_kind, data_address=data_address)
    return environment
