"""Reads the legal duties."""

from decimal import Decimal
from pathlib import Path

import yaml

from tracker.domain.bilingual import Bilingual
from tracker.domain.duties import Duty


def read(file: Path) -> tuple[Duty, ...]:
    """Give the duties of a ``duties/1`` file, in its order."""
    document = yaml.safe_load(file.read_text(encoding="utf-8"))
    return tuple(
        Duty(
            code=given["code"],
            name=Bilingual(given["name_fr"], given["name_en"]),
            legal_source=given["legal_source"],
            indicator=given.get("indicator", ""),
            thresholds={year: Decimal(value) for year, value in given.get("thresholds", {}).items()},
            is_certain=given.get("is_certain", False),
            since=given.get("since"),
        )
        for given in document["duties"]
    )
