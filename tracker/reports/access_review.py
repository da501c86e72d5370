"""What the review of a year says of accessibility: statements in force, scheme, plan, complaints."""

from dataclasses import dataclass
from datetime import date

from tracker.domain.access_schemes import AccessPlan, AccessScheme, PlanLack
from tracker.domain.complaints import AnswerTime
from tracker.domain.statements import InForce


@dataclass(frozen=True, slots=True)
class AccessReview:
    """The statements in force on ``day`` over the services online, the scheme of that day, the plan of its year.

    ``lacks`` are what that plan lacks; ``late`` counts the complaints of the year whose answer took over a week.
    """

    day: date
    statements: InForce
    scheme: AccessScheme | None
    plan: AccessPlan | None
    lacks: tuple[PlanLack, ...]
    complaints: AnswerTime
    late: int

    @property
    def is_told(self) -> bool:
        """Tell whether anything is known."""
        return bool(self.statements.whole or self.scheme or self.plan or self.complaints.received)
