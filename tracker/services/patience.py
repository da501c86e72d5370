"""The months of a practice as a moment knew them: the journal says what they were before each change since."""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.domain.journal_actions import JournalAction
from tracker.store.queries import journal


def patience(session: Session, organisation_id: int, until: datetime) -> Mapping[str, int]:
    """Give by its code the months of each practice that were changed after ``until``, as they were at that moment."""
    found: dict[str, int] = {}
    for line in journal.after(session, organisation_id, JournalAction.PRACTICE_CHANGED, until):
        found.setdefault(line.subject, int(json.loads(line.before)["months"]))
    return found
