"""The reports that the fictional town froze: one whose figure was rectified since, one debated and published."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from tracker.domain.journal_actions import JournalAction
from tracker.domain.vocabulary import Role
from tracker.exports.kept_paper import digest
from tracker.labels import speaking
from tracker.reports import snapshot
from tracker.reports.report import compose
from tracker.services import journal
from tracker.services.decisions import Told, tell
from tracker.services.report_texts import places
from tracker.services.reviews import review
from tracker.services.visitor import Visitor
from tracker.store import models
from tracker.store.queries import indicators, measurements

RECTIFIED, DEBATED = 2023, 2024
FROZEN_AT: Mapping[int, datetime] = {
    RECTIFIED: datetime(2024, 2, 12, 9, tzinfo=UTC),
    DEBATED: datetime(2025, 2, 26, 9, tzinfo=UTC),
}
NOTE = "Rapport inventé, comme toutes les données de la ville fictive."
DEBATE_ON = date(2025, 3, 6)
DELIBERATION = "2025-DEMO-031"
DEBATE_TOLD_AT = datetime(2025, 3, 10, 9, tzinfo=UTC)
PUBLISHED_AT = datetime(2025, 3, 15, 9, tzinfo=UTC)
Given = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Author:
    """Who freezes: the account, and the same as a visitor of the town."""

    account: models.Account
    visitor: Visitor


def add_reports(session: Session, town: models.Organisation, lead: models.Account, series: Given) -> None:
    """Freeze both years as they were known then, rectify a value of the first, present and publish the second."""
    session.flush()
    author = _Author(lead, Visitor(lead.id, lead.name, Role.REFERENT, town, frozenset()))
    _freeze(session, author, RECTIFIED)
    for given in series["series"]:
        if "rectified" in given:
            _rectify(session, author, given["indicator"], given["rectified"])
    row = _freeze(session, author, DEBATED)
    _debate(session, author, row)
    _publish(session, author, row)


def _freeze(session: Session, author: _Author, year: int) -> models.FrozenReport:
    at = FROZEN_AT[year]
    with speaking("fr"):
        found = review(session, author.visitor, year, at.date(), at)
        content = snapshot.written(compose(found, places(session, author.visitor.organisation, year)))
    row = models.FrozenReport(
        organisation_id=author.visitor.organisation.id,
        year=year,
        version=1,
        schema=snapshot.SCHEMA,
        content=content,
        digest=digest(content),
        as_of=at.date(),
        frozen_at=at,
        role=author.visitor.role,
        note=NOTE,
        account_id=author.account.id,
        author=author.visitor.name,
    )
    session.add(row)
    session.flush()
    told = {"report_version": "1", "digest": row.digest}
    _tell(session, author, JournalAction.REPORT_FROZEN, str(year), told, at, year)
    return row


def _rectify(session: Session, author: _Author, code: str, given: Given) -> None:
    """Record the value that took the place of the one that the report was frozen with, if that one is still there."""
    town = author.visitor.organisation
    indicator = next(one for one in indicators.everything(session) if one.code == code)
    before = measurements.current(session, town.id, indicator.id, given["year"])
    if before is None or before.revision > 1 or before.value != Decimal(given["first"]):
        return
    at = datetime.combine(date.fromisoformat(given["found_on"]), FROZEN_AT[RECTIFIED].timetz())
    session.add(
        models.Measurement(
            organisation_id=town.id,
            indicator_id=indicator.id,
            year=given["year"],
            revision=2,
            value=Decimal(given["value"]),
            quality=before.quality,
            coverage=before.coverage,
            source=before.source,
            comment=given["reason_fr"],
            author=author.visitor.name,
            recorded_at=at,
        )
    )
    journal.write(
        session,
        JournalAction.VALUE_CORRECTED,
        organisation_id=town.id,
        actor=author.visitor.name,
        subject=code,
        year=given["year"],
        before=given["first"],
        after=given["value"],
        comment=given["reason_fr"],
        at=at,
    )
    session.flush()


def _debate(session: Session, author: _Author, row: models.FrozenReport) -> None:
    session.add(
        models.ReportDebate(
            organisation_id=row.organisation_id,
            report_id=row.id,
            position=1,
            debate_on=DEBATE_ON,
            deliberation=DELIBERATION,
            adopted_on=DEBATE_ON,
            author=row.author,
            recorded_at=DEBATE_TOLD_AT,
        )
    )
    told = {"debate_on": DEBATE_ON.isoformat(), "deliberation": DELIBERATION, "adopted_on": DEBATE_ON.isoformat()}
    subject = f"{row.year} v{row.version}"
    _tell(session, author, JournalAction.REPORT_DEBATED, subject, told, DEBATE_TOLD_AT, row.year)


def _publish(session: Session, author: _Author, row: models.FrozenReport) -> None:
    session.add(
        models.ReportPublication(
            organisation_id=row.organisation_id,
            report_id=row.id,
            position=1,
            visible_from=PUBLISHED_AT.date(),
            is_withdrawn=False,
            note="",
            author=row.author,
            recorded_at=PUBLISHED_AT,
        )
    )
    told = {"report_version": str(row.version), "visible_from": PUBLISHED_AT.date().isoformat()}
    _tell(session, author, JournalAction.REPORT_PUBLISHED, str(row.year), told, PUBLISHED_AT, row.year)


def _tell(
    session: Session, author: _Author, action: JournalAction, subject: str, told: Told, at: datetime, year: int
) -> None:
    tell(session, author.visitor, action, subject, {}, told, year=year, at=at)
