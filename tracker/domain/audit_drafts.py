"""What a file says of an audit before it is stored: its pages, what it tells of itself, and what cannot be read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from tracker.domain.drafts import ImportProblem
from tracker.domain.rgaa import AuditKind, Result, RgaaVersion

MOST_PAGES = 60
NAME_LIMIT, ADDRESS_LIMIT = 200, 500


class AuditFormat(StrEnum):
    """What a file of an audit is."""

    ARA_TABLE = "ara_table"
    ARA_REPORT = "ara_report"
    MODEL_GRID = "model_grid"


@dataclass(frozen=True, slots=True)
class PageDraft:
    """A page that was read: ``is_shared`` for what all pages share."""

    name: str
    results: Mapping[str, Result]
    address: str = ""
    is_shared: bool = False


@dataclass(frozen=True, slots=True)
class AuditDraft:
    """What a file says of an audit; what it does not say is "" or None.

    ``dropped`` names what it says of people, which is not read. ``blanks`` counts the cells that say nothing: they were
    not tested.
    """

    format: AuditFormat = AuditFormat.ARA_TABLE
    kind: AuditKind | None = None
    rgaa: str = ""
    pages: tuple[PageDraft, ...] = ()
    audited_on: date | None = None
    published_on: date | None = None
    auditor: str = ""
    environments: str = ""
    tools: str = ""
    told_rate: Decimal | None = None
    service: str = ""
    dropped: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    blanks: int = 0
    problems: tuple[ImportProblem, ...] = field(default=())

    @property
    def sampled(self) -> int:
        """Count the pages of the sample: what all pages share is none of them."""
        return sum(not one.is_shared for one in self.pages)


def kind_of(criteria: Sequence[str], version: RgaaVersion) -> AuditKind | None:
    """Tell which audit looks at exactly these criteria; None where no kind does."""
    asked = set(criteria)
    return next((kind for kind in AuditKind if asked and asked == set(version.looked_at(kind))), None)


def version_of(told: str, versions: Sequence[RgaaVersion]) -> str:
    """Give the version that a text names, as « 4.1.2 » names the 4.1; "" for one that is not known."""
    named = [one.code for one in versions if f"{told}.".startswith(f"{one.code}.")]
    return max(named, key=len, default="")
