"""The campaigns of the fictional town: one closed, one running with values at every stage of their way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from tracker.domain import subjects
from tracker.domain.vocabulary import NoticeKind, Quality, Role, Stage
from tracker.services import notices
from tracker.store import models
from tracker.store.queries import accounts, indicators, measurements, steps

SUBMITTED_AFTER = timedelta(days=14)
SETTLED_AFTER = timedelta(days=7)
READ_AGAIN = timedelta(minutes=20)
Given = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Cast:
    """The two people of the play: who types, who validates."""

    agent: models.Account
    referent: models.Account


def add_campaigns(session: Session, town: models.Organisation, document: Given) -> None:
    """Add the campaigns of ``document`` and the steps of the town's values, which keep counting as before."""
    found = {
        grant.role: account
        for account, grant in accounts.of_organisation(session, town.id)
        if account.email.endswith("@demonstration.example")
    }
    if Role.AGENT not in found or Role.REFERENT not in found:
        return
    cast = _Cast(found[Role.AGENT], found[Role.REFERENT])
    for given in document["campaigns"]:
        _add(session, town, given, cast)


def _add(session: Session, town: models.Organisation, given: Given, cast: _Cast) -> None:
    opened_at = _at(given["opened_on"])
    session.add(
        models.Campaign(
            organisation_id=town.id,
            year=given["year"],
            due_on=_at(given["due_on"]).date(),
            debate_on=_at(given["debate_on"]).date(),
            reminders_on=list(given["reminders_on"]),
            opened_at=opened_at,
            opened_by=cast.referent.name,
            closed_at=_at(given["closed_on"]) if "closed_on" in given else None,
            closed_by=cast.referent.name if "closed_on" in given else "",
        )
    )
    returned = {one["indicator"]: one["reason_fr"] for one in given.get("returned", [])}
    catalogue = {row.id: row.code for row in indicators.everything(session)}
    rows = measurements.of_years(session, town.id, [given["year"]])
    known = steps.last(session, [row.id for row in rows])
    for row in rows:
        code = catalogue[row.indicator_id]
        if row.id in known:  # somebody typed it: it has its own way
            continue
        if code in returned:
            _walk(session, row, cast, opened_at + SUBMITTED_AFTER, Stage.RETURNED, returned[code])
            about = subjects.value_of(code, row.year)
            to = [cast.agent.id]
            notices.announce(session, town.id, cast.referent.name, to, NoticeKind.RETURNED, about, returned[code])
        elif code in given.get("submitted", []):
            _walk(session, row, cast, opened_at + SUBMITTED_AFTER, Stage.SUBMITTED)
        else:
            _walk(session, row, cast, opened_at + SUBMITTED_AFTER, Stage.VALIDATED)
    for correction in given.get("corrected", []):
        before = next((row for row in rows if catalogue[row.indicator_id] == correction["indicator"]), None)
        if before is not None:
            _correct(session, before, correction, cast)


def _walk(
    session: Session, row: models.Measurement, cast: _Cast, submitted_at: datetime, last: Stage, reason: str = ""
) -> None:
    """Write the steps of a value that the agent typed, as far as ``last``."""
    way = [(Stage.DRAFT, cast.agent, row.recorded_at), (Stage.SUBMITTED, cast.agent, submitted_at)]
    if last is not Stage.SUBMITTED:
        way.append((last, cast.referent, submitted_at + SETTLED_AFTER))
    session.flush()
    for position, (stage, account, at) in enumerate(way):
        session.add(
            models.MeasurementStep(
                measurement_id=row.id,
                position=position,
                stage=stage,
                account_id=account.id,
                author=account.name,
                at=at,
                reason=reason if stage is Stage.RETURNED else "",
            )
        )


def _correct(session: Session, before: models.Measurement, given: Given, cast: _Cast) -> None:
    """Add what the agent typed over a published value: submitted, and seen by no reader before it is validated."""
    at = _at(given["on"])
    row = models.Measurement(
        organisation_id=before.organisation_id,
        indicator_id=before.indicator_id,
        year=before.year,
        revision=before.revision + 1,
        method=before.method,
        value=Decimal(given["value"]),
        quality=Quality(given["quality"]),
        coverage=before.coverage,
        source=before.source,
        comment=given["comment_fr"],
        author=cast.agent.name,
        recorded_at=at,
    )
    session.add(row)
    _walk(session, row, cast, at + READ_AGAIN, Stage.SUBMITTED)


def _at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T09:00:00").replace(tzinfo=UTC)
