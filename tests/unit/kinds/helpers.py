"""One commitment of a kind, judged, and what its verdict says."""

from datetime import date

from tests.factories import make_commitment
from tracker.domain.judgement import Judgement, ReasonCode
from tracker.domain.kinds import judge
from tracker.domain.vocabulary import CommitmentKind, FindingState, Status

TODAY = date(2026, 11, 22)
DONE, NOT_DONE, DECIDED, PAID, OBSERVED = FindingState
QUANTIFIED, DIRECTIONAL, MILESTONE, RENEWAL, APPROVAL, CONTINUOUS = CommitmentKind


def verdict(kind: CommitmentKind, year: int = 2025, today: date = TODAY, **what: object) -> Judgement:
    return judge(make_commitment(kind, **what), year, today)


def codes(said: Judgement) -> list[ReasonCode]:
    return [reason.code for reason in said.reasons]


def told(said: Judgement) -> tuple[Status, list[ReasonCode]]:
    return said.status, codes(said)
