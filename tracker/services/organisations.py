"""Organisations: adding an authority that no seed file tells of, and listing them all."""

import re
from collections.abc import Iterable, Sequence

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker.domain.errors import Invalid, Problem, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.texts import tidy
from tracker.domain.vocabulary import OrganisationKind
from tracker.services import journal
from tracker.store.models import Department, Organisation
from tracker.store.queries import organisations

SLUG_LIMIT = 60
NAME_LIMIT = 200
RESERVED = frozenset(
    {
        "accessibilite",
        "aide",
        "api",
        "assets",
        "calendrier",
        "catalogue",
        "catalogue.jsonld",
        "compte",
        "connexion",
        "deconnexion",
        "donnees",
        "ecoconception",
        "favicon",
        "healthz",
        "langue",
        "notifications",
        "organisations",
        "robots",
        "schemas",
        "static",
    }
)
"""The first words of our own addresses, and those that we keep for later."""
_SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_DEPARTMENT = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9.-]{0,39})\s*=\s*(\S.*)")


def add(
    session: Session, *, slug: str, name: str, kind: OrganisationKind, departments: Sequence[str], actor: str
) -> Organisation:
    """Create an authority without any commitment; ``departments`` are written CODE=Name.

    Raises:
        Invalid: for an address that is unreadable, kept for ourselves or taken, a name or a department that is
            missing, too long or given twice.
    """
    shown = tidy(name)
    read = [_department(written) for written in departments]
    problems = [*_of_slug(session, slug), *_of_name(shown), *(one for one in read if isinstance(one, Problem))]
    named = [one for one in read if not isinstance(one, Problem)]
    problems += _twice(code for code, _ in named)
    if problems:
        raise Invalid(*problems)
    row = Organisation(slug=slug, name=shown, kind=kind)
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        raise Invalid(Problem("slug", ProblemCode.SLUG_TAKEN, {"text": slug})) from None
    session.add_all(
        Department(organisation_id=row.id, position=position, code=code, name=told)
        for position, (code, told) in enumerate(named)
    )
    journal.write(
        session, JournalAction.ORGANISATION_ADDED, organisation_id=row.id, actor=actor, subject=slug, after=shown
    )
    session.flush()
    return row


def everything(session: Session) -> Sequence[Organisation]:
    """List all organisations, real ones first, by name."""
    return organisations.everything(session)


def _of_slug(session: Session, slug: str) -> list[Problem]:
    if len(slug) < 2 or len(slug) > SLUG_LIMIT or not _SLUG.fullmatch(slug):
        return [Problem("slug", ProblemCode.SLUG_UNREADABLE, {"text": slug, "limit": SLUG_LIMIT})]
    if slug in RESERVED:
        return [Problem("slug", ProblemCode.SLUG_RESERVED, {"text": slug})]
    if organisations.by_slug(session, slug):
        return [Problem("slug", ProblemCode.SLUG_TAKEN, {"text": slug})]
    return []


def _of_name(name: str) -> list[Problem]:
    if not name:
        return [Problem("name", ProblemCode.NAME_MISSING)]
    return [Problem("name", ProblemCode.TOO_LONG, {"limit": NAME_LIMIT})] if len(name) > NAME_LIMIT else []


def _department(written: str) -> tuple[str, str] | Problem:
    """Read CODE=Name."""
    found = _DEPARTMENT.fullmatch(tidy(written))
    if found is None:
        return Problem("department", ProblemCode.DEPARTMENT_UNREADABLE, {"text": written[:SLUG_LIMIT]})
    if len(found[2]) > NAME_LIMIT:
        return Problem("department", ProblemCode.TOO_LONG, {"limit": NAME_LIMIT})
    return found[1], found[2]


def _twice(codes: Iterable[str]) -> list[Problem]:
    seen: set[str] = set()
    found = []
    for code in codes:
        if code.lower() in seen:
            found.append(Problem("department", ProblemCode.GIVEN_TWICE, {"text": code}))
        seen.add(code.lower())
    return found
