"""The targets on lifetimes held against the estate: each commitment by its own, and the baselines that they lack."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from tracker.domain.aims import judge_aim
from tracker.domain.estate_values import Grown, growth
from tracker.domain.judgement import AimJudgement
from tracker.domain.lifetimes import Ages, Lifetimes, in_years
from tracker.domain.records import Aim, CommitmentRecord, Reading
from tracker.domain.vocabulary import Quality
from tracker.services.lifetimes import EstateLifetimes
from tracker.services.portfolio import Portfolio

COMPUTERS, MOBILES, GROWTH = "SOB-06", "SOB-07", "SOB-08"


@dataclass(frozen=True, slots=True)
class LifetimeTarget:
    """What the estate says of an indicator on lifetimes as one commitment uses it; ``value`` None when it cannot.

    ``said`` is the verdict that this value would get in ``year``, were it stored; None without a target.
    """

    commitment: CommitmentRecord
    aim: Aim
    value: Decimal | None
    said: AimJudgement | None


@dataclass(frozen=True, slots=True)
class MissingBaseline:
    """An indicator on lifetimes whose commitment has no baseline, and the ages at exit that would give it one."""

    commitment: CommitmentRecord
    aim: Aim
    ages: Ages


def targets(known: Portfolio, found: EstateLifetimes) -> Sequence[LifetimeTarget]:
    """Hold the lifetimes of a year against what every commitment asks of them, each by its own target."""
    return [
        LifetimeTarget(commitment, aim, value, judge_aim(_with(aim, found.year, value), found.year))
        for commitment, aim in _aims(known)
        for value in [_value(commitment, aim.indicator.code, found)]
    ]


def missing(known: Portfolio, found: EstateLifetimes) -> Sequence[MissingBaseline]:
    """List the indicators on lifetimes that lack a baseline, with the ages of a period that would give one."""
    return [
        MissingBaseline(commitment, aim, _of(aim.indicator.code, found).at_exit)
        for commitment, aim in _aims(known)
        if aim.indicator.code != GROWTH and not _is_known(aim, found.year)
    ]


def _aims(known: Portfolio) -> Iterator[tuple[CommitmentRecord, Aim]]:
    for commitment in known.commitments:
        for aim in commitment.aims:
            if aim.indicator.code in {COMPUTERS, MOBILES, GROWTH}:
                yield commitment, aim


def _of(code: str, found: EstateLifetimes) -> Lifetimes:
    return found.computers if code == COMPUTERS else found.mobiles


def _is_known(aim: Aim, year: int) -> bool:
    base = aim.departure(year)
    return base is not None and base.is_known


def _value(commitment: CommitmentRecord, code: str, found: EstateLifetimes) -> Decimal | None:
    if code == GROWTH:
        return _growth(commitment, found)
    mean = _of(code, found).at_exit.mean
    return None if mean is None else in_years(mean)


def _growth(commitment: CommitmentRecord, found: EstateLifetimes) -> Decimal | None:
    """Give SOB-08 from the baselines of the same commitment; None while one of them, or a mean, is missing."""
    parts = []
    for aim in commitment.aims:
        code = aim.indicator.code
        if code not in {COMPUTERS, MOBILES}:
            continue
        own, base = _of(code, found), aim.departure(found.year)
        if own.at_exit.mean is None or base is None or base.value is None:
            return None
        parts.append(Grown(in_years(own.at_exit.mean), base.value, own.in_service.whole))
    return growth(parts)


def _with(aim: Aim, year: int, value: Decimal | None) -> Aim:
    """Give ``aim`` as it would be with the value of the estate for ``year``, and without any other for that year."""
    readings = {at: one for at, one in aim.readings.items() if at != year}
    if value is not None:
        readings[year] = Reading(year, 0, value, quality=Quality.CALCULATED, method=aim.method(year))
    return replace(aim, readings=readings)
