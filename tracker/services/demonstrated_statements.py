"""The accessibility of the fictional town: a scheme, its plans, statements and complaints, all of it invented.

What is about a service that the register does not have is left out.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from tracker.domain.complaints import ComplaintOutcome
from tracker.domain.journal_actions import JournalAction
from tracker.domain.rgaa import Conformity
from tracker.domain.vocabulary import ActionStatus
from tracker.services import journal
from tracker.store.models import (
    AccessAction,
    AccessComplaint,
    AccessPlan,
    AccessScheme,
    AccessStatement,
    DigitalService,
    Organisation,
)
from tracker.store.queries import digital_services

RECORDED_AT = datetime(2026, 7, 1, 9, tzinfo=UTC)
Given = Mapping[str, Any]


def add_statements(session: Session, town: Organisation, document: Given, author: str) -> None:
    """Add what ``document`` tells, with one line of the journal for all of it."""
    services = {row.number: row for row in digital_services.everything(session, town.id)}
    signed = {"author": author, "recorded_at": RECORDED_AT}
    for number, given in enumerate(document["schemes"], 1):
        session.add(AccessScheme(organisation_id=town.id, number=number, **_read(given), **signed))
    for given in document["plans"]:
        _add_plan(session, town, given, services, signed)
    for given in document["statements"]:
        if given["service"] in services:
            _publish(session, services[given["service"]], given, signed)
    about = [given for given in document["complaints"] if given["service"] in services]
    for number, given in enumerate(about, 1):
        told = _read(given)
        service = services[told.pop("service")].id
        session.add(AccessComplaint(organisation_id=town.id, number=number, service_id=service, **told, **signed))
    journal.write(
        session,
        JournalAction.LOADED,
        organisation_id=town.id,
        actor=author,
        subject="accessibilite",
        after=str(len(document["plans"])),
        at=RECORDED_AT,
    )


def _add_plan(
    session: Session, town: Organisation, given: Given, services: Mapping[int, DigitalService], signed: Given
) -> None:
    told = _read(given)
    actions = told.pop("actions")
    plan = AccessPlan(organisation_id=town.id, **told, **signed)
    session.add(plan)
    session.flush()
    for number, one in enumerate(actions, 1):
        content = _read(one)
        service = services.get(content.pop("service", 0))
        session.add(
            AccessAction(
                plan_id=plan.id,
                number=number,
                service_id=service.id if service is not None else None,
                action_code=content.pop("action", ""),
                **content,
                **signed,
            )
        )


def _publish(session: Session, service: DigitalService, given: Given, signed: Given) -> None:
    told = _read(given)
    del told["service"]
    session.add(
        AccessStatement(organisation_id=service.organisation_id, service_id=service.id, position=1, **told, **signed)
    )
    service.statement_on, service.statement_url = told["published_on"], told["url"]


_CODED = {"status": ActionStatus, "conformity": Conformity}


def _read(given: Given) -> dict[str, Any]:
    """Read what an entry tells: its days, and its codes; an outcome is a code where there was an answer."""
    coded = {**_CODED, "outcome": ComplaintOutcome} if "answered_on" in given else _CODED
    return {
        name: date.fromisoformat(value) if name.endswith("_on") else coded[name](value) if name in coded else value
        for name, value in given.items()
    }
