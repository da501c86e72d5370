"""Freezing the assessment of a year, and proposing its figures to the indicators."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_EVEN, Decimal

from sqlalchemy.orm import Session

from tracker.domain.assessments import Frozen, ProposalFate, canonical, digest, read
from tracker.domain.entries import Draft
from tracker.domain.errors import Conflict, Invalid, NotFound, Problem, ProblemCode
from tracker.domain.factors import THOUSAND, FactorTable
from tracker.domain.footprint import Accounting, Footprint
from tracker.domain.journal_actions import JournalAction
from tracker.domain.numbers import plain_text, typed_text
from tracker.domain.periods import is_open_year, last_full_year
from tracker.domain.permissions import Permission
from tracker.domain.records import IndicatorRecord, Reading
from tracker.domain.vocabulary import Absence, Quality
from tracker.labels import speaking, text, word
from tracker.services import carbon, carbon_factors, measurements
from tracker.services.decisions import add, tell
from tracker.services.gates import Gate, gate
from tracker.services.measurements import enterable
from tracker.services.offers import is_held
from tracker.services.portfolio import portfolio
from tracker.services.standings import Standing, standings
from tracker.services.visitor import Visitor
from tracker.store.models import FootprintAssessment
from tracker.store.queries import footprint as stored

CARBON, PER_HEAD, RESOURCES, ENERGY = "SOB-01", "SOB-02", "SOB-04", "SOB-05"
_PLACES: Mapping[str, int] = {CARBON: 3, PER_HEAD: 6, RESOURCES: 6, ENERGY: 3}
_MARK = "Calculatrice carbone"


@dataclass(frozen=True, slots=True)
class FreezePreview:
    """What would be frozen: the figures, their canonical text and its digest, and the last version that was frozen."""

    footprint: Footprint
    table: FactorTable
    staff: Decimal | None
    content: str
    sha256: str
    last: Frozen | None

    @property
    def is_same(self) -> bool:
        """Tell whether the last frozen version says the very same."""
        return self.last is not None and self.last.sha256 == self.sha256


@dataclass(frozen=True, slots=True)
class Proposed:
    """A figure of a frozen assessment as the value of an indicator, beside the stored one, and what becomes of it."""

    indicator: IndicatorRecord
    value: Decimal
    current: Reading | None
    fate: ProposalFate
    draft: Draft

    @property
    def is_written(self) -> bool:
        """Tell whether proposing writes it."""
        return self.fate in {ProposalFate.NEW, ProposalFate.REPLACES}


def preview(session: Session, visitor: Visitor, year: int, accounting: Accounting, today: date) -> FreezePreview:
    """Say what freezing ``year`` by one method would keep; nothing is written.

    Raises:
        Forbidden: without the right to validate.
        NotFound: for a year that cannot have values.
    """
    visitor.require(Permission.VALIDATE)
    if not is_open_year(year, today):
        raise NotFound(year)
    home = visitor.organisation
    table = carbon_factors.table(session, home)
    found = carbon.footprint(session, home, table, year, accounting, today)
    heads = carbon.staff(session, home, year)
    content = canonical(home.slug, found, table, heads)
    last = carbon.published(session, home, year).get(year)
    return FreezePreview(found, table, heads, content, digest(content), last)


def freeze(
    session: Session, visitor: Visitor, year: int, accounting: Accounting, seen: str, shown: Decimal | None, today: date
) -> bool:
    """Freeze the assessment whose digest is ``seen``. False when it is what is frozen already.

    ``shown`` is the total in kgCO2e that was on the screen, quoted where it changed since.

    Raises:
        Forbidden: without the right to validate.
        NotFound: for a year that cannot have values.
        Conflict: when what would be frozen is not what was shown, or somebody froze another version meanwhile.
        Invalid: for a year that is not over, or when nothing has a figure.
    """
    made = preview(session, visitor, year, accounting, today)
    if year > last_full_year(today):
        raise Invalid(Problem("freeze", ProblemCode.ASSESSMENT_TOO_EARLY, {"year": year, "next": year + 1}))
    total = made.footprint.carbon
    if total is None:
        raise Invalid(Problem("freeze", ProblemCode.NOTHING_TO_FREEZE, {"year": year}))
    if made.is_same:
        return False
    if made.sha256 != seen:
        raise Conflict(_stale(shown, total.value))
    version = made.last.version + 1 if made.last else 1
    row = FootprintAssessment(
        organisation_id=visitor.organisation.id,
        year=year,
        version=version,
        accounting=accounting,
        method=made.footprint.method,
        content=made.content,
        sha256=made.sha256,
        account_id=visitor.account_id,
        author=visitor.name,
        recorded_at=datetime.now(UTC),
    )
    add(session, row, lambda: _meanwhile(session, visitor, year, total.value))
    after = {
        "carbon": plain_text((total.value / THOUSAND).quantize(Decimal("0.001"), rounding=ROUND_HALF_EVEN)),
        "accounting": str(accounting),
        "method": made.footprint.method,
        "digest": made.sha256,
    }
    tell(session, visitor, JournalAction.ASSESSMENT_FROZEN, str(year), {}, after, year=year)
    session.flush()
    return True


def content(session: Session, visitor: Visitor, year: int) -> bytes:
    """Give the canonical text of the last assessment that was frozen for ``year``.

    Raises:
        Forbidden: without the right to read.
        NotFound: when none was.
    """
    visitor.require(Permission.READ)
    rows = stored.assessments(session, visitor.organisation.id, year)
    if not rows:
        raise NotFound(year)
    return rows[-1].content.encode()


def proposals(session: Session, visitor: Visitor, year: int, today: date) -> Sequence[Proposed]:
    """Say what the last frozen assessment of ``year`` proposes to each indicator; nothing is written.

    By the method of flow only electricity is proposed: the indicators of footprint are defined by the other one.

    Raises:
        Forbidden: without the right to validate.
    """
    visitor.require(Permission.VALIDATE)
    frozen = carbon.published(session, visitor.organisation, year).get(year)
    if frozen is None or not is_open_year(year, today):
        return []
    known = portfolio(session, visitor.organisation, with_drafts=True)
    opened, open_to = gate(session, visitor, year, today), set(enterable(known, visitor, year))
    where = standings(session, visitor.organisation, year, opened.campaign)
    found = []
    for code, (value, terms) in _figures(frozen).items():
        if code not in known.figures.rows:
            continue
        standing = where.get(known.figures.rows[code].id)
        readings = known.figures.values.get(code)
        current = readings.readings.get(year) if readings else None
        draft = _draft(code, value, terms, frozen, standing.row.revision if standing else 0)
        fate = ProposalFate.UNFOLLOWED
        if code in open_to:
            fate = _fate(value, current, standing, opened, known.figures.rows[code].id)
        found.append(Proposed(known.figures.indicator(code), value, current, fate, draft))
    return found


def propose(session: Session, visitor: Visitor, year: int, seen: Mapping[str, int], today: date) -> Sequence[str]:
    """Write what the frozen assessment proposes to the indicators of ``seen``, and give the codes written.

    ``seen`` gives by code the revision that stood beside the proposal, 0 for none. What is settled is never written.

    Raises:
        Forbidden: without the right to validate.
        Conflict: when somebody stored another value since; nothing is written.
        Invalid: as `measurements.record` does.
    """
    told = [one for one in proposals(session, visitor, year, today) if one.indicator.code in seen and one.is_written]
    drafts = [replace(one.draft, seen=seen[one.indicator.code]) for one in told]
    return [one.code for one in measurements.record(session, visitor, year, drafts, today)] if drafts else []


def _figures(frozen: Frozen) -> Mapping[str, tuple[Decimal, tuple[Decimal, Decimal] | None]]:
    """Give the value of each indicator that the assessment tells, with its two terms where it is a ratio.

    A footprint without its use is none to compare with other years, and is proposed to no indicator.
    """
    told: dict[str, tuple[Decimal, tuple[Decimal, Decimal] | None]] = {}
    if frozen.accounting is Accounting.STOCK:
        if frozen.carbon is not None and not frozen.is_without_use:
            told[CARBON] = (_placed(CARBON, frozen.carbon.value / THOUSAND), None)
            if frozen.staff:
                kilograms = _placed(CARBON, frozen.carbon.value)
                told[PER_HEAD] = (_placed(PER_HEAD, kilograms / frozen.staff), (kilograms, frozen.staff))
        if frozen.resources is not None:
            told[RESOURCES] = (_placed(RESOURCES, frozen.resources.value), None)
    if frozen.energy is not None:
        told[ENERGY] = (_placed(ENERGY, frozen.energy.value / THOUSAND), None)
    return told


def _placed(code: str, value: Decimal) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-_PLACES[code]), rounding=ROUND_HALF_EVEN)


def _draft(code: str, value: Decimal, terms: tuple[Decimal, Decimal] | None, frozen: Frozen, revision: int) -> Draft:
    coverage = None if frozen.coverage is None else typed_text(frozen.coverage.quantize(Decimal("0.1")))
    return Draft(
        code=code,
        seen=revision,
        value="" if terms else typed_text(value),
        precision=str(Quality.CALCULATED),
        numerator=typed_text(terms[0]) if terms else None,
        denominator=typed_text(terms[1]) if terms else None,
        coverage=coverage,
        source=_source(frozen),
    )


def _source(frozen: Frozen) -> str:
    """Name the assessment, in French: it is stored with the value."""
    with speaking("fr"):
        return text(
            "Calculatrice carbone, {accounting}, facteurs {method}, bilan {year} version {version}",
            accounting=word(frozen.accounting),
            method=frozen.method,
            year=frozen.year,
            version=frozen.version,
        )


def _fate(
    value: Decimal, current: Reading | None, standing: Standing | None, opened: Gate, number: int
) -> ProposalFate:
    if opened.is_shut(number):
        return ProposalFate.CLOSED
    if current is None or standing is None or current.absence is Absence.WITHDRAWN:
        return ProposalFate.NEW
    if current.value == value:
        return ProposalFate.SAME
    is_settled = is_held(standing, is_ours=current.source.startswith(_MARK))
    return ProposalFate.SETTLED if is_settled else ProposalFate.REPLACES


def _stale(mine: Decimal | None, theirs: Decimal) -> Problem:
    """Quote both totals, in tonnes."""
    step = Decimal("0.001")
    seen = "–" if mine is None else (mine / THOUSAND).quantize(step)
    return Problem("freeze", ProblemCode.ASSESSMENT_STALE, {"mine": seen, "theirs": (theirs / THOUSAND).quantize(step)})


def _meanwhile(session: Session, visitor: Visitor, year: int, mine: Decimal) -> Problem:
    row = stored.assessments(session, visitor.organisation.id, year)[-1]
    theirs = read(row.content, row.version, row.author, row.recorded_at).carbon
    return _stale(mine, theirs.value if theirs else mine)
