"""The accessibility statement of a service: what it says, what lacks for it, its files, and its publication."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from tracker.domain.access_schemes import is_first
from tracker.domain.dates import iso_day
from tracker.domain.digital_services import HomeMention, ServiceRecord
from tracker.domain.errors import Invalid, NotFound, Problem, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.permissions import Permission
from tracker.domain.rgaa import AuditRecord, Conformity, ConformityReason, Standing, standing
from tracker.domain.rgaa_results import failed, mean_of_pages
from tracker.domain.service_problems import ServiceProblem
from tracker.domain.statements import (
    AuditResults,
    OpenGap,
    PublishedStatement,
    SampledPage,
    Statement,
    StatementField,
    StatementStanding,
    corrected,
    missing,
    statement_standing,
)
from tracker.exports.odt import odt_file
from tracker.reports.paper_html import html_file
from tracker.reports.statement_paper import statement_paper
from tracker.services import accessibility
from tracker.services.contacts import web_address
from tracker.services.decisions import Told, stale_fields, tell
from tracker.services.digital_services import ServiceView, subject_of
from tracker.services.service_rows import audits_of, published_of, published_statement, record_of, rgaa_versions
from tracker.services.typed import Typed
from tracker.services.visitor import Visitor
from tracker.store import models
from tracker.store.queries import accessibility as stored
from tracker.store.queries import digital_services, organisations

MENTIONS: Mapping[Conformity, HomeMention] = {
    Conformity.TOTAL: HomeMention.TOTAL,
    Conformity.PARTIAL: HomeMention.PARTIAL,
    Conformity.NONE: HomeMention.NONE,
}
"""The mention that the home page has to show for each legal state."""
FORMS = ("html", "odt")
"""The forms that a statement can be taken away in."""
_FIELDS: Mapping[str, str] = {"statement_on": "published_on", "statement_url": "url"}
"""The field of the form that a word of the journal stands for."""


@dataclass(frozen=True, slots=True)
class StatementSheet:
    """The statement of a service as it would be made today, what lacks for it, and what was published of it.

    ``seen`` is the version of the service, ``mention`` what its home page has to show, ``shown`` what it does;
    ``audit`` is the one that its legal state rests on, None without.
    """

    record: ServiceRecord
    seen: int
    statement: Statement
    missing: tuple[StatementField, ...]
    published: tuple[PublishedStatement, ...]
    standing: StatementStanding
    mention: HomeMention
    shown: HomeMention
    is_fictional: bool
    audit: AuditRecord | None

    @property
    def last(self) -> PublishedStatement | None:
        """Give the last statement that was published."""
        return self.published[-1] if self.published else None


@dataclass(frozen=True, slots=True)
class PublicationDraft:
    """What was typed of a publication; ``seen`` is the version of the service that was on the screen."""

    published_on: str = ""
    url: str = ""
    is_correction: bool = False
    seen: int = 0


def sheet(session: Session, visitor: Visitor, number: int, today: date) -> StatementSheet:
    """Make the statement of a service from what is stored.

    Raises:
        Forbidden: without the right to read.
        NotFound: when the organisation has no such service.
    """
    visitor.require(Permission.READ)
    home = visitor.organisation
    row = _found(session, visitor, number)
    departments = {one.id: one.code for one in organisations.departments(session, home.id)}
    record = record_of(row, departments.get(row.department_id or 0, ""))
    recorded = stored.statements(session, home.id, row.id)
    published = published_of(row, recorded)
    audited = _audited(session, row, recorded)
    audits = list(audited.values())
    state = standing(audits, rgaa_versions(), row.redesigned_on, today)
    made = _made(session, visitor, row, published, today, audited)
    return StatementSheet(
        record=record,
        seen=row.version,
        statement=made,
        missing=missing(made),
        published=published,
        standing=statement_standing(published, rgaa_versions(), row.redesigned_on, today, audits),
        audit=state.audit if state.validity is not None else None,
        mention=MENTIONS[made.conformity],
        shown=row.home_mention,
        is_fictional=home.is_fictional,
    )


def panel(session: Session, visitor: Visitor, view: ServiceView, today: date) -> StatementSheet:
    """Give what the page of a service says of its statement.

    Raises:
        Forbidden: without the right to read.
    """
    return sheet(session, visitor, view.number, today)


def statement_file(found: StatementSheet, form: str) -> bytes:
    """Write the statement in one of `FORMS`, in French whatever is spoken.

    Raises:
        Invalid: with every field that lacks: a statement with a hole is not written.
    """
    if found.missing:
        raise Invalid(*(Problem(field, ServiceProblem.STATEMENT_LACKS) for field in found.missing))
    paper = statement_paper(found.statement, is_fictional=found.is_fictional)
    return odt_file(paper) if form == "odt" else html_file(paper)


def publish(session: Session, visitor: Visitor, number: int, draft: PublicationDraft, today: date) -> bool:
    """Record that the statement was put online, on a day and at an address. False when that is what is known.

    Raises:
        Forbidden: without the right to keep the services.
        NotFound: when the organisation has no such service.
        Conflict: when somebody changed the service meanwhile.
        Invalid: for a day or an address that cannot be read, for a day that cannot be, or when the statement lacks
            something: an incomplete one is not published.
    """
    visitor.require(Permission.KEEP_SERVICES)
    row = _found(session, visitor, number, locked=True)
    recorded = stored.statements(session, row.organisation_id, row.id)
    known = published_of(row, recorded)
    audited = _audited(session, row, recorded)
    last = known[-1] if known else None
    typed = Typed()
    on = typed.any_day("published_on", draft.published_on, ServiceProblem.PUBLICATION_DAY_MISSING)
    is_history = on is not None and not draft.is_correction and last is not None and on < last.on
    url = web_address(typed, "url", draft.url)
    if not url:
        typed.refuse("url", ServiceProblem.PUBLICATION_ADDRESS_MISSING)
    if draft.is_correction and last is None:
        typed.refuse("is_correction", ServiceProblem.NOTHING_TO_CORRECT)
    is_known = last is not None and (on, url) == (last.on, last.url)
    if on is not None and not is_known:
        _hold_against(typed, on, row, _made(session, visitor, row, known, today, audited), today, is_history=is_history)
    if draft.seen != row.version and not is_known:
        theirs = _told(row.statement_on, row.statement_url)
        raise stale_fields(row.author, theirs, _told(on, url), typed.problems, _FIELDS)
    typed.end()
    if is_known or on is None:
        return False
    told = PublishedStatement(on, url, is_correction=draft.is_correction)
    state = standing(list(audited.values()), rgaa_versions(), row.redesigned_on, on)
    _store(session, visitor, row, told, len(recorded) + 1, state)
    last = max(
        corrected([*map(published_statement, recorded), told]) if draft.is_correction else [*known, told],
        key=lambda one: one.on,
    )
    before = _told(row.statement_on, row.statement_url)
    row.statement_on, row.statement_url = last.on, last.url
    row.version += 1
    row.author, row.recorded_at = visitor.name, datetime.now(UTC)
    tell(session, visitor, JournalAction.SERVICE_CHANGED, subject_of(number), before, _told(on, url))
    session.flush()
    return True


def _hold_against(
    typed: Typed, on: date, row: models.DigitalService, made: Statement, today: date, *, is_history: bool
) -> None:
    """Refuse a day that cannot be that of the statement, and any day while it lacks something.

    One that came before those that are known did not report the audit of today.
    """
    ended = made.results.audited_on if made.results is not None and not is_history else None
    if on > today:
        typed.refuse("published_on", ProblemCode.EQUIPMENT_DAY_TO_COME, on=on)
    elif row.opened_on is not None and on < row.opened_on:
        typed.refuse("published_on", ServiceProblem.PUBLICATION_BEFORE_OPENING, on=row.opened_on)
    elif ended is not None and on < ended:
        typed.refuse("published_on", ServiceProblem.PUBLICATION_BEFORE_AUDIT, on=ended)
    elif missing(made):
        typed.refuse("published_on", ServiceProblem.PUBLICATION_INCOMPLETE)


def _store(
    session: Session,
    visitor: Visitor,
    row: models.DigitalService,
    told: PublishedStatement,
    position: int,
    state: Standing,
) -> None:
    """Add a publication, with the legal ``state`` on its day and the version that an audit in force was made by."""
    session.add(
        models.AccessStatement(
            organisation_id=row.organisation_id,
            service_id=row.id,
            position=position,
            published_on=told.on,
            url=told.url,
            rgaa=state.audit.version if state.audit is not None and _is_in_force(state) else "",
            conformity=state.conformity,
            is_correction=told.is_correction,
            author=visitor.name,
            recorded_at=datetime.now(UTC),
        )
    )


def _told(on: date | None, url: str) -> Told:
    return {"statement_on": iso_day(on), "statement_url": url}


def _found(session: Session, visitor: Visitor, number: int, *, locked: bool = False) -> models.DigitalService:
    row = digital_services.row(session, visitor.organisation.id, number, locked=locked)
    if row is None:
        raise NotFound(number)
    return row


def _audited(
    session: Session, row: models.DigitalService, recorded: Sequence[models.AccessStatement]
) -> Mapping[models.Audit, AuditRecord]:
    """Give the audits of a service that count, oldest first, with their plain values."""
    rows = stored.audits(session, row.id)
    return dict(zip(rows, audits_of(row, rows, recorded), strict=True))


def _made(
    session: Session,
    visitor: Visitor,
    row: models.DigitalService,
    published: Sequence[PublishedStatement],
    today: date,
    audited: Mapping[models.Audit, AuditRecord],
) -> Statement:
    told = accessibility.known(session, visitor.organisation)
    scheme, plan = told.scheme(today), told.plans.get(today.year)
    state = standing(list(audited.values()), rgaa_versions(), row.redesigned_on, today)
    results = None
    if _is_in_force(state):
        in_force = next(one for one, audit in audited.items() if audit is state.audit)
        results = _results(in_force, state)
    return Statement(
        organisation=visitor.organisation.name,
        service=row.name,
        kind=row.kind,
        address=row.address,
        year=today.year,
        scheme_url=scheme.url if scheme is not None and scheme.is_readable(today) else "",
        plan_url=plan.url if plan is not None and plan.is_readable(today) else "",
        has_review=plan is not None and bool(plan.review),
        is_first_plan=is_first(told.plans, told.schemes, today.year),
        conformity=state.conformity,
        reason=state.reason,
        results=results,
        gaps=tuple(
            OpenGap(one.kind, one.content, one.criteria, one.reason, one.alternative, one.until)
            for one in stored.open_gaps(session, row.id)
        ),
        established_on=published[0].on if published else today,
        updated_on=today,
        technologies=row.technologies,
        contact=row.contact,
    )


def _is_in_force(state: Standing) -> bool:
    return state.reason is ConformityReason.RATE


def _results(row: models.Audit, state: Standing) -> AuditResults:
    audit, found = state.audit, state.rate
    assert audit is not None  # noqa: S101 - a state by its rate rests on an audit
    assert found is not None  # noqa: S101
    return AuditResults(
        auditor=row.auditor,
        version=row.rgaa,
        audited_on=row.audited_on,
        rate=found.value,
        mean_rate=mean_of_pages(audit),
        failed=tuple(failed(audit)),
        environments=row.environments,
        tools=row.tools,
        pages=tuple(SampledPage(page.name, page.address) for page in row.pages if not page.is_shared),
    )
