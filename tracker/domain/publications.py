"""Publications: which version of a year strangers read on a day, what of the year it shows, what it changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from tracker.domain.errors import Problem, ProblemCode
from tracker.domain.periods import last_full_year
from tracker.domain.records import Aim, CommitmentRecord, IndicatorRecord
from tracker.domain.scorecard import Card, Scorecard
from tracker.domain.series import Series
from tracker.domain.vocabulary import BINDING, Absence, PublicationScope, Status

FARTHEST_DAYS = 730
"""Days ahead beyond which the day of a publication is a slip of the keyboard."""


class PublicationState(StrEnum):
    """Where a year stands for strangers on a day."""

    UNPUBLISHED = "unpublished"
    PLANNED = "planned"
    VISIBLE = "visible"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class PublicationRecord:
    """One version of what is shown of a year; ``number`` is its own for ever.

    The figures are those of ``recorded_at``. Strangers read it from ``appears_at`` on: the beginning of
    ``visible_from``, or the moment of the decision if that is later.
    """

    number: int
    year: int
    version: int
    scope: PublicationScope
    has_values: bool
    visible_from: date
    is_withdrawn: bool
    note: str
    recorded_at: datetime
    appears_at: datetime


Versions = Sequence[PublicationRecord]
"""The versions of one year, oldest first."""


def counting(versions: Versions, today: date) -> PublicationRecord | None:
    """Give the version that strangers are answered with: the last decided of those that are visible.

    None where nothing of the year was ever shown: a plan that was dropped before its day leaves no trace outside.
    """
    seen = shown(versions, today)
    return seen[-1] if seen else None


def shown(versions: Versions, today: date) -> Versions:
    """List the versions that strangers could read at some time by ``today``, and the withdrawals that ended one."""
    found: list[PublicationRecord] = []
    for place, one in enumerate(versions):
        later = versions[place + 1 :]
        is_overtaken = any(other.appears_at <= one.appears_at for other in later)
        is_empty_act = one.is_withdrawn and (not found or found[-1].is_withdrawn)
        if one.visible_from <= today and not is_overtaken and not is_empty_act:
            found.append(one)
    return found


def planned(versions: Versions, today: date) -> PublicationRecord | None:
    """Give the version that waits for its day, if the last one decided does."""
    last = versions[-1] if versions else None
    return last if last is not None and last.visible_from > today and not last.is_withdrawn else None


def state(versions: Versions, today: date) -> PublicationState:
    """Say where the year stands; an update that waits leaves it visible."""
    current = counting(versions, today)
    if current is not None and not current.is_withdrawn:
        return PublicationState.VISIBLE
    if planned(versions, today):
        return PublicationState.PLANNED
    return PublicationState.WITHDRAWN if current else PublicationState.UNPUBLISHED


def faults(year: int, visible_from: date, today: date) -> Sequence[Problem]:
    """Say why ``year`` cannot be published from that day on."""
    found = []
    if year > last_full_year(today):
        found.append(Problem("year", ProblemCode.YEAR_NOT_OVER, {"year": year, "next": year + 1}))
    if visible_from < today:
        found.append(Problem("visible_from", ProblemCode.VISIBLE_IN_PAST))
    farthest = today + timedelta(days=FARTHEST_DAYS)
    if visible_from > farthest:
        found.append(Problem("visible_from", ProblemCode.DATE_TOO_FAR, {"limit": farthest}))
    return found


def chosen(commitments: Iterable[CommitmentRecord], scope: PublicationScope, year: int) -> tuple[CommitmentRecord, ...]:
    """Keep what was promised by the end of ``year`` and lies in ``scope``, without any value of a later year."""
    kept = (one for one in commitments if one.strength in BINDING and one.deliberation.adopted_on.year <= year)
    told = (one for one in kept if one.is_flagship or scope is PublicationScope.EVERYTHING)
    return tuple(replace(one, aims=tuple(until(aim, year) for aim in one.aims)) for one in told)


def until(aim: Aim, year: int) -> Aim:
    """Give ``aim`` without any value of a year after ``year``."""
    readings = {at: one for at, one in aim.readings.items() if at <= year}
    restated = {method: _series_until(series, year) for method, series in aim.restated.items()}
    pair = aim.companion
    pair = replace(pair, series=_series_until(pair.series, year)) if pair else None
    return replace(aim, readings=readings, restated=restated, companion=pair)


def _series_until(series: Series, year: int) -> Series:
    return [point for point in series if point.year <= year]


@dataclass(frozen=True, slots=True)
class StateUpdate:
    """A commitment whose state is no longer the one that was published; None where it was not, or is no more, shown."""

    commitment: CommitmentRecord
    before: Status | None
    after: Status | None


@dataclass(frozen=True, slots=True)
class ValueUpdate:
    """A value that is no longer the one that was published; None where nothing was known."""

    indicator: IndicatorRecord
    year: int
    before: Decimal | Absence | None
    after: Decimal | Absence | None


@dataclass(frozen=True, slots=True)
class Differences:
    """What a version of a year says that the one before did not."""

    states: tuple[StateUpdate, ...]
    values: tuple[ValueUpdate, ...]


def differences(before: Scorecard, after: Scorecard, *, with_values: bool) -> Differences:
    """Compare two published versions of a year; values are compared where both were shown, ``with_values``."""
    old, new = _by_code(before), _by_code(after)
    states = tuple(
        StateUpdate((new.get(code) or old[code]).commitment, _status(old.get(code)), _status(new.get(code)))
        for code in dict.fromkeys([*new, *old])
        if _status(old.get(code)) != _status(new.get(code))
    )
    return Differences(states, tuple(_moved(aims(before), aims(after))) if with_values else ())


def aims(card: Scorecard) -> Mapping[str, Aim]:
    """Give by its code each indicator of the commitments of ``card``."""
    found: dict[str, Aim] = {}
    for one in card.cards:
        for aim in one.commitment.aims:
            found.setdefault(aim.indicator.code, aim)
    return found


def _moved(before: Mapping[str, Aim], after: Mapping[str, Aim]) -> Iterable[ValueUpdate]:
    for code, aim in after.items():
        if code not in before:
            continue
        for year in sorted({*before[code].readings, *aim.readings}):
            was, now = _told(before[code], year), _told(aim, year)
            if was != now:
                yield ValueUpdate(aim.indicator, year, was, now)


def _told(aim: Aim, year: int) -> Decimal | Absence | None:
    reading = aim.readings.get(year)
    return None if reading is None else reading.absence if reading.value is None else reading.value


def _by_code(card: Scorecard) -> Mapping[str, Card]:
    return {one.commitment.code: one for one in card.cards}


def _status(card: Card | None) -> Status | None:
    return card.status if card else None
