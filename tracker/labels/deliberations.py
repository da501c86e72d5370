"""What a deliberation holds, in words: its vote, what other texts do to it."""

from collections.abc import Mapping
from typing import Protocol

from tracker.domain.vocabulary import RelationKind, VoteOutcome
from tracker.labels.language import N_, plural, text
from tracker.labels.words import word

_DONE_TO: Mapping[RelationKind, str] = {
    RelationKind.RENEWS: N_("renouvelée par"),
    RelationKind.AMENDS: N_("modifiée par"),
    RelationKind.REFERS_TO: N_("citée par"),
}


class Voted(Protocol):
    """The counts of a vote, None for one that is not known."""

    outcome: str
    votes_for: int | None
    votes_against: int | None
    abstentions: int | None


def vote_outcome(voted: Voted) -> str:
    """Say how a vote ended: « adoptée », "" where nothing is known."""
    return word(VoteOutcome(voted.outcome)) if voted.outcome in set(VoteOutcome) else ""


def vote_counts(voted: Voted) -> str:
    """Say the counts of a vote that are known: « 25 pour, 10 contre, 5 abstentions »."""
    told = []
    if voted.votes_for is not None:
        told.append(text("{n} pour", n=voted.votes_for))
    if voted.votes_against is not None:
        told.append(text("{n} contre", n=voted.votes_against))
    if voted.abstentions is not None:
        told.append(plural("{n} abstention", "{n} abstentions", voted.abstentions, n=voted.abstentions))
    return ", ".join(told)


def vote_phrase(voted: Voted) -> str:
    """Say how a vote ended and its counts: « adoptée (25 pour, 10 contre, 5 abstentions) »."""
    outcome, counts = vote_outcome(voted), vote_counts(voted)
    if outcome and counts:
        return text("{outcome} ({counts})", outcome=outcome, counts=counts)
    return outcome or counts


def done_to(kind: RelationKind) -> str:
    """Say what another text does to the one being read: « renouvelée par »."""
    return text(_DONE_TO[kind])
