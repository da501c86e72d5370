"""Publications: the versions of what an organisation shows, and who shows something."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.store.models import Organisation, Publication


def of_organisation(session: Session, organisation_id: int, year: int | None = None) -> Sequence[Publication]:
    """List every version of every year of an organisation, or of one year, oldest first."""
    query = select(Publication).where(Publication.organisation_id == organisation_id)
    query = query if year is None else query.where(Publication.year == year)
    return session.scalars(query.order_by(Publication.year, Publication.version)).all()


def by_slug(session: Session, slug: str) -> Sequence[tuple[Organisation, Publication]]:
    """List every version of the organisation of that address with it, oldest first; one query, nothing for none."""
    rows = session.execute(
        select(Organisation, Publication)
        .join(Publication, Publication.organisation_id == Organisation.id)
        .where(Organisation.slug == slug)
        .order_by(Publication.year, Publication.version)
    )
    return [(organisation, row) for organisation, row in rows]


def everything(session: Session) -> Sequence[tuple[Organisation, Publication]]:
    """List every version of every organisation, real ones first, by name, oldest version first."""
    rows = session.execute(
        select(Organisation, Publication)
        .join(Publication, Publication.organisation_id == Organisation.id)
        .order_by(Organisation.is_fictional, Organisation.name, Publication.year, Publication.version)
    )
    return [(organisation, row) for organisation, row in rows]
