"""What open data tells of an organisation: its judged years, and the values that were known, revision by revision."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tracker.domain.records import Aim, CommitmentRecord, Reading
from tracker.domain.scorecard import Card, Scorecard


@dataclass(frozen=True, slots=True)
class OpenYear:
    """A year as it may be told: its commitments judged, with the values of their indicators unless they are kept back.

    ``rank`` tells which of two years was decided last, and knows better.
    """

    card: Scorecard
    rank: int
    has_values: bool = True

    @property
    def year(self) -> int:
        """Give the year that is judged."""
        return self.card.year


@dataclass(frozen=True, slots=True)
class OpenValue:
    """A revision of a value, or of the reason for none, of the indicator of that code, known since ``known_on``.

    ``is_current`` marks the one that counts now.
    """

    indicator: str
    reading: Reading
    known_on: date
    is_current: bool


Years = Iterable[OpenYear]


def last_judged(years: Years) -> Mapping[str, tuple[OpenYear, Card]]:
    """Give each commitment by its code as it was judged for the last year that tells of it, and that year."""
    told = sorted(years, key=lambda year: year.year)
    return {card.commitment.code: (one, card) for one in told for card in one.card.cards}


def commitments(years: Years) -> Mapping[str, CommitmentRecord]:
    """Give each commitment by its code as it was decided last."""
    return {card.commitment.code: card.commitment for one in _ordered(years) for card in one.card.cards}


def measured(years: Years) -> Mapping[str, tuple[OpenYear, CommitmentRecord]]:
    """Give each commitment by its code as it was decided last with its values, and the year that says so."""
    told = [one for one in _ordered(years) if one.has_values]
    return {card.commitment.code: (one, card.commitment) for one in told for card in one.card.cards}


def aims(years: Years) -> Mapping[str, Aim]:
    """Give by its code each indicator whose values are told, as it was decided last."""
    found: dict[str, Aim] = {}
    for _, commitment in measured(years).values():
        for aim in commitment.aims:
            found.setdefault(aim.indicator.code, aim)
    return found


def _ordered(years: Years) -> list[OpenYear]:
    return sorted(years, key=lambda one: one.rank)
