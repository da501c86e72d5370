"""Finds the other deliberations that a text cites, and whether it renews, amends or only refers to them."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from tracker.domain.intakes import ProposedReference
from tracker.domain.vocabulary import RelationKind
from tracker.importers.deliberations.dates import dates
from tracker.importers.deliberations.headings import body_name
from tracker.importers.deliberations.spelling import folded
from tracker.importers.deliberations.structure import Placed, Zone

_CITED = re.compile(r"\b(?:la|les|ladite|une|sa|cette|par|de|des)? ?deliberations?\b(?! ci-)")
_CODE = r"(?:[a-z]{1,5}[ -]?)?\d[\w./-]*\d[\w./-]*"
_NUMBER = re.compile(rf" ?(?:(?:cadre |modifiee |susvisee )?n ?[°o]s? ?|numero ?)({_CODE})|^ ({_CODE}(?=[ ,;.)]|$))")
_SUBJECT = re.compile(
    r"\b(?:portant(?: sur)?|relative? (?:a|au|aux)|approuvant|concernant|fixant|adoptant|autorisant|decidant)\b ?"
)
_AMENDS = re.compile(r"\b(?:modifi\w*|abrog\w*|complet\w*|rapport(?:er|ant|e) la|annul\w*|remplac\w*)\b[^.;]{0,40}$")
_AMENDED_BY = re.compile(r",? ?\b(?:modifiee?s?|completee?s?|abrogee?s?|annulee?s?|remplacee?s?) par (?:la |les )?$")
_AMENDED = re.compile(r"\bmodifi(?:cation|e|er|ant)|\bavenant\b|\babrog")
_RENEWS = re.compile(r"\brenouvell?e|\brenouv\w*ment|\breconduc|\bprolong")
_RENEWABLE = re.compile(r"\b(?:adhesion|cotisation|convention|abonnement|partenariat|participation|subvention|adherer)")
_WORD = re.compile(r"[a-z0-9]{4,}")
_REACH = 420
_USUAL = frozenset({
    "adhesion", "annee", "approbation", "association", "avec", "communaute", "commune", "conseil", "convention",
    "cotisation", "dans", "departement", "dite", "marseille", "metropole", "paiement", "portant", "pour",
    "provence", "relative", "renouvellement", "ville",
})  # fmt: skip


def references(told: Sequence[Placed], title: str, own_number: str | None) -> tuple[ProposedReference, ...]:
    """Give each deliberation cited with a number or a date; the same number twice is one, at its first place."""
    found: dict[tuple[str | None, date | None], ProposedReference] = {}
    order = {Zone.FOUNDED: 0, Zone.REPORT: 2}
    for one in sorted(told, key=lambda one: order.get(one.zone, 1)):
        if one.zone is Zone.HEADING:
            continue
        for cited in _cited(one, title):
            key = (cited.number, None if cited.number else cited.adopted_on)
            if cited.number != own_number or cited.number is None:
                found.setdefault(key, cited)
    return tuple(sorted(found.values(), key=lambda one: one.passage.paragraph))


def _cited(one: Placed, title: str) -> Iterator[ProposedReference]:
    bare = folded(one.text)
    places = list(_CITED.finditer(bare))
    for rank, at in enumerate(places):
        following = places[rank + 1].start() if rank + 1 < len(places) else len(bare)
        semicolon = bare.find(" ;", at.end())
        end = min(following, at.end() + _REACH, semicolon if semicolon > 0 else len(bare))
        text = one.text[at.end() : end]
        number = _NUMBER.match(folded(text))
        code = None
        if number:
            group = 1 if number[1] else 2
            code = text[number.start(group) : number.end(group)].rstrip(".-/ ")
        day = next((told for start, _, told in dates(text) if start < 160), None)
        if (code is None or not re.search(r"\d{2}", code)) and day is None:
            continue
        subject = _subject(text)
        before = bare[max(0, at.start() - 60) : at.start()]
        yield ProposedReference(_kind(title, subject, before), code, day, body_name(text[:160]), subject, one.passage())


def _subject(text: str) -> str | None:
    """Give what follows « portant », « relative à », to the end of the sentence."""
    at = _SUBJECT.search(folded(text))
    if at is None:
        return None
    said = re.split(r" ;|;|\.(?:\s|$)|, (?=vu\b)", text[at.end() :])[0].rstrip()
    amended = _AMENDED_BY.search(folded(f"{said} "))
    said = (said[: amended.start()] if amended else said).strip(" ,.:")
    return said[:1].upper() + said[1:] if said else None


def _kind(title: str, subject: str | None, before: str) -> RelationKind:
    """Tell what is done to a text cited: amended as the words before say, renewed where both speak of one thing."""
    bare, about = folded(title), folded(subject or "")
    shared = (set(_WORD.findall(bare)) & set(_WORD.findall(about))) - _USUAL
    if (_AMENDS.search(before) and not _AMENDED_BY.search(before)) or (_AMENDED.search(bare) and len(shared) > 1):
        return RelationKind.AMENDS
    if _RENEWS.search(bare) and _RENEWABLE.search(about) and shared:
        return RelationKind.RENEWS
    return RelationKind.REFERS_TO
