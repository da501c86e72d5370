"""Reads the criteria of the RGESN that the product knows."""

from decimal import Decimal
from pathlib import Path

import yaml

from tracker.domain.bilingual import Bilingual
from tracker.domain.rgesn import Criterion, EcodesignPriority, Referential


def read(file: Path) -> Referential:
    """Give the referential of a ``rgesn/1`` file."""
    document = yaml.safe_load(file.read_text(encoding="utf-8"))
    return Referential(
        version=document["version"],
        criteria=tuple(
            Criterion(
                number=given["number"],
                priority=EcodesignPriority(given["priority"]),
                title=Bilingual(given["title_fr"], given["title_en"]),
                applies_always=given.get("applies_always", False),
            )
            for given in document["criteria"]
        ),
        weights={EcodesignPriority(code): Decimal(weight) for code, weight in document["weights"].items()},
    )
