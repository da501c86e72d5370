"""The history of a value: what a revision changed, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.records import Reading
from tracker.domain.vocabulary import Stage
from tracker.domain.workflow import Step


class Fate(StrEnum):
    """What became of a revision in a year that has a campaign."""

    PUBLISHED = "published"
    REPLACED = "replaced"
    WAITING = "waiting"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision beside the one ``before`` it, and the steps that it went through.

    ``fate`` is None in a year without campaign, where every value counts as soon as it is recorded.
    """

    reading: Reading
    before: Reading | None
    way: tuple[Step, ...]
    fate: Fate | None

    @property
    def reason(self) -> str:
        """Give why the value was corrected after the end of its campaign, empty elsewhere."""
        return self.way[0].reason if self.way and self.way[0].stage is Stage.DRAFT else ""

    @property
    def steps(self) -> tuple[Step, ...]:
        """Give the steps that came after typing."""
        return tuple(step for step in self.way if step.stage is not Stage.DRAFT)


FIELDS = ("value", "parts", "numerator", "denominator", "quality", "coverage", "method", "source", "comment")
"""What a revision says, in the order in which it is told; the reason for no value goes with the value."""


def changed(before: Reading | None, after: Reading) -> tuple[str, ...]:
    """Name what ``after`` says that ``before`` did not; what a first revision says at all, its method apart."""
    if before is None:
        return tuple(name for name in FIELDS if name != "method" and _said(after, name) not in {None, "", ()})
    return tuple(name for name in FIELDS if _said(before, name) != _said(after, name))


def _said(reading: Reading, name: str) -> object:
    if name == "value":
        return reading.absence if reading.value is None else reading.value
    said: object = getattr(reading, name)
    return said


def fates(published: Sequence[bool]) -> tuple[Fate, ...]:
    """Say what became of each revision, latest first, given whether each counts for readers."""
    newest = next((place for place, counts in enumerate(published) if counts), None)
    return tuple(_fate(place, newest, counts=counts) for place, counts in enumerate(published))


def _fate(place: int, newest: int | None, *, counts: bool) -> Fate:
    if counts:
        return Fate.PUBLISHED if place == newest else Fate.REPLACED
    return Fate.WAITING if place == 0 else Fate.SUPERSEDED
