"""What lies around a judgement: where an indicator is heading, and what its total does meanwhile."""

from tracker.domain.forecast import Forecast, Unforeseen, UnforeseenReason, forecast
from tracker.domain.judgement import AimJudgement
from tracker.domain.rebound import Rebound, rebound
from tracker.domain.records import Aim, CommitmentRecord
from tracker.domain.versions import in_force

STALE_AFTER = 1
"""Years after which the last value no longer tells where things stand: a forecast from it would lie in the past."""


def outlook(said: AimJudgement, year: int) -> Forecast | Unforeseen | None:
    """Forecast a judged aim from its last value known in ``year``; None without a threshold or any value."""
    last = said.aim.last_before(year + 1)
    if last is None or said.target is None or said.threshold is None:
        return None
    if year - last.year > STALE_AFTER:
        return Unforeseen(UnforeseenReason.STALE, {"year": last.year})
    is_broken = said.aim.has_break(last.year)
    return forecast(said.aim.comparable(last.year), said.threshold, said.target.horizon_year, is_broken=is_broken)


def rebound_of(aim: Aim, year: int) -> Rebound | None:
    """Tell whether the ratio ``aim`` improved in ``year`` while the total that it is paired with worsened."""
    if aim.companion is None:
        return None
    total = aim.companion
    return rebound(aim.comparable(year), aim.indicator.better, total.series, total.indicator.better, year)


def rebounds(commitment: CommitmentRecord, year: int) -> tuple[tuple[Aim, Rebound], ...]:
    """List the indicators of ``commitment`` with such an effect in ``year``."""
    return tuple((aim, found) for aim in commitment.aims if (found := rebound_of(aim, year)))


def changed_since(aim: Aim, year: int) -> int | None:
    """Give the first year obtained by the method of ``year`` where older values do not compare; None without a break.

    Years recomputed by that method do compare, and are no break.
    """
    if not aim.has_break(year):
        return None
    used = in_force(aim.methods, year)
    return min((point.year for point in aim.comparable(year)), default=used.in_force_from if used else year)
