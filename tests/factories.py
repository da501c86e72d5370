"""Small typed builders of domain records: a test names only what it is about, the rest is plausible.

Numbers are given as ``int``, ``str`` or ``Decimal``, never as ``float``: « 5,4 » is ``"5.4"``.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from tracker.domain.bilingual import Bilingual
from tracker.domain.duties import Duty
from tracker.domain.judgement import AimJudgement, Reason, ReasonCode
from tracker.domain.methods import FIRST, Method
from tracker.domain.records import (
    STALE_AFTER_MONTHS,
    TOLERANCE,
    Aim,
    CommitmentRecord,
    DeliberationRecord,
    Finding,
    IndicatorRecord,
    OrganisationRecord,
    Reading,
)
from tracker.domain.series import Point, Series
from tracker.domain.targets import Baseline, Target, TargetPoint, Threshold
from tracker.domain.versions import in_force
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
    TargetPath,
    TaxRegime,
    Tier,
    ValueKind,
)

Number = Decimal | int | str

VOTED_ON = date(2022, 9, 30)


def number(value: Number) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(value)


def optional(value: Number | None) -> Decimal | None:
    return None if value is None else number(value)


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
        minimum=optional(minimum),
        maximum=optional(maximum),
    )


def make_baseline(
    value: Number | None = 5,
    year: int | None = 2020,
    state: BaselineState = BaselineState.VALIDATED,
    source: str = "",
    *,
    version: int = 1,
    in_force_from: int = 0,
    method: int | None = None,
) -> Baseline:
    return Baseline(state, optional(value), year, source, version, in_force_from, method)


def make_series(values: Mapping[int, Number]) -> Series:
    return tuple(Point(year, number(value)) for year, value in sorted(values.items()))


def make_method(version: int = FIRST, in_force_from: int = 0) -> Method:
    return Method(version, in_force_from)


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
    upper: Number | None = None,
    start: Number | None = None,
    start_year: int | None = None,
    path: TargetPath = TargetPath.LINEAR,
    points: Mapping[int, Number] | None = None,
) -> Target:
    """Build a target; ``points`` gives the value voted for each year on the way."""
    return Target(
        version,
        basis,
        comparator,
        number(value),
        horizon_year,
        in_force_from,
        decided_on,
        reason,
        optional(upper),
        optional(start),
        start_year,
        path,
        tuple(TargetPoint(year, number(voted)) for year, voted in (points or {}).items()),
    )


def make_threshold(
    value: Number, comparator: Comparator = Comparator.AT_LEAST, upper: Number | None = None
) -> Threshold:
    return Threshold(comparator, number(value), optional(upper))


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
    method: int = FIRST,
    missing: tuple[str, ...] = (),
) -> Reading:
    return Reading(
        year=year,
        revision=revision,
        value=optional(value),
        absence=absence,
        numerator=optional(numerator),
        denominator=optional(denominator),
        quality=quality,
        comment=comment,
        method=method,
        missing=missing,
    )


def make_aim(
    values: Mapping[int, Number | Absence | None] | None = None,
    *targets: Target,
    baseline: Baseline | None = None,
    baselines: Sequence[Baseline] = (),
    better: Better = Better.UP,
    indicator: IndicatorRecord | None = None,
    tolerance: Number = TOLERANCE,
    since_method: Mapping[int, int] | None = None,
    restated: Mapping[int, Series] | None = None,
) -> Aim:
    """Build an aim; ``values`` gives each year a number, the reason of an absence, or None without a reason.

    ``since_method`` gives the first year of each later version of the method: {2: 2024}. ``baseline`` stands for
    the only version of the baseline.
    """
    methods = (make_method(), *(make_method(version, year) for version, year in (since_method or {}).items()))
    readings = {}
    for year, value in (values or {}).items():
        used = in_force(methods, year)
        assert used is not None
        is_absent = isinstance(value, Absence)
        readings[year] = make_reading(
            year, None if is_absent else value, value if is_absent else None, method=used.version
        )
    return Aim(
        indicator or make_indicator(better=better),
        targets,
        tuple(baselines) or (() if baseline is None else (baseline,)),
        readings,
        methods if since_method else (),
        restated or {},
        number(tolerance),
    )


def make_finding(
    state: FindingState = FindingState.DONE,
    on: date = date(2025, 3, 14),
    *,
    year: int | None = None,
    amount: Number | None = None,
    tax: TaxRegime | None = None,
    evidence: str = "",
    valid_until: date | None = None,
) -> Finding:
    return Finding(state, on, year, optional(amount), tax, evidence=evidence, valid_until=valid_until)


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
    stale_after_months: int = STALE_AFTER_MONTHS,
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
        stale_after_months=stale_after_months,
        aims=tuple(aims),
        findings=tuple(findings),
    )


def make_aim_judgement(status: Status, aim: Aim | None = None) -> AimJudgement:
    return AimJudgement(aim or make_aim(), status, (Reason(ReasonCode.NO_VALUE),))


def make_duty(thresholds: Mapping[int, Number], code: str = "DUTY") -> Duty:
    steps = {year: number(value) for year, value in thresholds.items()}
    return Duty(code, Bilingual("Obligation"), "loi", "SOB-17", steps, is_certain=True)
