"""Reads what became of the vote: adopted or not, unanimously or not, and the counts that the text states."""

import re
from collections.abc import Sequence

from tracker.domain.intakes import Found, Votes
from tracker.domain.vocabulary import VoteOutcome
from tracker.importers.deliberations.spelling import folded
from tracker.importers.deliberations.structure import Placed, Zone

_OUTCOMES = (
    (VoteOutcome.WITHDRAWN, re.compile(r"\b(?:rapport|deliberation|proposition|projet)[^.]{0,60}\bretiree?\b")),
    (VoteOutcome.POSTPONED, re.compile(r"\b(?:ajournee?|reportee?) (?:a|au) (?:une|la|prochaine|un)")),
    (VoteOutcome.REJECTED, re.compile(r"\b(?:rejet(?:te|tee|e|ee)|n'est pas adoptee?|non adoptee?)\b")),
    (VoteOutcome.ADOPTED, re.compile(
        r"\b(?:est|ete|a|mise? aux voix)[^.]{0,40} adoptee?\b|\badopte(?:e|s|es)? ?(?:a |par |,|\.|$)"
        r"|\badopte (?:a|par|la|le)|"
        r"approuve[^.]{0,30} a l'unanimite|a l'unanimite|a la majorite|decide(?:nt)? par \d|par \d+ voix pour")),
)  # fmt: skip
_COUNTS = {
    "voters": re.compile(
        r"\b(?:nombre de )?(?:votants|suffrages exprimes)[^\d:]{0,10}:? ?(\d{1,3})\b"
        r"|\b(\d{1,3}) (?:votants|suffrages exprimes)"
    ),
    "in_favour": re.compile(
        r"\b(?:voix )?pour[^\d:.]{0,12}:? ?(\d{1,3})\b(?! ?(?:contre|abst|h\b))"
        r"|\b(\d{1,3}) (?:voix )?(?:pour\b(?! ?:)|favorables)"
    ),
    "against": re.compile(r"\bcontre[^\d:.]{0,12}: ?(\d{1,3})\b|\b(\d{1,3}) (?:voix )?contre\b(?! ?[:\d])"),
    "abstentions": re.compile(r"\babstention(?:s|\(s\))?[^\d:.]{0,12}: ?(\d{1,3})\b|\b(\d{1,3}) abstentions?\b(?! ?:)"),
}
_NONE = {
    "against": re.compile(r"\bcontre ?: ?(?:neant|aucune?)\b"),
    "abstentions": re.compile(r"\babstentions?(?:\(s\))? ?: ?(?:neant|aucune?)\b"),
}
_AGAINST_EACH_OTHER = re.compile(r"\badopte\w* (?:par |a la majorite (?:de |par ))(\d{1,3}) voix contre (\d{1,3})\b")
_UNANIMOUS = re.compile(r"\ba l'unanimite\b|\bunanimement\b")
_VOTE = re.compile(r"\b(?:vot\w+|voix|adopt\w+|unanimite|majorite|pour ?:|contre ?:|abstention\w*|suffrages)")


def outcome(told: Sequence[Placed]) -> Found[VoteOutcome] | None:
    """Give what became of the text, from its end first."""
    for one in _ends(told):
        bare = folded(one.text)
        for said, pattern in _OUTCOMES:
            if pattern.search(bare):
                return Found(said, one.passage())
    return None


def votes(told: Sequence[Placed]) -> Found[Votes] | None:
    """Give the counts that the text states, read together where they stand on several lines; None without any."""
    counts: dict[str, int] = {}
    first: Placed | None = None
    is_unanimous = False
    for one in _ends(told, has_heading=True):
        bare = folded(one.text)
        if not _VOTE.search(bare):
            continue
        said = {name: count for name, count in _counted(bare).items() if name not in counts}
        if said or _UNANIMOUS.search(bare):
            first = first or one
        counts.update(said)
        is_unanimous = is_unanimous or bool(_UNANIMOUS.search(bare))
    if first is None:
        return None
    return Found(Votes(**counts, is_unanimous=is_unanimous), first.passage())


def _counted(bare: str) -> dict[str, int]:
    told = {}
    both = _AGAINST_EACH_OTHER.search(bare)
    if both:
        told = {"in_favour": int(both[1]), "against": int(both[2])}
    for name, pattern in _COUNTS.items():
        found = pattern.search(bare)
        if found and name not in told:
            told[name] = int(found[1] or found[2])
    return told | {name: 0 for name, pattern in _NONE.items() if pattern.search(bare)}


def _ends(told: Sequence[Placed], *, has_heading: bool = False) -> list[Placed]:
    """Give the paragraphs that tell the vote: the end, then the words that decide, then the heading if asked."""
    zones = (Zone.ENDS, Zone.BETWEEN, Zone.DECIDES, *((Zone.HEADING,) if has_heading else ()))
    return [
        one
        for zone in zones
        for one in told
        if one.zone is zone and (zone is not Zone.HEADING or "votant" in folded(one.text))
    ]
