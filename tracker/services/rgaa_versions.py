"""The versions of the RGAA that the product is shipped with, read once a process."""

from collections.abc import Sequence
from functools import cache

from tracker.config.paths import bundled
from tracker.domain.rgaa import RgaaVersion
from tracker.importers import rgaa


@cache
def known_versions() -> Sequence[RgaaVersion]:
    """Give the versions in their order."""
    return rgaa.read(bundled("seeds") / "rgaa.yaml")
