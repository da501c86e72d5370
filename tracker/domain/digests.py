"""Digests: what happened to one commitment between two moments, as each of them knew it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from tracker.domain.kinds import judge
from tracker.domain.periods import last_full_year
from tracker.domain.records import Aim, CommitmentRecord, Finding, Reading
from tracker.domain.targets import Target
from tracker.domain.vocabulary import TYPED_ABSENCES, Absence, Status


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A year of an indicator that does not say what it said: None where nothing is said of the year."""

    aim: Aim
    year: int
    before: Reading | None
    after: Reading | None


@dataclass(frozen=True, slots=True)
class NewTarget:
    """A version of a target that was not there before."""

    aim: Aim
    target: Target


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, with the question that it answers."""

    question: str
    answer: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class News:
    """What happened to a commitment; ``before`` is None when it was not voted yet, ``year`` is the one judged."""

    commitment: CommitmentRecord
    year: int
    status: Status
    before: Status | None
    values: tuple[ValueChange, ...] = ()
    targets: tuple[NewTarget, ...] = ()
    findings: tuple[Finding, ...] = ()
    replies: tuple[Reply, ...] = ()

    @property
    def has_moved(self) -> bool:
        """Tell whether its state is another one."""
        return self.status is not self.before

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to say."""
        return not (self.has_moved or self.values or self.targets or self.findings or self.replies)


def judged_year(commitment: CommitmentRecord, today: date) -> int:
    """Give the year that a commitment is judged for on ``today``: the last full one, or that of its vote if later."""
    return max(last_full_year(today), commitment.deliberation.adopted_on.year)


def news(
    then: CommitmentRecord | None,
    now: CommitmentRecord,
    since: date,
    today: date,
    replies: Sequence[Reply] = (),
) -> News:
    """Compare a commitment as it was known on ``since`` with what is known ``today``, judged for the same year.

    Each is judged as of its own day, so that a date which passed in between tells too.
    """
    year = judged_year(now, today)
    status = judge(now, year, today).status
    if then is None:
        return News(now, year, status, None, replies=tuple(replies))
    known = {aim.indicator.code: aim for aim in then.aims}
    pairs = [(aim, known.get(aim.indicator.code)) for aim in now.aims]
    return News(
        now,
        year,
        status,
        judge(then, year, since).status,
        tuple(change for aim, old in pairs for change in _values(aim, old)),
        tuple(NewTarget(aim, target) for aim, old in pairs for target in _added(aim, old)),
        tuple(fact for fact in now.findings if fact not in then.findings),
        tuple(replies),
    )


def _values(aim: Aim, old: Aim | None) -> Iterator[ValueChange]:
    before = {} if old is None else old.readings
    for year in sorted({*before, *aim.readings}):
        was, now = before.get(year), aim.readings.get(year)
        if _told(was) != _told(now):
            yield ValueChange(aim, year, was, now)


def _told(reading: Reading | None) -> Decimal | Absence | None:
    """Give what a reading says: that a formula lacks an input says nothing by itself."""
    if reading is None:
        return None
    if reading.value is not None:
        return reading.value
    return reading.absence if reading.absence in TYPED_ABSENCES else None


def _added(aim: Aim, old: Aim | None) -> Sequence[Target]:
    known = {target.version for target in old.targets} if old else set()
    return [target for target in aim.targets if target.version not in known]
