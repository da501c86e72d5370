"""What open data tells of an organisation: its judged years, and the values that were known, revision by revision."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from tracker.domain.digital_services import ServiceRecord
from tracker.domain.records import Aim, CommitmentRecord, DeliberationRecord, Reading
from tracker.domain.rgaa import Conformity
from tracker.domain.scorecard import Card, Scorecard
from tracker.domain.vocabulary import VoteOutcome


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


@dataclass(frozen=True, slots=True)
class OpenDeliberation:
    """A text that was voted, with its votes where they are known, and where it can be read."""

    text: DeliberationRecord
    outcome: VoteOutcome | None = None
    in_favour: int | None = None
    against: int | None = None
    abstentions: int | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class OpenService:
    """A digital service with the last accessibility statement that was published of it, None without one."""

    record: ServiceRecord
    stated_on: date | None = None
    stated_at: str = ""
    conformity: Conformity | None = None


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


def known_values(years: Years, day_of: Callable[[datetime], date]) -> Sequence[OpenValue]:
    """List the revisions that ``years`` tell, each once; ``day_of`` gives the day of a moment.

    A computed value has no revision of its own: it is told again by each year that found another one.
    """
    found: dict[tuple[str, int, int, date], OpenValue] = {}
    current: dict[tuple[str, int], tuple[str, int, int, date]] = {}
    for one in _ordered(years):
        for code, aim in aims([one]).items():
            for reading in aim.readings.values():
                place = current.get((code, reading.year))
                if place is None or not _is_same(found[place].reading, reading):
                    on = day_of(reading.recorded_at) if reading.recorded_at else one.card.today
                    place = (code, reading.year, reading.revision, on)
                    found[place] = OpenValue(code, reading, on, is_current=False)
                current[code, reading.year] = place
    return [replace(value, is_current=current[place[:2]] == place) for place, value in found.items()]


def _is_same(one: Reading, other: Reading) -> bool:
    return one.revision == other.revision and (one.revision > 0 or one == other)


def _ordered(years: Years) -> list[OpenYear]:
    return sorted(years, key=lambda one: one.rank)
