"""The gate of a year: whether a campaign lets a visitor type a value, and how far that value goes at once."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.entries import Draft
from tracker.domain.errors import Problem, ProblemCode
from tracker.domain.permissions import Permission
from tracker.domain.texts import tidy
from tracker.domain.vocabulary import Stage
from tracker.domain.workflow import CampaignRecord
from tracker.services.records import campaign_record
from tracker.services.typed import REASON_LIMIT
from tracker.services.visitor import Visitor
from tracker.store.queries import campaigns


@dataclass(frozen=True, slots=True)
class Gate:
    """The campaign of a year if any, and what of it was reopened to the visitor, by the number of the indicator."""

    year: int
    campaign: CampaignRecord | None
    reopened: frozenset[int]
    may_correct: bool

    def is_shut(self, indicator_id: int) -> bool:
        """Tell whether the visitor can no longer type the value as a draft."""
        return self.campaign is not None and not self.campaign.is_open and indicator_id not in self.reopened

    def stages(self, indicator_id: int, draft: Draft) -> tuple[Stage, ...] | Problem:
        """Give the steps that a new revision goes through at once, or say why there can be none.

        A correction after the end is validated by who makes it, unless the campaign wants a second pair of eyes.
        """
        if self.campaign is None or not self.is_shut(indicator_id):
            return (Stage.DRAFT,)
        if not self.may_correct:
            return Problem(f"{draft.code}:value", ProblemCode.CAMPAIGN_CLOSED, {"year": self.year})
        if not tidy(draft.reason):
            return Problem(f"{draft.code}:reason", ProblemCode.CORRECTION_REASON_MISSING, {"year": self.year})
        if len(tidy(draft.reason)) > REASON_LIMIT:
            return Problem(f"{draft.code}:reason", ProblemCode.TOO_LONG, {"limit": REASON_LIMIT})
        return (Stage.DRAFT, Stage.SUBMITTED if self.campaign.has_four_eyes else Stage.VALIDATED)


def gate(session: Session, visitor: Visitor, year: int, today: date) -> Gate:
    """Give the gate of ``year`` for the visitor."""
    row = campaigns.by_year(session, visitor.organisation.id, year)
    if row is None:
        return Gate(year, None, frozenset(), may_correct=False)
    is_closed = row.closed_at is not None
    reopened = campaigns.reopened_to(session, row.id, visitor.account_id, today) if is_closed else frozenset()
    return Gate(year, campaign_record(row), reopened, may_correct=visitor.may(Permission.VALIDATE))
