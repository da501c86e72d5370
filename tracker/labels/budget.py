"""Money in words: sums of each tax regime side by side, full-time equivalents, where a sum stands in the accounts."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from tracker.domain.budget import Imputation, Sum
from tracker.domain.vocabulary import BudgetSection, TaxRegime
from tracker.labels.formats import quantity
from tracker.labels.language import N_, plural, semicolon, text, typeset
from tracker.labels.reasons import money
from tracker.labels.words import word

ACCOUNT_CODES: Sequence[tuple[str, str]] = (
    ("budget", N_("budget")),
    ("section", N_("section")),
    ("chapter", N_("chapitre")),
    ("function", N_("fonction")),
    ("nature", N_("nature")),
    ("policy", N_("politique")),
    ("programme", N_("programme")),
    ("manager", N_("service gestionnaire")),
)
"""The parts of an imputation and their names, in the order in which a deliberation gives them."""


def sum_phrase(told: Sum) -> str:
    """Write a sum with its tax regime; an amount that no text states is said to be unknown."""
    if told.amount is None:
        return text("montant inconnu")
    if told.tax is TaxRegime.UNSTATED:
        return text("{amount} ({regime})", amount=money(told.amount, None), regime=word(told.tax))
    return money(told.amount, told.tax)


def sums_phrase(sums: Mapping[TaxRegime, Decimal], unknown: int = 0) -> str:
    """Write sums side by side, never added across tax regimes, and how many amounts are unknown."""
    told = [sum_phrase(Sum(sums[tax], tax)) for tax in TaxRegime if tax in sums]
    if unknown:
        told.append(plural("{n} montant inconnu", "{n} montants inconnus", unknown, n=unknown))
    return semicolon().join(told) or text("aucun montant")


def fte_phrase(value: Decimal | None) -> str:
    """Write full-time equivalents: « 0,5 ETP »; a dash where none is told."""
    return "–" if value is None else quantity(value, "fte")


def imputation_phrase(line: Imputation) -> str:
    """Write where a sum stands in the accounts, in the codes that were given; empty without any."""
    told = [text("exercice {year}", year=line.year)] if line.year is not None else []
    for part, name in ACCOUNT_CODES:
        if code := getattr(line, part):
            shown = _section(code) if part == "section" else code
            told.append(shown if shown.lower().startswith(text(name)) else f"{text(name)} {shown}")
    return typeset(", ".join(told))


def _section(code: str) -> str:
    """Write a half of the budget, coded by a text that was read or typed in words."""
    return word(BudgetSection(code)) if code in set(BudgetSection) else code
