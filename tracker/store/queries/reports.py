"""Frozen reports: their versions, their debates and what strangers read of them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.vocabulary import Role
from tracker.store.models import (
    Account,
    FrozenReport,
    JournalEntry,
    Organisation,
    ReportDebate,
    ReportPublication,
    RoleGrant,
)


def of_organisation(session: Session, organisation_id: int, year: int | None = None) -> Sequence[FrozenReport]:
    """List the frozen versions of every year of an organisation, or of one year, oldest first, without their text."""
    query = select(FrozenReport).where(FrozenReport.organisation_id == organisation_id)
    query = query if year is None else query.where(FrozenReport.year == year)
    return session.scalars(query.order_by(FrozenReport.year, FrozenReport.version)).all()


def version(session: Session, organisation_id: int, year: int, number: int) -> FrozenReport | None:
    """Find one version of a year."""
    return session.scalar(
        select(FrozenReport).where(
            FrozenReport.organisation_id == organisation_id,
            FrozenReport.year == year,
            FrozenReport.version == number,
        )
    )


def recorded(
    session: Session, organisation_id: int, year: int | None = None
) -> Sequence[tuple[FrozenReport, ReportDebate | None, ReportPublication | None]]:
    """List what `of_organisation` lists with each debate and each publication of it, oldest first; one query."""
    query = (
        select(FrozenReport, ReportDebate, ReportPublication)
        .outerjoin(ReportDebate, ReportDebate.report_id == FrozenReport.id)
        .outerjoin(ReportPublication, ReportPublication.report_id == FrozenReport.id)
        .where(FrozenReport.organisation_id == organisation_id)
    )
    query = query if year is None else query.where(FrozenReport.year == year)
    rows = session.execute(
        query.order_by(FrozenReport.year, FrozenReport.version, ReportDebate.position, ReportPublication.position)
    )
    return [(report, debate, act) for report, debate, act in rows]


def organisation_of(session: Session, slug: str) -> Organisation | None:
    """Find the organisation of an address that froze a report."""
    return session.scalar(
        select(Organisation)
        .where(Organisation.slug == slug)
        .where(select(FrozenReport.id).where(FrozenReport.organisation_id == Organisation.id).exists())
    )


def told_after(session: Session, organisation_id: int, moment: datetime) -> Sequence[JournalEntry]:
    """List what the journal of an organisation tells after ``moment``, oldest first."""
    return session.scalars(
        select(JournalEntry)
        .where(JournalEntry.organisation_id == organisation_id, JournalEntry.at > moment)
        .order_by(JournalEntry.id)
    ).all()


def roles(session: Session, organisation_id: int) -> dict[str, Role]:
    """Give the role of each account of an organisation by the name that the journal has of it."""
    rows = session.execute(
        select(Account.name, RoleGrant.role)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(RoleGrant.organisation_id == organisation_id)
    )
    return {row.name: row.role for row in rows}
