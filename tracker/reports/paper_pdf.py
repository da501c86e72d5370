"""A document of plain blocks as a PDF: the same words as its ODT and its DOCX, as data for the press."""

from collections.abc import Mapping, Sequence
from typing import Any

from tracker.exports.paper import Block, Bullets, Figure, Heading, Look, Paper, Paragraph, Run, Span, Table, runs
from tracker.labels import speaking
from tracker.reports import press


def pdf_file(paper: Paper) -> bytes:
    """Print ``paper``: PDF/UA-1 and PDF/A-3a, the same bytes for the same words."""
    told = {
        "title": paper.title,
        "subtitle": paper.subtitle,
        "author": paper.author,
        "mark": paper.mark,
        "blocks": [_run(some) for some in runs(enumerate(paper.blocks))],
    }
    with speaking(paper.language):
        return press.pdf("paper.typ", told, paper.on)


def _run(some: Run) -> Mapping[str, Any]:
    """Give drawings that follow one another by pairs, anything else as it is."""
    if isinstance(some[0][1], Figure):
        return {"kind": "drawings", "drawings": [_block(block) for _, block in some]}
    return _block(some[0][1])


def _block(block: Block) -> Mapping[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "text": block.text}
        case Paragraph():
            return {"kind": "notice" if block.look is Look.NOTICE else "paragraph", "spans": _spans(block.spans)}
        case Bullets():
            return {"kind": "list", "items": [_spans(item) for item in block.items]}
        case Table():
            return {
                "kind": "table",
                "caption": block.caption,
                "headings": block.headings,
                "rows": block.rows,
                "widths": block.widths,
                "numbers": sorted(block.numbers),
            }
        case Figure():
            return {
                "kind": "figure",
                "caption": block.caption,
                "alternative": block.alternative,
                "drawing": block.svg,
            }


def _spans(spans: Sequence[Span]) -> Sequence[Mapping[str, str]]:
    """Give the lines of a text as spans; the press sets each text on one line."""
    return [
        {"text": line, "weight": span.weight, "before": "line" if rank else "", "gap": _gap(line)}
        for span in spans
        for rank, line in enumerate(span.text.split("\n"))
    ]


def _gap(line: str) -> str:
    """Tell on which sides a stretch has a space, which the press would take off."""
    return ("l" if line[:1].isspace() else "") + ("r" if line[-1:].isspace() else "")
