"""The remit of a department: the actions, the indicators and the commitments that it has on its hands."""

from dataclasses import dataclass
from datetime import date

from tracker.domain.deadlines import Deadline, PlannedAction
from tracker.domain.records import DepartmentRecord, IndicatorRecord, OrganisationRecord, Reading
from tracker.domain.scorecard import Card


@dataclass(frozen=True, slots=True)
class Entrusted:
    """An indicator that a department, or somebody of it, enters: its reading of the year, and the last value before.

    ``is_typed`` tells whether somebody has to type the value of the year.
    """

    indicator: IndicatorRecord
    reading: Reading | None
    last: Reading | None
    is_typed: bool = True

    @property
    def is_missing(self) -> bool:
        """Tell whether the value of the year is waited for: neither given, nor said why there is none."""
        return self.is_typed and self.reading is None


@dataclass(frozen=True, slots=True)
class Remit:
    """All that a department has to do, as readers see it on ``today``; ``year`` is that of the values and the verdicts.

    ``led`` and ``contributed`` are the actions of the plans that are not reviewed, ``cards`` the commitments that it
    owns, ``deadlines`` what waits for it, the late ones first.
    """

    organisation: OrganisationRecord
    department: DepartmentRecord
    year: int
    today: date
    led: tuple[PlannedAction, ...] = ()
    contributed: tuple[PlannedAction, ...] = ()
    entrusted: tuple[Entrusted, ...] = ()
    cards: tuple[Card, ...] = ()
    deadlines: tuple[Deadline, ...] = ()

    @property
    def missing(self) -> tuple[Entrusted, ...]:
        """List the indicators whose value of the year is waited for."""
        return tuple(one for one in self.entrusted if one.is_missing)

    @property
    def late(self) -> tuple[Deadline, ...]:
        """List the deadlines that are past."""
        return tuple(one for one in self.deadlines if one.is_late(self.today))

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is entrusted to the department."""
        return not (self.led or self.contributed or self.entrusted or self.cards or self.deadlines)
