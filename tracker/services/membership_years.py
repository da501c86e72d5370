"""Years of a membership: each change makes a version, and the facts of a renewal are told on its commitment at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from tracker.domain.budget import Imputation, Sum
from tracker.domain.dates import iso_day
from tracker.domain.errors import Conflict, NotFound, Problem, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.memberships import (
    MembershipRecord,
    MembershipYearRecord,
    YearStanding,
    commitment_of,
    due_on,
    state,
    with_facts,
)
from tracker.domain.numbers import plain_text
from tracker.domain.periods import FIRST_YEAR
from tracker.domain.permissions import Permission
from tracker.domain.records import CommitmentRecord, Finding
from tracker.domain.vocabulary import CommitmentKind, FindingState, SearchKind, TaxRegime
from tracker.labels import day, speaking, text
from tracker.labels.budget import imputation_phrase
from tracker.labels.memberships import standing_sentence
from tracker.services import budget_lines, findings, searches
from tracker.services.decisions import Told, add, stale, tell
from tracker.services.memberships import facts_of, find, known, year_record
from tracker.services.portfolio import Portfolio, portfolio
from tracker.services.typed import Typed
from tracker.services.visitor import Visitor
from tracker.store.models import Deliberation, MembershipYear
from tracker.store.queries import commitments
from tracker.store.queries import memberships as stored

DECIDED_BY_LIMIT, CODE_LIMIT, NAME_LIMIT = 200, 20, 120
EVIDENCE_LIMIT, TEXT_LIMIT = findings.EVIDENCE_LIMIT, 1000
LINE_LIMITS = {
    "budget": NAME_LIMIT,
    "section": 60,
    "chapter": CODE_LIMIT,
    "function": CODE_LIMIT,
    "nature": CODE_LIMIT,
    "policy": 200,
    "programme": NAME_LIMIT,
    "manager": NAME_LIMIT,
}


@dataclass(frozen=True, slots=True)
class YearDraft:
    """What was typed of a year; ``seen`` is the version that was on the screen, 0 for none.

    ``deliberation`` is the reference of one of the organisation's; without it, ``decided_on`` and ``decided_by`` tell
    another decision. ``line`` has the codes of the budget line by the names of `LINE_LIMITS`.
    """

    amount: str = ""
    tax: str = TaxRegime.UNSTATED
    renew_before: str = ""
    is_given_up: bool = False
    deliberation: str = ""
    decided_on: str = ""
    decided_by: str = ""
    paid_on: str = ""
    commitment: str = ""
    line: Mapping[str, str] | None = None
    served: str = ""
    tools: str = ""
    evidence: str = ""
    seen: int = 0
    has_comma_groups: bool = False


@dataclass(frozen=True, slots=True)
class YearSheet:
    """A year of a membership to change: what is known of it, its versions, latest first, and what can be chosen.

    ``year`` proposes the commitment of the years before where nobody wrote of this one.
    """

    membership: MembershipRecord
    year: MembershipYearRecord
    standing: YearStanding
    versions: Sequence[MembershipYearRecord]
    deliberations: Sequence[Deliberation]
    renewals: Sequence[CommitmentRecord]

    @property
    def seen(self) -> int:
        """Give the last version, 0 for none."""
        return self.versions[0].version if self.versions else 0


@dataclass(frozen=True, slots=True)
class _Known:
    """What a change starts from: the rows and the values of one year."""

    number: int
    sheet: YearSheet
    voted: Portfolio


def year_sheet(session: Session, visitor: Visitor, code: str, year: int, today: date) -> YearSheet:
    """Gather what the form of a year shows.

    Raises:
        Forbidden: without the right to take in what was voted.
        NotFound: for a membership that does not exist, or a year before 2000 or after the next one.
    """
    visitor.require(Permission.TAKE_IN)
    return _known(session, visitor, code, year, today).sheet


def record_year(session: Session, visitor: Visitor, code: str, year: int, draft: YearDraft, today: date) -> bool:
    """Add a version of a year, and tell its facts on the renewal that it serves. False when nothing changes.

    Raises:
        Forbidden: without the right to take in what was voted, or to record facts where the year serves a renewal.
        NotFound: as `year_sheet` does.
        Conflict: when another version was stored meanwhile.
        Invalid: for what cannot be read, facts to come, a fact without anything that shows it, or one that a finding
            on the commitment contradicts.
    """
    visitor.require(Permission.TAKE_IN)
    about = _known(session, visitor, code, year, today)
    read = _checked(about, draft, today)
    if read is None:
        return False
    before, made = about.sheet.year, read
    row = _row(session, visitor, about, made)
    add(session, row, lambda: _meanwhile(_known(session, visitor, code, year, today).sheet, today))
    told = (_told(before) if before.version else {}, _told(made))
    tell(session, visitor, JournalAction.MEMBERSHIP_CHANGED, code, *told, year=year)
    for fact in _facts_to_tell(about, made):
        findings.record(session, visitor, made.commitment, fact, today)
    searches.index(session, visitor.organisation, frozenset({SearchKind.MEMBERSHIP}))
    return True


def _known(session: Session, visitor: Visitor, code: str, year: int, today: date) -> _Known:
    home = visitor.organisation
    row = stored.by_code(session, home.id, code)
    if row is None or not FIRST_YEAR <= year <= today.year + 1:
        raise NotFound(code, year)
    voted = portfolio(session, home)
    membership = find(known(session, home, voted), code)
    told = membership.year(year)
    if not told.version and not told.commitment:
        told = replace(told, commitment=commitment_of(membership.years, year))
    own = [one for one in voted.commitments if one.kind is CommitmentKind.RENEWAL or one.code == told.commitment]
    found = YearSheet(
        membership=membership,
        year=told,
        standing=YearStanding(told, state(told, today), due_on(told)),
        versions=[year_record(one) for one in stored.versions(session, row.id, year)],
        deliberations=commitments.deliberations(session, home.id),
        renewals=own,
    )
    return _Known(row.id, found, voted)


def _checked(about: _Known, draft: YearDraft, today: date) -> MembershipYearRecord | None:
    """Give the version that ``draft`` comes to; None when it is what is known already."""
    typed, sheet = Typed(has_comma_groups=draft.has_comma_groups), about.sheet
    read = _read(typed, sheet, draft, today)
    last = sheet.versions[0] if sheet.versions else None
    if not typed.problems and _says_the_same(read, sheet.year):
        return None
    if last is not None and last.version != draft.seen:
        raise Conflict(_meanwhile(sheet, today), *typed.problems)
    _check_evidence(typed, read)
    _check_facts(typed, about, read)
    typed.end()
    return replace(read, version=last.version + 1 if last else 1)


def _read(typed: Typed, sheet: YearSheet, draft: YearDraft, today: date) -> MembershipYearRecord:
    """Read the fields of ``draft``; what cannot be read is noted in ``typed``."""
    amount = typed.euros("amount", draft.amount)
    if amount is not None and amount < 0:
        typed.refuse("amount", ProblemCode.BELOW_MINIMUM, value=amount, bound=0)
    tax = typed.choice("tax", draft.tax, TaxRegime) or TaxRegime.UNSTATED
    decided_on, decided_by = _decision(typed, sheet, draft, today)
    if draft.is_given_up:
        typed.unwanted(("paid_on", draft.paid_on))
    if draft.commitment and draft.commitment not in {one.code for one in sheet.renewals}:
        typed.refuse("commitment", ProblemCode.UNKNOWN_CHOICE)
    is_linked = any(one.code == draft.commitment and one.kind is CommitmentKind.RENEWAL for one in sheet.renewals)
    if draft.is_given_up and decided_on is None and is_linked:
        decided_on = today  # a finding has a day: that on which the giving up was told
    return MembershipYearRecord(
        year=sheet.year.year,
        fee=Sum(amount, tax if amount is not None else TaxRegime.UNSTATED),
        renew_before=_deadline(typed, draft.renew_before, sheet.year.year),
        deliberation=draft.deliberation,
        decided_on=decided_on,
        decided_by=decided_by,
        paid_on=_past(typed, "paid_on", draft.paid_on, today),
        is_given_up=draft.is_given_up,
        commitment=draft.commitment,
        line=_line(typed, sheet.year, draft.line or {}),
        served=typed.words("served", draft.served, limit=TEXT_LIMIT),
        tools=typed.words("tools", draft.tools, limit=TEXT_LIMIT),
        evidence=typed.words("evidence", draft.evidence, limit=EVIDENCE_LIMIT),
    )


def _decision(typed: Typed, sheet: YearSheet, draft: YearDraft, today: date) -> tuple[date | None, str]:
    texts = {row.reference: row.adopted_on for row in sheet.deliberations}
    if draft.deliberation in texts:
        typed.unwanted(("decided_on", draft.decided_on), ("decided_by", draft.decided_by))
        return texts[draft.deliberation], ""
    if draft.deliberation:
        typed.refuse("deliberation", ProblemCode.UNKNOWN_CHOICE)
    decided_by = typed.words("decided_by", draft.decided_by, limit=DECIDED_BY_LIMIT)
    return _past(typed, "decided_on", draft.decided_on, today), decided_by


def _past(typed: Typed, where: str, written: str, today: date) -> date | None:
    found = typed.any_day(where, written)
    if found is not None and found > today:
        typed.refuse(where, ProblemCode.DATE_IN_FUTURE)
    if found is not None and found.year < FIRST_YEAR:
        typed.refuse(where, ProblemCode.DATE_TOO_OLD, year=FIRST_YEAR)
    return found


def _deadline(typed: Typed, written: str, year: int) -> date | None:
    """Read the day by which ``year`` is to be decided: at the latest, when the year after it ends."""
    found, latest = typed.any_day("renew_before", written), date(year + 1, 12, 31)
    if found is not None and found > latest:
        typed.refuse("renew_before", ProblemCode.DATE_TOO_FAR, limit=latest)
    if found is not None and found.year < FIRST_YEAR:
        typed.refuse("renew_before", ProblemCode.DATE_TOO_OLD, year=FIRST_YEAR)
    return found


def _line(typed: Typed, known_year: MembershipYearRecord, written: Mapping[str, str]) -> Imputation | None:
    """Read the budget line; it is of the year of the membership unless the one that was known is of another."""
    codes = {name: typed.words(f"line_{name}", written.get(name, ""), limit=most) for name, most in LINE_LIMITS.items()}
    if not any(codes.values()):
        return None
    of = known_year.line.year if known_year.line is not None else known_year.year
    return Imputation(year=of, **codes)


def _check_evidence(typed: Typed, read: MembershipYearRecord) -> None:
    is_told = read.is_given_up or read.paid_on is not None or read.decided_on is not None
    if is_told and not read.evidence and not read.deliberation and not typed.is_refused("evidence"):
        typed.refuse("evidence", ProblemCode.EVIDENCE_MISSING)


def _check_facts(typed: Typed, about: _Known, read: MembershipYearRecord) -> None:
    """Refuse what the findings on the commitment would still contradict once those of ``read`` are told."""
    facts = facts_of(about.voted).get(read.commitment)
    if facts is None or typed.problems:
        return
    told = [*facts, *(_finding(one) for one in _facts_to_tell(about, read))]
    after = with_facts(read, told)
    own = [fact for fact in facts if fact.year == read.year]
    latest = max((fact.on for fact in own), default=None)
    pairs = {
        "is_given_up": (after.is_given_up, read.is_given_up),
        "decided_on": (after.decided_on, read.decided_on),
        "paid_on": (after.paid_on, read.paid_on),
        "amount": (after.fee, read.fee),
    }
    for where, (found, wanted) in pairs.items():
        if found != wanted:
            typed.refuse(where, ProblemCode.FACT_STANDS, commitment=read.commitment, on=latest)
            return


def _facts_to_tell(about: _Known, read: MembershipYearRecord) -> Sequence[findings.FindingDraft]:
    """Give the facts of a year that the renewal which it serves does not know yet; none where it serves no renewal."""
    facts = facts_of(about.voted).get(read.commitment)
    if facts is None:
        return ()
    wanted: list[tuple[FindingState, date]] = []
    if read.is_given_up and read.decided_on is not None:
        wanted.append((FindingState.NOT_DONE, read.decided_on))
    elif not read.is_given_up:
        days = ((FindingState.DECIDED, read.decided_on), (FindingState.PAID, read.paid_on))
        wanted += [(known_state, on) for known_state, on in days if on is not None]
    told = {(one.state, one.on, one.amount, one.tax or TaxRegime.UNSTATED) for one in facts if one.year == read.year}
    drafts = [_draft(about, read, known_state, on) for known_state, on in wanted]
    return [one for one in drafts if (one.state, one.on, one.amount, one.tax or TaxRegime.UNSTATED) not in told]


def _draft(about: _Known, read: MembershipYearRecord, told: FindingState, on: date) -> findings.FindingDraft:
    is_priced = told is not FindingState.NOT_DONE and read.fee.amount is not None
    with speaking("fr"):  # what is stored is French, whatever the language of the page
        line = imputation_phrase(read.line) if is_priced and read.line is not None else ""
        return findings.FindingDraft(
            state=told,
            on=on,
            evidence=read.evidence or _cited(about.sheet, read),
            year=read.year,
            amount=read.fee.amount if is_priced else None,
            tax=read.fee.tax if is_priced else None,
            budget_line=f"{line}." if line else "",
        )


def _cited(sheet: YearSheet, read: MembershipYearRecord) -> str:
    row = next((row for row in sheet.deliberations if row.reference == read.deliberation), None)
    return text("Délibération {number} du {on}.", number=row.number, on=day(row.adopted_on)) if row else ""


def _finding(draft: findings.FindingDraft) -> Finding:
    return Finding(draft.state, draft.on, draft.year, draft.amount, draft.tax)


def _says_the_same(read: MembershipYearRecord, other: MembershipYearRecord) -> bool:
    return _content(read) == _content(other)


def _content(year: MembershipYearRecord) -> MembershipYearRecord:
    """Give what a version says, without who wrote it; a text of the store tells its decision by itself."""
    fee = year.fee if year.fee.amount is not None else Sum(None, TaxRegime.UNSTATED)
    decided_by = "" if year.deliberation else year.decided_by
    return replace(year, version=0, fee=fee, decided_by=decided_by, author="", recorded_at=None, has_facts=False)


def _row(session: Session, visitor: Visitor, about: _Known, made: MembershipYearRecord) -> MembershipYear:
    home = visitor.organisation.id
    texts = {row.reference: row.id for row in about.sheet.deliberations}
    linked = commitments.by_code(session, home, made.commitment) if made.commitment else None
    return MembershipYear(
        membership_id=about.number,
        year=made.year,
        version=made.version,
        amount=made.fee.amount,
        tax=made.fee.tax,
        renew_before=made.renew_before,
        deliberation_id=texts.get(made.deliberation),
        decided_on=made.decided_on,
        decided_by=made.decided_by,
        paid_on=made.paid_on,
        is_given_up=made.is_given_up,
        commitment_id=linked.id if linked else None,
        budget_line_id=budget_lines.number_of(session, home, made.line),
        served_fr=made.served,
        tools_fr=made.tools,
        evidence_fr=made.evidence,
        account_id=visitor.account_id,
        author=visitor.name,
        recorded_at=datetime.now(UTC),
    )


def _meanwhile(sheet: YearSheet, today: date) -> Problem:
    """Say what is stored now, and by whom."""
    return stale(sheet.versions[0].author, standing_sentence(sheet.standing, today).rstrip("."), "seen")


def _told(year: MembershipYearRecord) -> Told:
    """Write a version for the journal, in no language but that of what was typed."""
    with speaking("fr"):
        line = imputation_phrase(year.line) if year.line is not None else ""
    return {
        "amount": "" if year.fee.amount is None else plain_text(year.fee.amount),
        "tax": "" if year.fee.amount is None else str(year.fee.tax),
        "renew_before": iso_day(year.renew_before),
        "given_up": "1" if year.is_given_up else "",
        "decision": year.deliberation,
        "decided_on": iso_day(year.decided_on),
        "decided_by": year.decided_by,
        "paid_on": iso_day(year.paid_on),
        "commitment": year.commitment,
        "line": line,
        "served": year.served,
        "tools": year.tools,
        "evidence": year.evidence,
    }
