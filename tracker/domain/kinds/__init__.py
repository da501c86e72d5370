"""The kinds of commitment, one file each, and the registry that judges any of them."""

from collections.abc import Mapping
from datetime import date

from tracker.domain.judgement import Judgement, Kind, Reason, ReasonCode
from tracker.domain.kinds.approval import Approval
from tracker.domain.kinds.continuous import Continuous
from tracker.domain.kinds.directional import Directional
from tracker.domain.kinds.milestone import Milestone
from tracker.domain.kinds.quantified import Quantified
from tracker.domain.kinds.renewal import Renewal
from tracker.domain.records import CommitmentRecord
from tracker.domain.vocabulary import CommitmentKind, Status

KINDS: Mapping[CommitmentKind, Kind] = {
    CommitmentKind.QUANTIFIED: Quantified(),
    CommitmentKind.DIRECTIONAL: Directional(),
    CommitmentKind.MILESTONE: Milestone(),
    CommitmentKind.RENEWAL: Renewal(),
    CommitmentKind.APPROVAL: Approval(),
    CommitmentKind.CONTINUOUS: Continuous(),
}


def judge(commitment: CommitmentRecord, year: int, today: date) -> Judgement:
    """Judge ``commitment`` for ``year`` as things stood at its end, or today if it is not over.

    A year before the vote judges nothing: the commitment is upcoming.
    """
    voted_on = commitment.deliberation.adopted_on
    if voted_on.year > year:
        return Judgement(Status.UPCOMING, (Reason(ReasonCode.VOTED_LATER, {"on": voted_on}),))
    return KINDS[commitment.kind].judge(commitment, year, today)
