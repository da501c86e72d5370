"""The ecodesign of the services of the fictional town: self-assessments and measures that were invented."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from tracker.domain.journal_actions import JournalAction
from tracker.domain.rgesn import EcodesignAnswer
from tracker.services import journal
from tracker.services.digital_services import subject_of
from tracker.services.ecodesign import referential
from tracker.services.seed_rows import day_of
from tracker.store.models import DigitalService, EcodesignAssessment, EcodesignReply, MeasuredPage, Organisation
from tracker.store.queries import digital_services

RECORDED_AT = datetime(2026, 7, 1, 9, tzinfo=UTC)
Given = Mapping[str, Any]
ANSWERS = (EcodesignAnswer.MET, EcodesignAnswer.NOT_MET, EcodesignAnswer.NOT_APPLICABLE)


def add_ecodesign(session: Session, town: Organisation, document: Given, author: str) -> None:
    """Add the self-assessments and the measures of ``document`` to the services that the town has."""
    for given in document["assessments"]:
        service = digital_services.row(session, town.id, given["service"])
        if service is not None:
            _add_assessment(session, service, given, author)
    for given in document["pages"]:
        service = digital_services.row(session, town.id, given["service"])
        if service is not None:
            _add_pages(session, service, given, author)


def _add_assessment(session: Session, service: DigitalService, given: Given, author: str) -> None:
    notes = given["notes"]
    row = EcodesignAssessment(
        organisation_id=service.organisation_id,
        service_id=service.id,
        number=given["number"],
        rgesn=referential().version,
        assessed_on=day_of(given, "assessed_on"),
        assessor=given["assessor"],
        scope=given["scope"],
        improvements=given["improvements"],
        is_closed=given.get("closed", False),
        published_on=day_of(given, "published_on"),
        url=given.get("url", ""),
        author=author,
        recorded_at=RECORDED_AT,
        replies=[
            EcodesignReply(criterion=number, answer=answer, note=notes.get(number, ""))
            for answer in ANSWERS
            for number in given[answer]
        ],
    )
    session.add(row)
    action = JournalAction.ECODESIGN_CLOSED if row.is_closed else JournalAction.ECODESIGN_BEGUN
    _tell(session, service, action, {"number": str(row.number)}, author)


def _add_pages(session: Session, service: DigitalService, given: Given, author: str) -> None:
    for address, elements, requests, kilobytes in given["measures"]:
        session.add(
            MeasuredPage(
                organisation_id=service.organisation_id,
                service_id=service.id,
                address=address,
                measured_on=date.fromisoformat(given["measured_on"]),
                elements=elements,
                requests=requests,
                kilobytes=Decimal(kilobytes),
                tool=given["tool"],
                tool_version=given["tool_version"],
                author=author,
                recorded_at=RECORDED_AT,
            )
        )
    _tell(session, service, JournalAction.PAGES_MEASURED, {"measured_pages": str(len(given["measures"]))}, author)


def _tell(session: Session, service: DigitalService, action: JournalAction, told: Given, author: str) -> None:
    journal.write(
        session,
        action,
        organisation_id=service.organisation_id,
        actor=author,
        subject=subject_of(service.number),
        after=json.dumps(told),
        at=RECORDED_AT,
    )
