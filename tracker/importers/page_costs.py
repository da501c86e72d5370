"""Reads what the pages cost when they were last measured."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import yaml

from tracker.domain.page_costs import PageCost, Weighing


def read(file: Path) -> Weighing:
    """Give the weighing of a ``page-costs/1`` file, its pages in the file's order."""
    document = yaml.safe_load(file.read_text(encoding="utf-8"))
    return Weighing(
        on=date.fromisoformat(document["on"]),
        version=document["version"],
        browser=document["browser"],
        costs=tuple(
            PageCost(
                pattern=given["pattern"],
                screen=given["screen"],
                address=given["address"],
                requests=given["requests"],
                kilobytes=Decimal(given["kilobytes"]),
                again_requests=given["again_requests"],
                again_kilobytes=Decimal(given["again_kilobytes"]),
                elements=given["elements"],
                ecoindex=Decimal(given["ecoindex"]),
                grade=given["grade"],
            )
            for given in document["pages"]
        ),
    )
