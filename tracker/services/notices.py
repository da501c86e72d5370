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
from tracker.store.queries import commitments, indicators, notices

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
    asked: dict[int, set[str]] = {}
    for notice, organisation in found:
        if notice.subject_kind is SubjectKind.COMMITMENT:
            asked.setdefault(organisation.id, set()).add(notice.subject_code)
    titles = {home: commitments.titles(session, home, codes) for home, codes in asked.items()}
    return [Told(one, home, _name(one, names, titles)) for one, home in found]


def _name(
    notice: Notice, names: Mapping[str, Bilingual], titles: Mapping[int, Mapping[str, tuple[str, str]]]
) -> Bilingual | None:
    if notice.subject_kind is SubjectKind.VALUE:
        return names.get(notice.subject_code)
    if notice.subject_kind is SubjectKind.COMMITMENT:
        found = titles[notice.organisation_id].get(notice.subject_code)
        return Bilingual(*found) if found else None
    return None


def read(session: Session, account: Account) -> None:
    """Mark everything as read."""
    notices.mark(session, account.id, datetime.now(UTC))
