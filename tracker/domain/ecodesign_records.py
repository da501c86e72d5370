"""A service with what is known of its ecodesign: all of it, and the line that sums it up."""

from dataclasses import dataclass
from datetime import date

from tracker.domain.digital_services import ServiceRecord
from tracker.domain.ecodesign import Assessment, has_statement, latest_closed
from tracker.domain.page_measures import PageMeasure, YearOfPages, by_year
from tracker.domain.rgesn import EcodesignScore, Referential, score


@dataclass(frozen=True, slots=True)
class EcodesignRecord:
    """A service with its self-assessments and the measures of its pages."""

    service: ServiceRecord
    assessments: tuple[Assessment, ...] = ()
    measures: tuple[PageMeasure, ...] = ()


@dataclass(frozen=True, slots=True)
class EcodesignLine:
    """A service on a day: its last closed self-assessment with its score, its statement, its last year of pages."""

    service: ServiceRecord
    assessment: Assessment | None
    score: EcodesignScore | None
    is_stated: bool
    pages: YearOfPages | None


def line(referential: Referential, record: EcodesignRecord, day: date) -> EcodesignLine:
    """Sum up a service as it was known on ``day``."""
    last = latest_closed(record.assessments, day)
    years = by_year([one for one in record.measures if one.on <= day])
    return EcodesignLine(
        service=record.service,
        assessment=last,
        score=score(referential, last.answers) if last else None,
        is_stated=has_statement(record.assessments, record.service.redesigned_on, day),
        pages=years[-1] if years else None,
    )
