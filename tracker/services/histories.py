"""The history of a value: its revisions, what each changed and why, and how each went through the campaign."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.domain import subjects
from tracker.domain.histories import Fate, Revision, fates
from tracker.domain.paging import page_count
from tracker.domain.permissions import Permission
from tracker.domain.records import Aim, Reading
from tracker.domain.vocabulary import Absence, Stage
from tracker.domain.workflow import CampaignRecord, Step, counts
from tracker.services.measurements import with_parts
from tracker.services.records import campaign_record
from tracker.services.topics import ValueTopic, value_topic
from tracker.services.visitor import Visitor
from tracker.store.models import Measurement
from tracker.store.queries import campaigns, measurements, steps

PAGE = 10


@dataclass(frozen=True, slots=True)
class History:
    """A page of the revisions of a value, latest first; ``total`` counts those that the visitor may see.

    ``is_preparing`` tells that somebody typed a value that is not published yet.
    """

    topic: ValueTopic
    revisions: Sequence[Revision]
    total: int
    page: int
    pages: int
    is_preparing: bool

    @property
    def aim(self) -> Aim:
        """Give the indicator with its values as readers see them."""
        return self.topic.aim


def history(session: Session, visitor: Visitor, code: str, year: int, page: int, today: date) -> History:
    """Give page ``page`` of the revisions of a value; drafts only to who may enter or validate it.

    Raises:
        Forbidden: without the right to read.
        NotFound: when the organisation does not use the indicator, for a year that cannot have values, or a page that
            does not exist.
    """
    topic = value_topic(session, visitor, subjects.value_of(code, year), today)
    sees_drafts = visitor.may(Permission.VALIDATE) or visitor.may_enter(topic.number)
    home = visitor.organisation.id
    row = campaigns.by_year(session, home, year)
    campaign = campaign_record(row) if row else None
    stored = measurements.revisions(session, home, topic.number, year)
    ways = _ways(session, stored)
    published = [_counts(one, ways[one.id], campaign) for one in stored]
    kept = list(zip(stored, fates(published), strict=True))
    is_preparing = bool(stored) and not published[0] and stored[0].absence is not Absence.WITHDRAWN
    if not sees_drafts:
        kept = [(one, fate) for one, fate in kept if fate in {Fate.PUBLISHED, Fate.REPLACED}]
    pages = page_count(len(kept), PAGE, page)
    shown = kept[(page - 1) * PAGE : page * PAGE + 1]  # one more: what the oldest one shown is told beside
    readings = [*with_parts(session, [one for one, _ in shown]), None]
    revisions = [
        Revision(reading, before, ways[one.id], _told(fate, reading) if campaign else None)
        for (one, fate), reading, before in zip(shown[:PAGE], readings, readings[1:], strict=False)
        if reading is not None
    ]
    return History(topic, revisions, len(kept), page, pages, is_preparing)


def _told(fate: Fate, reading: Reading) -> Fate | None:
    """Give the fate to tell: a value that was taken back waits for nothing."""
    return None if fate is Fate.WAITING and reading.absence is Absence.WITHDRAWN else fate


def _ways(session: Session, rows: Sequence[Measurement]) -> dict[int, tuple[Step, ...]]:
    """Give the steps of each revision by its number; one query for all."""
    found: dict[int, list[Step]] = {row.id: [] for row in rows}
    for step in steps.whole(session, [row.id for row in rows]):
        found[step.measurement_id].append(Step(step.stage, step.author, step.at, step.reason))
    return {number: tuple(way) for number, way in found.items()}


def _counts(row: Measurement, way: Sequence[Step], campaign: CampaignRecord | None) -> bool:
    is_validated = any(step.stage is Stage.VALIDATED for step in way)
    return counts(campaign, row.recorded_at, is_validated=is_validated)
