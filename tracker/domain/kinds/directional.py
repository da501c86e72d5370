"""Directional: a direction was voted without a figure; judged on the sign of the trend, never on a target."""

from datetime import date

from tracker.domain.aims import without_value
from tracker.domain.judgement import AimJudgement, Judgement, Reason, ReasonCode
from tracker.domain.records import Aim, CommitmentRecord
from tracker.domain.regression import median_slope
from tracker.domain.trend import Move, heading, move, since, trend_points
from tracker.domain.vocabulary import Better, Collection, Status

_TREND = {
    Move.BETTER: (Status.ON_TRACK, ReasonCode.TREND_BETTER),
    Move.SAME: (Status.WATCH, ReasonCode.TREND_FLAT),
    Move.WORSE: (Status.OFF_TRACK, ReasonCode.TREND_WORSE),
}
_STEP = {
    Move.BETTER: (Status.ON_TRACK, ReasonCode.IMPROVES),
    Move.SAME: (Status.WATCH, ReasonCode.STANDS_STILL),
    Move.WORSE: (Status.OFF_TRACK, ReasonCode.MOVES_AWAY),
}


class Directional:
    """Judged on the first indicator that has figures: the sign of the robust slope of its comparable years."""

    def judge(self, commitment: CommitmentRecord, year: int, today: date) -> Judgement:  # noqa: ARG002
        """Give the verdict of the trend for ``year``; two comparable values are needed."""
        for aim in commitment.aims:
            if aim.indicator.collection is not Collection.FINDING:
                said = self._judge_aim(aim, year)
                return Judgement(said.status, said.reasons, (said,))
        return Judgement(Status.NOT_MEASURED, (Reason(ReasonCode.NO_VALUE, {"year": year}),))

    @staticmethod
    def _judge_aim(aim: Aim, year: int) -> AimJudgement:
        reading, value = aim.readings.get(year), aim.value(year)
        if value is None:
            return AimJudgement(aim, *without_value(aim, year), reading)
        if aim.indicator.better not in {Better.UP, Better.DOWN}:
            return AimJudgement(aim, Status.WATCH, (Reason(ReasonCode.NO_DIRECTION),), reading)
        points = trend_points(aim, year)
        if len(points) > 1:
            slope = median_slope(points)
            status, code = _TREND[heading(slope, aim.indicator.better)]
            told = {"slope": slope, "since_year": points[0].year, "count": len(points)}
            return AimJudgement(aim, status, (Reason(code, told),), reading, departure=aim.departure(year))
        start = since(aim, year)
        if start is None:
            code = ReasonCode.METHOD_CHANGED if aim.has_break(year) else ReasonCode.TREND_NEEDS_TWO
            return AimJudgement(aim, Status.BASELINE_NEEDED, (Reason(code, {"year": year}),), reading)
        status, code = _STEP[move(value, start[1], aim.indicator.better, None)]
        told = {"value": value, "since": start[1], "since_year": start[0]}
        return AimJudgement(aim, status, (Reason(code, told),), reading, departure=aim.departure(year))
