"""Finds the sums in euros of a text, whether they are with tax or without, and the year that they are for."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from tracker.domain.intakes import ProposedAmount
from tracker.domain.vocabulary import TaxRegime
from tracker.importers.deliberations.spelling import folded
from tracker.importers.deliberations.structure import Placed

_NUMBER = r"\d{1,3}(?:[ .]\d{3}){1,4}(?!\d)|\d{1,12}"
_SUM = re.compile(
    rf"(?<![\d,./-])({_NUMBER})(?: ?, ?(\d{{1,2}})|\.(\d{{2}}))? ?"
    r"(millions? d'|milliards? d'|m|k)? ?(?:€|euros?\b|eur\b)"
)
_SCALES = {
    "": Decimal(1),
    "k": Decimal(1_000),
    "m": Decimal(1_000_000),
    "million": Decimal(1_000_000),
    "milliard": Decimal(1_000_000_000),
}
_WITH_TAX = r"t ?\.? ?t ?\.? ?c\b|toutes taxes comprises"
_WITHOUT_TAX = r"h ?\.? ?t\b(?! ?\.? ?v)|hors taxes?|hors tva|htva"
_AFTER = re.compile(rf"[ .,(]{{0,3}}(?:(?P<ttc>{_WITH_TAX})|(?P<ht>{_WITHOUT_TAX}))")
_BEFORE = re.compile(
    rf"\b(?:(?P<ttc>{_WITH_TAX})|(?P<ht>{_WITHOUT_TAX})) ?(?:de|d'un montant de|est de|s'eleve a|:"
    rf"|annuel de|total de)? ?$"
)
_YEAR = re.compile(
    r"\b(?:annees?|exercices?|cotisation(?: annuelle)?|budget(?: primitif| principal)?|adhesion"
    r"|titre de|bp|pour|en) (?:l'annee |l'exercice |de l'annee )?(20\d\d)\b"
)
_SENTENCE = re.compile(r"(?<=[.;!?]) (?=[A-ZÀ-Þ«])(?!TTC)")


def amounts(told: Sequence[Placed]) -> Iterator[ProposedAmount]:
    """Give each sum, where it stands."""
    for one in told:
        bare = folded(one.text)
        for found in _SUM.finditer(bare):
            euros = _euros(found)
            yield ProposedAmount(euros, _tax(bare, found), _year(one.text, bare, found), one.passage())


def _euros(found: "re.Match[str]") -> Decimal:
    whole = re.sub(r"[ .]", "", found[1])
    cents = found[2] or found[3]
    scale = re.sub(r"s? d'", "", found[4] or "")
    return Decimal(f"{whole}.{cents}" if cents else whole) * _SCALES[scale]


def _tax(bare: str, found: "re.Match[str]") -> TaxRegime:
    """Read the tax regime right after the sum, else right before it; nothing is inferred from farther away."""
    said = _AFTER.match(bare, found.end()) or _BEFORE.search(bare, max(0, found.start() - 60), found.start())
    if said is None:
        return TaxRegime.UNSTATED
    return TaxRegime.INCLUSIVE if said["ttc"] else TaxRegime.EXCLUSIVE


def _year(text: str, bare: str, found: "re.Match[str]") -> int | None:
    """Give the one year that the sentence of the sum says that it is for."""
    starts = [0, *(at.end() for at in _SENTENCE.finditer(text))]
    start = max(at for at in starts if at <= found.start())
    end = min((at for at in starts if at > found.start()), default=len(bare))
    years = {int(year[1]) for year in _YEAR.finditer(bare, start, end)}
    return years.pop() if len(years) == 1 else None
