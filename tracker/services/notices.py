"""Notices: what a person is told inside the product, until they have read it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from tracker.domain.bilingual import Bilingual
from tracker.domain.subjects import Subject
from tracker.domain.vocabulary import NoticeKind, SubjectKind
from tracker.services.visitor import Visitor
from tracker.store.models import Account, Notice, Organisation
from tracker.store.queries import commitments, digital_services, indicators, notices, plans

EXCERPT = 300


@dataclass(frozen=True, slots=True)
class Told:
    """A notice, the organisation that it comes from, and the name of what it is about: none for a campaign."""

    notice: Notice
    organisation: Organisation
    name: Bilingual | None


def tell(
    session: Session,
    visitor: Visitor,
    account_ids: Collection[int],
    kind: NoticeKind,
    subject: Subject,
    body: str = "",
) -> None:
    """Tell each account something that the visitor did; nobody is told of what they did themselves."""
    others = set(account_ids) - {visitor.account_id}
    announce(session, visitor.organisation.id, visitor.name, others, kind, subject, body)


def announce(
    session: Session,
    organisation_id: int,
    author: str,
    account_ids: Collection[int],
    kind: NoticeKind,
    subject: Subject,
    body: str = "",
) -> None:
    """Tell each account something, whoever or whatever ``author`` is."""
    for account_id in sorted(set(account_ids)):
        session.add(
            Notice(
                account_id=account_id,
                organisation_id=organisation_id,
                kind=kind,
                subject_kind=subject.kind,
                subject_code=subject.code,
                subject_year=subject.year,
                body=body[:EXCERPT],
                author=author,
                at=datetime.now(UTC),
            )
        )


def unread(session: Session, account: Account) -> int:
    """Count what an account has not read yet."""
    return notices.unread(session, account.id)


def of_account(session: Session, account: Account, limit: int) -> Sequence[Told]:
    """List the latest notices of an account, each with its organisation and the name of what it is about."""
    found = notices.of_account(session, account.id, limit)
    names = {row.code: Bilingual(row.name_fr, row.name_en) for row in indicators.everything(session)}
    voted, planned = _asked(found, SubjectKind.COMMITMENT), _asked(found, SubjectKind.ACTION)
    titles = {
        (home, code): Bilingual(*title)
        for home, codes in voted.items()
        for code, title in commitments.titles(session, home, codes).items()
    }
    actions = {
        (home, *key): Bilingual(title)
        for home, codes in planned.items()
        for key, title in plans.titles(session, home, codes).items()
    }
    services = {
        (home, str(row.number)): Bilingual(row.name)
        for home in _asked(found, SubjectKind.SERVICE)
        for row in digital_services.everything(session, home)
    }
    return [Told(one, home, _name(one, names, {**titles, **services}, actions)) for one, home in found]


def _asked(found: Sequence[tuple[Notice, Organisation]], kind: SubjectKind) -> Mapping[int, set[str]]:
    """Give by the number of their organisation the codes of what notices of a kind are about."""
    asked: dict[int, set[str]] = {}
    for notice, organisation in found:
        if notice.subject_kind is kind:
            asked.setdefault(organisation.id, set()).add(notice.subject_code)
    return asked


def _name(
    notice: Notice,
    names: Mapping[str, Bilingual],
    titles: Mapping[tuple[int, str], Bilingual],
    actions: Mapping[tuple[int, int, str], Bilingual],
) -> Bilingual | None:
    match notice.subject_kind:
        case SubjectKind.VALUE:
            return names.get(notice.subject_code)
        case SubjectKind.COMMITMENT | SubjectKind.SERVICE:
            return titles.get((notice.organisation_id, notice.subject_code))
        case SubjectKind.ACTION:
            return actions.get((notice.organisation_id, notice.subject_year, notice.subject_code))
        case _:
            return None


def read(session: Session, account: Account) -> None:
    """Mark everything as read."""
    notices.mark(session, account.id, datetime.now(UTC))
