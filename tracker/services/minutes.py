"""The minutes of a session: their draft, the text that is sealed, and the files that are given of either."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from tracker.domain.approvals import SessionState
from tracker.domain.permissions import Permission
from tracker.exports import kept_paper
from tracker.exports.odt import ODT, odt_file
from tracker.exports.paper import Paper
from tracker.labels import speaking, text, typeset
from tracker.labels.commission import rectified_lines
from tracker.reports.minutes_paper import MinutesDossier, Rectified, ServiceMinutes, minutes_paper, rectified_paper
from tracker.reports.paper_pdf import pdf_file
from tracker.services import commission
from tracker.services.approvals import DecisionSheet, sheets
from tracker.services.records import organisation_record
from tracker.services.visitor import Visitor
from tracker.store.models import CommissionSession
from tracker.store.queries import commission as stored

MEDIA: Mapping[str, str] = {"odt": ODT, "pdf": "application/pdf"}
"""The forms that minutes can be taken away in, and what each is called on the web."""


def minutes_file(session: Session, visitor: Visitor, number: int, form: str) -> bytes:
    """Write the minutes of a session, or their draft, in one of the forms of `MEDIA`; they are in French.

    Raises:
        Forbidden: without the right to read.
        NotFound: when the organisation has no such session.
    """
    paper = minutes(session, visitor, number)
    return pdf_file(paper) if form == "pdf" else odt_file(paper)


def minutes(session: Session, visitor: Visitor, number: int) -> Paper:
    """Give the minutes of a session: as they were sealed, with what was rectified since, else their draft.

    Raises:
        Forbidden: without the right to read.
        NotFound: when the organisation has no such session.
    """
    visitor.require(Permission.READ)
    row = commission.find(session, visitor.organisation, number)
    with speaking("fr"):
        if row.state is not SessionState.SEALED:
            return minutes_paper(_dossier(session, visitor, row), is_draft=True)
        return rectified_paper(kept_paper.read(row.minutes), _rectified(session, visitor, row))


def seal(session: Session, visitor: Visitor, number: int, seen: int) -> None:
    """Close the minutes of a session for good, with their digest.

    Raises:
        Forbidden: without the right to keep the services.
        NotFound: when the organisation has no such session.
        Conflict: when it has changed since the page was opened.
        Invalid: when a service waits for its decision, or nobody said who sat.
    """
    row = commission.begin_sealing(session, visitor, number, seen)
    commission.end_sealing(session, visitor, row, minutes_text(session, visitor, row))


def minutes_text(session: Session, visitor: Visitor, row: CommissionSession) -> str:
    """Give the minutes of a session as they would be sealed now."""
    with speaking("fr"):
        return kept_paper.written(minutes_paper(_dossier(session, visitor, row), is_draft=False))


def _dossier(session: Session, visitor: Visitor, row: CommissionSession) -> MinutesDossier:
    return MinutesDossier(
        organisation=organisation_record(visitor.organisation),
        number=row.number,
        held_on=row.held_on,
        venue=row.venue,
        roles=tuple(filter(None, row.roles.split("\n"))),
        quorum=row.quorum,
        note=row.note,
        services=tuple(map(_service, sheets(session, visitor, row))),
    )


def _service(sheet: DecisionSheet) -> ServiceMinutes:
    service = sheet.listed.known.file.service
    return ServiceMinutes(
        name=service.name,
        address=service.address,
        reasons=sheet.listed.reasons,
        asked=sheet.listed.item.note,
        standing=sheet.standing,
        mended=sheet.mended,
        derogations=sheet.derogations,
        failures=sheet.failures,
        before=sheet.before,
        decision=sheet.decision,
        term=sheet.term,
        is_to_open=sheet.is_to_open,
    )


def _rectified(session: Session, visitor: Visitor, row: CommissionSession) -> list[Rectified]:
    names = {one.item.id: typeset(one.known.name) for one in commission.sheet(session, visitor, row.number).listed}
    return [
        Rectified(
            names.get(one.item_id or 0, text("La séance")),
            rectified_lines(one.before, one.after),
            one.reason,
            one.recorded_at,
        )
        for one in stored.rectifications(session, row.id)
    ]
