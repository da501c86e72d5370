"""What is known of a commitment, as plain values: the text, its indicators, their readings, its facts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from tracker.domain.bilingual import Bilingual
from tracker.domain.targets import Baseline, Target
from tracker.domain.vocabulary import (
    Absence,
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
class DeliberationRecord:
    """The text that a commitment comes from."""

    reference: str
    number: str
    adopted_on: date
    body: str
    title: Bilingual


@dataclass(frozen=True, slots=True)
class Reading:
    """The latest revision of an indicator's value for one year: a value, or the reason why there is none."""

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


@dataclass(frozen=True, slots=True)
class Aim:
    """An indicator as one commitment uses it: its baseline, its targets and its readings by year."""

    indicator: IndicatorRecord
    targets: tuple[Target, ...] = ()
    baseline: Baseline | None = None
    readings: Mapping[int, Reading] = field(default_factory=dict)

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
        """Give the latest reading with a value before ``year``."""
        known = [r for y, r in self.readings.items() if y < year and r.value is not None]
        return max(known, key=lambda reading: reading.year, default=None)

    def first(self) -> Reading | None:
        """Give the earliest reading with a value."""
        known = [reading for reading in self.readings.values() if reading.value is not None]
        return min(known, key=lambda reading: reading.year, default=None)


@dataclass(frozen=True, slots=True)
class Finding:
    """A dated fact about a commitment, with what shows it. ``amount`` in euros; ``year`` for a renewal."""

    state: FindingState
    on: date
    year: int | None = None
    amount: Decimal | None = None
    tax: TaxRegime | None = None
    budget_line: str = ""
    evidence: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class CommitmentRecord:
    """An objective that was voted, with everything needed to judge it."""

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
