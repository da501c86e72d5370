"""Continuous: a practice without an end, alive while the year brings a value or an observed fact."""

from datetime import date

from tracker.domain.aims import judge_aim
from tracker.domain.judgement import AimJudgement, Judgement, Reason, ReasonCode, least_favourable
from tracker.domain.periods import reference_day
from tracker.domain.records import CommitmentRecord
from tracker.domain.vocabulary import FindingState, Status

_ALIVE = (FindingState.OBSERVED, FindingState.DONE, FindingState.DECIDED)


class Continuous:
    """Judged on its targets where it has some, else on signs of life in the year and the one before."""

    def judge(self, commitment: CommitmentRecord, year: int, today: date) -> Judgement:
        """Give the verdict for ``year`` of its values and of the facts known at its end."""
        said = tuple(filter(None, (judge_aim(aim, year) for aim in commitment.aims)))
        if said:
            worst = least_favourable(said)
            return Judgement(worst.status, worst.reasons, said)
        for aim in commitment.aims:
            if aim.value(year) is not None:
                is_alive = aim.shows_activity(year)
                status = Status.ON_TRACK if is_alive else Status.WATCH
                reason = Reason(ReasonCode.MEASURED if is_alive else ReasonCode.MEASURED_NONE, {"year": year})
                return Judgement(status, (reason,), (AimJudgement(aim, status, (reason,), aim.readings[year]),))
        return self._by_signs(commitment, year, reference_day(year, today), is_running=year == today.year)

    @staticmethod
    def _by_signs(commitment: CommitmentRecord, year: int, day: date, *, is_running: bool) -> Judgement:
        seen = [fact.on for fact in commitment.findings if fact.state in _ALIVE and fact.on <= day]
        years = [on.year for on in seen]
        years += [last.year for aim in commitment.aims if (last := aim.last_before(year))]
        latest = max(years, default=None)
        if latest == year:
            return Judgement(Status.ON_TRACK, (Reason(ReasonCode.OBSERVED, {"on": max(seen)}),))
        if is_running:
            return Judgement(Status.UPCOMING, (Reason(ReasonCode.YEAR_RUNNING, {"year": year}),))
        if latest is not None:
            status = Status.WATCH if latest == year - 1 else Status.NOT_MEASURED
            return Judgement(status, (Reason(ReasonCode.GONE_QUIET, {"year": latest}),))
        return Judgement(Status.NOT_MEASURED, (Reason(ReasonCode.NO_SIGN, {"year": year}),))
