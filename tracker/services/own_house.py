"""The accessibility and the ecodesign of the product itself, as this version carries them."""

from datetime import date
from functools import cache

from tracker.config.paths import bundled
from tracker.domain.ecodesign import Assessment
from tracker.domain.own_house import OwnAccess
from tracker.domain.rgaa import Standing, standing
from tracker.importers import own_house
from tracker.services.service_rows import rgaa_versions


@cache
def access() -> OwnAccess:
    """Give what was checked of the RGAA; read once, since it comes with the code."""
    seeds = bundled("seeds")
    return own_house.access(seeds / "own_access.yaml", seeds / "access_checks.yaml", rgaa_versions())


@cache
def ecodesign() -> Assessment:
    """Give the self-assessment against the RGESN."""
    return own_house.ecodesign(bundled("seeds") / "own_ecodesign.yaml")


def conformity(today: date) -> Standing:
    """Give the legal state of the product by the rule of the RGAA: nobody audited it whole."""
    return standing((), rgaa_versions(), None, today)
