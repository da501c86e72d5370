"""Carrying over: what of last year's actions goes on, and what of each is kept in the plan of the next year."""

from dataclasses import replace

from tracker.domain.actions import ActionRecord, Means
from tracker.domain.lateness import SETTLED
from tracker.domain.plans import PlanRecord


def proposed(before: PlanRecord, plan: PlanRecord) -> tuple[ActionRecord, ...]:
    """List the actions of ``before`` that may be carried into ``plan``: neither done, dropped nor carried already."""
    carried = {action.carried_from for action in plan.actions}
    return tuple(
        action
        for action in before.actions
        if action.status not in SETTLED and (before.year, action.code) not in carried
    )


def carried(action: ActionRecord, origin: int, year: int, code: str, reason: str) -> ActionRecord:
    """Give what ``action`` of the plan of ``origin`` becomes in the plan of ``year``.

    What is to be planned anew is empty, which the completeness check names: the last day and the days of steps that
    ``year`` does not reach, and the means, which were those of a year. Steps that are done stay where they were done.
    """
    steps = tuple(
        replace(step, due_on=step.due_on if step.due_on is not None and step.due_on.year >= year else None)
        for step in action.steps
        if step.done_on is None
    )
    return replace(
        action,
        code=code,
        version=1,
        steps=steps,
        ends_on=action.ends_on if action.ends_on is not None and action.ends_on.year >= year else None,
        means=Means(tax=action.means.tax),
        line=None,
        review="",
        carried_from=(origin, action.code),
        carry_reason=reason,
        carried_to="",
    )
