"""Memberships: what an authority's are, what is known of each year, and those still to be decided."""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker.domain.budget import Sum
from tracker.domain.errors import Invalid, NotFound, Problem, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.memberships import (
    MembershipRecord,
    MembershipYearRecord,
    Renewal,
    YearStanding,
    commitment_of,
    renewals,
    standings,
    with_facts,
)
from tracker.domain.permissions import Permission
from tracker.domain.records import CommitmentRecord, Finding
from tracker.domain.vocabulary import CommitmentKind, SearchKind
from tracker.services import journal, searches
from tracker.services.budget_lines import imputation
from tracker.services.portfolio import Portfolio, portfolio
from tracker.services.typed import Typed
from tracker.services.visitor import Visitor
from tracker.store.models import Membership, MembershipYear, Organisation
from tracker.store.queries import memberships as stored
from tracker.store.session import kept

NAME_LIMIT, URL_LIMIT, CODE_LIMIT = 200, 500, 40
_SECURE_OR_NOT = re.compile(r"https?://[^\s<>\"]+")


@dataclass(frozen=True, slots=True)
class MembershipDraft:
    """What was typed to follow an association: its name, and the address of its site."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Memberships:
    """The memberships of an organisation as a day sees them, and the years still to be decided, next due first."""

    listed: tuple[tuple[MembershipRecord, tuple[YearStanding, ...]], ...]
    renewals: tuple[Renewal, ...]


@dataclass(frozen=True, slots=True)
class MembershipSheet:
    """One membership with its chain of years, and the commitments that they serve, by their codes."""

    membership: MembershipRecord
    standings: tuple[YearStanding, ...]
    commitments: Mapping[str, CommitmentRecord]


def overview(session: Session, visitor: Visitor, today: date) -> Memberships:
    """Give the memberships of the visitor's organisation on ``today``.

    Raises:
        Forbidden: without the right to read.
    """
    visitor.require(Permission.READ)
    found = known(session, visitor.organisation, portfolio(session, visitor.organisation))
    return Memberships(tuple((one, standings(one, today)) for one in found), renewals(found, today))


def sheet(session: Session, visitor: Visitor, code: str, today: date) -> MembershipSheet:
    """Give one membership.

    Raises:
        Forbidden: without the right to read.
        NotFound: when the organisation has none of that code.
    """
    visitor.require(Permission.READ)
    voted = portfolio(session, visitor.organisation)
    one = find(known(session, visitor.organisation, voted), code)
    served = {year.commitment for year in one.years}
    return MembershipSheet(
        one, standings(one, today), {record.code: record for record in voted.commitments if record.code in served}
    )


def find(records: Iterable[MembershipRecord], code: str) -> MembershipRecord:
    """Give the membership ``code``.

    Raises:
        NotFound: when there is none.
    """
    for one in records:
        if one.code == code:
            return one
    raise NotFound(code)


def known(
    session: Session, organisation: Organisation, voted: Portfolio, until: datetime | None = None
) -> tuple[MembershipRecord, ...]:
    """Give the memberships of an organisation, each year as its last version and the findings of ``voted`` tell it.

    With ``until``, as that moment knew them; ``voted`` is then the portfolio of that moment. They are gathered once a
    process for all readers, and again when the organisation's stamp has changed.
    """
    shared = kept(session)
    if shared is None:
        return _gathered(session, organisation, voted, until)
    key = (MembershipRecord, organisation.id, until)
    return shared.get(key, organisation.stamp, lambda: _gathered(session, organisation, voted, until))


def serving(session: Session, visitor: Visitor, code: str) -> Sequence[Membership]:
    """List the memberships that the commitment ``code`` was linked to.

    Raises:
        Forbidden: without the right to read.
    """
    visitor.require(Permission.READ)
    return stored.serving(session, visitor.organisation.id, code)


def facts_of(voted: Portfolio) -> Mapping[str, tuple[Finding, ...]]:
    """Give the findings on each renewal by its code: what they say of a year speaks for its membership."""
    return {one.code: one.findings for one in voted.commitments if one.kind is CommitmentKind.RENEWAL}


def add(session: Session, visitor: Visitor, draft: MembershipDraft) -> str:
    """Follow an association, and give the code made of its name.

    Raises:
        Forbidden: without the right to take in what was voted.
        Invalid: for a name that is missing, too long or followed already, or an address that is none.
    """
    visitor.require(Permission.TAKE_IN)
    typed = Typed()
    name = typed.words("name", draft.name, ProblemCode.NAME_MISSING, NAME_LIMIT)
    url = typed.words("url", draft.url, limit=URL_LIMIT)
    if url and not typed.is_refused("url") and not _SECURE_OR_NOT.fullmatch(url):
        typed.refuse("url", ProblemCode.WEB_ADDRESS_UNREADABLE, text=url[:40])
    rows = stored.of_organisation(session, visitor.organisation.id)
    if any(row.name.casefold() == name.casefold() for row in rows):
        typed.refuse("name", ProblemCode.MEMBERSHIP_TAKEN)
    typed.end()
    code = _code(name, {row.code for row in rows})
    row = Membership(
        organisation_id=visitor.organisation.id, code=code, name=name, url=url, recorded_at=datetime.now(UTC)
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:  # somebody added the same at the same moment
        raise Invalid(Problem("name", ProblemCode.MEMBERSHIP_TAKEN)) from None
    journal.write(
        session,
        JournalAction.MEMBERSHIP_ADDED,
        organisation_id=visitor.organisation.id,
        actor=visitor.name,
        subject=code,
        after=json.dumps({"name": name, **({"url": url} if url else {})}, ensure_ascii=False),
    )
    searches.index(session, visitor.organisation, frozenset({SearchKind.MEMBERSHIP}))
    return code


def year_record(found: stored.YearRow) -> MembershipYearRecord:
    """Give a version of a year as a plain value, without what findings say of it."""
    row = found.year
    return MembershipYearRecord(
        year=row.year,
        version=row.version,
        fee=Sum(row.amount, row.tax),
        renew_before=row.renew_before,
        deliberation=found.reference,
        decided_on=row.decided_on,
        decided_by=row.decided_by,
        paid_on=row.paid_on,
        is_given_up=row.is_given_up,
        commitment=found.commitment,
        line=imputation(found.line) if found.line else None,
        served=row.served_fr,
        tools=row.tools_fr,
        evidence=row.evidence_fr,
        author=row.author,
        recorded_at=row.recorded_at,
    )


def _gathered(
    session: Session, organisation: Organisation, voted: Portfolio, until: datetime | None
) -> tuple[MembershipRecord, ...]:
    facts, found = facts_of(voted), []
    for row, versions in stored.whole(session, organisation.id):
        latest = {one.year.year: one for one in versions if until is None or _was_known(one.year, until)}
        found.append(_record(row, latest, facts))
    return tuple(found)


def _record(
    row: Membership, years: Mapping[int, stored.YearRow], facts: Mapping[str, tuple[Finding, ...]]
) -> MembershipRecord:
    written = [year_record(found) for _, found in sorted(years.items())]
    told = {one.year: with_facts(one, facts.get(one.commitment, ())) for one in written}
    for code in {one.commitment for one in written if one.commitment in facts}:
        for fact in facts[code]:
            if fact.year is not None and fact.year not in told and commitment_of(written, fact.year) == code:
                told[fact.year] = with_facts(MembershipYearRecord(fact.year, commitment=code), facts[code])
    return MembershipRecord(row.code, row.name, row.url, row.source, tuple(told[year] for year in sorted(told)))


def _was_known(row: MembershipYear, until: datetime) -> bool:
    """Tell whether a version was known: one that somebody recorded, from then on; one of a text, from its decision."""
    if row.author:
        return row.recorded_at <= until
    return row.decided_on is None or row.decided_on <= until.date()


def _code(name: str, taken: set[str]) -> str:
    """Make of a name a code of capitals and digits that no other membership has."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().upper()
    base = re.sub(r"[^A-Z0-9]+", "-", bare).strip("-")[: CODE_LIMIT - 4].strip("-") or "ADHESION"
    numbered = (f"{base}-{rank}" for rank in range(2, len(taken) + 3))
    return base if base not in taken else next(code for code in numbered if code not in taken)
