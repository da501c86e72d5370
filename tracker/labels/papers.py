"""The words that the documents of plans and memberships share: money, posts, accounts, what is invented."""

from collections.abc import Sequence
from decimal import Decimal

from tracker.domain.actions import Means
from tracker.domain.budget import Imputation, Sum
from tracker.domain.vocabulary import TaxRegime
from tracker.labels.formats import quantity
from tracker.labels.language import N_, text, typeset
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


def sum_phrase(given: Sum) -> str:
    """Write a sum with its tax regime, also where no text states it; « montant non renseigné » without an amount."""
    if given.amount is None:
        return text("montant non renseigné")
    told = "{amount} ({tax})" if given.tax is TaxRegime.UNSTATED else "{amount} {tax}"
    return told.format(amount=euros(given.amount), tax=word(given.tax))


def euros(amount: Decimal | None) -> str:
    """Write an amount without its tax regime, for a table that has it beside; « non renseigné » where unknown."""
    return text("non renseigné") if amount is None else quantity(amount, "eur")


def posts(amount: Decimal | None) -> str:
    """Write full-time equivalents; « non renseigné » where unknown."""
    return text("non renseigné") if amount is None else quantity(amount, "fte")


def means_phrase(means: Means) -> str:
    """Say what an action costs, planned then spent: « prévu 4 000 € TTC, dépensé 3 900 € TTC »."""
    return text(
        "prévu : {planned} ; dépensé : {spent}", planned=sum_phrase(means.to_spend), spent=sum_phrase(means.paid)
    )


def posts_phrase(means: Means) -> str:
    """Say the full-time equivalents of an action, planned then spent."""
    return text(
        "prévus : {planned} ; employés : {spent}", planned=posts(means.fte_planned), spent=posts(means.fte_spent)
    )


def imputation_phrase(line: Imputation) -> str:
    """Say where a sum stands in the accounts, with the codes that were stated."""
    told = [text("exercice {year}", year=line.year)] if line.year is not None else []
    told += [f"{text(name)} {typeset(code)}" for part, name in ACCOUNT_CODES if (code := getattr(line, part))]
    return ", ".join(told)


def fiction_sentence(name: str) -> str:
    """Say that an authority and its figures are invented."""
    return text("Données fictives : {name} n'existe pas, ses actions et ses chiffres sont inventés.", name=name)
