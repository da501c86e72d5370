"""How sure a value is, in words: its grade, what it covers, the method that it comes from."""

from collections import Counter
from collections.abc import Iterable

from tracker.domain.methods import FIRST, Method
from tracker.domain.records import Aim, Reading
from tracker.domain.vocabulary import Quality
from tracker.labels.formats import quantity
from tracker.labels.language import colon, semicolon, text
from tracker.labels.words import word


def quality_text(reading: Reading) -> str:
    """Say how a value was obtained and how much it covers: « estimé ; couvre 85 % »; empty when nothing is said."""
    grade = word(reading.quality) if reading.quality else ""
    share = quantity(reading.coverage, "percent") if reading.coverage is not None else ""
    return semicolon().join(filter(None, (grade, share and text("couvre {share}", share=share))))


def quality_summary(readings: Iterable[Reading | None]) -> str:
    """Count values by their grade, best first: « mesuré : 12, estimé : 3 »."""
    counted = Counter(told.quality for told in readings if told is not None and told.value is not None)
    named = [(word(grade), counted[grade]) for grade in Quality if counted[grade]]
    unstated = [(text("non précisée"), counted[None])] if counted[None] else []
    return ", ".join(f"{name}{colon()}{count}" for name, count in [*named, *unstated])


def how_obtained(aim: Aim, year: int) -> str:
    """Say the grade, the coverage and, where there have been several, the method of a year's value."""
    reading = aim.readings.get(year)
    if reading is None or reading.value is None:
        return ""
    method = text("méthode {n}", n=reading.method) if len(aim.methods) > 1 else ""
    return semicolon().join(filter(None, (quality_text(reading), method)))


def method_text(method: Method) -> str:
    """Name a version of a method and where it starts."""
    if method.version == FIRST:
        return text("version {n}, celle du catalogue", n=method.version)
    return text("version {n}, depuis {year}", n=method.version, year=method.in_force_from)
