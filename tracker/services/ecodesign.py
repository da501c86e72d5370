"""The ecodesign of digital services: what is known of one, of all, and the referential that it is held against."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from sqlalchemy.orm import Session

from tracker.config.paths import bundled
from tracker.domain.digital_services import ServiceRecord
from tracker.domain.ecodesign import Assessment, has_statement, latest_closed
from tracker.domain.ecodesign_records import EcodesignLine, EcodesignRecord, line
from tracker.domain.errors import NotFound
from tracker.domain.page_measures import PageMeasure, YearOfPages, by_year
from tracker.domain.permissions import Permission
from tracker.domain.rgesn import Referential
from tracker.importers import rgesn
from tracker.services.digital_services import ServiceView
from tracker.services.service_rows import record_of
from tracker.services.visitor import Visitor
from tracker.store.models import DigitalService, EcodesignAssessment, MeasuredPage, Organisation
from tracker.store.queries import digital_services
from tracker.store.queries import ecodesign as stored


@dataclass(frozen=True, slots=True)
class EcodesignSheet:
    """What is known of the ecodesign of a service: its self-assessments, latest first, and its pages year by year.

    ``author`` and ``recorded_at`` are those of the latest self-assessment.
    """

    service: ServiceRecord
    assessments: Sequence[Assessment]
    years: Sequence[YearOfPages]
    is_stated: bool
    author: str = ""
    recorded_at: datetime | None = None

    @property
    def latest(self) -> Assessment | None:
        """Give the latest self-assessment, closed or not."""
        return self.assessments[0] if self.assessments else None

    def closed(self, day: date) -> Assessment | None:
        """Give the last closed self-assessment that tells of a day up to ``day``."""
        return latest_closed(self.assessments, day)


@cache
def referential() -> Referential:
    """Give the RGESN that this version carries; read once, since it comes with the code."""
    return rgesn.read(bundled("seeds") / "rgesn.yaml")


def records(session: Session, organisation: Organisation) -> Sequence[EcodesignRecord]:
    """Give all the services of an organisation with what is known of their ecodesign, in three queries."""
    assessed: dict[int, list[Assessment]] = defaultdict(list)
    for row in stored.assessments(session, organisation.id):
        assessed[row.service_id].append(assessment_of(row))
    measured: dict[int, list[PageMeasure]] = defaultdict(list)
    for page in stored.measures(session, organisation.id):
        measured[page.service_id].append(measure_of(page))
    return [
        EcodesignRecord(record_of(row, ""), tuple(assessed[row.id]), tuple(measured[row.id]))
        for row in digital_services.everything(session, organisation.id)
    ]


def overview(session: Session, visitor: Visitor, today: date) -> Sequence[EcodesignLine]:
    """List the services with what is known of their ecodesign.

    Raises:
        Forbidden: without the right to read.
    """
    visitor.require(Permission.READ)
    return [line(referential(), one, today) for one in records(session, visitor.organisation)]


def panel(session: Session, visitor: Visitor, view: ServiceView, today: date) -> EcodesignLine:
    """Give what the page of a service says of its ecodesign."""
    home = visitor.organisation.id
    assessed = tuple(map(assessment_of, stored.assessments(session, home, view.id)))
    measured = tuple(map(measure_of, stored.measures(session, home, view.id)))
    return line(referential(), EcodesignRecord(view.record, assessed, measured), today)


def sheet(session: Session, visitor: Visitor, number: int, today: date) -> EcodesignSheet:
    """Give what is known of the ecodesign of a service.

    Raises:
        Forbidden: without the right to read.
        NotFound: when the organisation has no such service.
    """
    visitor.require(Permission.READ)
    home = visitor.organisation.id
    service = service_row(session, visitor, number)
    rows = stored.assessments(session, home, service.id)
    last = rows[-1] if rows else None
    found = [assessment_of(row) for row in reversed(rows)]
    return EcodesignSheet(
        service=record_of(service, ""),
        assessments=found,
        years=by_year([measure_of(row) for row in stored.measures(session, home, service.id)]),
        is_stated=has_statement(found, service.redesigned_on, today),
        author=last.author if last else "",
        recorded_at=last.recorded_at if last else None,
    )


def service_row(session: Session, visitor: Visitor, number: int) -> DigitalService:
    """Give the row of a service.

    Raises:
        NotFound: when the organisation has no such service.
    """
    row = digital_services.row(session, visitor.organisation.id, number)
    if row is None:
        raise NotFound(number)
    return row


def assessment_of(row: EcodesignAssessment) -> Assessment:
    """Give a self-assessment, whose replies were read, as a plain value."""
    return Assessment(
        number=row.number,
        version=row.version,
        rgesn=row.rgesn,
        assessed_on=row.assessed_on,
        assessor=row.assessor,
        scope=row.scope,
        improvements=row.improvements,
        is_closed=row.is_closed,
        published_on=row.published_on,
        url=row.url,
        answers={one.criterion: one.answer for one in row.replies},
        notes={one.criterion: one.note for one in row.replies if one.note},
    )


def measure_of(row: MeasuredPage) -> PageMeasure:
    """Give a measured page as a plain value."""
    return PageMeasure(
        address=row.address,
        on=row.measured_on,
        elements=row.elements,
        requests=row.requests,
        kilobytes=row.kilobytes,
        tool=row.tool,
        version=row.tool_version,
        told=row.told_score,
    )
