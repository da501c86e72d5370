"""Reads the emission factors that the product ships."""

from decimal import Decimal
from pathlib import Path

import yaml

from tracker.domain.factors import Confidence, Factor, FactorTable, unit_of


def read(file: Path) -> FactorTable:
    """Give the table of a ``factors/1`` file.

    Raises:
        ValueError: for a code that no factor can have, one that stands twice, or a value outside of its range.
    """
    document = yaml.safe_load(file.read_text(encoding="utf-8"))
    found: dict[str, Factor] = {}
    for given in document["factors"]:
        source, unit = document["sources"][given["source"]], unit_of(given["code"])
        value, low, high = (Decimal(given[name]) for name in ("value", "low", "high"))
        if unit is None or given["code"] in found or not 0 <= low <= value <= high:
            raise ValueError(given["code"])
        found[given["code"]] = Factor(
            code=given["code"],
            value=value,
            low=low,
            high=high,
            unit=unit,
            source=f"{source['name']} ({source['address']})",
            source_version=source["version"],
            licence=source["licence"],
            year=given["year"],
            confidence=Confidence(given["confidence"]),
            bounds=given["bounds"],
        )
    return FactorTable(document["version"], found, shipped=found)
