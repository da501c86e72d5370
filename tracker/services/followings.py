"""Followings: the commitments that a person wants to hear of, and how often."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from tracker.domain.digests import News, judged_year
from tracker.domain.errors import Invalid, NotFound, Problem, ProblemCode
from tracker.domain.followings import DEFAULT, next_on
from tracker.domain.journal_actions import JournalAction
from tracker.domain.kinds import judge
from tracker.domain.paging import page_count
from tracker.domain.permissions import Permission
from tracker.domain.records import CommitmentRecord
from tracker.domain.vocabulary import DigestFrequency, Status
from tracker.labels.formats import PARIS
from tracker.services import journal
from tracker.services.developments import Developments
from tracker.services.portfolio import portfolio
from tracker.services.visitor import Visitor
from tracker.store.models import Commitment, Digest, DigestChoice, Following
from tracker.store.queries import accounts, commitments, followings

PAGE = 12
FOLLOWED = {"oui": True, "non": False}


@dataclass(frozen=True, slots=True)
class Followed:
    """A commitment that a person follows, and where it stands for the year that it is judged for today."""

    commitment: CommitmentRecord
    year: int
    status: Status


@dataclass(frozen=True, slots=True)
class Overview:
    """A page of what a person follows in an organisation, and what changed there since they last heard of it.

    ``since``, in the time of Paris, is None for whoever follows nothing, ``next_on``, the day of the next digest, for
    whoever wants none as well. ``flagships`` counts the flagship commitments that are not followed yet.
    """

    followed: Sequence[Followed]
    total: int
    pages: int
    news: Sequence[News]
    since: datetime | None
    frequency: DigestFrequency
    next_on: date | None
    flagships: int


def is_followed(session: Session, visitor: Visitor, code: str) -> bool:
    """Tell whether the visitor follows a commitment."""
    found = followings.of_code(session, visitor.account_id, visitor.organisation.id, code)
    return found is not None and found.is_followed


def follow(session: Session, visitor: Visitor, code: str, answer: str) -> bool:
    """Follow a commitment (« oui ») or leave it (« non »); tell whether that changed anything. Twice changes nothing.

    Raises:
        Forbidden: without the right to follow.
        NotFound: when the organisation has no such commitment.
        Invalid: for any other answer.
    """
    visitor.require(Permission.FOLLOW)
    row = commitments.by_code(session, visitor.organisation.id, code)
    if row is None:
        raise NotFound(code)
    if answer not in FOLLOWED:
        raise Invalid(Problem("suivre", ProblemCode.UNKNOWN_CHOICE))
    accounts.hold(session, visitor.account_id)
    return _set(session, visitor, row, is_followed=FOLLOWED[answer])


def follow_flagships(session: Session, visitor: Visitor) -> int:
    """Follow every flagship commitment; give how many were not followed yet.

    Raises:
        Forbidden: without the right to follow.
    """
    visitor.require(Permission.FOLLOW)
    accounts.hold(session, visitor.account_id)
    rows = commitments.of_organisation(session, visitor.organisation.id)
    return sum(_set(session, visitor, row, is_followed=True) for row in rows if row.is_flagship)


def choose(session: Session, visitor: Visitor, frequency: str) -> bool:
    """Choose how often to hear of what one follows; tell whether that changed anything.

    Raises:
        Forbidden: without the right to follow.
        Invalid: for what is not a frequency.
    """
    visitor.require(Permission.FOLLOW)
    if frequency not in set(DigestFrequency):
        raise Invalid(Problem("rythme", ProblemCode.UNKNOWN_CHOICE))
    home, wanted = visitor.organisation, DigestFrequency(frequency)
    accounts.hold(session, visitor.account_id)
    made = followings.choices(session, home.id, visitor.account_id)
    before = current(made)
    if wanted is before:
        return False
    session.add(
        DigestChoice(
            account_id=visitor.account_id,
            organisation_id=home.id,
            version=made[-1].version + 1 if made else 1,
            frequency=wanted,
            recorded_at=datetime.now(UTC),
        )
    )
    journal.write(
        session,
        JournalAction.DIGEST_CHOSEN,
        organisation_id=home.id,
        actor=visitor.name,
        subject=home.name[: journal.SUBJECT],
        before=before,
        after=wanted,
    )
    session.flush()
    return True


def overview(session: Session, visitor: Visitor, page: int, now: datetime) -> Overview:
    """Give a page of what the visitor follows, oldest vote first, and what changed since they last heard of it.

    Raises:
        Forbidden: without the right to follow.
        NotFound: for a page that does not exist.
    """
    visitor.require(Permission.FOLLOW)
    home, mine, today = visitor.organisation, visitor.account_id, now.astimezone(PARIS).date()
    rows = followings.of_account(session, mine, home.id)
    made = followings.choices(session, home.id, mine)
    frequency = current(made)
    began = heard(rows, made, followings.digests(session, home.id, mine))
    since = began and began.astimezone(PARIS)
    codes = {code for _, code in rows}
    records = portfolio(session, home).commitments
    kept = [one for one in records if one.code in codes]
    return Overview(
        [_followed(one, today) for one in kept[(page - 1) * PAGE : page * PAGE]],
        len(kept),
        page_count(len(kept), PAGE, page),
        Developments(session, home).of(codes, since, now, reader=mine) if since else (),
        since,
        frequency,
        next_on(frequency, since.date(), today) if since else None,
        sum(one.is_flagship and one.code not in codes for one in records),
    )


def current(choices: Sequence[DigestChoice]) -> DigestFrequency:
    """Give the frequency that counts among the versions of one person's choice, oldest first."""
    return choices[-1].frequency if choices else DEFAULT


def heard(
    rows: Iterable[tuple[Following, str]], choices: Sequence[DigestChoice], digests: Iterable[Digest]
) -> datetime | None:
    """Give the moment from which a person is told what changed, None for whoever follows nothing.

    It is that of their last digest, or the one on which they began: to follow, or to want digests again.
    """
    began = min((row.recorded_at for row, _ in rows), default=None)
    if began is None:
        return None
    stopped = [place for place, one in enumerate(choices) if one.frequency is DigestFrequency.NEVER]
    resumed = [one.recorded_at for one in choices[stopped[-1] + 1 :][:1]] if stopped else []
    return max([began, *resumed, *(digest.until for digest in digests)])


def _set(session: Session, visitor: Visitor, row: Commitment, *, is_followed: bool) -> bool:
    last = followings.newest(session, visitor.account_id, row.id)
    if (last is not None and last.is_followed) is is_followed:
        return False
    session.add(
        Following(
            account_id=visitor.account_id,
            commitment_id=row.id,
            version=last.version + 1 if last else 1,
            is_followed=is_followed,
            recorded_at=datetime.now(UTC),
        )
    )
    journal.write(
        session,
        JournalAction.COMMITMENT_FOLLOWED if is_followed else JournalAction.COMMITMENT_LEFT,
        organisation_id=visitor.organisation.id,
        actor=visitor.name,
        subject=row.code,
    )
    session.flush()
    return True


def _followed(commitment: CommitmentRecord, today: date) -> Followed:
    year = judged_year(commitment, today)
    return Followed(commitment, year, judge(commitment, year, today).status)
