"""The five finalities of sustainable development (Code de l'environnement, L.110-1 III)."""

from collections.abc import Mapping
from enum import StrEnum

from tracker.domain.vocabulary import Axis


class Finality(StrEnum):
    """What the yearly sustainable-development report is organised by (CGCT D.2311-15)."""

    CLIMATE = "climate"
    BIODIVERSITY = "biodiversity"
    FULFILMENT = "fulfilment"
    COHESION = "cohesion"
    PRODUCTION = "production"


SERVED_BY: Mapping[Finality, tuple[Axis, ...]] = {
    Finality.CLIMATE: (Axis.SOBRIETY,),
    Finality.BIODIVERSITY: (Axis.SOBRIETY,),
    Finality.FULFILMENT: (Axis.ACCESSIBILITY, Axis.TRUST, Axis.ETHICS),
    Finality.COHESION: (Axis.ACCESSIBILITY, Axis.GOVERNANCE),
    Finality.PRODUCTION: (Axis.SOBRIETY, Axis.GOVERNANCE),
}
"""The axes that serve each finality: the product's proposal, no text sets this correspondence."""
