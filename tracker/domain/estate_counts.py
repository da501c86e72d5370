"""The estate in one reading: how many pieces of each category are in which state, of how many the life is known."""

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.domain.estate import EquipmentCategory, EquipmentState


@dataclass(frozen=True, slots=True)
class CategoryCount:
    """How many pieces of a category there are, by state."""

    category: EquipmentCategory
    by_state: Mapping[EquipmentState, int]

    @property
    def pieces(self) -> int:
        """Give all of them, whatever their state; what is left out is none."""
        return sum(count for state, count in self.by_state.items() if state is not EquipmentState.LEFT_OUT)


@dataclass(frozen=True, slots=True)
class EstateReading:
    """The estate in one reading: pieces by category, those retired in ``year``, those whose life has a known start."""

    year: int
    categories: tuple[CategoryCount, ...]
    retired_this_year: int
    dated: int

    @property
    def pieces(self) -> int:
        """Give all the pieces, those that are gone too."""
        return sum(one.pieces for one in self.categories)

    def of(self, state: EquipmentState) -> int:
        """Give the pieces in ``state``."""
        return sum(one.by_state.get(state, 0) for one in self.categories)
