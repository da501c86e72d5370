"""Small typed builders of plans and actions: a test names only what it is about."""

from datetime import UTC, date, datetime

from tracker.domain.actions import ActionRecord, ActionStep, Means
from tracker.domain.plans import PlanRecord, PlanStepRecord
from tracker.domain.vocabulary import ActionStatus, PlanStage

AT = datetime(2025, 1, 15, 9, tzinfo=UTC)


def make_action(code: str = "A2025-01", status: ActionStatus = ActionStatus.PLANNED, **given: object) -> ActionRecord:
    """Build an action that lacks nothing; ``given`` replaces fields."""
    whole: dict[str, object] = {
        "title": "Équiper l'atelier de réparation",
        "commitments": ("DEM22-S01",),
        "lead": "DSI",
        "pilot": "Responsable du parc",
        "starts_on": date(2025, 1, 1),
        "ends_on": date(2025, 12, 31),
        "steps": (ActionStep("Achats", date(2025, 3, 31)),),
        "means": Means(fte_planned=None),
    }
    return ActionRecord(code=code, version=1, status=status, **(whole | given))  # type: ignore[arg-type]


def make_plan(year: int = 2025, *actions: ActionRecord, stage: PlanStage = PlanStage.DRAFT) -> PlanRecord:
    """Build a plan at ``stage``, with the steps that lead there."""
    way = list(PlanStage)[: list(PlanStage).index(stage) + 1]
    return PlanRecord(year, tuple(PlanStepRecord(one, AT.date(), "R", AT) for one in way), actions)
