"""The captions of a document, numbered: « Tableau 1. » and « Figure 1. », each kind in its own order."""

from collections.abc import Iterable
from dataclasses import replace

from tracker.exports.paper import Block, Figure, Table
from tracker.labels import text


def numbered(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Give ``blocks`` with a number before the caption of each table and of each drawing."""
    told: list[Block] = []
    tables = figures = 0
    for block in blocks:
        match block:
            case Table():
                tables += 1
                told.append(replace(block, caption=text("Tableau {n}. {caption}", n=tables, caption=block.caption)))
            case Figure():
                figures += 1
                told.append(replace(block, caption=text("Figure {n}. {caption}", n=figures, caption=block.caption)))
            case _:
                told.append(block)
    return tuple(told)
