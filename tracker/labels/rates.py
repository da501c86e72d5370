"""How often the API may be asked, in words."""

from decimal import Decimal

from tracker.labels.formats import number
from tracker.labels.language import N_, text

PHRASES = {
    "second": N_("{n} demandes par seconde"),
    "minute": N_("{n} demandes par minute"),
    "hour": N_("{n} demandes par heure"),
    "day": N_("{n} demandes par jour"),
}


def rate_phrase(rate: str) -> str:
    """Say a rate that is written as the setting has it: ``120 per minute``."""
    count, _, while_ = rate.partition(" per ")
    return text(PHRASES[while_], n=number(Decimal(count)))
