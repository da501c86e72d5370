"""What a file of EcoIndex says of pages, before it is judged."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.domain.drafts import ImportProblem


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page of the file, at its ``row`` from 1; ``tool`` and ``version`` are blank where the file does not say."""

    row: int
    address: str
    on: date
    elements: int
    requests: int
    kilobytes: Decimal
    told: Decimal | None = None
    tool: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file once read; ``left`` counts the pages that were opened in another window than the method's."""

    rows: tuple[PageRow, ...] = ()
    problems: tuple[ImportProblem, ...] = ()
    left: int = 0
