"""Methods: how an authority obtains an indicator, from a year on; another method breaks the series."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from tracker.domain.errors import Conflict, Invalid, Problem, ProblemCode
from tracker.domain.formula import Cycle, Formula, order, written
from tracker.domain.journal_actions import JournalAction
from tracker.domain.methods import FIRST, Method
from tracker.domain.permissions import Permission
from tracker.domain.versions import in_force
from tracker.domain.vocabulary import Collection
from tracker.importers import formulas
from tracker.services import effects, searches
from tracker.services.decisions import Told, add, stale, tell
from tracker.services.effects import Effect, ValueEffect
from tracker.services.figures import EMPTY
from tracker.services.portfolio import Portfolio
from tracker.services.settings import find
from tracker.services.typed import Typed
from tracker.services.visitor import Visitor
from tracker.store.models import IndicatorMethod


@dataclass(frozen=True, slots=True)
class MethodDraft:
    """What was typed; ``seen`` is the version that was on the screen. Without a formula the value is typed by hand."""

    formula: str = ""
    description: str = ""
    in_force_from: str = ""
    reason: str = ""
    seen: int = FIRST


@dataclass(frozen=True, slots=True)
class MethodEffect:
    """What a method would change: the values that its formula gives, and the verdicts."""

    method: Method
    values: tuple[ValueEffect, ...]
    effects: tuple[Effect, ...]


def preview(session: Session, visitor: Visitor, code: str, draft: MethodDraft, today: date) -> MethodEffect | None:
    """Give what ``draft`` would change, and write nothing; None when it says what is stored already.

    Raises:
        Forbidden, NotFound, Conflict, Invalid: as `set_method` does.
    """
    visitor.require(Permission.CONFIGURE)
    known = find(session, visitor, code)
    added = _checked(known, code, draft, today)
    if added is None:
        return None
    after = effects.with_method(known, code, added)
    told = effects.effects(known, after, effects.serving(known, code), today)
    return MethodEffect(added, effects.values(known, code, added, today), told)


def try_formula(session: Session, visitor: Visitor, code: str, formula: str, today: date) -> tuple[ValueEffect, ...]:
    """Give what ``formula`` comes to each year, while it is being typed; nothing else of a method is asked.

    Raises:
        Forbidden: without the right to configure.
        NotFound: when no commitment of the organisation uses the indicator.
        Invalid: for a formula that cannot be read or does not fit the indicator.
    """
    visitor.require(Permission.CONFIGURE)
    known, typed = find(session, visitor, code), Typed()
    read = _formula(typed, known, code, formula)
    typed.end()
    return effects.values(known, code, Method(formula=read), today)


def set_method(session: Session, visitor: Visitor, code: str, draft: MethodDraft, today: date) -> bool:
    """Add a version of the method of an indicator. False when it is what is stored already.

    Raises:
        Forbidden: without the right to configure.
        NotFound: when no commitment of the organisation uses the indicator.
        Conflict: when another version was stored meanwhile.
        Invalid: for a formula that cannot be read, mixes units or turns in a circle, one that would compute again a
            year that has its value, and without a reason.
    """
    visitor.require(Permission.CONFIGURE)
    known = find(session, visitor, code)
    added = _checked(known, code, draft, today)
    if added is None:
        return False
    made = IndicatorMethod(
        organisation_id=visitor.organisation.id,
        indicator_id=known.figures.rows[code].id,
        version=added.version,
        in_force_from=added.in_force_from,
        formula=added.written,
        description_fr=added.description,
        reason_fr=added.reason,
        author=visitor.name,
        recorded_at=datetime.now(UTC),
    )
    add(session, made, lambda: _meanwhile(find(session, visitor, code), code))
    tell(
        session,
        visitor,
        JournalAction.METHOD_CHANGED,
        code,
        _told(known.figures.methods[code][-1]),
        _told(added),
        year=added.in_force_from,
        reason=added.reason,
    )
    searches.index(session, visitor.organisation)  # what its formula draws on is in use from now on
    return True


def _checked(known: Portfolio, code: str, draft: MethodDraft, today: date) -> Method | None:
    """Give the version that ``draft`` comes to; None when it is what is stored, or what was on the screen."""
    typed, versions = Typed(), known.figures.methods[code]
    last = versions[-1]
    formula = _formula(typed, known, code, draft.formula) if draft.formula.strip() else None
    if known.figures.rows[code].collected_by is Collection.FINDING:
        typed.refuse("formula", ProblemCode.METHOD_OF_FACTS)
    first = typed.year("in_force_from", draft.in_force_from, today.year + 1, is_needed=True)
    read = Method(
        version=last.version + 1,
        in_force_from=first or today.year,
        formula=formula,
        written=written(formula) if formula else "",
        description=typed.words("description", draft.description),
    )
    known_already = [method for method in versions if method is last or method.version == draft.seen]
    if not typed.problems and any(_says_the_same(read, method) for method in known_already):
        return None
    reason = typed.words("reason", draft.reason, ProblemCode.REASON_MISSING)
    published = _last_published(known, code)
    if first is not None and published is not None and first <= published and _rewrites(known, code, draft, first):
        typed.refuse("in_force_from", ProblemCode.METHOD_TOO_EARLY, year=published, next=published + 1)
    if last.version != draft.seen:
        raise Conflict(_stale(last), *typed.problems)
    if not typed.problems:
        _refuse_circles(typed, known, code, read)
    typed.end()
    return replace(read, reason=reason)


def _rewrites(known: Portfolio, code: str, draft: MethodDraft, first: int) -> bool:
    """Tell whether published values would change: typed ones by a formula, computed ones by anything else."""
    years = (year for year in known.figures.values[code].readings if year >= first)
    return bool(draft.formula.strip()) or any(known.figures.is_computed(code, year) for year in years)


def _last_published(known: Portfolio, code: str) -> int | None:
    """Give the last year that has a value, by whatever method."""
    readings = known.figures.values.get(code, EMPTY).readings.values()
    return max((reading.year for reading in readings if reading.value is not None), default=None)


def _formula(typed: Typed, known: Portfolio, code: str, text: str) -> Formula | None:
    figures = known.figures
    others = {name: formula for name in figures.rows if name != code and (formula := figures.formula(name))}
    units = {name: row.unit for name, row in figures.rows.items()}
    try:
        return formulas.check(text, code=code, unit=figures.rows[code].unit, units=units, formulas=others)
    except Invalid as refused:
        typed.problems += refused.problems
        return None


def _refuse_circles(typed: Typed, known: Portfolio, code: str, read: Method) -> None:
    """Refuse a formula that goes round with those that were in force in some earlier year that it would judge."""
    methods = {**known.figures.methods, code: (*known.figures.methods[code], read)}
    turns = {one.in_force_from for versions in methods.values() for one in versions}
    for year in sorted({read.in_force_from, *(turn for turn in turns if turn > read.in_force_from)}):
        used = {name: method for name, versions in methods.items() if (method := in_force(versions, year))}
        try:
            order({name: method.formula for name, method in used.items() if method.formula is not None})
        except Cycle as error:
            typed.refuse("formula", ProblemCode.FORMULA_CYCLE, path=" → ".join(error.path))
            return


def _says_the_same(read: Method, stored: Method) -> bool:
    is_same = (read.formula, read.description) == (stored.formula, stored.description)
    return is_same and stored.in_force_from <= read.in_force_from


def _stale(theirs: Method) -> Problem:
    return stale(theirs.author, theirs.written or theirs.description or theirs.reason, "formula")


def _meanwhile(known: Portfolio, code: str) -> Problem:
    return _stale(known.figures.methods[code][-1])


def _told(method: Method) -> Told:
    """Write a version for the journal, in no language."""
    return {
        "formula": method.written,
        "description": method.description,
        "in_force_from": str(method.in_force_from or ""),
    }
