"""Approval: a body approves each object, such as digital services against the RGAA: judged on the share approved."""

from datetime import date
from decimal import Decimal

from tracker.domain.aims import judge_aim, without_value
from tracker.domain.judgement import AimJudgement, Judgement, Reason, ReasonCode, least_favourable
from tracker.domain.records import Aim, CommitmentRecord
from tracker.domain.trend import Move, move
from tracker.domain.vocabulary import Collection, Status

ALL = Decimal(100)


class Approval:
    """Judged on its target where one was voted, else on the share itself: all approved, or rising."""

    def judge(self, commitment: CommitmentRecord, year: int, today: date) -> Judgement:  # noqa: ARG002
        """Give the verdict of the share approved in ``year`` (per cent)."""
        aims = [aim for aim in commitment.aims if aim.indicator.collection is Collection.MEASUREMENT]
        said = tuple(filter(None, (judge_aim(aim, year) for aim in aims)))
        if said:
            worst = least_favourable(said)
            return Judgement(worst.status, worst.reasons, said)
        shares = [self._judge_share(aim, year) for aim in aims]
        told = next((share for share in shares if share.reading), None) or next(iter(shares), None)
        if told is None:
            return Judgement(Status.NOT_MEASURED, (Reason(ReasonCode.NO_VALUE, {"year": year}),))
        return Judgement(told.status, told.reasons, (told,))

    @staticmethod
    def _judge_share(aim: Aim, year: int) -> AimJudgement:
        """Judge a share without a voted threshold: all approved, rising, or to watch."""
        reading, value, last = aim.readings.get(year), aim.value(year), aim.last_before(year)
        if value is None:
            return AimJudgement(aim, *without_value(aim, year), reading)
        if value >= ALL and aim.indicator.unit == "percent":
            return AimJudgement(aim, Status.ACHIEVED, (Reason(ReasonCode.ALL_APPROVED, {"year": year}),), reading)
        is_rising = (
            last is not None
            and last.value is not None
            and move(value, last.value, aim.indicator.better, None) is Move.BETTER
        )
        reason = Reason(ReasonCode.SHARE_MEASURED, {"value": value, "year": year})
        return AimJudgement(aim, Status.ON_TRACK if is_rising else Status.WATCH, (reason,), reading)
