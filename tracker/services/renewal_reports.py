"""The draft of a renewal report, written from last year's facts of a membership and the year to decide."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.budget import Imputation, Sum
from tracker.domain.errors import NotFound
from tracker.domain.memberships import NOT_STATED, MembershipState, YearStanding, due_on, standings
from tracker.domain.permissions import Permission
from tracker.domain.records import DeliberationRecord, OrganisationRecord
from tracker.exports.odt import odt_file
from tracker.reports.renewal import RenewalFacts, renewal_paper
from tracker.services.memberships import find, known
from tracker.services.portfolio import portfolio
from tracker.services.records import deliberation_record, organisation_record
from tracker.services.visitor import Visitor
from tracker.store.queries import commitments


@dataclass(frozen=True, slots=True)
class RenewalGrounds:
    """What is known for the report that proposes the fee of ``year``; what nobody told is None or empty.

    ``last`` is the latest year before it that was decided or paid: its fee, its budget line, what it served.
    ``text`` is the deliberation that decided it where the store has it, ``decided_by`` tells another decision in words;
    ``legal_basis`` is what that text is founded on. ``fee`` is what is known of the year to decide, most often nothing.
    """

    organisation: OrganisationRecord
    association: str
    url: str
    year: int
    due_on: date
    fee: Sum
    last: YearStanding | None = None
    text: DeliberationRecord | None = None
    decided_by: str = ""
    legal_basis: tuple[str, ...] = ()
    line: Imputation | None = None
    served: str = ""
    tools: str = ""
    joined: str = ""


def renewal_report(session: Session, visitor: Visitor, code: str, year: int, today: date) -> bytes:
    """Write the draft of the report on the fee of ``year`` as ODT: facts of the year before alone, the rest is blank.

    Raises:
        Forbidden, NotFound: as `renewal_grounds` does.
    """
    told = renewal_grounds(session, visitor, code, year, today)
    before = told.last if told.last and told.last.year.year == year - 1 else None
    facts = RenewalFacts(
        authority=told.organisation.name,
        association=told.association,
        year=year - 1,
        as_of=today,
        fee=before.year.fee if before else NOT_STATED,
        next_fee=told.fee if told.fee.amount is not None else None,
        number=told.text.number if before and told.text else "",
        decided_on=before.year.decided_on if before else None,
        body=told.text.body if before and told.text else "",
        joined=told.joined,
        paid_on=before.year.paid_on if before else None,
        served=(told.served,) if before and told.served else (),
        tools=(told.tools,) if before and told.tools else (),
        line=told.line if before else None,
        legal=told.legal_basis,
        is_fictional=told.organisation.is_fictional,
    )
    return odt_file(renewal_paper(facts))


def renewal_grounds(session: Session, visitor: Visitor, code: str, year: int, today: date) -> RenewalGrounds:
    """Gather what the draft of the report on the fee of ``year`` says.

    Raises:
        Forbidden: without the right to read.
        NotFound: for a membership that does not exist, a year that nobody has to decide, before its first one told or
            after the next one, or one that was given up.
    """
    visitor.require(Permission.READ)
    home = visitor.organisation
    voted = portfolio(session, home)
    membership = find(known(session, home, voted), code)
    chain = {one.year.year: one for one in standings(membership, today)}
    if year not in chain or chain[year].state is MembershipState.GIVEN_UP:
        raise NotFound(code, year)
    settled = (MembershipState.DECIDED, MembershipState.PAID)
    before = [one for one in chain.values() if one.year.year < year and one.state in settled]
    wanted = chain[year].year
    facts = RenewalGrounds(
        organisation=organisation_record(home),
        association=membership.name,
        url=membership.url,
        year=year,
        due_on=due_on(wanted),
        fee=wanted.fee,
        joined=membership.years[0].decided_by if membership.years else "",
    )
    return _with_last(session, home.id, facts, before[-1]) if before else facts


def _with_last(session: Session, organisation_id: int, facts: RenewalGrounds, last: YearStanding) -> RenewalGrounds:
    told = last.year
    rows = commitments.deliberations(session, organisation_id)
    row = next((row for row in rows if row.reference == told.deliberation), None)
    return replace(
        facts,
        last=last,
        text=deliberation_record(row) if row is not None else None,
        decided_by=told.decided_by,
        legal_basis=tuple(row.legal_basis) if row is not None else (),
        line=told.line,
        served=told.served,
        tools=told.tools,
    )
