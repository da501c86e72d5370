"""Emission factors as an authority uses them: the shipped ones, and its own over them, each with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache

from sqlalchemy.orm import Session

from tracker.config.paths import bundled
from tracker.domain.errors import Conflict, NotFound, Problem, ProblemCode
from tracker.domain.factors import MEASURED, Confidence, Factor, FactorTable, electricity_year, unit_of, with_own
from tracker.domain.journal_actions import JournalAction
from tracker.domain.numbers import plain_text
from tracker.domain.periods import is_open_year
from tracker.domain.permissions import Permission
from tracker.domain.texts import tidy
from tracker.importers import factors
from tracker.services import measured_lives
from tracker.services.decisions import Told, add, stale, tell
from tracker.services.measured_lives import MeasuredLife
from tracker.services.typed import Typed
from tracker.services.visitor import Visitor
from tracker.store.models import FactorOverride, Organisation
from tracker.store.queries import footprint as stored


@dataclass(frozen=True, slots=True)
class FactorDraft:
    """What was typed of a factor; an empty value takes the own one back. ``seen`` is the version shown, or 0."""

    value: str = ""
    low: str = ""
    high: str = ""
    source: str = ""
    reason: str = ""
    seen: int = 0
    has_comma_groups: bool = False


@dataclass(frozen=True, slots=True)
class FactorSheet:
    """A factor: what is shipped, what counts, None where there is none, and the authority's versions, latest first.

    ``measured`` is what the estate itself shows of a service life, None for another factor.
    """

    code: str
    unit: str
    shipped: Factor | None
    current: Factor | None
    versions: Sequence[FactorOverride]
    measured: MeasuredLife | None = None

    @property
    def seen(self) -> int:
        """Give the last version that the authority wrote, 0 for none."""
        return self.versions[0].version if self.versions else 0


@cache
def shipped() -> FactorTable:
    """Give the factors that this version carries; read once, since they come with the code."""
    return factors.read(bundled("seeds") / "factors.yaml")


def table(session: Session, organisation: Organisation) -> FactorTable:
    """Give the factors that count for ``organisation``."""
    rows = stored.overrides(session, organisation.id)
    return with_own(shipped(), {row.code: _own(row) for row in rows}, len(rows))


def sheet(session: Session, visitor: Visitor, code: str, today: date) -> FactorSheet:
    """Give one factor with its history.

    Raises:
        Forbidden: without the right to read.
        NotFound: for a code that no factor can have, or the electricity of a year that has not come.
    """
    visitor.require(Permission.READ)
    unit, year = unit_of(code), electricity_year(code)
    if unit is None or (year is not None and not is_open_year(year, today)):
        raise NotFound(code)
    rows = stored.overrides(session, visitor.organisation.id, code)
    own = _own(rows[-1]) if rows else None
    found = shipped().factors.get(code)
    told = measured_lives.measured(session, visitor.organisation, code, today)
    return FactorSheet(code, unit, found, own or found, list(reversed(rows)), told)


def override(session: Session, visitor: Visitor, code: str, draft: FactorDraft, today: date) -> bool:
    """Add a version of the authority's own factor. False when it is what is stored already.

    Raises:
        Forbidden: without the right to keep the estate.
        NotFound: for a code that no factor can have.
        Conflict: when another version was stored meanwhile.
        Invalid: for a number that is none or below zero, a range that leaves the value out, no source, no reason; for a
            life that is said to be measured on the estate and is not the one that is.
    """
    visitor.require(Permission.KEEP_ESTATE)
    known = sheet(session, visitor, code, today)
    made = _checked(visitor, known, draft)
    newest = known.versions[0] if known.versions else None
    if _told(newest) == _told(made):
        return False
    if draft.seen != known.seen:
        raise Conflict(stale(newest.author if newest else "", _shown(newest)))
    add(session, made, lambda: _meanwhile(session, visitor, code))
    tell(session, visitor, JournalAction.FACTOR_SET, code, _told(newest), _told(made), reason=made.reason_fr)
    session.flush()
    return True


def _checked(visitor: Visitor, known: FactorSheet, draft: FactorDraft) -> FactorOverride:
    typed = Typed(has_comma_groups=draft.has_comma_groups)
    value, low, high = (typed.number(name, getattr(draft, name)) for name in ("value", "low", "high"))
    is_back = not draft.value.strip() and known.seen > 0
    source = typed.words("source", draft.source, None if is_back else ProblemCode.BASELINE_SOURCE_MISSING)
    reason = typed.words("reason", draft.reason, ProblemCode.REASON_MISSING)
    if value is None and not typed.is_refused("value") and not is_back:
        typed.refuse("value", ProblemCode.VALUE_MISSING)
    if is_back:
        typed.unwanted(("low", draft.low), ("high", draft.high))
    for name, number in (("value", value), ("low", low), ("high", high)):
        if number is not None and (number < 0 or (number == 0 and known.code.endswith(".life"))):
            typed.refuse(name, ProblemCode.FACTOR_NEGATIVE)
    if value is not None and not typed.problems:
        if low is not None and low > value:
            typed.refuse("low", ProblemCode.RANGE_LEAVES_VALUE)
        if high is not None and high < value:
            typed.refuse("high", ProblemCode.RANGE_LEAVES_VALUE)
    if value is not None and source.startswith(MEASURED) and not _is_measured(known, value, source):
        typed.refuse("source", ProblemCode.LIFE_NOT_MEASURED)
    typed.end()
    return FactorOverride(
        organisation_id=visitor.organisation.id,
        code=known.code,
        version=known.seen + 1,
        value=value,
        low=None if value is None else value if low is None else low,
        high=None if value is None else value if high is None else high,
        source_fr=source,
        reason_fr=reason,
        account_id=visitor.account_id,
        author=visitor.name,
        recorded_at=datetime.now(UTC),
    )


def _is_measured(known: FactorSheet, value: Decimal, source: str) -> bool:
    """Tell whether a value is the measured life that its source says it is, now or as it is stored already."""
    told, newest = known.measured, known.versions[0] if known.versions else None
    is_stored = newest is not None and (newest.value, newest.source_fr) == (value, source)
    return is_stored or (told is not None and (told.years, tidy(told.source)) == (value, source))


def _meanwhile(session: Session, visitor: Visitor, code: str) -> Problem:
    newest = stored.overrides(session, visitor.organisation.id, code)[-1]
    return stale(newest.author, _shown(newest))


def _shown(row: FactorOverride | None) -> object:
    return "–" if row is None or row.value is None else row.value


def _told(row: FactorOverride | None) -> Told:
    if row is None:
        return {"value": "", "low": "", "high": "", "source": ""}
    numbers = {"value": row.value, "low": row.low, "high": row.high}
    return {name: "" if one is None else plain_text(one) for name, one in numbers.items()} | {"source": row.source_fr}


def _own(row: FactorOverride) -> Factor | None:
    """Give a version as a factor, None where it goes back to the shipped one."""
    if row.value is None or row.low is None or row.high is None:
        return None
    year = electricity_year(row.code)
    return Factor(
        code=row.code,
        value=row.value,
        low=row.low,
        high=row.high,
        unit=unit_of(row.code) or "",
        source=row.source_fr,
        source_version="",
        licence="",
        year=row.recorded_at.year if year is None else year,
        confidence=Confidence.MEDIUM,
        revision=row.version,
        reason=row.reason_fr,
    )
