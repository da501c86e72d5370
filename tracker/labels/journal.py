"""What a journal line says happened, in words: the journal itself stores codes and plain numbers."""

from datetime import date
from decimal import Decimal, InvalidOperation

from tracker.domain.vocabulary import Absence, FindingState, JournalAction, Role
from tracker.labels.formats import day, number
from tracker.labels.language import text
from tracker.labels.words import word


def shown(action: JournalAction, stored: str) -> str:
    """Put what a line stored before or after into words: a value, a reason for none, a dated fact, a role."""
    if action is JournalAction.FINDING_RECORDED and " " in stored:
        state, _, on = stored.partition(" ")
        return text("{state} le {on}", state=word(FindingState(state)), on=day(date.fromisoformat(on)))
    if action is JournalAction.ACCOUNT_ADDED and stored in set(Role):
        return word(Role(stored))
    if stored in set(Absence):
        return word(Absence(stored))
    try:
        return number(Decimal(stored))
    except InvalidOperation:
        return stored
