"""What the actions of a plan cost, axis by axis: each tax regime apart, and what is not told counted, never zero."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tracker.domain.actions import ActionRecord
from tracker.domain.budget import totals
from tracker.domain.vocabulary import ActionStatus, Axis, TaxRegime
from tracker.labels import text, word


@dataclass(frozen=True, slots=True)
class ServedCommitment:
    """A commitment that actions serve: its title in the language being spoken, and its axis."""

    title: str
    axis: Axis


@dataclass(frozen=True, slots=True)
class MeansGroup:
    """Some actions together: euros by tax regime, full-time equivalents (None where none is told).

    ``without_planned`` counts the actions whose planned amount is not told.
    """

    name: str
    actions: int
    planned: Mapping[TaxRegime, Decimal]
    spent: Mapping[TaxRegime, Decimal]
    fte_planned: Decimal | None
    fte_spent: Decimal | None
    without_planned: int

    @property
    def regimes(self) -> Sequence[TaxRegime]:
        """Give the tax regimes in which something is planned or spent."""
        return [tax for tax in TaxRegime if tax in self.planned or tax in self.spent]


def means_by_axis(actions: Iterable[ActionRecord], commitments: Mapping[str, ServedCommitment]) -> Sequence[MeansGroup]:
    """Group the means of ``actions`` by axis.

    An action that serves several axes is counted once, in a group of its own kind, since its means cannot be shared
    out; so is one that serves no known commitment.
    """
    sorted_out: dict[str, list[ActionRecord]] = {}
    for action in actions:
        sorted_out.setdefault(_axis_name(action, commitments), []).append(action)
    order = [*(word(axis) for axis in Axis), text("Plusieurs axes"), text("Sans engagement")]
    return [means_of(name, sorted_out[name]) for name in order if name in sorted_out]


def means_of(name: str, actions: Sequence[ActionRecord]) -> MeansGroup:
    """Add up the means of ``actions`` under ``name``."""
    means = [action.means for action in actions]
    return MeansGroup(
        name,
        len(means),
        totals(one.to_spend for one in means),
        totals(one.paid for one in means),
        _sum(one.fte_planned for one in means),
        _sum(one.fte_spent for one in means),
        sum(one.planned is None for one in means),
    )


def means_dropped(actions: Iterable[ActionRecord]) -> MeansGroup | None:
    """Add up what is part of the totals and will not be spent: the actions given up; None where there is none."""
    dropped = [action for action in actions if action.status is ActionStatus.DROPPED]
    return means_of(text("Dont abandonnées"), dropped) if dropped else None


def means_rows(actions: Sequence[ActionRecord], commitments: Mapping[str, ServedCommitment]) -> Sequence[MeansGroup]:
    """Give the means of a plan as its documents list them: axis by axis, the whole, and what of it was given up."""
    dropped = means_dropped(actions)
    whole = means_of(text("Ensemble"), actions)
    return [*means_by_axis(actions, commitments), whole, *([dropped] if dropped else [])]


def axes_of(action: ActionRecord, commitments: Mapping[str, ServedCommitment]) -> Sequence[Axis]:
    """Give the axes that an action serves, in their order."""
    served = {commitments[code].axis for code in action.commitments if code in commitments}
    return [axis for axis in Axis if axis in served]


def _axis_name(action: ActionRecord, commitments: Mapping[str, ServedCommitment]) -> str:
    axes = axes_of(action, commitments)
    if not axes:
        return text("Sans engagement")
    return word(axes[0]) if len(axes) == 1 else text("Plusieurs axes")


def _sum(given: Iterable[Decimal | None]) -> Decimal | None:
    known = [one for one in given if one is not None]
    return sum(known, Decimal()) if known else None
