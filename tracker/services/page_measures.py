"""Pages measured by EcoIndex: typed, or read from the tool's file and confirmed; wrong ones are withdrawn."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker.domain.drafts import ImportProblem, Place
from tracker.domain.errors import Conflict, Invalid, NotFound, Problem, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.numbers import plain_text
from tracker.domain.page_files import PageFile, PageRow
from tracker.domain.page_measures import PageMeasure
from tracker.domain.permissions import Permission
from tracker.domain.service_problems import ServiceProblem
from tracker.importers.page_measures import child
from tracker.services.contacts import nameless
from tracker.services.decisions import tell
from tracker.services.digital_services import subject_of
from tracker.services.ecodesign import measure_of, service_row
from tracker.services.ecodesign_changes import web_address
from tracker.services.typed import REASON_LIMIT, Typed
from tracker.services.visitor import Visitor
from tracker.store.models import DigitalService, MeasuredPage
from tracker.store.queries import ecodesign as stored

CLI = "EcoIndex CLI"
"""The tool that a file comes from where it does not name one."""
TOOL_LIMIT, VERSION_LIMIT, NAME_LIMIT = 80, 40, 200
MOST = Decimal(10**9)


@dataclass(frozen=True, slots=True)
class PageDraft:
    """What was typed of a page that was measured."""

    address: str = ""
    on: str = ""
    elements: str = ""
    requests: str = ""
    kilobytes: str = ""
    tool: str = ""
    version: str = ""
    has_comma_groups: bool = False


@dataclass(frozen=True, slots=True)
class PagesPlan:
    """What a file of pages would add to a service; nothing when it has problems.

    ``same`` counts the pages that are stored already, ``left`` those that were opened in another window, ``differ``
    those whose stated score is further than a point from ours.
    """

    new: tuple[PageMeasure, ...] = ()
    same: int = 0
    left: int = 0
    differ: int = 0
    problems: tuple[ImportProblem, ...] = ()

    @property
    def digest(self) -> str:
        """Give a mark of what would be added: the same for the same pages."""
        return hashlib.sha256(repr(self.new).encode()).hexdigest()[:16]


def listed(session: Session, visitor: Visitor, number: int) -> Sequence[tuple[int, PageMeasure]]:
    """List the measured pages of a service with their numbers, latest first.

    Raises:
        Forbidden: without the right to read.
        NotFound: when the organisation has no such service.
    """
    visitor.require(Permission.READ)
    service = service_row(session, visitor, number)
    return [(row.id, measure_of(row)) for row in stored.measures(session, visitor.organisation.id, service.id)]


def written(found: PagesPlan) -> str:
    """Write the pages of a plan as the tool's own JSON, for the confirmation to send back what was previewed."""
    return json.dumps(
        [
            {
                "url": one.address,
                "date": one.on.isoformat(),
                "nodes": one.elements,
                "requests": one.requests,
                "size": plain_text(one.kilobytes),
                "score": None if one.told is None else plain_text(one.told),
                "tool": one.tool,
                "ecoindex_version": one.version,
            }
            for one in found.new
        ],
        ensure_ascii=False,
    )


def read(content: bytes) -> PageFile:
    """Read a file of pages in a process of its own; it needs no database: call it outside of any transaction."""
    return child.read(content)


def plan(session: Session, visitor: Visitor, number: int, file: PageFile, version: str, today: date) -> PagesPlan:
    """Say what a file would add to a service; ``version`` is the tool's, for the pages whose file does not say it.

    Raises:
        Forbidden: without the right to keep the services.
        NotFound: when the organisation has no such service.
    """
    service = _service(session, visitor, number)
    if file.problems:
        return PagesPlan(problems=file.problems, left=file.left)
    if not file.rows:
        none = Problem("file", ServiceProblem.PAGES_OF_OTHER_WINDOWS, {"n": file.left})
        return PagesPlan(problems=(ImportProblem(Place(), none),), left=file.left)
    known = {one.key: one for one in map(measure_of, stored.measures(session, visitor.organisation.id, service.id))}
    problems: list[ImportProblem] = []
    new: dict[tuple[str, date, str, str], PageMeasure] = {}
    same = 0
    for row in file.rows:
        measure = _measure(row, version.strip())
        problem = _problem(row, measure, today, known.get(measure.key) or new.get(measure.key))
        if problem is not None:
            problems.append(ImportProblem(Place("", row.row, problem.where), problem))
        elif measure.key in known or measure.key in new:
            same += 1
        else:
            new[measure.key] = measure
    if problems:
        return PagesPlan(problems=tuple(problems), left=file.left)
    differ = sum(one.told is not None and abs(one.told - one.index.score) > 1 for one in new.values())
    return PagesPlan(tuple(new.values()), same, file.left, differ)


def load(session: Session, visitor: Visitor, number: int, name: str, found: PagesPlan, seen: str | None = None) -> int:
    """Add the pages of a plan, all or none, with one line of journal; give how many.

    ``seen`` is the mark of the plan that was on the screen, None where nobody looked.

    Raises:
        Forbidden, NotFound: as `plan` does.
        Invalid: with the problems of the plan.
        Conflict: when what is stored changed since.
    """
    service = _service(session, visitor, number)
    if found.problems:
        raise Invalid(*(one.problem for one in found.problems))
    if seen is not None and seen != found.digest:
        raise Conflict(Problem("seen", ServiceProblem.PAGES_CHANGED))
    if found.new:
        _write(session, visitor, service, found.new, name.strip()[-NAME_LIMIT:])
    return len(found.new)


