"""Small typed builders of domain records: a test names only what it is about, the rest is plausible.

Numbers are given as ``int``, ``str`` or ``Decimal``, never as ``float``: « 5,4 » is ``"5.4"``.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from tracker.domain.bilingual import Bilingual
from tracker.domain.duties import Duty
from tracker.domain.judgement import AimJudgement, Reason, ReasonCode
from tracker.domain.records import (
    Aim,
    CommitmentRecord,
    DeliberationRecord,
    Finding,
    IndicatorRecord,
    OrganisationRecord,
    Reading,
)
from tracker.domain.targets import Baseline, Target, Threshold
from tracker.domain.vocabulary import (
    Absence,
    Axis,
    BaselineState,
    Better,
    Collection,
    CommitmentKind,
    Comparator,
    FindingState,
    OrganisationKind,
    Quality,
    Status,
    Strength,
    TargetBasis,
    TaxRegime,
    Tier,
    ValueKind,
)

Number = Decimal | int | str

VOTED_ON = date(2022, 9, 30)


def number(value: Number) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(value)


def make_organisation(
    slug: str = "port-tivoli",
    name: str = "Ville de Port-Tivoli",
    kind: OrganisationKind = OrganisationKind.COMMUNE,
    *,
    is_fictional: bool = True,
) -> OrganisationRecord:
    return OrganisationRecord(slug, name, kind, is_fictional)


def make_deliberation(
    reference: str = "demo-2022-045",
    adopted_on: date = VOTED_ON,
    number: str = "2022-045",
    body: str = "Conseil municipal",
    title: str = "Stratégie numérique responsable",
) -> DeliberationRecord:
    return DeliberationRecord(reference, number, adopted_on, body, Bilingual(title))


def make_indicator(
    code: str = "SOB-06",
    better: Better = Better.UP,
    unit: str = "ans",
    *,
    name: str = "Durée d’usage moyenne des équipements",
    decimals: int = 1,
    value_kind: ValueKind = ValueKind.MEAN,
    tier: Tier = Tier.CORE,
    axis: Axis = Axis.SOBRIETY,
    collection: Collection = Collection.MEASUREMENT,
    minimum: Number | None = None,
    maximum: Number | None = None,
) -> IndicatorRecord:
    return IndicatorRecord(
        code=code,
        name=Bilingual(name),
        definition=Bilingual(""),
        unit=unit,
        decimals=decimals,
        value_kind=value_kind,
        better=better,
        tier=tier,
        axis=axis,
        collection=collection,
        minimum=None if minimum is None else number(minimum),
        maximum=None if maximum is None else number(maximum),
    )


def make_baseline(
    value: Number | None = 5, year: int | None = 2020, state: BaselineState = BaselineState.VALIDATED, source: str = ""
) -> Baseline:
    return Baseline(state, None if value is None else number(value), year, source)


def make_target(
    value: Number = 6,
    comparator: Comparator = Comparator.AT_LEAST,
    basis: TargetBasis = TargetBasis.ABSOLUTE,
    *,
    horizon_year: int | None = None,
    in_force_from: int = 2022,
    version: int = 1,
    decided_on: date = VOTED_ON,
    reason: str = "",
) -> Target:
    return Target(version, basis, comparator, number(value), horizon_year, in_force_from, decided_on, reason)


def make_threshold(value: Number, comparator: Comparator = Comparator.AT_LEAST) -> Threshold:
    return Threshold(comparator, number(value))


def make_reading(
    year: int = 2025,
    value: Number | None = None,
    absence: Absence | None = None,
    *,
    revision: int = 1,
    numerator: Number | None = None,
    denominator: Number | None = None,
    quality: Quality | None = None,
    comment: str = "",
) -> Reading:
    return Reading(
        year=year,
        revision=revision,
        value=None if value is None else number(value),
        absence=absence,
        numerator=None if numerator is None else number(numerator),
        denominator=None if denominator is None else number(denominator),
        quality=quality,
        comment=comment,
    )


def make_aim(
    values: Mapping[int, Number | Absence | None] | None = None,
    *targets: Target,
    baseline: Baseline | None = None,
    better: Better = Better.UP,
    indicator: IndicatorRecord | None = None,
) -> Aim:
    """Build an aim; ``values`` gives each year a number, the reason of an absence, or None without a reason."""
    readings = {
        year: make_reading(year, absence=value) if isinstance(value, Absence) else make_reading(year, value)
        for year, value in (values or {}).items()
    }
    return Aim(indicator or make_indicator(better=better), targets, baseline, readings)


def make_finding(
    state: FindingState = FindingState.DONE,
    on: date = date(2025, 3, 14),
    *,
    year: int | None = None,
    amount: Number | None = None,
    tax: TaxRegime | None = None,
    evidence: str = "",
) -> Finding:
    return Finding(state, on, year, None if amount is None else number(amount), tax, evidence=evidence)


def make_commitment(
    kind: CommitmentKind = CommitmentKind.QUANTIFIED,
    *,
    code: str = "DEM22-S01",
    aims: Sequence[Aim] = (),
    findings: Sequence[Finding] = (),
    due_on: date | None = None,
    adopted_on: date = VOTED_ON,
    axis: Axis = Axis.SOBRIETY,
    strength: Strength = Strength.COMMITMENT,
    is_flagship: bool = False,
    title: str = "Allonger la durée de vie des équipements",
) -> CommitmentRecord:
    return CommitmentRecord(
        code=code,
        title=Bilingual(title),
        statement=Bilingual(title),
        kind=kind,
        axis=axis,
        strength=strength,
        locator="article 1",
        deliberation=make_deliberation(adopted_on=adopted_on),
        due_on=due_on,
        is_flagship=is_flagship,
        aims=tuple(aims),
        findings=tuple(findings),
    )


def make_aim_judgement(status: Status, aim: Aim | None = None) -> AimJudgement:
    return AimJudgement(aim or make_aim(), status, (Reason(ReasonCode.NO_VALUE),))


def make_duty(thresholds: Mapping[int, Number], code: str = "DUTY") -> Duty:
    steps = {year: number(value) for year, value in thresholds.items()}
    return Duty(code, Bilingual("Obligation"), "loi", "SOB-17", steps, is_certain=True)
