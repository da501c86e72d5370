"""The pages of an audit: added, taken out, and the results of one of them; each change in the journal."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from tracker.domain.audit_drafts import MOST_PAGES
from tracker.domain.errors import Conflict, Invalid, NotFound, Problem
from tracker.domain.permissions import Permission
from tracker.domain.rgaa import Result
from tracker.domain.service_problems import ServiceProblem
from tracker.labels.journal import field_shown
from tracker.services.audit_changes import change, open_audit
from tracker.services.audit_rows import criteria_of, results_of
from tracker.services.audit_typed import PageTyped, page_of
from tracker.services.audits import service_of
from tracker.services.decisions import stale
from tracker.services.typed import Typed
from tracker.services.visitor import Visitor
from tracker.store.models import Audit, AuditPage


def add_page(session: Session, visitor: Visitor, service: int, number: int, name: str, seen: int) -> int:
    """Add a page to the sample of an audit, nothing tested on it, and give its place.

    Raises:
        Forbidden: without the right to keep the services.
        NotFound: when there is no such audit.
        Conflict: when somebody changed it meanwhile.
        Invalid: for what cannot be read, or cannot be; for an audit that was withdrawn.
    """
    visitor.require(Permission.KEEP_SERVICES)
    home = service_of(session, visitor, service)
    row = open_audit(session, home, number, seen)
    typed = Typed()
    page = page_of(typed, "page", PageTyped(name), criteria_of(row.kind, row.rgaa), row)
    if len(row.pages) >= MOST_PAGES:
        typed.refuse("page", ServiceProblem.AUDIT_PAGES_TOO_MANY, limit=MOST_PAGES)
    typed.end()
    page.position = len(row.pages) + 1
    row.pages.append(page)
    change(session, visitor, row, service, {}, {"page": page.name})
    return page.position


def remove_page(session: Session, visitor: Visitor, service: int, number: int, position: int, seen: int) -> None:
    """Take a page out of the sample of an audit; the journal keeps its results.

    Raises:
        Forbidden, NotFound, Conflict, Invalid: as `add_page` does; for the last page.
    """
    visitor.require(Permission.KEEP_SERVICES)
    home = service_of(session, visitor, service)
    row = open_audit(session, home, number, seen)
    page = _found(row, position)
    if len(row.pages) == 1:
        raise Invalid(Problem("page", ServiceProblem.AUDIT_PAGE_LAST))
    before = {"page": page.name, "results": _results_told(results_of(page, row))}
    row.pages.remove(page)
    session.delete(page)
    session.flush()
    for place, one in enumerate(row.pages, 1):
        one.position = place
        session.flush()  # the places of an audit never meet
    change(session, visitor, row, service, before, {"page": "", "results": ""})


def set_page(session: Session, visitor: Visitor, service: int, number: int, position: int, draft: PageTyped) -> bool:
    """Set the name, the address and the results of a page. False when it says what is stored already.

    What is not ``chosen`` keeps its result; what is ``pasted`` tells all of them.

    Raises:
        Forbidden, NotFound, Conflict, Invalid: as `add_page` does.
    """
    visitor.require(Permission.KEEP_SERVICES)
    home = service_of(session, visitor, service)
    row = open_audit(session, home, number)
    page = _found(row, position)
    typed = Typed()
    read = page_of(typed, "page", draft, criteria_of(row.kind, row.rgaa), row, page)
    known, mine = results_of(page, row), results_of(read, row)
    changed = [one for one in known if mine[one] is not known[one]]
    before = _told(page) | {one: known[one] for one in changed}
    after = _told(read) | {one: mine[one] for one in changed}
    if not typed.problems and before == after:
        return False
    if draft.seen != row.version:
        theirs = [(name, value) for name, value in before.items() if value != after[name]]
        raise Conflict(*(stale(row.author, field_shown(name, value), name) for name, value in theirs), *typed.problems)
    typed.end()
    old = {**_told(page), "results": _results_told({one: known[one] for one in changed})}
    page.name, page.address, page.is_shared, page.results = read.name, read.address, read.is_shared, read.results
    new = {**_told(page), "results": _results_told({one: mine[one] for one in changed})}
    change(session, visitor, row, service, old, new, page.name)  # the line names the page, whatever changed of it
    return True


def _found(row: Audit, position: int) -> AuditPage:
    page = next((one for one in row.pages if one.position == position), None)
    if page is None:
        raise NotFound(position)
    return page


def _told(page: AuditPage) -> dict[str, str]:
    return {"page": page.name, "url": page.address, "is_shared": "1" if page.is_shared else ""}


def _results_told(results: Mapping[str, Result]) -> str:
    return ", ".join(f"{one} {result}" for one, result in results.items())
