"""Approval: a body approves each object, such as digital services against the RGAA: judged on the share approved."""

from datetime import date
from decimal import Decimal

from tracker.domain.aims import judge_aim, without_value
from tracker.domain.judgement import AimJudgement, Judgement, Reason, ReasonCode, least_favourable
from tracker.domain.periods import reference_day
from tracker.domain.records import Aim, CommitmentRecord, Finding
from tracker.domain.trend import Move, move
from tracker.domain.vocabulary import Collection, FindingState, Status

ALL = Decimal(100)


def _code(fact: Finding, *, is_expired: bool) -> ReasonCode:
    if fact.valid_until is None:
        return ReasonCode.APPROVAL_GIVEN
    return ReasonCode.APPROVAL_EXPIRED if is_expired else ReasonCode.APPROVAL_VALID


class Approval:
    """Judged on its target where one was voted, else on its first share; an approval that ran out tells on both."""

    def judge(self, commitment: CommitmentRecord, year: int, today: date) -> Judgement:
        """Give the verdict of the share approved in ``year`` (per cent) and of the approvals still valid at its end."""
        day = reference_day(year, today)
        fact, said = self._last(commitment, day), self._by_share(commitment, year)
        if fact is None:
            return said
        is_expired = fact.valid_until is not None and fact.valid_until < day
        reason = Reason(_code(fact, is_expired=is_expired), {"on": fact.on, "until": fact.valid_until})
        if said.status is Status.NOT_MEASURED and is_expired:
            return Judgement(Status.OFF_TRACK, (reason, *said.reasons), said.aims)
        if not said.aims and said.status is Status.NOT_MEASURED:  # nothing but the act is followed
            return Judgement(Status.ON_TRACK, (reason,))
        if is_expired and said.status in {Status.ACHIEVED, Status.ON_TRACK}:
            return Judgement(Status.WATCH, (reason, *said.reasons), said.aims)
        return Judgement(said.status, (*said.reasons, reason), said.aims)

    @staticmethod
    def _last(commitment: CommitmentRecord, day: date) -> Finding | None:
        """Give the latest approval known by ``day``: it speaks over the earlier ones."""
        given = (fact for fact in commitment.findings if fact.state is FindingState.DONE and fact.on <= day)
        return max(given, key=lambda fact: fact.on, default=None)

    def _by_share(self, commitment: CommitmentRecord, year: int) -> Judgement:
        aims = [aim for aim in commitment.aims if aim.indicator.collection is not Collection.FINDING]
        said = tuple(one for aim in aims if (one := judge_aim(aim, year)) and one.target)
        if said:
            worst = least_favourable(said)
            return Judgement(worst.status, worst.reasons, said)
        if not aims:
            return Judgement(Status.NOT_MEASURED, (Reason(ReasonCode.NO_VALUE, {"year": year}),))
        told = self._judge_share(aims[0], year)
        return Judgement(told.status, told.reasons, (told,))

    @staticmethod
    def _judge_share(aim: Aim, year: int) -> AimJudgement:
        """Judge a share without a voted threshold: all approved, rising, or to watch."""
        reading, value = aim.readings.get(year), aim.value(year)
        if value is None:
            return AimJudgement(aim, *without_value(aim, year), reading)
        if value >= ALL and aim.indicator.unit == "percent":
            return AimJudgement(aim, Status.ACHIEVED, (Reason(ReasonCode.ALL_APPROVED, {"year": year}),), reading)
        last = next((point for point in reversed(aim.comparable(year)) if point.year < year), None)
        is_rising = last is not None and move(value, last.value, aim.indicator.better, None) is Move.BETTER
        reason = Reason(ReasonCode.SHARE_MEASURED, {"value": value, "year": year})
        return AimJudgement(aim, Status.ON_TRACK if is_rising else Status.WATCH, (reason,), reading)
