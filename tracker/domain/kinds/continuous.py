"""Continuous: a practice without an end, alive while it shows signs of it: a value, or an observed fact."""

from datetime import date

from tracker.domain.aims import judge_aim
from tracker.domain.judgement import AimJudgement, Judgement, Reason, ReasonCode, least_favourable
from tracker.domain.periods import months_between, reference_day
from tracker.domain.records import Aim, CommitmentRecord
from tracker.domain.vocabulary import FindingState, Status

_ALIVE = (FindingState.OBSERVED, FindingState.DONE, FindingState.DECIDED)


def _by_value(aim: Aim, year: int, status: Status, code: ReasonCode) -> Judgement:
    reasons = (Reason(code, {"year": year}),)
    return Judgement(status, reasons, (AimJudgement(aim, status, reasons, aim.readings.get(year)),))


class Continuous:
    """Judged on its targets where it has some, else on the time since its last sign of life."""

    def judge(self, commitment: CommitmentRecord, year: int, today: date) -> Judgement:
        """Give the verdict for ``year`` of its values and of the facts known at its end."""
        said = tuple(one for aim in commitment.aims if (one := judge_aim(aim, year)) and one.target)
        if said:
            worst = least_favourable(said)
            return Judgement(worst.status, worst.reasons, said)
        alive = next((aim for aim in commitment.aims if aim.shows_activity(year)), None)
        if alive:
            return _by_value(alive, year, Status.ON_TRACK, ReasonCode.MEASURED)
        told = self._by_signs(commitment, year, reference_day(year, today), is_running=year == today.year)
        counted = next((aim for aim in commitment.aims if aim.value(year) is not None), None)
        if counted is None or told.status is Status.ON_TRACK:
            return told
        return _by_value(counted, year, Status.WATCH, ReasonCode.MEASURED_NONE)

    @staticmethod
    def _by_signs(commitment: CommitmentRecord, year: int, day: date, *, is_running: bool) -> Judgement:
        """Hold the last sign against the months after which the practice is stale; a value counts on 31 December."""
        seen = [fact.on for fact in commitment.findings if fact.state in _ALIVE and fact.on <= day]
        valued = [
            date(reading.year, 12, 31)
            for aim in commitment.aims
            for reading in aim.known
            if reading.year < year and aim.shows_activity(reading.year)
        ]
        latest, limit = max((*seen, *valued), default=None), commitment.stale_after_months
        if latest is None or months_between(latest, day) >= limit:
            if is_running:
                return Judgement(Status.UPCOMING, (Reason(ReasonCode.YEAR_RUNNING, {"year": year}),))
            if latest is None:
                return Judgement(Status.NOT_MEASURED, (Reason(ReasonCode.NO_SIGN, {"year": year}),))
            quiet = {"on": latest, "months": months_between(latest, day), "limit": limit}
            status = Status.WATCH if months_between(latest, day) < 2 * limit else Status.NOT_MEASURED
            return Judgement(status, (Reason(ReasonCode.GONE_QUIET, quiet),))
        if latest in seen:
            return Judgement(Status.ON_TRACK, (Reason(ReasonCode.OBSERVED, {"on": latest}),))
        return Judgement(Status.ON_TRACK, (Reason(ReasonCode.STILL_ALIVE, {"year": latest.year, "limit": limit}),))
