"""Legal duties: what the law asks for a year, held against what was measured where it can be told by a figure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tracker.domain.bilingual import Bilingual


class DutyState(StrEnum):
    """What can be said of a duty for a year."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_MEASURED = "not_measured"
    NO_THRESHOLD = "no_threshold"
    TO_TELL = "to_tell"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty, the indicator that shows it, and the least value asked from each year on (same unit).

    ``indicator`` is empty where no figure shows it: only the authority can tell. ``since`` is the first year that it
    applies to, None where that is not established. What is not certain is to be checked in its text.
    """

    code: str
    name: Bilingual
    legal_source: str
    indicator: str
    thresholds: Mapping[int, Decimal]
    is_certain: bool
    since: int | None = None

    def threshold(self, year: int) -> Decimal | None:
        """Give the least value that the law asks for ``year``, None where it sets no figure."""
        started = [start for start in self.thresholds if start <= year]
        return self.thresholds[max(started)] if started else None

    def state(self, year: int, value: Decimal | None) -> DutyState:
        """Hold the ``value`` measured for ``year`` against the threshold."""
        if self.since is not None and year < self.since:
            return DutyState.NOT_YET
        if not self.indicator:
            return DutyState.TO_TELL
        if value is None:
            return DutyState.NOT_MEASURED
        asked = self.threshold(year)
        if asked is None:
            return DutyState.NO_THRESHOLD
        return DutyState.MET if value >= asked else DutyState.NOT_MET
