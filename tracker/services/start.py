"""The first hour of an organisation: what it follows, what waits for its lead, its first campaign, who is entrusted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.permissions import Permission
from tracker.services import configuration
from tracker.services.configuration import Waiting
from tracker.services.measurements import enterable
from tracker.services.portfolio import portfolio
from tracker.services.visitor import Visitor
from tracker.store.queries import assignments, campaigns


@dataclass(frozen=True, slots=True)
class Start:
    """How far the first hour has come.

    ``followed`` counts the indicators followed, those of commitments included; ``campaign`` is the latest year with
    a campaign, None for none; ``typed`` counts what is typed for it, ``held`` those of them in somebody's hands.
    """

    commitments: int
    followed: int
    waiting: Sequence[Waiting]
    campaign: int | None
    typed: int
    held: int
    has_values: bool

    @property
    def is_followed(self) -> bool:
        """Tell whether something is followed."""
        return bool(self.followed)

    @property
    def is_settled(self) -> bool:
        """Tell whether there is something to settle, and nothing of it waits."""
        return self.is_followed and not self.waiting

    @property
    def is_entrusted(self) -> bool:
        """Tell whether every value to type is in somebody's hands."""
        return bool(self.typed) and self.held == self.typed

    @property
    def done(self) -> int:
        """Count the steps that are done, of four."""
        return sum([self.is_followed, self.is_settled, self.campaign is not None, self.is_entrusted])


def start(session: Session, visitor: Visitor, today: date) -> Start:
    """Say how far the organisation is.

    Raises:
        Forbidden: without the right to configure.
    """
    visitor.require(Permission.CONFIGURE)
    home = visitor.organisation
    known = portfolio(session, home, with_drafts=True)
    opened = campaigns.of_organisation(session, home.id)
    year = opened[0].year if opened else None
    typed = {known.figures.rows[code].id for code in enterable(known, visitor, year or today.year)}
    held = {one.indicator_id for one in assignments.of_organisation(session, home.id)}
    return Start(
        commitments=len(known.commitments),
        followed=len(known.used()),
        waiting=configuration.waiting(known, home, today),
        campaign=year,
        typed=len(typed),
        held=len(typed & held),
        has_values=bool(known.figures.sources.typed),
    )
