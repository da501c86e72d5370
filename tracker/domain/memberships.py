"""Memberships: what is known of each year of an association's fee, and when the next one is to be decided."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from tracker.domain.budget import Imputation, Sum
from tracker.domain.records import Finding
from tracker.domain.vocabulary import FindingState, TaxRegime

NOT_STATED = Sum(None, TaxRegime.UNSTATED)
ALERT_DAYS = 90
"""How long before its date a renewal is put forward."""


class MembershipState(StrEnum):
    """What is known of a year of a membership; a year that no text tells is unknown, never a lapse."""

    PAID = "paid"
    DECIDED = "decided"
    GIVEN_UP = "given_up"
    UNKNOWN = "unknown"
    TO_RENEW = "to_renew"


@dataclass(frozen=True, slots=True)
class MembershipYearRecord:
    """The latest version of what is known of a year; version 0 where nobody wrote anything of it.

    ``deliberation`` is the reference of a text in the store, ``decided_by`` names another one in words; ``commitment``
    is the code of the one that the year serves. ``has_facts`` tells that findings on that commitment spoke.
    """

    year: int
    version: int = 0
    fee: Sum = NOT_STATED
    renew_before: date | None = None
    deliberation: str = ""
    decided_on: date | None = None
    decided_by: str = ""
    paid_on: date | None = None
    is_given_up: bool = False
    commitment: str = ""
    line: Imputation | None = None
    served: str = ""
    tools: str = ""
    evidence: str = ""
    author: str = ""
    recorded_at: datetime | None = None
    has_facts: bool = False


@dataclass(frozen=True, slots=True)
class MembershipRecord:
    """An association that an authority joined, with the years of which something is known, oldest first."""

    code: str
    name: str
    url: str = ""
    source: str = ""
    years: tuple[MembershipYearRecord, ...] = ()

    def year(self, year: int) -> MembershipYearRecord:
        """Give what is known of ``year``: nothing but its number where nobody told of it."""
        return next((one for one in self.years if one.year == year), MembershipYearRecord(year))


@dataclass(frozen=True, slots=True)
class YearStanding:
    """A year of a membership as a day sees it: its state, and the day by which it was, or is, to be decided."""

    year: MembershipYearRecord
    state: MembershipState
    due_on: date


@dataclass(frozen=True, slots=True)
class Renewal:
    """A year that is still to be decided: of which membership, and by which day."""

    on: date
    membership: MembershipRecord
    year: MembershipYearRecord

    def is_past(self, today: date) -> bool:
        """Tell whether the day went by; a later decision still renews the year."""
        return self.on < today

    def is_near(self, today: date) -> bool:
        """Tell whether it is time to prepare the report: the day is past, or less than `ALERT_DAYS` ahead."""
        return (self.on - today).days < ALERT_DAYS


def due_on(year: MembershipYearRecord) -> date:
    """Give the day by which the fee of ``year`` is to be decided.

    The one that was told for the year itself, else the last day of the year before: a membership runs by calendar
    years, and the next one is decided before the current one ends.
    """
    return year.renew_before or date(year.year - 1, 12, 31)


def state(year: MembershipYearRecord, today: date) -> MembershipState:
    """Say what is known of ``year`` on ``today``; facts dated later count nowhere.

    The running year and those to come are to renew until somebody decides; a past year of which nothing is told is
    unknown.
    """
    if year.is_given_up:
        return MembershipState.GIVEN_UP
    if year.paid_on is not None and year.paid_on <= today:
        return MembershipState.PAID
    if year.decided_on is not None and year.decided_on <= today:
        return MembershipState.DECIDED
    return MembershipState.TO_RENEW if year.year >= today.year else MembershipState.UNKNOWN


def standings(membership: MembershipRecord, today: date) -> tuple[YearStanding, ...]:
    """Give the chain of years, oldest first: from the first one told to the next one, those that nobody told included.

    It ends with the last year told when that one was given up.
    """
    if not membership.years:
        return ()
    first, last = membership.years[0].year, membership.years[-1]
    end = last.year if last.is_given_up else max(last.year, today.year + 1)
    years = [membership.year(year) for year in range(first, end + 1)]
    return tuple(YearStanding(one, state(one, today), due_on(one)) for one in years)


def renewals(memberships: Iterable[MembershipRecord], today: date) -> tuple[Renewal, ...]:
    """List the years still to be decided, from the running one on, next due first."""
    found = [
        Renewal(one.due_on, membership, one.year)
        for membership in memberships
        for one in standings(membership, today)
        if one.state is MembershipState.TO_RENEW
    ]
    return tuple(sorted(found, key=lambda one: (one.on, one.membership.code, one.year.year)))


def with_facts(year: MembershipYearRecord, facts: Sequence[Finding]) -> MembershipYearRecord:
    """Give ``year`` with what the findings on its commitment say of it: they speak over what was written here.

    The latest fact tells the state, as the commitment is judged; what no finding says stays as it was written.
    """
    told = sorted((fact for fact in facts if fact.year == year.year), key=lambda fact: fact.on)
    if not told:
        return year
    last = told[-1]
    if last.state is FindingState.NOT_DONE:
        return replace(year, is_given_up=True, decided_on=last.on, paid_on=None, has_facts=True)
    by_state = {fact.state: fact for fact in told}
    paid = by_state.get(FindingState.PAID) or by_state.get(FindingState.DONE)
    decided = by_state.get(FindingState.DECIDED)
    priced = next((fact for fact in (paid, decided) if fact is not None and fact.amount is not None), None)
    return replace(
        year,
        fee=Sum(priced.amount, priced.tax or TaxRegime.UNSTATED) if priced else year.fee,
        decided_on=decided.on if decided else year.decided_on,
        paid_on=paid.on if paid else year.paid_on,
        is_given_up=False,
        has_facts=True,
    )


def commitment_of(years: Sequence[MembershipYearRecord], year: int) -> str:
    """Give the code of the commitment that tells of ``year``: its own, else that of the last linked year before it."""
    own = next((one for one in years if one.year == year), None)
    if own is not None:
        return own.commitment
    before = [one for one in years if one.commitment and one.year < year]
    return max(before, key=lambda one: one.year).commitment if before else ""
