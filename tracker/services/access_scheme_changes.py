"""Accessibility schemes, yearly plans and their actions as they are written: each refusal stands at its field."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from tracker.domain.access_schemes import AccessAction, AccessPlan, AccessScheme, SchemeItem, longest
from tracker.domain.dates import iso_day
from tracker.domain.errors import NotFound, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.periods import FIRST_YEAR
from tracker.domain.permissions import Permission
from tracker.domain.service_problems import ServiceProblem
from tracker.domain.vocabulary import ActionStatus
from tracker.services.accessibility import action_of, scheme_record
from tracker.services.contacts import nameless, web_address
from tracker.services.decisions import Told, stale_fields, tell
from tracker.services.planned import plan_records
from tracker.services.typed import LAST_YEAR, Typed
from tracker.services.visitor import Visitor
from tracker.store import models
from tracker.store.queries import accessibility as stored
from tracker.store.queries import digital_services

TEXT_LIMIT, TITLE_LIMIT = 4000, 200


@dataclass(frozen=True, slots=True)
class SchemeDraft:
    """What was typed of a scheme, its texts by subject; ``seen`` is the version on the screen, 0 for a new one."""

    starts_on: str = ""
    ends_on: str = ""
    published_on: str = ""
    url: str = ""
    told: Mapping[SchemeItem, str] = field(default_factory=dict)
    seen: int = 0


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """What was typed of the plan of a year; ``seen`` as in a scheme."""

    review: str = ""
    published_on: str = ""
    url: str = ""
    seen: int = 0


@dataclass(frozen=True, slots=True)
class ActionDraft:
    """What was typed of an action; ``service`` is a number, ``action`` a code; ``seen`` as in a scheme."""

    title: str = ""
    service: str = ""
    action: str = ""
    due_on: str = ""
    status: str = ActionStatus.PLANNED
    outcome: str = ""
    seen: int = 0


def write_scheme(session: Session, visitor: Visitor, number: int | None, draft: SchemeDraft, today: date) -> int | None:
    """Write a scheme, a new one without ``number``; give its number, None when it says what is stored.

    Raises:
        Forbidden: without the right to keep the services.
        NotFound: when the organisation has no such scheme.
        Conflict: when somebody changed it meanwhile.
        Invalid: for what cannot be read, a scheme longer than three years, or one that begins when another does.
    """
    visitor.require(Permission.KEEP_SERVICES)
    home = visitor.organisation.id
    row = stored.scheme(session, home, number, locked=True) if number is not None else None
    if number is not None and row is None:
        raise NotFound(number)
    typed = Typed()
    read = _read_scheme(typed, draft, today)
    before = _scheme_told(scheme_record(row)) if row is not None else {}
    others = (one for one in stored.schemes(session, home) if row is None or one.id != row.id)
    if not typed.is_refused("starts_on") and read.starts_on in {one.starts_on for one in others}:
        typed.refuse("starts_on", ServiceProblem.SCHEME_TWICE, on=read.starts_on)
    _refuse_stale(typed, row, draft.seen, before, _scheme_told(read))
    typed.end()
    after = _scheme_told(read)
    if row is not None and before == after:
        return None
    if row is None:
        row = models.AccessScheme(organisation_id=home, number=stored.next_scheme(session, home), version=0)
        session.add(row)
    row.starts_on, row.ends_on = read.starts_on, read.ends_on
    row.told = {item.value: told for item, told in read.told.items()}
    row.published_on, row.url = read.published_on, read.url
    _sign(row, visitor)
    tell(session, visitor, JournalAction.ACCESS_SCHEME_SET, f"schema-{row.number}", before, after)
    session.flush()
    return row.number


def write_plan(session: Session, visitor: Visitor, year: int, draft: PlanDraft, today: date) -> bool:
    """Write the plan of a year, or open it. False when it says what is stored already.

    Raises:
        Forbidden: without the right to keep the services.
        NotFound: for a year that no plan can be of.
        Conflict: when somebody changed it meanwhile.
        Invalid: for what cannot be read.
    """
    visitor.require(Permission.KEEP_SERVICES)
    if not FIRST_YEAR <= year <= min(today.year + 1, LAST_YEAR):
        raise NotFound(year)
    home = visitor.organisation.id
    row = stored.plan(session, home, year, locked=True)
    typed = Typed()
    published_on, url = _publication(typed, draft.published_on, draft.url, today)
    read = AccessPlan(year, nameless(typed, "review", draft.review, TEXT_LIMIT), published_on, url)
    before = _plan_told(AccessPlan(year, row.review, row.published_on, row.url)) if row is not None else {}
    _refuse_stale(typed, row, draft.seen, before, _plan_told(read))
    typed.end()
    if row is not None and before == _plan_told(read):
        return False
    if row is None:
        row = models.AccessPlan(organisation_id=home, year=year, version=0)
        session.add(row)
    row.review, row.published_on, row.url = read.review, read.published_on, read.url
    _sign(row, visitor)
    tell(session, visitor, JournalAction.ACCESS_PLAN_SET, str(year), before, _plan_told(read), year=year)
    session.flush()
    return True


def write_action(session: Session, visitor: Visitor, year: int, number: int | None, draft: ActionDraft) -> bool:
    """Write an action of the plan of a year, a new one without ``number``. False when it says what is stored.

    Raises:
        Forbidden: without the right to keep the services.
        NotFound: when there is no such plan, or no such action in it.
        Conflict: when somebody changed it meanwhile.
        Invalid: for what cannot be read.
    """
    visitor.require(Permission.KEEP_SERVICES)
    home = visitor.organisation.id
    plan = stored.plan(session, home, year, locked=True)
    if plan is None:
        raise NotFound(year)
    row = stored.action(session, plan.id, number, locked=True) if number is not None else None
    if number is not None and row is None:
        raise NotFound(number)
    services = {one.number: one.id for one in digital_services.everything(session, home)}
    typed = Typed()
    read = _read_action(typed, draft, services, _linkable(session, home, year))
    known = action_of(row, {key: one for one, key in services.items()}) if row is not None else None
    before = _action_told(known) if known is not None else {}
    _refuse_stale(typed, row, draft.seen, before, _action_told(read))
    typed.end()
    if known is not None and before == _action_told(read):
        return False
    if row is None:
        row = models.AccessAction(plan_id=plan.id, number=stored.next_action(session, plan.id), version=0)
        session.add(row)
    row.title, row.action_code, row.due_on = read.title, read.action, read.due_on
    row.service_id = services[read.service] if read.service is not None else None
    row.status, row.outcome = read.status, read.outcome
    _sign(row, visitor)
    subject = f"{year}-{row.number}"
    tell(session, visitor, JournalAction.ACCESS_ACTION_SET, subject, before, _action_told(read), year=year)
    session.flush()
    return True


def _linkable(session: Session, home: int, year: int) -> frozenset[str]:
    plan = plan_records(session, home, {year}).get(year)
    return frozenset(one.code for one in plan.actions) if plan else frozenset()


def _read_scheme(typed: Typed, draft: SchemeDraft, today: date) -> AccessScheme:
    starts = typed.any_day("starts_on", draft.starts_on, ServiceProblem.SCHEME_DAY_MISSING)
    ends = typed.any_day("ends_on", draft.ends_on, ServiceProblem.SCHEME_DAY_MISSING)
    if starts is not None and starts.year < FIRST_YEAR:
        typed.refuse("starts_on", ProblemCode.DATE_TOO_OLD, year=FIRST_YEAR)
    elif starts is not None and starts.year > LAST_YEAR:
        typed.refuse(
            "starts_on", ProblemCode.YEAR_OUT_OF_RANGE, text=str(starts.year), first=FIRST_YEAR, last=LAST_YEAR
        )
    elif starts is not None and ends is not None:
        if ends < starts:
            typed.refuse("ends_on", ProblemCode.ENDS_BEFORE_START)
        elif ends > longest(starts):
            typed.refuse("ends_on", ServiceProblem.SCHEME_TOO_LONG, on=longest(starts))
    published_on, url = _publication(typed, draft.published_on, draft.url, today)
    told = {item: nameless(typed, item, draft.told.get(item, ""), TEXT_LIMIT) for item in SchemeItem}
    return AccessScheme(
        number=0,
        starts_on=starts or today,
        ends_on=ends or today,
        told={item: text for item, text in told.items() if text},
        published_on=published_on,
        url=url,
    )


def _publication(typed: Typed, day: str, address: str, today: date) -> tuple[date | None, str]:
    """Read the day and the address of a publication: both, or neither."""
    on = typed.any_day("published_on", day)
    if on is not None and on > today:
        typed.refuse("published_on", ProblemCode.EQUIPMENT_DAY_TO_COME, on=on)
    url = web_address(typed, "url", address)
    if on is not None and not url:
        typed.refuse("url", ServiceProblem.PUBLICATION_ADDRESS_MISSING)
    if url and on is None and not typed.is_refused("published_on"):
        typed.refuse("published_on", ServiceProblem.PUBLICATION_DAY_MISSING)
    return on, url


def _read_action(typed: Typed, draft: ActionDraft, services: Mapping[int, int], codes: frozenset[str]) -> AccessAction:
    service = int(draft.service) if draft.service.isascii() and draft.service.isdigit() else None
    if draft.service and service not in services:
        typed.refuse("service", ProblemCode.UNKNOWN_CHOICE)
        service = None
    if draft.action and draft.action not in codes:
        typed.refuse("action", ProblemCode.UNKNOWN_CHOICE)
    return AccessAction(
        number=0,
        title=nameless(typed, "title", draft.title, TITLE_LIMIT, ProblemCode.ACTION_TITLE_MISSING),
        service=service,
        action=draft.action,
        due_on=typed.any_day("due_on", draft.due_on),
        status=typed.choice("status", draft.status, ActionStatus) or ActionStatus.PLANNED,
        outcome=nameless(typed, "outcome", draft.outcome, TEXT_LIMIT),
    )


def _scheme_told(one: AccessScheme) -> Told:
    return {
        "starts_on": one.starts_on.isoformat(),
        "ends_on": one.ends_on.isoformat(),
        "published_on": iso_day(one.published_on),
        "url": one.url,
        **{item.value: one.told.get(item, "") for item in SchemeItem},
    }


def _plan_told(one: AccessPlan) -> Told:
    return {"review": one.review, "published_on": iso_day(one.published_on), "url": one.url}


def _action_told(one: AccessAction) -> Told:
    return {
        "title": one.title,
        "number": "" if one.service is None else str(one.service),
        "action": one.action,
        "due_on": iso_day(one.due_on),
        "status": one.status,
        "result": one.outcome,
    }


_FIELDS: Mapping[str, str] = {"number": "service", "result": "outcome"}
"""The field of a form that a word of the journal stands for, where they are not the same."""
_Row = models.AccessScheme | models.AccessPlan | models.AccessAction


def _refuse_stale(typed: Typed, row: _Row | None, seen: int, theirs: Told, mine: Told) -> None:
    """Refuse what was typed over another version than the stored one.

    Raises:
        Conflict: with every problem of what was typed, too.
    """
    if (row.version if row is not None else 0) != seen and theirs != mine:
        raise stale_fields(row.author if row is not None else "", theirs, mine, typed.problems, _FIELDS)


def _sign(row: _Row, visitor: Visitor) -> None:
    row.version += 1
    row.author, row.recorded_at = visitor.name, datetime.now(UTC)
