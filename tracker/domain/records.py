"""What is known of a commitment, as plain values: the text, its indicators, their readings, its facts."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from tracker.domain.bilingual import Bilingual
from tracker.domain.methods import FIRST, Method
from tracker.domain.series import Point, Series
from tracker.domain.targets import Baseline, Target, Threshold, resolve, stated_departure
from tracker.domain.versions import in_force
from tracker.domain.vocabulary import (
    Absence,
    Aggregation,
    Axis,
    Better,
    Collection,
    CommitmentKind,
    DuePrecision,
    FindingState,
    OrganisationKind,
    Quality,
    Strength,
    TaxRegime,
    TextStage,
    Tier,
    ValueKind,
)


@dataclass(frozen=True, slots=True)
class OrganisationRecord:
    """An authority."""

    slug: str
    name: str
    kind: OrganisationKind
    is_fictional: bool


@dataclass(frozen=True, slots=True)
class DepartmentRecord:
    """A department of an authority."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class DeliberationRecord:
    """The text that a commitment comes from."""

    reference: str
    number: str
    adopted_on: date
    body: str
    title: Bilingual


@dataclass(frozen=True, slots=True)
class Part:
    """What one department, by its code, brings to a value: an amount, or the two terms of a ratio."""

    department: str
    name: str
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The latest revision of an indicator's value for one year: a value, or the reason why there is none.

    ``method`` is the version of the method that it was obtained by. A computed value has revision 0, and lists
    in ``missing`` the codes of the inputs without which it is not computable. ``parts`` are the departments that
    gave something, in their order; they are loaded where they are shown, and empty elsewhere.
    """

    year: int
    revision: int
    value: Decimal | None
    absence: Absence | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    quality: Quality | None = None
    coverage: Decimal | None = None
    source: str = ""
    comment: str = ""
    author: str = ""
    recorded_at: datetime | None = None
    method: int = FIRST
    missing: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class IndicatorRecord:
    """What is measured. ``decimals`` is for display only: values are kept exact."""

    code: str
    name: Bilingual
    definition: Bilingual
    unit: str
    decimals: int
    value_kind: ValueKind
    better: Better
    tier: Tier
    axis: Axis
    collection: Collection
    numerator: str = ""
    denominator: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    aggregation: Aggregation = Aggregation.LATEST


STALE_AFTER_MONTHS = 12
TOLERANCE = Decimal("0.10")
"""Share of the whole way (t - b) that a value may lag before it is off course, unless the authority says otherwise."""


def _until(series: Series, year: int) -> Series:
    return series[: bisect_right(series, year, key=lambda point: point.year)]


@dataclass(frozen=True, slots=True)
class Companion:
    """The absolute indicator that an efficiency indicator is paired with, and its comparable values."""

    indicator: IndicatorRecord
    series: Series = ()


@dataclass(frozen=True, slots=True)
class Aim:
    """An indicator as one commitment uses it: its baselines, its targets and its readings by year.

    ``methods`` are the versions of the method; ``restated`` gives, for some of them, the values of all years
    recomputed by that one method. ``tolerance`` is a share of the way from the baseline to the target.
    """

    indicator: IndicatorRecord
    targets: tuple[Target, ...] = ()
    baselines: tuple[Baseline, ...] = ()
    readings: Mapping[int, Reading] = field(default_factory=dict)
    methods: tuple[Method, ...] = ()
    restated: Mapping[int, Series] = field(default_factory=dict)
    tolerance: Decimal = TOLERANCE
    companion: Companion | None = None
    known: tuple[Reading, ...] = field(init=False, repr=False, compare=False)
    """The readings with a value, oldest first."""
    by_method: Mapping[int, Series] = field(init=False, repr=False, compare=False)
    """The values as published by each method, oldest first."""

    def __post_init__(self) -> None:
        known = sorted((r for r in self.readings.values() if r.value is not None), key=lambda reading: reading.year)
        found: dict[int, list[Point]] = {}
        for reading in known:
            if reading.value is not None:
                found.setdefault(reading.method, []).append(Point(reading.year, reading.value))
        object.__setattr__(self, "known", tuple(known))
        object.__setattr__(self, "by_method", found)

    @property
    def baseline(self) -> Baseline | None:
        """Give the baseline last decided."""
        return max(self.baselines, key=lambda base: base.version, default=None)

    def departure(self, year: int) -> Baseline | None:
        """Give what ``year`` is counted from: what the target in force states, else the baseline in force."""
        target = in_force(self.targets, year)
        return (target and stated_departure(target)) or in_force(self.baselines, year)

    def target(self, year: int) -> Target | None:
        """Give the version of the target that ``year`` is judged with."""
        return in_force(self.targets, year)

    def threshold(self, year: int) -> Threshold | None:
        """Give what the target in force for ``year`` comes to, None without one or while it needs a baseline."""
        target, base = in_force(self.targets, year), self.departure(year)
        if target is None or (target.is_relative and base is not None and not self.compares(base, year)):
            return None
        return resolve(target, base)

    def value(self, year: int) -> Decimal | None:
        """Give the value of ``year``, None where it is missing."""
        reading = self.readings.get(year)
        return reading.value if reading else None

    def shows_activity(self, year: int) -> bool:
        """Tell whether ``year`` has a value that shows something was done: a count of nothing, or « no », does not."""
        value = self.value(year)
        is_tally = self.indicator.value_kind in {ValueKind.COUNT, ValueKind.SUM, ValueKind.BOOLEAN}
        return value is not None and not (is_tally and self.indicator.better is Better.UP and value == 0)

    def last_before(self, year: int) -> Reading | None:
        """Give the latest reading with a value before ``year``, whatever its method."""
        place = bisect_left(self.known, year, key=lambda reading: reading.year)
        return self.known[place - 1] if place else None

    def method(self, year: int) -> int:
        """Give the version of the method of ``year``: that of its value, else the one in force."""
        reading = self.readings.get(year)
        if reading is not None and reading.value is not None:
            return reading.method
        method = in_force(self.methods, year)
        return method.version if method else FIRST

    def comparable(self, year: int) -> Series:
        """Give the values up to ``year`` that compare with its own: those of one method, oldest first.

        They are the ones recomputed by that method where there are some, unless the year itself could not be.
        """
        method = self.method(year)
        recomputed = _until(self.restated.get(method, ()), year)
        if recomputed and (recomputed[-1].year == year or self.value(year) is None):
            return recomputed
        return _until(self.by_method.get(method, ()), year)

    def has_break(self, year: int) -> bool:
        """Tell whether some earlier value was obtained by another method, and cannot be compared with ``year``'s."""
        if len(self.by_method) < 2 and not self.restated:
            return False
        compared = {point.year for point in self.comparable(year)}
        return any(reading.year < year and reading.year not in compared for reading in self.known)

    def compares(self, baseline: Baseline, year: int) -> bool:
        """Tell whether ``baseline`` was obtained by the method of ``year``; what a vote states compares with any."""
        return baseline.method is None or baseline.method == self.method(year)


