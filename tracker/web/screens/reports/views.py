"""The REEN review: a page to read and print, and the same as files."""

from flask import Blueprint, Response, render_template

from tracker.domain.permissions import Permission
from tracker.reports.formats import FORMATS
from tracker.services import frozen_reports
from tracker.services.completeness import completeness
from tracker.services.report_texts import drafts, places
from tracker.services.reviews import review
from tracker.services.visitor import Visitor
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.files import attached
from tracker.web.platform.guards import requires
from tracker.web.platform.years import years_on_offer

area = Blueprint("reports", __name__)
FORMS = f"any({','.join(FORMATS)})"
"""What the address of a file may end with."""


@area.get("/<slug>/rapport/<int:year>")
@requires(Permission.READ)
def show(visitor: Visitor, year: int) -> str:
    """Show the review of a year."""
    found = review(session(), visitor, year, today())
    voted = [card.commitment.deliberation.adopted_on.year for card in found.cards]
    return render_template(
        "screens/reports/report.html",
        review=found,
        year=year,
        places=places(session(), visitor.organisation, year),
        drafts=drafts(session(), visitor, year),
        completeness=completeness(session(), visitor.organisation, found).counts,
        formats=FORMATS,
        years=years_on_offer(min(voted, default=year)),
        frozen=frozen_reports.versions(session(), visitor, year),
    )


@area.get(f"/<slug>/rapport/<int:year>.<{FORMS}:form>")
@requires(Permission.READ)
def file(visitor: Visitor, year: int, form: str) -> Response:
    """Give the report as a file, marked as a draft."""
    written = frozen_reports.draft_file(frozen_reports.draft(session(), visitor, year, today()), form)
    return attached(written, FORMATS[form].media_type, f"{visitor.organisation.slug}-rapport-{year}.{form}")
