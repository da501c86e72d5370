"""The campaigns of an organisation: opening a year, moving its days, closing it, giving one indicator back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from tracker.domain import campaigns as rules
from tracker.domain import subjects
from tracker.domain.campaigns import Days
from tracker.domain.dates import iso_day
from tracker.domain.errors import Conflict, Invalid, NotFound, Problem, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.permissions import Permission, may
from tracker.domain.vocabulary import NoticeKind
from tracker.labels import short_day, text
from tracker.services import followups, journal, notices
from tracker.services.assignments import Person, holdings, typed_in
from tracker.services.decisions import Told, add, stale, tell
from tracker.services.portfolio import portfolio
from tracker.services.records import campaign_record
from tracker.services.typed import Typed
from tracker.services.visitor import Visitor
from tracker.store.models import Campaign, Reopening
from tracker.store.queries import campaigns
from tracker.store.queries import journal as lines


@dataclass(frozen=True, slots=True)
class CampaignDraft:
    """What was typed about a campaign; ``seen`` is the version that was on the screen."""

    due_on: str
    debate_on: str = ""
    reminders: tuple[str, ...] = ()
    has_four_eyes: bool = False
    year: str = ""
    seen: int = 0


@dataclass(frozen=True, slots=True)
class ReopeningDraft:
    """What was typed to give one indicator back to one person."""

    code: str
    account: str
    until: str
    reason: str


def open_(session: Session, visitor: Visitor, draft: CampaignDraft, today: date) -> int:
    """Open the campaign of a year, and give the year.

    Raises:
        Forbidden: without the right to run campaigns.
        Conflict: when the year has one already.
        Invalid: for a year or a day that cannot be.
    """
    visitor.require(Permission.RUN_CAMPAIGN)
    typed = Typed()
    year = typed.year("year", draft.year, last=today.year, is_needed=True)
    days = _days(typed, draft, None, today)
    exists = Problem("year", ProblemCode.CAMPAIGN_EXISTS, {"year": year})
    if year is not None and campaigns.by_year(session, visitor.organisation.id, year):
        raise Conflict(exists, *typed.problems)
    typed.end()
    assert year is not None  # noqa: S101 - refused above
    assert days is not None  # noqa: S101 - refused above
    row = Campaign(
        organisation_id=visitor.organisation.id,
        year=year,
        due_on=days.due_on,
        debate_on=days.debate_on,
        reminders_on=_stored(days),
        has_four_eyes=draft.has_four_eyes,
        opened_at=datetime.now(UTC),
        opened_by=visitor.name,
        version=1,
    )
    add(session, row, lambda: exists)
    tell(session, visitor, JournalAction.CAMPAIGN_OPENED, str(year), {}, _told(row), year=year)
    return year


def change(session: Session, visitor: Visitor, year: int, draft: CampaignDraft, today: date) -> bool:
    """Change the days of an open campaign, and whether it wants a second pair of eyes. False when nothing changes.

    Raises:
        Forbidden: without the right to run campaigns.
        NotFound: for a year without campaign.
        Conflict: when somebody changed or closed it meanwhile.
        Invalid: for a day that cannot be.
    """
    row = _running(session, visitor, year, "due_on")
    kept = rules.days_of(campaign_record(row))
    typed = Typed()
    days = _days(typed, draft, kept, today)
    if days is not None and (days, draft.has_four_eyes) == (kept, row.has_four_eyes):
        return False
    if draft.seen != row.version:
        raise Conflict(*_meanwhile(session, row, draft, days), *typed.problems)
    typed.end()
    assert days is not None  # noqa: S101 - refused above
    before = _told(row)
    row.due_on, row.debate_on, row.reminders_on = days.due_on, days.debate_on, _stored(days)
    row.has_four_eyes = draft.has_four_eyes
    row.version += 1
    session.flush()
    tell(session, visitor, JournalAction.CAMPAIGN_CHANGED, str(year), before, _told(row), year=year)
    return True


def close(session: Session, visitor: Visitor, year: int, uncounted: int, today: date, *, is_confirmed: bool) -> None:
    """Close a campaign; ``uncounted`` is how many values without anything to count were announced on the page.

    Raises:
        Forbidden: without the right to run campaigns.
        NotFound: for a year without campaign.
        Conflict: when it is closed already, or when that number changed meanwhile.
        Invalid: without the confirmation.
    """
    row = _running(session, visitor, year, "closing")
    found = followups.followup(session, visitor, year, today)
    if not is_confirmed:
        raise Invalid(Problem("confirmed", ProblemCode.CLOSING_UNCONFIRMED))
    if len(found.uncounted) != uncounted:
        told = {"seen": uncounted, "now": len(found.uncounted)}
        raise Conflict(Problem("confirmed", ProblemCode.CLOSING_CHANGED, told))
    row.closed_at, row.closed_by = datetime.now(UTC), visitor.name
    row.version += 1
    session.flush()
    journal.write(
        session,
        JournalAction.CAMPAIGN_CLOSED,
        organisation_id=visitor.organisation.id,
        actor=visitor.name,
        subject=str(year),
        year=year,
    )


def reopen(session: Session, visitor: Visitor, year: int, draft: ReopeningDraft, today: date) -> bool:
    """Give one indicator back to one person until a day included. False when it is given back just so already.

    Raises:
        Forbidden: without the right to run campaigns.
        NotFound: for a year without campaign.
        Invalid: while the campaign is open, or for an indicator, a person, a day or a reason that cannot be.
    """
    visitor.require(Permission.RUN_CAMPAIGN)
    row = _found(session, visitor, year)
    if row.closed_at is None:
        raise Invalid(Problem("code", ProblemCode.CAMPAIGN_STILL_OPEN, {"year": year}))
    typed = Typed()
    number = _indicator(session, visitor, year, draft.code, typed)
    person = _person(session, visitor, number, draft.account, typed)
    until = typed.any_day("until", draft.until, ProblemCode.UNTIL_MISSING)
    if until is not None:
        typed.problems += rules.reopening_faults(until, today)
    reason = typed.words("reason", draft.reason, ProblemCode.REOPENING_REASON_MISSING)
    typed.end()
    assert number is not None  # noqa: S101 - refused above
    assert person is not None  # noqa: S101 - refused above
    assert until is not None  # noqa: S101 - refused above
    known = campaigns.reopenings(session, row.id)
    if (number, person.account_id, until, reason) in {_what(one) for one in known}:
        return False
    session.add(
        Reopening(
            campaign_id=row.id,
            indicator_id=number,
            account_id=person.account_id,
            until=until,
            reason=reason,
            author=visitor.name,
            recorded_at=datetime.now(UTC),
        )
    )
    subject = subjects.value_of(draft.code, year)
    notices.tell(session, visitor, [person.account_id], NoticeKind.REOPENED, subject, reason)
    after = {"holder": person.name, "until": until.isoformat()}
    tell(session, visitor, JournalAction.VALUE_REOPENED, draft.code, {}, after, year=year, reason=reason)
    return True


def _found(session: Session, visitor: Visitor, year: int, *, locked: bool = False) -> Campaign:
    row = campaigns.by_year(session, visitor.organisation.id, year, locked=locked)
    if row is None:
        raise NotFound(year)
    return row


def _running(session: Session, visitor: Visitor, year: int, where: str) -> Campaign:
    """Give the campaign to change, alone with it until the end of the transaction.

    Raises:
        Forbidden, NotFound, Conflict: as `change` does.
    """
    visitor.require(Permission.RUN_CAMPAIGN)
    row = _found(session, visitor, year, locked=True)
    if row.closed_at is not None:
        raise Conflict(Problem(where, ProblemCode.CAMPAIGN_ENDED, {"year": year}))
    return row


def _days(typed: Typed, draft: CampaignDraft, kept: Days | None, today: date) -> Days | None:
    """Read the days; None when one of them cannot be read."""
    due_on = typed.any_day("due_on", draft.due_on, ProblemCode.DUE_MISSING)
    debate_on = typed.any_day("debate_on", draft.debate_on)
    read = {f"reminder-{place}": day for place, day in enumerate(draft.reminders[: rules.REMINDERS]) if day.strip()}
    reminders = {where: typed.any_day(where, day) for where, day in read.items()}
    if due_on is None:
        return None
    is_readable = not typed.problems
    days = Days(due_on, debate_on, tuple(sorted({day for day in reminders.values() if day is not None})))
    typed.problems += rules.faults(days, kept, today)
    wrong = (rules.reminder_fault(where, day, days, kept, today) for where, day in reminders.items() if day)
    typed.problems += filter(None, wrong)
    return days if is_readable else None


def _meanwhile(session: Session, row: Campaign, draft: CampaignDraft, days: Days | None) -> Sequence[Problem]:
    """Say what is stored at each field that was typed otherwise, and who stored it."""
    line = lines.latest_about(session, row.organisation_id, JournalAction.CAMPAIGN_CHANGED, str(row.year))
    author = line.actor if line else ""
    told: list[Problem] = []
    if days is None or days.due_on != row.due_on:
        told.append(stale(author, row.due_on, "due_on"))
    if days is None or days.debate_on != row.debate_on:
        told.append(stale(author, row.debate_on or "–", "debate_on"))
    if days is None or _stored(days) != row.reminders_on:
        shown = ", ".join(short_day(date.fromisoformat(day)) for day in row.reminders_on)
        told.append(stale(author, shown or "–", "reminder-0"))
    if draft.has_four_eyes != row.has_four_eyes:
        told.append(stale(author, text("oui") if row.has_four_eyes else text("non"), "has_four_eyes"))
    return told


def _indicator(session: Session, visitor: Visitor, year: int, code: str, typed: Typed) -> int | None:
    known = portfolio(session, visitor.organisation, with_drafts=True)
    if not code:
        typed.refuse("code", ProblemCode.INDICATOR_MISSING)
    elif code not in typed_in(known, year):
        typed.refuse("code", ProblemCode.UNKNOWN_CHOICE)
    return None if typed.is_refused("code") else known.figures.rows[code].id


def _person(session: Session, visitor: Visitor, number: int | None, account: str, typed: Typed) -> Person | None:
    held = holdings(session, visitor.organisation)
    person = next((one for one in held.people if str(one.account_id) == account), None)
    if person is None:
        typed.refuse("account", ProblemCode.UNKNOWN_CHOICE)
    elif number is not None and not may(person.role, Permission.ENTER_ANY) and person not in held.people_of(number):
        typed.refuse("account", ProblemCode.CANNOT_ENTER, name=person.name)
    return person


def _what(row: Reopening) -> tuple[int, int, date, str]:
    return row.indicator_id, row.account_id, row.until, row.reason


def _stored(days: Days) -> list[str]:
    return [day.isoformat() for day in days.reminders_on]


def _told(row: Campaign) -> Told:
    return {
        "due_on": row.due_on.isoformat(),
        "debate_on": iso_day(row.debate_on),
        "reminders_on": ", ".join(row.reminders_on),
        "four_eyes": "1" if row.has_four_eyes else "0",
    }
