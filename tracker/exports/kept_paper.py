"""A document of blocks as a text that is kept, and back: the same document gives the same text, and its digest."""

import hashlib
import json
from datetime import date
from typing import Any

from tracker.exports.paper import Block, Bullets, Figure, Heading, Look, Paper, Paragraph, Span, Table, Weight


def written(paper: Paper) -> str:
    """Give a document as one canonical text."""
    told = {
        "title": paper.title,
        "subtitle": paper.subtitle,
        "author": paper.author,
        "on": paper.on.isoformat(),
        "language": paper.language,
        "blocks": [block_told(block) for block in paper.blocks],
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def digest(text: str) -> str:
    """Give the SHA-256 of a kept text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def read(text: str) -> Paper:
    """Give back the document that `written` wrote."""
    told = json.loads(text)
    return Paper(
        told["title"],
        told["subtitle"],
        told["author"],
        date.fromisoformat(told["on"]),
        told["language"],
        tuple(map(block_read, told["blocks"])),
    )


def block_told(block: Block) -> dict[str, Any]:
    """Give a block as what JSON holds."""
    match block:
        case Heading():
            return {"heading": block.text, "level": block.level}
        case Paragraph():
            return {"paragraph": _spans(block.spans), "look": block.look}
        case Bullets():
            return {"bullets": [_spans(item) for item in block.items]}
        case Table():
            return {
                "table": block.caption,
                "headings": block.headings,
                "rows": block.rows,
                "widths": block.widths,
                "numbers": sorted(block.numbers),
            }
        case Figure():
            return {
                "figure": block.caption,
                "alternative": block.alternative,
                "svg": block.svg,
                "size": [block.width, block.height],
            }


def _spans(spans: tuple[Span, ...]) -> list[list[str]]:
    return [[span.text, span.weight] for span in spans]


def block_read(told: dict[str, Any]) -> Block:
    """Give back the block that `block_told` told."""
    if "heading" in told:
        return Heading(told["level"], told["heading"])
    if "paragraph" in told:
        return Paragraph(_read_spans(told["paragraph"]), Look(told["look"]))
    if "bullets" in told:
        return Bullets(tuple(map(_read_spans, told["bullets"])))
    if "figure" in told:
        return Figure(told["figure"], told["alternative"], told["svg"], *told["size"])
    return Table(
        told["table"],
        tuple(told["headings"]),
        tuple(map(tuple, told["rows"])),
        tuple(told["widths"]),
        frozenset(told["numbers"]),
    )


def _read_spans(told: list[list[str]]) -> tuple[Span, ...]:
    return tuple(Span(text, Weight(weight)) for text, weight in told)
