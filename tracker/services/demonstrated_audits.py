"""The audits of the services of the fictional town: all invented, from a rapid one to one that has expired."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from tracker.domain.journal_actions import JournalAction
from tracker.domain.rgaa import AuditKind, Result
from tracker.domain.rgaa_results import letters
from tracker.services import journal
from tracker.services.audit_rows import criteria_of, subject_of, told, version_named
from tracker.services.seed_rows import day_of
from tracker.store.models import Audit, AuditPage, DigitalService, Organisation
from tracker.store.queries import audits as stored
from tracker.store.queries import digital_services

RECORDED_AT = datetime(2026, 7, 1, 9, tzinfo=UTC)
Given = Mapping[str, Any]


def add_audits(session: Session, town: Organisation, document: Given, author: str) -> None:
    """Add the audits of ``document``, each with its line of the journal; one of a service that is not there is none."""
    services = {row.number: row for row in digital_services.everything(session, town.id)}
    for given in document["audits"]:
        service = services.get(given["service"])
        if service is None:
            continue
        row = audit(given, service, stored.last_number(session, service.id) + 1, author)
        session.add(row)
        session.flush()
        journal.write(
            session,
            JournalAction.AUDIT_ADDED,
            organisation_id=town.id,
            actor=author,
            subject=subject_of(service.number, row.number),
            after=json.dumps({name: value for name, value in told(row).items() if value}, ensure_ascii=False),
            at=RECORDED_AT,
        )


def audit(given: Given, service: DigitalService, number: int, author: str) -> Audit:
    """Give an audit of the seed file as a row: what a page does not say it fails, it meets where that applies.

    What all pages share only says what it fails.
    """
    kind = AuditKind(given["kind"])
    version = version_named(given["rgaa"])
    assert version is not None  # noqa: S101 - a version of seeds/rgaa.yaml
    criteria = criteria_of(kind, given["rgaa"])
    pages = []
    for position, page in enumerate(given["pages"], 1):
        is_shared = page.get("shared", False)
        found = dict.fromkeys(criteria, Result.NOT_TESTED if is_shared else Result.COMPLIANT)
        if not is_shared:
            found |= dict.fromkeys(given["not_applicable"], Result.NOT_APPLICABLE)
        found |= dict.fromkeys(page["failed"], Result.NOT_COMPLIANT)
        pages.append(
            AuditPage(
                position=position,
                name=page["name"],
                address=page.get("address", ""),
                is_shared=is_shared,
                results=letters(found, version),
            )
        )
    return Audit(
        organisation_id=service.organisation_id,
        service_id=service.id,
        number=number,
        version=1,
        kind=kind,
        rgaa=given["rgaa"],
        audited_on=date.fromisoformat(given["audited_on"]),
        published_on=day_of(given, "published_on"),
        auditor=given["auditor"],
        environments=given["environments"],
        tools=given["tools"],
        told_rate=Decimal(given["told_rate"]) if "told_rate" in given else None,
        source="",
        note="",
        is_withdrawn=False,
        author=author,
        recorded_at=RECORDED_AT,
        pages=pages,
    )
