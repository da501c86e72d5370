"""The digital services of the fictional town, its AI systems, evaluations and places of mediation: all invented."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from tracker.domain.ai_register import AiRole, AiState, CharterOpinion, RiskClass, YesNo
from tracker.domain.digital_services import Audience, HomeMention, Hosting, PersonalData, ServiceKind, ServiceState
from tracker.domain.journal_actions import JournalAction
from tracker.domain.mediation import MediationKind
from tracker.domain.register_values import SCALE
from tracker.services import journal
from tracker.store.models import (
    AiSystem,
    DigitalService,
    MediationPlace,
    MediationYear,
    Organisation,
    ServiceEvaluation,
)
from tracker.store.queries import organisations

RECORDED_AT = datetime(2026, 7, 1, 9, tzinfo=UTC)
Given = Mapping[str, Any]
CODED = {
    "kind": ServiceKind,
    "audience": Audience,
    "state": ServiceState,
    "hosting": Hosting,
    "personal_data": PersonalData,
    "home_mention": HomeMention,
}
AI_CODED = {
    "state": AiState,
    "role": AiRole,
    "risk": RiskClass,
    "is_conversational": YesNo,
    "notice": YesNo,
    "charter_opinion": CharterOpinion,
    "decides": YesNo,
}


def add_services(session: Session, town: Organisation, document: Given, author: str) -> None:
    """Add what ``document`` tells, with one line of the journal for all of it."""
    rows = services(session, town, document, author)
    session.add_all(rows.values())
    session.flush()
    numbers = {number: row.id for number, row in rows.items()}
    session.add_all(ai_systems(town, document["ai_systems"], numbers, author))
    for given in document["evaluations"]:
        session.add(
            ServiceEvaluation(
                organisation_id=town.id,
                service_id=numbers[given["service"]],
                year=given["year"],
                method=given["method"],
                respondents=given["respondents"],
                score=Decimal(given["score"]),
                low=Decimal(given.get("low", SCALE[0])),
                high=Decimal(given.get("high", SCALE[1])),
                lessons=given["lessons"],
                author=author,
                recorded_at=RECORDED_AT,
            )
        )
    _add_places(session, town, document["places"], author)
    journal.write(
        session,
        JournalAction.LOADED,
        organisation_id=town.id,
        actor=author,
        subject="services",
        after=str(len(rows)),
        at=RECORDED_AT,
    )


def services(session: Session, town: Organisation, document: Given, author: str) -> Mapping[int, DigitalService]:
    """Make the row of each service, by its number; what the file leaves out is not known."""
    departments = {row.code: row.id for row in organisations.departments(session, town.id)}
    return {
        given["number"]: DigitalService(
            organisation_id=town.id,
            department_id=departments[given["department"]],
            author=author,
            recorded_at=RECORDED_AT,
            **{name: _told(name, value, CODED) for name, value in given.items() if name != "department"},
        )
        for given in document["services"]
    }


def ai_systems(home: Organisation, listed: list[Given], services: Mapping[int, int], author: str) -> Iterator[AiSystem]:
    """Make the row of each AI system; ``services`` gives the row of a service by its number."""
    for given in listed:
        told = {name: _told(name, value, AI_CODED) for name, value in given.items() if name != "service"}
        service = services[given["service"]] if "service" in given else None
        yield AiSystem(
            organisation_id=home.id,
            service_id=service,
            author=author,
            recorded_at=RECORDED_AT,
            **told,
        )


def _add_places(session: Session, town: Organisation, listed: list[Given], author: str) -> None:
    for given in listed:
        told = {name: value for name, value in given.items() if name not in {"counts", "kind"}}
        place = MediationPlace(
            organisation_id=town.id,
            kind=MediationKind(given["kind"]),
            author=author,
            recorded_at=RECORDED_AT,
            **told,
        )
        session.add(place)
        session.flush()
        for counted in given["counts"]:
            session.add(
                MediationYear(
                    organisation_id=town.id,
                    place_id=place.id,
                    year=counted["year"],
                    people=counted["people"],
                    author=author,
                    recorded_at=RECORDED_AT,
                )
            )


def _told(name: str, value: Any, coded: Mapping[str, Any]) -> Any:
    if name.endswith("_on"):
        return date.fromisoformat(value)
    if name == "uses_ai":
        return value == YesNo.YES
    return coded[name](value) if name in coded else value
