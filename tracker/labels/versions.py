"""Versions put into words: a baseline, a value and why there is none, the decision that set a target."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from tracker.domain.records import TOLERANCE, Aim, IndicatorRecord, Reading
from tracker.domain.targets import HUNDRED, Baseline, Target
from tracker.domain.vocabulary import Absence, TargetChange
from tracker.labels.formats import percent
from tracker.labels.language import text
from tracker.labels.targets import target_phrase, voted_quantity
from tracker.labels.values import value_phrase
from tracker.labels.words import word


def baseline_phrase(baseline: Baseline | None, indicator: IndicatorRecord) -> str:
    """Say a version of a baseline: « 5 ans en 2020, validée », « à établir »."""
    if baseline is None or baseline.value is None:
        return text("à établir")
    shown = voted_quantity(baseline.value, indicator)
    said = text("{value} en {year}", value=shown, year=baseline.year) if baseline.year else shown
    return f"{said}, {word(baseline.state)}"


def dated_target(target: Target, aim: Aim) -> str:
    """Say a target and its date: « plus de 6 ans en 2027 »."""
    said = target_phrase(target, aim)
    return text("{target} en {year}", target=said, year=target.horizon_year) if target.horizon_year else said


def decision_phrase(target: Target, numbers: Mapping[str, str]) -> str:
    """Name what set a target; ``numbers`` has the numbers of the deliberations by their reference."""
    if target.decision in numbers:
        return text("Délibération {number}", number=numbers[target.decision])
    return target.decision


def changes_phrase(found: Iterable[TargetChange]) -> str:
    """Say what a version did to the one before it: « rendu plus exigeant, échéance reportée »."""
    return ", ".join(word(one) for one in found)


def reading_phrase(reading: Reading | None, aim: Aim, other: Reading | None = None) -> str:
    """Say a value set beside that of ``other``, or why there is none: « 5,4 ans », « non calculable : il manque… »."""
    if reading is None:
        return text("aucun relevé")
    if reading.value is not None:
        return value_phrase(reading.value, aim, reading.year, [other.value if other else None])
    if reading.absence is Absence.NOT_COMPUTABLE and reading.missing:
        return text("non calculable : il manque {missing}", missing=", ".join(reading.missing))
    return word(reading.absence) if reading.absence else text("aucun relevé")


def tolerance_phrase(tolerance: Decimal | None) -> str:
    """Say a tolerance, the rule of the house where none was chosen: « 10 % »."""
    return percent((TOLERANCE if tolerance is None else tolerance) * HUNDRED)
