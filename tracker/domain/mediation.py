"""Places where people are helped with what is digital, and how many were helped in a year."""

from dataclasses import dataclass
from enum import StrEnum


class MediationKind(StrEnum):
    """What kind of place it is."""

    LIBRARY = "library"
    TOWN_HALL = "town_hall"
    FRANCE_SERVICES = "france_services"
    SOCIAL_CENTRE = "social_centre"
    ASSOCIATION = "association"
    ITINERANT = "itinerant"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class PlaceRecord:
    """A place of mediation at its public address; ``is_open`` is false once it has closed for good."""

    number: int
    name: str
    kind: MediationKind = MediationKind.OTHER
    address: str = ""
    postcode: str = ""
    town: str = ""
    hours: str = ""
    website: str = ""
    is_open: bool = True
