"""The words that the documents of plans and memberships share: amounts in a table, means, what is invented."""

from decimal import Decimal

from tracker.domain.actions import Means
from tracker.labels.budget import sum_phrase
from tracker.labels.formats import quantity
from tracker.labels.language import text


def euros(amount: Decimal | None) -> str:
    """Write an amount without its tax regime, for a table that has it beside; « non renseigné » where unknown."""
    return text("non renseigné") if amount is None else quantity(amount, "eur")


def posts(amount: Decimal | None) -> str:
    """Write full-time equivalents; « non renseigné » where unknown."""
    return text("non renseigné") if amount is None else quantity(amount, "fte")


def costs_phrase(means: Means) -> str:
    """Say what an action costs, planned then spent: « prévu 4 000 € TTC, dépensé 3 900 € TTC »."""
    return text(
        "prévu : {planned} ; dépensé : {spent}", planned=sum_phrase(means.to_spend), spent=sum_phrase(means.paid)
    )


def posts_phrase(means: Means) -> str:
    """Say the full-time equivalents of an action, planned then spent."""
    return text(
        "prévus : {planned} ; employés : {spent}", planned=posts(means.fte_planned), spent=posts(means.fte_spent)
    )


def fiction_sentence(name: str) -> str:
    """Say that an authority and its figures are invented."""
    return text("Données fictives : {name} n'existe pas, ses actions et ses chiffres sont inventés.", name=name)
