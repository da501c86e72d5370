"""What changed between two years: the commitments whose state moved, which way, and those voted meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.domain.comparison import Direction
from tracker.domain.kinds import judge
from tracker.domain.records import CommitmentRecord
from tracker.domain.rollup import tally
from tracker.domain.scorecard import Card, Scorecard
from tracker.domain.vocabulary import Status

RANKED = (Status.OFF_TRACK, Status.WATCH, Status.ON_TRACK, Status.ACHIEVED)
"""The states that compare, worst first; the others say that nothing was judged, which is no way up or down."""

_CAME_DUE = {Status.ACHIEVED: Direction.BETTER, Status.OFF_TRACK: Direction.WORSE}
"""Which way it is for what was still to come: kept, or not kept; anything between tells nothing yet."""
_TELLING = (Direction.WORSE, Direction.BETTER, Direction.NEITHER)


@dataclass(frozen=True, slots=True)
class StateChange:
    """A commitment that two years judge differently."""

    commitment: CommitmentRecord
    before: Status
    after: Status

    @property
    def direction(self) -> Direction:
        """Tell which way it went."""
        return direction(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of the promises between the end of ``earlier`` and the end of ``later``.

    ``moved`` are those that were voted by ``earlier`` and changed state: what worsened first, then what improved, and
    within each what is kept or no longer is, then the flagships. ``added`` are those voted since; ``unchanged`` is how
    many kept their state. A later year that ``is_running`` tells neither: what it still lacks would pass for a setback.
    """

    earlier: int
    later: int
    moved: tuple[StateChange, ...]
    added: tuple[Card, ...]
    unchanged: int
    counts_before: Mapping[Status, int]
    counts: Mapping[Status, int]
    is_running: bool

    def towards(self, way: Direction) -> int:
        """Count the changes of state that went ``way``."""
        return sum(change.direction is way for change in self.moved)

    @property
    def more_kept(self) -> int:
        """Give how many more promises are kept in the later year; fewer when negative."""
        return self.counts.get(Status.ACHIEVED, 0) - self.counts_before.get(Status.ACHIEVED, 0)


def direction(before: Status, after: Status) -> Direction:
    """Tell which way a state went: better or worse between two that compare, otherwise neither."""
    if before is after:
        return Direction.SAME
    if before is Status.UPCOMING:
        return _CAME_DUE.get(after, Direction.NEITHER)
    if before not in RANKED or after not in RANKED:
        return Direction.NEITHER
    return Direction.BETTER if RANKED.index(after) > RANKED.index(before) else Direction.WORSE


def changes(card: Scorecard, earlier: int) -> Changes:
    """Hold the promises of ``card`` against their state in ``earlier``, a year before its own."""
    kept = [one for one in card.promises if one.commitment.deliberation.adopted_on.year <= earlier]
    compared = [StateChange(one.commitment, _then(one, card, earlier), one.status) for one in kept]
    judged = [] if card.is_running else compared
    moved = [change for change in judged if change.before is not change.after]
    moved.sort(key=_telling)
    return Changes(
        earlier=earlier,
        later=card.year,
        moved=tuple(moved),
        added=tuple(one for one in card.promises if one.commitment.deliberation.adopted_on.year > earlier),
        unchanged=len(judged) - len(moved),
        counts_before=tally(change.before for change in compared),
        counts=card.counts,
        is_running=card.is_running,
    )


def since_last_year(card: Scorecard) -> Changes | None:
    """Give what changed since the year before; None for a year that is not over, whose values are still to come."""
    return None if card.is_running else changes(card, card.year - 1)


def _telling(change: StateChange) -> tuple[int, bool, bool]:
    is_about_keeping = Status.ACHIEVED in {change.before, change.after}
    return _TELLING.index(change.direction), not is_about_keeping, not change.commitment.is_flagship


def _then(one: Card, card: Scorecard, earlier: int) -> Status:
    return one.before.status if earlier == card.year - 1 else judge(one.commitment, earlier, card.today).status
