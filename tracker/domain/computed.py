"""Computed indicators: their values year by year, by the method of each year and by one method throughout."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from tracker.domain.formula import Formula, Reference, evaluate, inputs, order, written
from tracker.domain.methods import FIRST, Method
from tracker.domain.quality import least_coverage, weakest
from tracker.domain.records import Reading
from tracker.domain.series import Point, Series
from tracker.domain.targets import Baseline
from tracker.domain.versions import in_force
from tracker.domain.vocabulary import Absence, Quality

Readings = Mapping[int, Reading]
_NO_BOUNDS = (None, None)


@dataclass(frozen=True, slots=True)
class Values:
    """The values of an indicator: one reading a year, and for each computed method the series of all years by it."""

    readings: Readings = field(default_factory=dict)
    restated: Mapping[int, Series] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sources:
    """What formulas draw on: typed readings, methods and baselines by code, and the years to compute."""

    typed: Mapping[str, Readings]
    methods: Mapping[str, tuple[Method, ...]]
    baselines: Mapping[str, tuple[Baseline, ...]]
    years: Sequence[int]
    bounds: Mapping[str, tuple[Decimal | None, Decimal | None]] = field(default_factory=dict)
    """The least and the greatest value that each indicator can have; None where there is no such end."""


def complete(sources: Sources) -> Mapping[str, Values]:
    """Give the values of every indicator: typed ones as they are, computed ones year by year.

    A year is computed by the method then in force; where an input is missing its reading says *not computable*
    and lists the codes that lack, and a year where every input is silent has no reading at all. A result that the
    indicator cannot have is not computable either.

    Raises:
        Cycle: when the formulas in force in some year turn in a circle.
    """
    found = {code: dict(readings) for code, readings in sources.typed.items()}
    for year in sources.years:
        used = {code: method for code, known in sources.methods.items() if (method := in_force(known, year))}
        formulas = {code: method.formula for code, method in used.items() if method.formula is not None}
        for code in order(formulas):
            computed = _compute(formulas[code], found, sources.baselines, year, used[code].version)
            told = _possible(computed, sources.bounds.get(code, _NO_BOUNDS))
            if told is None:
                found.setdefault(code, {}).pop(year, None)
            else:
                found.setdefault(code, {})[year] = told
    restated = _restate(sources, found)
    return {code: Values(readings, restated.get(code, {})) for code, readings in found.items()}


def _possible(reading: Reading | None, bounds: tuple[Decimal | None, Decimal | None]) -> Reading | None:
    """Take a value that the indicator cannot have for no value: a person could not type it either."""
    if reading is None or reading.value is None:
        return reading
    least, greatest = bounds
    if (least is not None and reading.value < least) or (greatest is not None and reading.value > greatest):
        return Reading(reading.year, 0, None, Absence.NOT_COMPUTABLE, method=reading.method)
    return reading


def _compute(
    formula: Formula,
    known: Mapping[str, Readings],
    baselines: Mapping[str, tuple[Baseline, ...]],
    year: int,
    method: int,
) -> Reading | None:
    drawn = [known[code][year] for code in inputs(formula) if year in known.get(code, {})]
    if all(reading.value is None and reading.absence is not Absence.NOT_COMPUTABLE for reading in drawn):
        return None
    values = {
        code: value
        for code in inputs(formula)
        if (reading := known.get(code, {}).get(year)) and (value := reading.value) is not None
    }
    outcome = evaluate(formula, values, _references(formula, known, baselines, year))
    if outcome.value is None:
        lacking = tuple(written(Reference(one.code)) if one.is_reference else one.code for one in outcome.missing)
        return Reading(year, 0, None, Absence.NOT_COMPUTABLE, method=method, missing=lacking)
    return Reading(
        year,
        0,
        outcome.value,
        quality=weakest([Quality.CALCULATED, *(reading.quality for reading in drawn)]),
        coverage=least_coverage([reading.coverage for reading in drawn]),
        recorded_at=max((reading.recorded_at for reading in drawn if reading.recorded_at), default=None),
        method=method,
    )


def _references(
    formula: Formula, known: Mapping[str, Readings], baselines: Mapping[str, tuple[Baseline, ...]], year: int
) -> Mapping[str, Decimal]:
    """Give the baselines that compare with the inputs of ``year``: one of another method says nothing of it."""
    found: dict[str, Decimal] = {}
    for code in inputs(formula):
        base = in_force(baselines.get(code, ()), year)
        reading = known.get(code, {}).get(year)
        if base is None or not base.is_known or base.value is None:
            continue
        if base.method is None or reading is None or reading.method == base.method:
            found[code] = base.value
    return found


def _restate(sources: Sources, published: Mapping[str, Readings]) -> Mapping[str, Mapping[int, Series]]:
    """Compute every year by each computed method, where the inputs of that year were obtained as those of today are."""
    found: dict[str, dict[int, Series]] = {}
    last = max(sources.years, default=0)
    for code, methods in sources.methods.items():
        for method in methods:
            if method.formula is None:
                continue
            steady = {
                name: {y: r for y, r in published.get(name, {}).items() if r.method == _method(sources, name, last)}
                for name in inputs(method.formula)
            }
            bounds = sources.bounds.get(code, _NO_BOUNDS)
            told = (
                _possible(_compute(method.formula, steady, sources.baselines, year, method.version), bounds)
                for year in sources.years
            )
            found.setdefault(code, {})[method.version] = tuple(
                Point(reading.year, reading.value) for reading in told if reading and reading.value is not None
            )
    return found


def _method(sources: Sources, code: str, year: int) -> int:
    method = in_force(sources.methods.get(code, ()), year)
    return method.version if method else FIRST
