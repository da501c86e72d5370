"""The register of equipment: what is loaded, read, added and corrected."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.config.paths import bundled
from tracker.domain.vocabulary import JournalAction
from tracker.services import instance
from tracker.store.models import Equipment, JournalEntry, Organisation
from tracker.store.session import Database


def lots_of(session: Session, slug: str) -> int:
    found = session.scalar(
        select(func.count(Equipment.id))
        .join(Organisation, Organisation.id == Equipment.organisation_id)
        .where(Organisation.slug == slug)
    )
    return found or 0


def test_the_demonstration_has_an_estate_loaded_once_and_no_real_authority_has_any(database: Database):
    with database.reading() as session:
        lots = lots_of(session, "demonstration")
    instance.initialise(database, bundled("seeds"), demo=True, password=None)
    with database.reading() as session:
        assert lots_of(session, "demonstration") == lots > 100
        assert lots_of(session, "marseille") == lots_of(session, "amp") == 0
        told = session.scalars(select(JournalEntry).where(JournalEntry.action == JournalAction.EQUIPMENT_ADDED)).all()
    assert [(one.subject, one.after) for one in told] == [("parc", f'{{"lines": "{lots}"}}')]
