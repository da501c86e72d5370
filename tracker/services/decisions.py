"""What changes share: the aim that a setting is about, one more row or version, and its line in the journal."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker.domain.errors import Conflict, NotFound, Problem, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.records import Aim
from tracker.labels.journal import field_shown
from tracker.services import journal
from tracker.services.portfolio import Portfolio
from tracker.services.visitor import Visitor
from tracker.store.models import Base

Told = Mapping[str, str]
"""A version field by field, in no language; empty where it says nothing."""


def find_aim(known: Portfolio, commitment: str, code: str) -> Aim:
    """Give the indicator ``code`` as ``commitment`` uses it.

    Raises:
        NotFound: when the organisation has no such commitment, or it does not use that indicator.
    """
    for aim in known.commitment(commitment).aims:
        if aim.indicator.code == code:
            return aim
    raise NotFound(code)


def stale(author: str, theirs: object, where: str = "value") -> Problem:
    """Say that ``author`` stored ``theirs`` since the page was opened; the sentence that quotes it has its own stop."""
    quoted = theirs.removesuffix(".") if isinstance(theirs, str) else theirs
    return Problem(where, ProblemCode.SETTING_STALE, {"author": author or "–", "theirs": quoted})


def stale_fields(
    author: str, theirs: Told, mine: Told, problems: Sequence[Problem], fields: Mapping[str, str] | None = None
) -> Conflict:
    """Refuse what was typed over another version than the stored one, quoting it where it is not the same.

    ``fields`` gives the field of the form for a word of the journal that is not its name; ``problems`` are what else
    is wrong with what was typed.
    """
    names = fields or {}
    found = [
        stale(author, field_shown(name, theirs[name]), names.get(name, name))
        for name in theirs
        if theirs[name] != mine[name]
    ]
    quoted = {problem.where for problem in found}
    return Conflict(*found, *(problem for problem in problems if problem.where not in quoted))


def add(session: Session, row: Base, meanwhile: Callable[[], Problem]) -> None:
    """Add a row or a version; ``meanwhile`` says what is wrong if somebody took its number at the same moment.

    Raises:
        Conflict: when somebody did.
    """
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        session.expire_all()  # what was read before is no longer what is stored
        raise Conflict(meanwhile()) from None


def tell(
    session: Session,
    visitor: Visitor,
    action: JournalAction,
    subject: str,
    before: Told,
    after: Told,
    *,
    year: int | None = None,
    reason: str = "",
    at: datetime | None = None,
) -> None:
    """Write the line of a change, with only the fields that are not the same; ``at`` as `journal.write` has it."""
    changed = [key for key in after if before.get(key, "") != after[key]]
    is_first = not any(before.values())
    journal.write(
        session,
        action,
        organisation_id=visitor.organisation.id,
        actor=visitor.name,
        subject=subject,
        year=year,
        before="" if is_first else _written({key: before.get(key, "") for key in changed}),
        after=_written({key: after[key] for key in changed}),
        comment=reason,
        at=at,
    )


def _written(told: Told) -> str:
    return json.dumps(told, ensure_ascii=False)
