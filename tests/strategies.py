"""What records can hold, drawn at random, awkward numbers included; and the same record seen in a mirror or a unit."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product

from hypothesis import strategies as st

from tests.factories import make_aim, make_commitment, make_finding, make_indicator, make_target
from tracker.domain.records import Aim
from tracker.domain.series import Point
from tracker.domain.targets import Baseline, Target, TargetPoint
from tracker.domain.vocabulary import (
    Absence,
    BaselineState,
    Better,
    Collection,
    CommitmentKind,
    Comparator,
    FindingState,
    TargetBasis,
    TargetPath,
    ValueKind,
)

Draw = Callable[..., object]

GREATER, AT_LEAST, LESS, AT_MOST, EXACTLY, BETWEEN = Comparator
YEAR = 2025
years = st.integers(2020, 2029)
days = st.integers(date(2020, 1, 1).toordinal(), date(2029, 12, 31).toordinal()).map(date.fromordinal)
plain = st.integers(-100_000, 100_000).map(lambda hundredths: Decimal(hundredths).scaleb(-2))
awkward = st.sampled_from([Decimal(text) for text in ("0", "1", "-1", "100", "0.000001", "999999999999999.999999")])
numbers = awkward | plain
TOLERANCES = tuple(Decimal(text) for text in ("0", "0.05", "0.10", "0.25", "1"))
tolerances = st.sampled_from(TOLERANCES)
HORIZONS = (None, 2023, 2025, 2026, 2030)
STARTS = (None, 2018, 2020, 2022, 2025, 2027)
POINTS = ((), (), (2024,), (2023, 2026), (2030, 2025))
SILENCES = st.sampled_from([None, *Absence])


def numbered(versions: Sequence[Target | Baseline]) -> tuple[Target | Baseline, ...]:
    return tuple(replace(one, version=rank) for rank, one in enumerate(versions, 1))


def one_of_each(*choices: Iterable[object]) -> st.SearchStrategy[tuple[object, ...]]:
    """Draw one of each list in a single draw: a property at 10,000 examples is as slow as its draws are many."""
    return st.sampled_from(list(product(*choices)))


@st.composite
def targets(draw: Draw, values: st.SearchStrategy[Decimal] = numbers, *comparators: Comparator) -> Target:
    comparator, basis = draw(one_of_each(comparators or Comparator, TargetBasis))
    horizon_year, path, points = draw(one_of_each(HORIZONS, TargetPath, POINTS))
    in_force_from, start_year = draw(one_of_each([2020, 2022, 2024, 2026], STARTS))
    value = draw(values)
    return make_target(
        value,
        comparator,
        basis,
        horizon_year=horizon_year,
        in_force_from=in_force_from,
        upper=value + abs(draw(values)) if comparator is BETWEEN else None,
        start=draw(values) if basis is TargetBasis.FROM_TO else None,
        start_year=start_year,
        path=path,
        points={year: draw(values) for year in points},
    )


@st.composite
def baselines(draw: Draw, values: st.SearchStrategy[Decimal] = numbers) -> Baseline:
    state, is_empty, year = draw(one_of_each(BaselineState, [False, False, True], STARTS))
    in_force_from, method = draw(one_of_each([0, 2024, 2026], [None, 1, 2]))
    value = None if is_empty else draw(values)
    return Baseline(state, value, year, in_force_from=in_force_from, method=method)


indicators = one_of_each(Better, ["ans", "percent"], Collection, [ValueKind.MEAN, ValueKind.COUNT]).map(
    lambda drawn: make_indicator(better=drawn[0], unit=drawn[1], collection=drawn[2], value_kind=drawn[3])
)


@st.composite
def aims(draw: Draw, values: st.SearchStrategy[Decimal] = numbers, most: int = 2, *comparators: Comparator) -> Aim:
    """Draw an aim with at most ``most`` versions of its target, and values that follow one another but for gaps."""
    first, tolerance, changes_method = draw(one_of_each([2021, 2023, 2025], TOLERANCES, [False, False, True]))
    said = draw(st.lists(values | SILENCES, max_size=5))
    voted = draw(st.lists(targets(values, *comparators), max_size=most))
    return make_aim(
        dict(enumerate(said, first)),
        *numbered(voted),
        baselines=numbered(draw(st.lists(baselines(values), max_size=2))),
        indicator=draw(indicators),
        tolerance=tolerance,
        since_method={2: 2024} if changes_method else None,
    )


@st.composite
def judged_aims(draw: Draw, values: st.SearchStrategy[Decimal] = plain, *comparators: Comparator) -> Aim:
    """Draw an aim that has a value for 2025 and a target in force by then."""
    aim = draw(aims(values, 1, *comparators))
    target = aim.targets[0] if aim.targets else draw(targets(values, *comparators))
    drawn = replace(aim, targets=(replace(target, in_force_from=2020),))
    return with_value(drawn, draw(values))


findings = st.builds(
    lambda said, on, until: make_finding(said[0], on, year=said[1], valid_until=until),
    one_of_each(FindingState, [None, None, 2023, 2024, 2025]),
    days,
    st.none() | days,
)


commitments = st.builds(
    make_commitment,
    st.sampled_from(CommitmentKind),
    aims=st.lists(aims(), max_size=2),
    findings=st.lists(findings, max_size=3, unique_by=lambda fact: fact.on),
    due_on=st.none() | days,
    adopted_on=st.sampled_from([date(2019, 12, 5), date(2022, 9, 30), date(2025, 12, 31)]),
    stale_after_months=st.integers(1, 30),
)


def with_reading(aim: Aim, year: int, value: Decimal | Absence | None) -> Aim:
    """Give ``aim`` with a value, an absence or no reading at all for ``year``, by the method of that year."""
    others = {y: reading for y, reading in aim.readings.items() if y != year}
    if value is None:
        return replace(aim, readings=others)
    drawn = make_aim({year: value}).readings[year]
    method = max((one.version for one in aim.methods if one.in_force_from <= year), default=1)
    return replace(aim, readings={**others, year: replace(drawn, method=method)})


def with_value(aim: Aim, value: Decimal, year: int = YEAR) -> Aim:
    return with_reading(aim, year, value)


# The same in a mirror, or in another unit

MIRRORED = {GREATER: LESS, LESS: GREATER, AT_LEAST: AT_MOST, AT_MOST: AT_LEAST, EXACTLY: EXACTLY, BETWEEN: BETWEEN}
_OPPOSITE = {Better.UP: Better.DOWN, Better.DOWN: Better.UP}


def in_a_mirror(aim: Aim) -> Aim:
    """Negate every number of ``aim`` and flip its comparators and its direction."""
    flipped = _times(aim, Decimal(-1), percent=Decimal(-1))
    indicator = replace(aim.indicator, better=_OPPOSITE.get(aim.indicator.better, aim.indicator.better))
    return replace(flipped, indicator=indicator, targets=tuple(_turned(target) for target in flipped.targets))


def in_unit(aim: Aim, factor: Decimal) -> Aim:
    """Multiply every number of ``aim`` that is in its unit; percentages of a baseline are not."""
    return _times(aim, factor, percent=Decimal(1))


def _times(aim: Aim, factor: Decimal, *, percent: Decimal) -> Aim:
    def times(value: Decimal | None, by: Decimal = factor) -> Decimal | None:
        return None if value is None else value * by

    def target(one: Target) -> Target:
        by = percent if one.basis is TargetBasis.RELATIVE_PERCENT else factor
        points = tuple(TargetPoint(point.year, point.value * by) for point in one.points)
        return replace(one, value=one.value * by, upper=times(one.upper, by), start=times(one.start), points=points)

    return replace(
        aim,
        targets=tuple(target(one) for one in aim.targets),
        baselines=tuple(replace(one, value=times(one.value)) for one in aim.baselines),
        readings={year: replace(one, value=times(one.value)) for year, one in aim.readings.items()},
        restated={
            method: tuple(Point(point.year, point.value * factor) for point in series)
            for method, series in aim.restated.items()
        },
    )


def _turned(target: Target) -> Target:
    if target.upper is not None:
        return replace(target, value=target.upper, upper=target.value)
    return replace(target, comparator=MIRRORED[target.comparator])
