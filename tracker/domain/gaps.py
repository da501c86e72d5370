"""The completeness of a plan: each gap named, with the code of what it is about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.actions import ActionRecord
from tracker.domain.plans import PlanRecord
from tracker.domain.records import CommitmentRecord
from tracker.domain.vocabulary import BINDING, ActionStatus, CommitmentKind, FindingState


class GapKind(StrEnum):
    """What is missing; the first is about a commitment, the second about a department, the others about an action."""

    COMMITMENT_UNSERVED = "commitment_unserved"
    DEPARTMENT_ASIDE = "department_aside"
    PILOT_MISSING = "pilot_missing"
    LEAD_MISSING = "lead_missing"
    COMMITMENT_MISSING = "commitment_missing"
    DATES_MISSING = "dates_missing"
    MEANS_MISSING = "means_missing"


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that a plan lacks: ``code`` is that of the commitment, the department or the action."""

    kind: GapKind
    code: str


def gaps(plan: PlanRecord, commitments: Iterable[CommitmentRecord], departments: Iterable[str]) -> tuple[Gap, ...]:
    """Name what ``plan`` lacks, kind by kind; a dropped action neither serves nor lacks anything."""
    kept = [action for action in plan.actions if action.status is not ActionStatus.DROPPED]
    served = {code for action in kept for code in action.commitments}
    associated = {code for action in kept for code in (action.lead, *action.contributors)}
    found = [
        Gap(GapKind.COMMITMENT_UNSERVED, one.code)
        for one in commitments
        if asks_for_action(one, plan.year) and one.code not in served
    ]
    found += [Gap(GapKind.DEPARTMENT_ASIDE, code) for code in departments if code not in associated]
    for kind in list(GapKind)[2:]:
        found += [Gap(kind, action.code) for action in kept if kind in lacks(action)]
    return tuple(found)


def lacks(action: ActionRecord) -> Sequence[GapKind]:
    """List what ``action`` itself lacks."""
    absent = {
        GapKind.PILOT_MISSING: not action.pilot,
        GapKind.LEAD_MISSING: not action.lead,
        GapKind.COMMITMENT_MISSING: not action.commitments,
        GapKind.DATES_MISSING: action.starts_on is None or action.ends_on is None,
        GapKind.MEANS_MISSING: action.means.planned is None and action.means.fte_planned is None,
    }
    return [kind for kind, is_absent in absent.items() if is_absent]


def asks_for_action(commitment: CommitmentRecord, year: int) -> bool:
    """Tell whether the plan of ``year`` should serve ``commitment``: it binds by then, and is not a milestone passed.

    A milestone done before the year asks for nothing more.
    """
    is_binding = commitment.strength in BINDING and commitment.deliberation.adopted_on.year <= year
    is_passed = commitment.kind is CommitmentKind.MILESTONE and any(
        fact.state is FindingState.DONE and fact.on.year < year for fact in commitment.findings
    )
    return is_binding and not is_passed
