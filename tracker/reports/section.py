"""A section of the report: its words are a template, its data are tables, its drawings stand alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tracker.domain.numbers import plain_text
from tracker.exports.paper import Figure
from tracker.exports.tabular import DataTable
from tracker.reports.review import Review

_STEP = Decimal("0.000001")


def no_tables(review: Review) -> Sequence[DataTable]:  # noqa: ARG001
    """Give the data of a section that has none."""
    return ()


def no_drawings(review: Review) -> Sequence[Figure]:  # noqa: ARG001
    """Give the drawings of a section that has none."""
    return ()


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its anchor, its title, the data behind its words and its drawings.

    Its words are the template ``reports/sections/CODE.html``: headings from h3 on, paragraphs, lists and tables.
    """

    code: str
    title: str
    tables: Callable[[Review], Sequence[DataTable]] = no_tables
    drawings: Callable[[Review], Sequence[Figure]] = no_drawings

    @property
    def template(self) -> str:
        """Give the template's path."""
        return f"reports/sections/{self.code}.html"


def filled(*tables: DataTable) -> Sequence[DataTable]:
    """Keep the tables that have a row: a sheet that says nothing is left out."""
    return [table for table in tables if table.rows]


def rounded(value: Decimal | None) -> Decimal | None:
    """Give a quotient to six decimals, so that it has an end; None stays None."""
    return None if value is None else Decimal(plain_text(value.quantize(_STEP)))
