"""What the commitments cost: fees and actions, each tax regime added up apart, what is shared counted once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tracker.domain.actions import ActionRecord
from tracker.domain.budget import Imputation, Sum, totals
from tracker.domain.memberships import NOT_STATED, MembershipRecord, MembershipState, YearStanding
from tracker.domain.vocabulary import ActionStatus, Axis, TaxRegime


class CostKind(StrEnum):
    """What a cost is of."""

    FEE = "fee"
    ACTION = "action"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one thing costs in a year: planned or decided, then spent; an amount that nobody told is None, not zero.

    ``commitments`` are the codes of those that it serves, ``axes`` theirs.
    """

    kind: CostKind
    code: str
    year: int
    title: str
    planned: Sum
    spent: Sum
    commitments: tuple[str, ...] = ()
    axes: tuple[Axis, ...] = ()
    line: Imputation | None = None
    state: MembershipState | ActionStatus | None = None

    @property
    def is_shared(self) -> bool:
        """Tell whether it serves several commitments: each of them shows it, totals count it once."""
        return len(self.commitments) > 1


@dataclass(frozen=True, slots=True)
class Total:
    """Costs added up, each tax regime apart, and how many have no amount planned, or none spent."""

    planned: Mapping[TaxRegime, Decimal]
    spent: Mapping[TaxRegime, Decimal]
    count: int
    unplanned: int
    unspent: int
    shared: int


def total(costs: Iterable[Cost]) -> Total:
    """Add up ``costs``, each counted once."""
    known = list(dict.fromkeys(costs))
    return Total(
        planned=totals(one.planned for one in known),
        spent=totals(one.spent for one in known),
        count=len(known),
        unplanned=sum(one.planned.amount is None for one in known),
        unspent=sum(one.spent.amount is None for one in known),
        shared=sum(one.is_shared for one in known),
    )


def by_axis(costs: Iterable[Cost]) -> Mapping[Axis | None, Total]:
    """Add up the costs of each axis, None for those that serve no commitment; one of two axes shows in both."""
    known = list(costs)
    found: dict[Axis | None, Total] = {}
    for axis in Axis:
        if own := [one for one in known if axis in one.axes]:
            found[axis] = total(own)
    if aside := [one for one in known if not one.axes]:
        found[None] = total(aside)
    return found


def by_commitment(costs: Iterable[Cost]) -> Mapping[str, Total]:
    """Add up the costs of each commitment, by its code; a shared one shows with each that it serves."""
    found: dict[str, list[Cost]] = {}
    for one in costs:
        for code in one.commitments:
            found.setdefault(code, []).append(one)
    return {code: total(own) for code, own in sorted(found.items())}


def by_year(costs: Iterable[Cost]) -> Mapping[int, Total]:
    """Add up the costs of each year that has some, oldest first."""
    known = list(costs)
    return {year: total(one for one in known if one.year == year) for year in sorted({one.year for one in known})}


def cost_of_year(membership: MembershipRecord, standing: YearStanding, axes: Mapping[str, Axis]) -> Cost | None:
    """Give what a year of a membership costs; None where it was given up: nothing is due then.

    A fee counts as planned once decided, as spent once paid. ``axes`` has the axis of each commitment.
    """
    year, known = standing.year, standing.state
    if known is MembershipState.GIVEN_UP:
        return None
    is_paid = known is MembershipState.PAID
    return Cost(
        kind=CostKind.FEE,
        code=membership.code,
        year=year.year,
        title=membership.name,
        planned=year.fee if is_paid or known is MembershipState.DECIDED else NOT_STATED,
        spent=year.fee if is_paid else NOT_STATED,
        commitments=(year.commitment,) if year.commitment else (),
        axes=_axes((year.commitment,), axes),
        line=year.line,
        state=known,
    )


def cost_of_action(action: ActionRecord, year: int, axes: Mapping[str, Axis]) -> Cost:
    """Give what an action of the plan of ``year`` costs, as its plan says; a dropped one keeps what was planned."""
    return Cost(
        kind=CostKind.ACTION,
        code=action.code,
        year=year,
        title=action.title,
        planned=action.means.to_spend,
        spent=action.means.paid,
        commitments=action.commitments,
        axes=_axes(action.commitments, axes),
        line=action.line,
        state=action.status,
    )


def _axes(codes: Iterable[str], axes: Mapping[str, Axis]) -> tuple[Axis, ...]:
    served = {axes[code] for code in codes if code in axes}
    return tuple(axis for axis in Axis if axis in served)
