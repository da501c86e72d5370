"""The order of an organisation's report, and the versions of what it writes there."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.store.models import ReportPlace, ReportText


def places(session: Session, organisation_id: int, *, locked: bool = False) -> Sequence[ReportPlace]:
    """List the sections that were placed, in their order; ``locked`` keeps others from moving them meanwhile."""
    query = select(ReportPlace).where(ReportPlace.organisation_id == organisation_id).order_by(ReportPlace.rank)
    return session.scalars(query.with_for_update() if locked else query).all()


def texts(session: Session, organisation_id: int, section: str | None = None) -> Sequence[ReportText]:
    """List every version of every year, or those of one section: latest year first, latest version first."""
    query = select(ReportText).where(ReportText.organisation_id == organisation_id)
    query = query if section is None else query.where(ReportText.section == section)
    return session.scalars(query.order_by(ReportText.year.desc(), ReportText.section, ReportText.version.desc())).all()


def of_year(session: Session, organisation_id: int, year: int) -> Sequence[ReportText]:
    """List every version of ``year``, latest first within each section."""
    query = select(ReportText).where(ReportText.organisation_id == organisation_id, ReportText.year == year)
    return session.scalars(query.order_by(ReportText.section, ReportText.version.desc())).all()


def exist(session: Session, organisation_id: int) -> bool:
    """Tell whether anything was written, for any year."""
    query = select(ReportText.id).where(ReportText.organisation_id == organisation_id).limit(1)
    return session.scalar(query) is not None
