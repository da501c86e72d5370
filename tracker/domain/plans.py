"""The action plan of a year: its stages and its actions, as plain values."""

from dataclasses import dataclass
from datetime import date, datetime

from tracker.domain.actions import ActionRecord
from tracker.domain.vocabulary import PlanStage


@dataclass(frozen=True, slots=True)
class PlanStepRecord:
    """A plan opened, submitted, adopted, reviewed or sent back, with the deliberation that adopted it."""

    stage: PlanStage
    on: date
    author: str
    recorded_at: datetime
    deliberation: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """The plan of a year, its steps oldest first, its actions by code."""

    year: int
    steps: tuple[PlanStepRecord, ...]
    actions: tuple[ActionRecord, ...]

    @property
    def stage(self) -> PlanStage:
        """Give how far the plan has come."""
        return self.steps[-1].stage

    @property
    def adopted(self) -> PlanStepRecord | None:
        """Give the step that adopted the plan, None before."""
        found = [step for step in self.steps if step.stage is PlanStage.ADOPTED]
        return found[-1] if found else None
