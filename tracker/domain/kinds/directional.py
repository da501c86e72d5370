"""Directional: a direction was voted without a figure; judged on the sign of the trend, never on a target."""

from datetime import date

from tracker.domain.aims import without_value
from tracker.domain.judgement import AimJudgement, Judgement, Reason, ReasonCode
from tracker.domain.records import Aim, CommitmentRecord
from tracker.domain.trend import Move, departure, move
from tracker.domain.vocabulary import Collection, Status

_VERDICT = {
    Move.BETTER: (Status.ON_TRACK, ReasonCode.IMPROVES),
    Move.SAME: (Status.WATCH, ReasonCode.STANDS_STILL),
    Move.WORSE: (Status.OFF_TRACK, ReasonCode.MOVES_AWAY),
}


class Directional:
    """Judged on the first typed indicator: its value of the year against where the series starts."""

    def judge(self, commitment: CommitmentRecord, year: int, today: date) -> Judgement:  # noqa: ARG002
        """Give the verdict of the trend for ``year``; two values are needed."""
        for aim in commitment.aims:
            if aim.indicator.collection is Collection.MEASUREMENT:
                said = self._judge_aim(aim, year)
                return Judgement(said.status, said.reasons, (said,))
        return Judgement(Status.NOT_MEASURED, (Reason(ReasonCode.NO_VALUE, {"year": year}),))

    @staticmethod
    def _judge_aim(aim: Aim, year: int) -> AimJudgement:
        reading, value = aim.readings.get(year), aim.value(year)
        if value is None:
            return AimJudgement(aim, *without_value(aim, year), reading)
        start = departure(aim)
        if start is None or (start.year is not None and start.year >= year):
            return AimJudgement(
                aim, Status.BASELINE_NEEDED, (Reason(ReasonCode.TREND_NEEDS_TWO, {"year": year}),), reading
            )
        status, code = _VERDICT[move(value, start.value, aim.indicator.better, None)]
        values = {"value": value, "since": start.value, "since_year": start.year}
        return AimJudgement(aim, status, (Reason(code, values),), reading)
