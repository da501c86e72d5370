"""What is told beside the values that statements, schemes and complaints give: kept with them, in French."""

from datetime import date

from tracker.domain.complaints import AnswerTime
from tracker.labels.formats import day
from tracker.labels.language import speaking, text

SOURCE = "calculé d'après les déclarations, le schéma et les réclamations"
"""What these values say of where they come from; it is kept with them, in French."""


def statements_comment(on: date) -> str:
    """Say on which day the statements in force were counted."""
    with speaking("fr"):
        return text("Déclarations en cours de validité le {on}, sur les services en ligne recensés.", on=day(on))


def complaints_comment(found: AnswerTime) -> str:
    """Say on how many complaints the mean rests."""
    with speaking("fr"):
        return text(
            "{answered} réclamations avec une réponse sur {received} reçues.",
            answered=found.answered,
            received=found.received,
        )


def scheme_comment(on: date) -> str:
    """Say on which day the scheme and the plan were looked for."""
    with speaking("fr"):
        return text("Schéma et plan de l'année avec son bilan, en ligne le {on}.", on=day(on))


def no_service() -> str:
    """Say why no share of statements is given."""
    return text("Aucun service n'était en ligne : il n'y a rien à compter.")


def no_answer(found: AnswerTime) -> str:
    """Say why no mean time is given."""
    if found.received:
        return text("Aucune réclamation de l'année n'avait encore de réponse.")
    return text("Aucune réclamation de l'année n'est enregistrée.")


def no_scheme() -> str:
    """Say why nothing is given of the scheme and the plan."""
    return text("Aucun schéma ni plan n'est enregistré : ce n'est pas « non ».")
