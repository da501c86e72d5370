"""The end of approvals: the lead and the department of a service are told ahead, and once it is past; once each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from tracker.domain import subjects
from tracker.domain.approval_deadlines import REMINDERS
from tracker.domain.approvals import ApprovalTerm, approval
from tracker.domain.digital_services import ServiceState
from tracker.domain.permissions import Permission, may
from tracker.domain.vocabulary import NoticeKind
from tracker.labels import speaking
from tracker.labels.commission import ending_sentence
from tracker.services import notices
from tracker.services.commission_files import KnownService, known_services
from tracker.services.service_rows import rgaa_versions
from tracker.store.models import Organisation
from tracker.store.queries import accounts, organisations
from tracker.store.queries import notices as stored

AUTHOR = "tracker"


@dataclass(frozen=True, slots=True)
class Ending:
    """The end of an approval that is told: of which service, when, and the numbers of the accounts it is told to."""

    slug: str
    number: int
    name: str
    until: date
    to: tuple[int, ...]


def announce_endings(session: Session, today: date) -> Sequence[Ending]:
    """Tell, in every organisation, the end of each approval that is near or past to who was not told of it yet."""
    told = []
    for organisation in organisations.everything(session):
        for one, counts in _endings(session, organisation, today):
            with speaking("fr"):
                body = ending_sentence(counts, today)
            about = subjects.service(one.number)
            notices.announce(session, organisation.id, AUTHOR, one.to, NoticeKind.APPROVAL_ENDING, about, body)
            told.append(one)
    session.flush()
    return told


def foresee(session: Session, today: date) -> Sequence[Ending]:
    """Say what `announce_endings` would tell, and write nothing."""
    return [one for home in organisations.everything(session) for one, _ in _endings(session, home, today)]


def _endings(session: Session, organisation: Organisation, today: date) -> Iterator[tuple[Ending, ApprovalTerm]]:
    known = known_services(session, organisation)
    if not known:
        return
    people = accounts.of_organisation(session, organisation.id)
    leads = {account.id for account, grant in people if may(grant.role, Permission.KEEP_SERVICES)}
    staff: dict[int, set[int]] = {}
    for account, grant in people:
        staff.setdefault(grant.department_id or 0, set()).add(account.id)
    codes = {row.code: row.id for row in organisations.departments(session, organisation.id)}
    done: dict[str, list[tuple[int, date]]] = {}
    for notice in stored.of_kind(session, organisation.id, NoticeKind.APPROVAL_ENDING):
        done.setdefault(notice.subject_code, []).append((notice.account_id, notice.at.date()))
    for one in known.values():
        counts = _near(one, today)
        if counts is None:
            continue
        since = _since(counts.until, today)
        already = {account for account, on in done.get(str(one.number), ()) if on >= since}
        department = codes.get(one.file.service.department)
        to = (leads | (staff.get(department, set()) if department is not None else set())) - already
        if to:
            yield Ending(organisation.slug, one.number, one.name, counts.until, tuple(sorted(to))), counts


def _near(one: KnownService, today: date) -> ApprovalTerm | None:
    """Give the end of the approval of a service that is not closed, None as long as it is far."""
    if one.file.service.state is ServiceState.CLOSED:
        return None
    counts = approval(one.file, rgaa_versions(), today).term
    return counts if counts is not None and counts.until - timedelta(days=REMINDERS[0]) <= today else None


def _since(until: date, today: date) -> date:
    """Give the day from which the same was told: once from each of the days ahead on, and once it is past."""
    if until < today:
        return until + timedelta(days=1)
    return max(day for days in REMINDERS if (day := until - timedelta(days=days)) <= today)
