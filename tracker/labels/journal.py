"""What a journal line says happened, in words: the journal itself stores codes and plain numbers."""

import json
from datetime import date
from decimal import Decimal, InvalidOperation

from tracker.domain.vocabulary import Absence, FindingState, JournalAction, Quality, Role
from tracker.labels.formats import day, number
from tracker.labels.language import N_, colon, text
from tracker.labels.words import word

FIELDS = {
    "quality": N_("qualité"),
    "coverage": N_("couverture"),
    "numerator": N_("numérateur"),
    "denominator": N_("dénominateur"),
    "source": N_("source"),
}


def _field(name: str, value: str) -> str:
    if not value:
        return "–"
    if name == "quality":
        return word(Quality(value))
    return value if name == "source" else number(Decimal(value))


def shown(action: JournalAction, stored: str) -> str:
    """Put what a line stored before or after into words: a value, a reason for none, a dated fact, a role."""
    if action is JournalAction.FINDING_RECORDED and " " in stored:
        state, _, on = stored.partition(" ")
        return text("{state} le {on}", state=word(FindingState(state)), on=day(date.fromisoformat(on)))
    if action is JournalAction.ACCOUNT_ADDED and stored in set(Role):
        return word(Role(stored))
    if stored in set(Absence):
        return word(Absence(stored))
    if stored.startswith("{"):
        told = json.loads(stored)
        return ", ".join(f"{text(FIELDS[name])}{colon()}{_field(name, value)}" for name, value in told.items())
    try:
        return number(Decimal(stored))
    except InvalidOperation:
        return stored
