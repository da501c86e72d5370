"""What the registers of services, of AI systems and of mediation places say of the indicators, by its two terms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from tracker.domain.ai_register import AiRecord, AiState, CharterOpinion, YesNo

WHOLE = Decimal(100)
SCALE = (Decimal(0), Decimal(10))
"""The scale of ACC-11, from its lowest to its highest score."""


class Lacking(StrEnum):
    """Why a register gives no value of an indicator."""

    NOTHING = "nothing"
    UNTOLD = "untold"


@dataclass(frozen=True, slots=True)
class Counted:
    """A value of an indicator: ``n`` of the ``whole`` entries of a register say what it takes.

    It is given by its two terms, or as a plain ``value``; with neither, ``lacking`` says why.
    """

    code: str
    n: int = 0
    whole: int = 0
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None
    lacking: Lacking | None = None

    @property
    def coverage(self) -> Decimal | None:
        """Give the share of the entries that it rests on, in per cent."""
        return (WHOLE * self.n / self.whole).quantize(Decimal("0.1")) if self.whole else None


@dataclass(frozen=True, slots=True)
class Evaluated:
    """The evaluation of a service by its users in a year: mean score, number of answers, and the ends of its scale."""

    service: int
    score: Decimal | None
    respondents: int | None
    low: Decimal = SCALE[0]
    high: Decimal = SCALE[1]


def classified(systems: Sequence[AiRecord], day: date) -> Counted:
    """Give ETH-01: the systems whose sheet is whole, over those that are known."""
    within = [one for one in systems if one.is_within(day)]
    return _share("ETH-01", sum(one.is_classified for one in within), len(within), len(within))


def reviewed(systems: Sequence[AiRecord], day: date) -> Counted:
    """Give ETH-02: the systems that were reviewed against the charter before they were used, over those that say.

    A system in use whose first day is unknown does not say whether its review came before.
    """
    within = [one for one in systems if one.is_within(day)]
    told = [one for one in within if _tells_review(one)]
    return _share("ETH-02", sum(_was_reviewed(one, day) for one in told), len(told), len(within))


def published(systems: Sequence[AiRecord], day: date) -> Counted:
    """Give ETH-03: the systems with their rules online, over those that individual decisions rest on."""
    within = [one for one in systems if one.is_within(day) and one.decides is not YesNo.NO]
    told = [one for one in within if one.decides is YesNo.YES]
    return _share("ETH-03", sum(bool(one.rules_url) for one in told), len(told), len(within))


def disclosed(systems: Sequence[AiRecord], day: date) -> Counted:
    """Give ETH-04: the conversational systems in use that say what they are, over those whose notice is known."""
    bots = [
        one
        for one in systems
        if one.is_within(day) and one.state is AiState.IN_USE and one.is_conversational is YesNo.YES
    ]
    told = [one for one in bots if one.notice is not YesNo.UNKNOWN]
    return _share("ETH-04", sum(one.notice is YesNo.YES for one in told), len(told), len(bots))


def satisfaction(evaluations: Sequence[Evaluated], services: int) -> Counted:
    """Give ACC-11: the sum of the scores over the answers, of the evaluations on its own scale.

    ``services`` counts those that were online: a score on another scale is not turned into this one.
    """
    kept = [
        (one.score, one.respondents)
        for one in evaluations
        if one.score is not None and one.respondents and (one.low, one.high) == SCALE
    ]
    if not kept:
        return Counted("ACC-11", 0, services, lacking=Lacking.UNTOLD if evaluations else Lacking.NOTHING)
    total = sum((score * n for score, n in kept), Decimal(0))
    answers = sum(n for _, n in kept)
    return Counted("ACC-11", len(kept), max(services, len(kept)), total.normalize(), Decimal(answers))


def helped(counts: Sequence[int | None]) -> Counted:
    """Give ACC-13: the people that the places helped, once each has told how many: a part of a count is no count."""
    told = [one for one in counts if one is not None]
    if not told or len(told) < len(counts):
        return Counted("ACC-13", len(told), len(counts), lacking=Lacking.UNTOLD if counts else Lacking.NOTHING)
    return Counted("ACC-13", len(told), len(counts), value=Decimal(sum(told)))


def _share(code: str, part: int, told: int, whole: int) -> Counted:
    if not told:
        return Counted(code, 0, whole, lacking=Lacking.UNTOLD if whole else Lacking.NOTHING)
    return Counted(code, told, whole, Decimal(part), Decimal(told))


def _tells_review(one: AiRecord) -> bool:
    if one.charter_opinion is CharterOpinion.UNKNOWN:
        return False
    is_review_dated = one.charter_on is not None and one.started_on is not None
    return one.charter_opinion is CharterOpinion.NOT_REVIEWED or one.state is AiState.PROJECT or is_review_dated


def _was_reviewed(one: AiRecord, day: date) -> bool:
    if one.charter_opinion is CharterOpinion.NOT_REVIEWED or one.charter_on is None or one.charter_on > day:
        return False
    return one.started_on is None or one.charter_on <= one.started_on