def add(session: Session, visitor: Visitor, number: int, draft: PageDraft, today: date) -> bool:
    """Add a page that was typed. False when it is there already.

    Raises:
        Forbidden: without the right to keep the services.
        NotFound: when the organisation has no such service.
        Invalid: for what cannot be read, or is said otherwise already.
    """
    service = _service(session, visitor, number)
    typed = Typed(has_comma_groups=draft.has_comma_groups)
    address = web_address(typed, "address", draft.address)
    if not address and not typed.is_refused("address"):
        typed.refuse("address", ProblemCode.WEB_ADDRESS_UNREADABLE, text="")
    on = typed.any_day("on", draft.on, ServiceProblem.PAGE_DAY_MISSING)
    if on is not None and on > today:
        typed.refuse("on", ProblemCode.DAY_TO_COME, on=on)
    elements, requests, kilobytes = (
        _figure(typed, name, getattr(draft, name), is_whole=name != "kilobytes")
        for name in ("elements", "requests", "kilobytes")
    )
    tool = typed.words("tool", draft.tool, ServiceProblem.PAGE_TOOL_MISSING, TOOL_LIMIT)
    version = typed.words("version", draft.version, ServiceProblem.PAGE_VERSION_MISSING, VERSION_LIMIT)
    typed.end()
    assert on is not None  # noqa: S101 - refused above
    measure = PageMeasure(address, on, int(elements), int(requests), round(kilobytes, 3), tool, version)
    known = {one.key: one for one in map(measure_of, stored.measures(session, visitor.organisation.id, service.id))}
    before = known.get(measure.key)
    if before is not None:
        if _figures(before) == _figures(measure):
            return False
        raise Invalid(Problem("address", ServiceProblem.PAGE_DIFFERS, {"score": before.index.score}))
    _write(session, visitor, service, [measure], "")
    return True


def withdraw(session: Session, visitor: Visitor, number: int, page: int, reason: str) -> None:
    """Take back a measure that was wrong; the journal keeps it, with why.

    Raises:
        Forbidden: without the right to keep the services.
        NotFound: when the service has no such measure.
        Invalid: without a reason.
    """
    service = _service(session, visitor, number)
    row = stored.measure(session, service.id, page)
    if row is None:
        raise NotFound(page)
    typed = Typed()
    why = nameless(typed, "reason", reason, REASON_LIMIT, ServiceProblem.PAGE_REASON_MISSING)
    typed.end()
    told = {
        "url": row.address,
        "measured_on": row.measured_on.isoformat(),
        "score": plain_text(measure_of(row).index.score),
        "measured_by": f"{row.tool} {row.tool_version}",
    }
    session.delete(row)
    action = JournalAction.PAGE_WITHDRAWN
    tell(session, visitor, action, subject_of(number), told, dict.fromkeys(told, ""), reason=why)
    session.flush()


def _service(session: Session, visitor: Visitor, number: int) -> DigitalService:
    visitor.require(Permission.KEEP_SERVICES)
    return service_row(session, visitor, number)


def _measure(row: PageRow, version: str) -> PageMeasure:
    return PageMeasure(
        row.address,
        row.on,
        row.elements,
        row.requests,
        row.kilobytes,
        row.tool or CLI,
        row.version or version[:VERSION_LIMIT],
        row.told,
    )


def _problem(row: PageRow, measure: PageMeasure, today: date, before: PageMeasure | None) -> Problem | None:
    if row.on > today:
        return Problem("date", ProblemCode.DAY_TO_COME, {"on": row.on})
    if not measure.version:
        return Problem("version", ServiceProblem.PAGE_VERSION_MISSING)
    if before is not None and _figures(before) != _figures(measure):
        return Problem("url", ServiceProblem.PAGE_DIFFERS, {"score": before.index.score})
    return None


def _figures(one: PageMeasure) -> tuple[int, int, Decimal]:
    return one.elements, one.requests, one.kilobytes


def _figure(typed: Typed, name: str, text: str, *, is_whole: bool) -> Decimal:
    found = typed.number(name, text, is_needed=True)
    if found is None:
        return Decimal(0)
    if found < 0:
        typed.refuse(name, ProblemCode.BELOW_MINIMUM, value=found, bound=Decimal(0))
    elif found >= MOST:
        typed.refuse(name, ProblemCode.ABOVE_MAXIMUM, value=found, bound=MOST)
    elif is_whole and found != found.to_integral_value():
        typed.refuse(name, ProblemCode.NOT_WHOLE, value=found)
    return found


def _write(
    session: Session, visitor: Visitor, service: DigitalService, measures: Sequence[PageMeasure], source: str
) -> None:
    now = datetime.now(UTC)
    rows = [
        MeasuredPage(
            organisation_id=visitor.organisation.id,
            service_id=service.id,
            address=one.address,
            measured_on=one.on,
            elements=one.elements,
            requests=one.requests,
            kilobytes=one.kilobytes,
            tool=one.tool,
            tool_version=one.version,
            told_score=one.told,
            source=source,
            author=visitor.name,
            recorded_at=now,
        )
        for one in measures
    ]
    try:
        with session.begin_nested():
            session.add_all(rows)
    except IntegrityError:  # somebody added the same at the same moment
        raise Conflict(Problem("seen", ServiceProblem.PAGES_CHANGED)) from None
    told = {"measured_pages": str(len(rows)), "measured_by": f"{measures[0].tool} {measures[0].version}"}
    if source:
        told["file"] = source
    if len(measures) == 1:
        told["url"] = measures[0].address
    tell(session, visitor, JournalAction.PAGES_MEASURED, subject_of(service.number), {}, told)
