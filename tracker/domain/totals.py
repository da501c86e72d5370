"""The totals that another tool reckoned, as a file tells them: amounts to propose, and what is left out of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from tracker.domain.drafts import ImportProblem
from tracker.domain.factors import Span
from tracker.domain.footprint import AmountScope, AmountTool


class TotalsTable(StrEnum):
    """The tables of totals that are read: our own plain one, and those that tools are known to export."""

    PLAIN = "plain"
    NUMECOEVAL = "numecoeval"
    GLPI_EMISSIONS = "glpi_emissions"
    GLPI_EMBODIED = "glpi_embodied"


class LeftOut(StrEnum):
    """Why rows of a table are in no total."""

    IN_ERROR = "in_error"
    OTHER_CRITERION = "other_criterion"
    OTHER_YEAR = "other_year"
    NOT_EVALUATED = "not_evaluated"


@dataclass(frozen=True, slots=True)
class ReadTotal:
    """A total as a file tells it, in kgCO2e, kg Sb eq. and kWh; ``source`` names the tool, its version and its data."""

    scope: AmountScope
    tool: AmountTool
    name: str
    carbon: Decimal
    low: Decimal | None
    high: Decimal | None
    resources: Decimal | None
    energy: Decimal | None
    source: str

    @property
    def span(self) -> Span:
        """Give the kgCO2e with its range: the value itself where an end is not told."""
        low, high = (self.carbon if end is None else end for end in (self.low, self.high))
        return Span(self.carbon, low, high)


@dataclass(frozen=True, slots=True)
class ReadTotals:
    """A file once read: its totals, or the problems that refuse it; ``rows`` were added up, ``left`` counts others.

    ``ignored`` are the headings that mean nothing here.
    """

    table: TotalsTable | None = None
    totals: tuple[ReadTotal, ...] = ()
    problems: tuple[ImportProblem, ...] = ()
    rows: int = 0
    left: Mapping[LeftOut, int] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()


class TotalFate(StrEnum):
    """What confirming would make of a total."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