@dataclass(frozen=True, slots=True)
class Finding:
    """A dated fact about a commitment, with what shows it.

    ``amount`` in euros; ``year`` for a renewal; ``valid_until`` for an approval, its last day included.
    """

    state: FindingState
    on: date
    year: int | None = None
    amount: Decimal | None = None
    tax: TaxRegime | None = None
    budget_line: str = ""
    evidence: str = ""
    author: str = ""
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class CommitmentRecord:
    """An objective that was voted, with everything needed to judge it.

    ``stale_after_months`` is how long a continuous practice counts as alive after its last sign.
    """

    code: str
    title: Bilingual
    statement: Bilingual
    kind: CommitmentKind
    axis: Axis
    strength: Strength
    locator: str
    deliberation: DeliberationRecord
    secondary_axes: tuple[Axis, ...] = ()
    stage_in_text: TextStage = TextStage.TO_DO
    starts_on: date | None = None
    due_on: date | None = None
    due_precision: DuePrecision | None = None
    due_note: str = ""
    owner: str = ""
    steering: str = ""
    decree_items: tuple[int, ...] = ()
    legal_references: tuple[str, ...] = ()
    ambiguity: str = ""
    is_flagship: bool = False
    stale_after_months: int = STALE_AFTER_MONTHS
    aims: tuple[Aim, ...] = ()
    findings: tuple[Finding, ...] = ()


def telling_aims(commitments: Iterable[CommitmentRecord]) -> Mapping[str, Aim]:
    """Give by its code the aim to show each indicator by: the first one with a target, else the first."""
    chosen: dict[str, Aim] = {}
    for commitment in commitments:
        for aim in commitment.aims:
            known = chosen.get(aim.indicator.code)
            if known is None or (aim.targets and not known.targets):
                chosen[aim.indicator.code] = aim
    return chosen
