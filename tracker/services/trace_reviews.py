"""The traces of a year in its review: the campaign, what was validated, asked, attached and corrected."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from tracker.domain.records import Reading
from tracker.domain.vocabulary import Stage
from tracker.reports.trace_review import Correction, Traces
from tracker.store.models import Organisation
from tracker.store.queries import campaigns
from tracker.store.queries import traces as stored


def trace_review(
    session: Session, organisation: Organisation, year: int, typed: Iterable[tuple[str, Mapping[int, Reading]]]
) -> Traces:
    """Gather the traces of ``year``; ``typed`` gives the values that readers see, by indicator and year."""
    campaign = campaigns.by_year(session, organisation.id, year)
    stages = stored.steps_of_year(session, organisation.id, year)
    first, end = (datetime(one, 1, 1, tzinfo=UTC) for one in (year, year + 1))
    asked, answered = stored.questions(session, organisation.id, first, end)
    mended = [(code, found) for code, readings in typed if (found := readings.get(year)) and found.revision > 1]
    return Traces(
        opened_on=campaign.opened_at.date() if campaign else None,
        due_on=campaign.due_on if campaign else None,
        closed_on=campaign.closed_at.date() if campaign and campaign.closed_at else None,
        has_four_eyes=bool(campaign and campaign.has_four_eyes),
        validated=stages.get(Stage.VALIDATED, 0),
        returned=stages.get(Stage.RETURNED, 0),
        asked=asked,
        answered=answered,
        files=stored.files(session, organisation.id, year),
        corrections=[
            Correction(code, one.revision, one.recorded_at.date() if one.recorded_at else None, one.comment)
            for code, one in sorted(mended)
        ],
    )
