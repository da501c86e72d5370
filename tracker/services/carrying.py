"""Carrying actions of the year before into a plan, each with its reason; the copy knows where it comes from."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from tracker.domain.carrying import carried, proposed
from tracker.domain.errors import Conflict, NotFound, Problem, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.permissions import Permission
from tracker.domain.planning import OPEN
from tracker.domain.vocabulary import PlanStage, SearchKind
from tracker.services import searches
from tracker.services.action_rows import store_first
from tracker.services.actions import hold, next_code, signature, told
from tracker.services.decisions import tell
from tracker.services.typed import Typed
from tracker.services.visitor import Visitor


def carry(session: Session, visitor: Visitor, year: int, reasons: Mapping[str, str]) -> tuple[str, ...]:
    """Carry actions of the year before into the plan of ``year``, and give their new codes.

    ``reasons`` has why, by the code of each in the plan of the year before.

    Raises:
        Forbidden: without the right to plan.
        NotFound: when one of the two years has no plan.
        Conflict: for an action that is done, dropped or carried already, and once the plan is reviewed.
        Invalid: without any action, an action without a reason, and while the plan waits for the vote.
    """
    visitor.require(Permission.PLAN)
    held = hold(session, visitor, year)
    before = hold(session, visitor, year - 1)
    typed = Typed()
    if held.plan.stage not in OPEN:
        raise Conflict(Problem("carried", ProblemCode.PLAN_REVIEWED, {"year": year}))
    if held.plan.stage is PlanStage.SUBMITTED:
        typed.refuse("carried", ProblemCode.PLAN_SUBMITTED)
    if not reasons:
        typed.refuse("carried", ProblemCode.CARRIED_MISSING)
    offered = {action.code: action for action in proposed(before.plan, held.plan)}
    gone = [Problem(f"reason-{code}", ProblemCode.CARRIED_ALREADY) for code in reasons if code not in offered]
    known = {action.code for action in before.plan.actions}
    if any(code not in known for code in reasons):
        raise NotFound(year - 1)
    said = {
        code: typed.words(f"reason-{code}", reason, ProblemCode.CARRY_REASON_MISSING)
        for code, reason in reasons.items()
        if code in offered
    }
    if gone:
        raise Conflict(*gone, *typed.problems)
    typed.end()
    made = list[str]()
    for code, reason in said.items():
        origin, _ = before.latest(code)
        copy = carried(offered[code], year - 1, year, next_code(held, len(made)), reason)
        store_first(session, held.row, copy, held.codes, signature(visitor), origin.action)
        after = {**told(copy), "carried_from": f"{code} ({year - 1})"}
        tell(session, visitor, JournalAction.ACTION_CARRIED, copy.code, {}, after, year=year, reason=reason)
        made.append(copy.code)
    searches.index(session, visitor.organisation, frozenset({SearchKind.ACTION}))
    return tuple(made)
