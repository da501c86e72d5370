"""Approval: a body approves each object, such as digital services against the RGAA: judged on the share approved."""

from datetime import date
from decimal import Decimal

from tracker.domain.aims import judge_aim
from tracker.domain.judgement import AimJudgement, Judgement, Reason, ReasonCode
from tracker.domain.records import CommitmentRecord
from tracker.domain.trend import Move, move
from tracker.domain.vocabulary import Collection, Status

ALL = Decimal(100)


class Approval:
    """Judged on its target where one was voted, else on the share itself: all approved, or rising."""

    def judge(self, commitment: CommitmentRecord, year: int, day: date) -> Judgement:  # noqa: ARG002
        """Give the verdict of the share approved in ``year`` (per cent)."""
        aims = [aim for aim in commitment.aims if aim.indicator.collection is Collection.MEASUREMENT]
        for aim in aims:
            if said := judge_aim(aim, year):
                return Judgement(said.status, said.reasons, (said,))
        for aim in aims:
            reading, value, last = aim.readings.get(year), aim.value(year), aim.last_before(year)
            if value is None:
                continue
            reason = Reason(ReasonCode.SHARE_MEASURED, {"value": value, "year": year})
            status = Status.WATCH
            if value >= ALL:
                status, reason = Status.ACHIEVED, Reason(ReasonCode.ALL_APPROVED, {"year": year})
            elif last and last.value is not None:
                moved = move(value, last.value, aim.indicator.better, None)
                status = Status.ON_TRACK if moved is Move.BETTER else Status.WATCH
            return Judgement(status, (reason,), (AimJudgement(aim, status, (reason,), reading),))
        return Judgement(Status.NOT_MEASURED, (Reason(ReasonCode.NO_VALUE, {"year": year}),))
