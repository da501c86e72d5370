"""What is said of an audit: its rate, how long it counts, what a file told otherwise."""

from datetime import date
from decimal import Decimal

from tracker.domain.rgaa import Ending, Rate, Standing, Validity
from tracker.domain.rgaa_results import agrees
from tracker.labels.formats import day, number, percent
from tracker.labels.language import N_, plural, text
from tracker.labels.words import word

TOPICS = (
    N_("Images"),
    N_("Cadres"),
    N_("Couleurs"),
    N_("Multimédia"),
    N_("Tableaux"),
    N_("Liens"),
    N_("Scripts"),
    N_("Éléments obligatoires"),
    N_("Structuration de l'information"),
    N_("Présentation de l'information"),
    N_("Formulaires"),
    N_("Navigation"),
    N_("Consultation"),
)
"""The topics of the RGAA 4, from the first on."""


def topic_name(topic: int) -> str:
    """Name a topic; by its number alone where it has no name here."""
    if topic <= len(TOPICS):
        return text(TOPICS[topic - 1])
    return text("Thématique {n}", n=topic)


def rate_shown(found: Rate) -> str:
    """Show a rate with one decimal, which no rate short of the half or of the whole is rounded up to.

    A dash where no criterion applies.
    """
    return "–" if found.value is None else percent(found.value)


def rate_phrase(found: Rate) -> str:
    """Say a rate with the criteria behind it; what nobody tested is not said to apply to nothing."""
    if found.value is None:
        return text("pas encore connu") if found.untested else text("aucun critère ne s'applique")
    return text(
        "{rate}, {met} critères respectés sur {applicable} applicables",
        rate=rate_shown(found),
        met=found.met,
        applicable=found.applicable,
    )


def told_sentence(told: Decimal | None, found: Rate) -> str:
    """Say whether the rate that a file tells is ours; nothing where it tells none."""
    if told is None:
        return ""
    if agrees(told, found):
        return text("Le fichier annonce {told} : c'est bien ce taux.", told=percent(told))
    return text(
        "Le fichier annonce {told}, et ses résultats donnent {ours} : c'est ce dernier taux qui compte.",
        told=percent(told),
        ours=rate_shown(found),
    )


def untested_sentence(found: Rate) -> str:
    """Say how many criteria are not tested everywhere; nothing where all are."""
    if not found.untested:
        return ""
    return plural(
        "{n} critère reste non testé sur une page au moins : l'audit n'est pas terminé.",
        "{n} critères restent non testés sur une page au moins : l'audit n'est pas terminé.",
        found.untested,
        n=number(Decimal(found.untested)),
    )


def validity_sentence(counts: Validity, on: date) -> str:
    """Say until when an audit counts, or counted, and why."""
    if counts.until < on:
        return text("Il a compté jusqu'au {until}, {ending}.", until=day(counts.until), ending=word(counts.ending))
    return text("Il compte jusqu'au {until}, {ending}.", until=day(counts.until), ending=word(counts.ending))


def standing_sentence(state: Standing) -> str:
    """Say the legal state of a service, and why."""
    return text("{state}, {reason}.", state=word(state.conformity).capitalize(), reason=word(state.reason))


def foreseen_sentence(counts: Validity, then: Validity, supposed: str, version: str) -> str:
    """Say what the next version of the RGAA would change, if it came out on the day ``supposed``."""
    if then.ending is not Ending.NEW_VERSION or then.until >= counts.until:
        return text(
            "Si le RGAA {version} paraît le {supposed}, rien ne change pour cet audit : il compte jusqu'au {until}.",
            version=version,
            supposed=supposed,
            until=day(counts.until),
        )
    return text(
        "Si le RGAA {version} paraît le {supposed}, il ne compte plus que jusqu'au {until}, dix-huit mois après.",
        version=version,
        supposed=supposed,
        until=day(then.until),
    )
