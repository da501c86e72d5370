"""The publication of the fictional town: one year that anyone may read, with its values."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from tracker.domain.vocabulary import PublicationScope
from tracker.store import models

YEAR = 2024
AT = datetime(2025, 3, 15, 9, tzinfo=UTC)
NOTE = "Bilan présenté au conseil municipal du 6 mars 2025 (séance fictive)."


def add_publication(session: Session, town: models.Organisation, author: models.Account) -> None:
    """Publish the year whose campaign is closed, as if it had been done a few days after its debate."""
    session.add(
        models.Publication(
            organisation_id=town.id,
            year=YEAR,
            version=1,
            scope=PublicationScope.EVERYTHING,
            has_values=True,
            visible_from=AT.date(),
            is_withdrawn=False,
            note_fr=NOTE,
            account_id=author.id,
            author=author.name,
            recorded_at=AT,
        )
    )
