"""A verdict and its reasons: what every kind of commitment answers with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from tracker.domain.records import Aim, CommitmentRecord, Reading
from tracker.domain.targets import Baseline, Target, Threshold
from tracker.domain.vocabulary import Origin, Status


class ReasonCode(StrEnum):
    """Why a status was given; ``labels`` has one sentence for each."""

    TARGET_MET = "target_met"
    STRICT_NOT_MET = "strict_not_met"
    HORIZON_PASSED = "horizon_passed"
    AHEAD_OF_LINE = "ahead_of_line"
    JUST_BEHIND_LINE = "just_behind_line"
    BEHIND_LINE = "behind_line"
    NO_HORIZON = "no_horizon"
    NO_LINE = "no_line"
    TO_KEEP = "to_keep"
    IMPROVES = "improves"
    STANDS_STILL = "stands_still"
    MOVES_AWAY = "moves_away"
    FIRST_VALUE = "first_value"
    BASELINE_MISSING = "baseline_missing"
    BASELINE_ZERO = "baseline_zero"
    BASELINE_PROPOSED = "baseline_proposed"
    METHOD_BREAK = "method_break"
    METHOD_CHANGED = "method_changed"
    NO_VALUE = "no_value"
    NO_VALUE_BECAUSE = "no_value_because"
    NOT_COMPUTABLE = "not_computable"
    NO_RESULT = "no_result"
    LAST_VALUE = "last_value"
    TREND_NEEDS_TWO = "trend_needs_two"
    TREND_BETTER = "trend_better"
    TREND_FLAT = "trend_flat"
    TREND_WORSE = "trend_worse"
    NO_DIRECTION = "no_direction"
    TARGET_LATER = "target_later"
    VOTED_LATER = "voted_later"
    MILESTONE_DONE = "milestone_done"
    MILESTONE_DONE_LATE = "milestone_done_late"
    MILESTONE_DONE_AFTER = "milestone_done_after"
    MILESTONE_LATE = "milestone_late"
    MILESTONE_UNKNOWN = "milestone_unknown"
    MILESTONE_DUE = "milestone_due"
    MILESTONE_UNDATED = "milestone_undated"
    MILESTONE_NOT_DONE = "milestone_not_done"
    MILESTONE_DECIDED = "milestone_decided"
    RENEWAL_PAID = "renewal_paid"
    RENEWAL_DECIDED = "renewal_decided"
    RENEWAL_DUE = "renewal_due"
    RENEWAL_UNKNOWN = "renewal_unknown"
    RENEWAL_DROPPED = "renewal_dropped"
    RENEWAL_NOT_ASKED = "renewal_not_asked"
    ALL_APPROVED = "all_approved"
    SHARE_MEASURED = "share_measured"
    APPROVAL_GIVEN = "approval_given"
    APPROVAL_VALID = "approval_valid"
    APPROVAL_EXPIRED = "approval_expired"
    OBSERVED = "observed"
    MEASURED = "measured"
    MEASURED_NONE = "measured_none"
    GONE_QUIET = "gone_quiet"
    STILL_ALIVE = "still_alive"
    NO_SIGN = "no_sign"
    YEAR_RUNNING = "year_running"


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of a judgement, with the values that its sentence quotes."""

    code: ReasonCode
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AimJudgement:
    """What one indicator says of a commitment for one year.

    ``progress`` is (v - b) / (t - b), uncapped; ``gap`` what is missing, in the unit; ``expected`` the value
    due in the year, and ``origin`` where it comes from. ``departure`` is the baseline that was counted from.
    """

    aim: Aim
    status: Status
    reasons: tuple[Reason, ...]
    reading: Reading | None = None
    target: Target | None = None
    threshold: Threshold | None = None
    departure: Baseline | None = None
    progress: Decimal | None = None
    gap: Decimal | None = None
    expected: Decimal | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on a commitment for a year, its reasons, and what each indicator said."""

    status: Status
    reasons: tuple[Reason, ...]
    aims: tuple[AimJudgement, ...] = ()

    @property
    def leading(self) -> AimJudgement | None:
        """Give the aim that a one-line summary should quote: the one that decided the verdict."""
        decisive = [said for said in self.aims if said.status is self.status]
        return next(iter(decisive or self.aims), None)


class Kind(Protocol):
    """How one kind of commitment is judged. Pure: the same inputs give the same verdict."""

    def judge(self, commitment: CommitmentRecord, year: int, today: date) -> Judgement:
        """Judge ``commitment`` for ``year``, as things stood at its end or stand ``today`` if it is not over."""
        ...


SEVERITY = (
    Status.OFF_TRACK,
    Status.BASELINE_NEEDED,
    Status.WATCH,
    Status.NOT_MEASURED,
    Status.UPCOMING,
    Status.ON_TRACK,
    Status.ACHIEVED,
    Status.NOT_APPLICABLE,
)


def least_favourable(said: tuple[AimJudgement, ...]) -> AimJudgement:
    """Give the judgement that weighs most: a promise with several targets is kept when all are.

    Raises:
        ValueError: when ``said`` is empty.
    """
    return min(said, key=lambda aim: SEVERITY.index(aim.status))
