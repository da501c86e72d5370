"""Counting verdicts: how many commitments stand where, over all and by axis."""

from collections import Counter
from collections.abc import Iterable, Mapping

from tracker.domain.vocabulary import Status


def tally(statuses: Iterable[Status]) -> Mapping[Status, int]:
    """Count ``statuses``, in the order of the enumeration, without the ones that do not occur."""
    counted = Counter(statuses)
    return {status: counted[status] for status in Status if counted[status]}
