"""Continuous: a practice without an end, alive while the year brings a value or an observed fact."""

from datetime import date

from tracker.domain.aims import judge_aim
from tracker.domain.judgement import AimJudgement, Judgement, Reason, ReasonCode, least_favourable
from tracker.domain.records import CommitmentRecord
from tracker.domain.vocabulary import FindingState, Status

_ALIVE = (FindingState.OBSERVED, FindingState.DONE, FindingState.DECIDED)


class Continuous:
    """Judged on its targets where it has some, else on signs of life in the year and the one before."""

    def judge(self, commitment: CommitmentRecord, year: int, day: date) -> Judgement:
        """Give the verdict for ``year`` of the values and of the facts known on ``day``."""
        said = tuple(filter(None, (judge_aim(aim, year) for aim in commitment.aims)))
        if said:
            worst = least_favourable(said)
            return Judgement(worst.status, worst.reasons, said)
        for aim in commitment.aims:
            if aim.value(year) is not None:
                reason = Reason(ReasonCode.MEASURED, {"year": year})
                shown = AimJudgement(aim, Status.ON_TRACK, (reason,), aim.readings[year])
                return Judgement(Status.ON_TRACK, (reason,), (shown,))
        seen = [fact.on for fact in commitment.findings if fact.state in _ALIVE and fact.on <= day]
        years = [on.year for on in seen]
        years += [last.year for aim in commitment.aims if (last := aim.last_before(year))]
        latest = max(years, default=None)
        if latest == year:
            return Judgement(Status.ON_TRACK, (Reason(ReasonCode.OBSERVED, {"on": max(seen)}),))
        if latest == year - 1:
            return Judgement(Status.WATCH, (Reason(ReasonCode.GONE_QUIET, {"year": latest}),))
        if latest is not None:
            return Judgement(Status.NOT_MEASURED, (Reason(ReasonCode.GONE_QUIET, {"year": latest}),))
        return Judgement(Status.NOT_MEASURED, (Reason(ReasonCode.NO_SIGN, {"year": year}),))
