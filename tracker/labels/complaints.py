"""Complaints about accessibility in words: how one stands, how long the answers of a year took."""

from datetime import date
from decimal import Decimal

from tracker.domain.complaints import AnswerTime, Complaint
from tracker.labels.deadlines import lateness
from tracker.labels.formats import day, number
from tracker.labels.language import plural, text
from tracker.labels.words import word


def complaint_sentence(one: Complaint, today: date) -> str:
    """Say how a complaint stands: « Reçue le 3 mars 2026, répondue en 5 jours : défaut corrigé. »."""
    received = day(one.received_on)
    if one.days is None:
        if one.is_late(today):
            late = lateness(one.due_on, today)
            return text("Reçue le {on}, sans réponse : {late}.", on=received, late=late)
        return text("Reçue le {on}, à traiter le {due} au plus tard.", on=received, due=day(one.due_on))
    told = word(one.outcome) if one.outcome is not None else text("suite non précisée")
    return plural(
        "Reçue le {on}, répondue en {n} jour : {outcome}.",
        "Reçue le {on}, répondue en {n} jours : {outcome}.",
        one.days,
        n=number(Decimal(one.days)),
        on=received,
        outcome=told,
    )


def answer_sentence(found: AnswerTime, year: int) -> str:
    """Say how long the answers of a year took, and how many complaints they cover."""
    if not found.received:
        return text("Aucune réclamation reçue en {year} n'est enregistrée.", year=year)
    came = plural(
        "{n} réclamation reçue en {year}.",
        "{n} réclamations reçues en {year}.",
        found.received,
        n=found.received,
        year=year,
    )
    if not found.answered:
        told = text("Aucune n'a encore de réponse.")
        return f"{came} {told}"
    mean = Decimal(found.days) / found.answered
    told = plural(
        "{answered} avec une réponse, en {n} jour en moyenne.",
        "{answered} avec une réponse, en {n} jours en moyenne.",
        mean,
        n=number(mean, 1),
        answered=found.answered,
    )
    return f"{came} {told}"
