"""Quantified: a figure was voted; kept when every targeted indicator reaches it."""

from datetime import date

from tracker.domain.aims import judge_aim
from tracker.domain.judgement import Judgement, Reason, ReasonCode, least_favourable
from tracker.domain.records import CommitmentRecord
from tracker.domain.vocabulary import Status


class Quantified:
    """Judged on targets; the least favourable indicator decides."""

    def judge(self, commitment: CommitmentRecord, year: int, today: date) -> Judgement:  # noqa: ARG002
        """Give the verdict of the targets for ``year``."""
        said = tuple(filter(None, (judge_aim(aim, year) for aim in commitment.aims)))
        if not said:
            return Judgement(Status.BASELINE_NEEDED, (Reason(ReasonCode.BASELINE_MISSING),))
        worst = least_favourable(tuple(one for one in said if one.target) or said)
        return Judgement(worst.status, worst.reasons, said)
