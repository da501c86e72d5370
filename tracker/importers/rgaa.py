"""Reads the versions of the RGAA that the product knows."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import yaml

from tracker.domain.rgaa import RgaaVersion


def read(file: Path) -> Sequence[RgaaVersion]:
    """Give the versions of a ``rgaa/1`` file in their order; one that is announced has no day and no criteria yet."""
    document = yaml.safe_load(file.read_text(encoding="utf-8"))
    return tuple(
        RgaaVersion(
            given["code"],
            date.fromisoformat(given["published_on"]) if "published_on" in given else None,
            tuple(given.get("topics", ())),
            tuple(given.get("rapid", ())),
            tuple(given.get("complementary", ())),
        )
        for given in document["versions"]
    )
