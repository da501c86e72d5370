"""A deadline in words: what is due, whose it is, how late it is."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from tracker.domain.deadlines import Deadline, DeadlineKind
from tracker.labels.formats import day, due_phrase, number
from tracker.labels.language import N_, plural, say, text, typeset

KINDS: Mapping[DeadlineKind, str] = {
    DeadlineKind.CAMPAIGN: N_("Campagne"),
    DeadlineKind.REVIEW: N_("Débat sur le bilan"),
    DeadlineKind.VOTED: N_("Échéance votée"),
    DeadlineKind.TARGET: N_("Objectif"),
    DeadlineKind.APPROVAL: N_("Homologation"),
    DeadlineKind.RENEWAL: N_("Renouvellement"),
    DeadlineKind.MEMBERSHIP: N_("Adhésion"),
    DeadlineKind.ACTION: N_("Action"),
    DeadlineKind.STEP: N_("Étape d'une action"),
    DeadlineKind.SESSION: N_("Commission d'homologation"),
    DeadlineKind.SERVICE: N_("Homologation d'un service"),
    DeadlineKind.GAP: N_("Écart d'accessibilité"),
    DeadlineKind.COMPLAINT: N_("Réclamation d'accessibilité"),
}
_TITLES: Mapping[DeadlineKind, str] = {
    DeadlineKind.CAMPAIGN: N_("Campagne {year} : dernier jour pour soumettre"),
    DeadlineKind.REVIEW: N_("Débat sur le bilan {year}"),
    DeadlineKind.VOTED: N_("Échéance : {title}"),
    DeadlineKind.TARGET: N_("Échéance de l'objectif : {title}"),
    DeadlineKind.APPROVAL: N_("Fin de validité : {title}"),
    DeadlineKind.RENEWAL: N_("À renouveler : {title}"),
    DeadlineKind.MEMBERSHIP: N_("Adhésion {year} à décider : {title}"),
    DeadlineKind.ACTION: N_("Fin de l'action : {title}"),
    DeadlineKind.STEP: N_("Étape : {title}"),
    DeadlineKind.SESSION: N_("Séance de la commission d'homologation"),
    DeadlineKind.SERVICE: N_("Fin de l'homologation : {title}"),
    DeadlineKind.GAP: N_("Écart d'accessibilité à traiter : {title}"),
    DeadlineKind.COMPLAINT: N_("Réclamation d'accessibilité à traiter : {title}"),
}
_SHARED: Mapping[DeadlineKind, str] = {
    DeadlineKind.CAMPAIGN: N_("Tous les services qui saisissent"),
    DeadlineKind.REVIEW: N_("L'assemblée délibérante"),
    DeadlineKind.SESSION: N_("La commission d'homologation"),
}


def deadline_kind(kind: DeadlineKind) -> str:
    """Name what is due."""
    return text(KINDS[kind])


def deadline_title(deadline: Deadline) -> str:
    """Say what is due in one line: « Fin de l'action : Reconditionner les écrans »."""
    return text(_TITLES[deadline.kind], title=say(deadline.title), year=deadline.year)


def deadline_day(deadline: Deadline) -> str:
    """Write the day no more precisely than the text that sets it."""
    return due_phrase(deadline.on, deadline.precision) if deadline.precision else day(deadline.on)


def lateness(on: date, today: date) -> str:
    """Say how long ago a day was; empty for one that is not past."""
    days = (today - on).days
    return plural("en retard de {n} jour", "en retard de {n} jours", days, n=number(Decimal(days))) if days > 0 else ""


def whose(deadline: Deadline, departments: Mapping[str, str]) -> str:
    """Say whom a deadline waits for: departments by their names, the one that leads first, and the function that leads.

    ``departments`` gives names by code.
    """
    if deadline.kind in _SHARED:
        return text(_SHARED[deadline.kind])
    names = [typeset(departments.get(code, code)) for code in deadline.departments]
    pilot = text("pilote : {pilot}", pilot=deadline.pilot) if deadline.pilot else ""
    return ", ".join(filter(None, (*names, pilot))) or text("Aucun service désigné")


def deadline_detail(deadline: Deadline, departments: Mapping[str, str]) -> str:
    """Say what an agenda shows under the title: the words of the vote, the action of a step, whom it waits for."""
    if deadline.kind is DeadlineKind.CAMPAIGN:
        return text("Les relevés de {year} sont à saisir et à soumettre ce jour au plus tard.", year=deadline.year)
    if deadline.kind is DeadlineKind.REVIEW:
        return text("Le bilan de la stratégie numérique responsable {year} est débattu.", year=deadline.year)
    if deadline.kind is DeadlineKind.STEP:
        told = text("Action : {title}", title=say(deadline.detail))
        return "\n".join((told, whose(deadline, departments)))
    if deadline.kind in {DeadlineKind.ACTION, DeadlineKind.SERVICE, DeadlineKind.SESSION, DeadlineKind.COMPLAINT}:
        return whose(deadline, departments)
    return say(deadline.detail)
