"""What the fictional town did with its estate: the assessment of a year that it froze, two scenarios that it saved."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from tracker.domain.assessments import canonical, digest
from tracker.domain.factors import THOUSAND
from tracker.domain.footprint import Accounting
from tracker.domain.journal_actions import JournalAction
from tracker.domain.numbers import plain_text
from tracker.services import carbon, carbon_factors, journal, levers
from tracker.store import models

YEAR = 2024
FROZEN_AT = datetime(2026, 7, 2, 9, tzinfo=UTC)
SAVED_AT = datetime(2026, 9, 15, 9, tzinfo=UTC)
_STEP = Decimal("0.001")
Given = Mapping[str, Any]


def add_assessment(session: Session, town: models.Organisation, author: models.Account) -> None:
    """Freeze the assessment of the year by the method of stock, as it comes from the invented estate."""
    table = carbon_factors.table(session, town)
    found = carbon.footprint(session, town, table, YEAR, Accounting.STOCK, FROZEN_AT.date())
    content = canonical(town.slug, found, table, carbon.staff(session, town, YEAR))
    if found.carbon is None:
        return
    session.add(
        models.FootprintAssessment(
            organisation_id=town.id,
            year=YEAR,
            version=1,
            accounting=found.accounting,
            method=found.method,
            content=content,
            sha256=digest(content),
            account_id=author.id,
            author=author.name,
            recorded_at=FROZEN_AT,
        )
    )
    told = {
        "carbon": plain_text((found.carbon.value / THOUSAND).quantize(_STEP)),
        "accounting": str(found.accounting),
        "method": found.method,
        "digest": digest(content),
    }
    _tell(session, town, author, JournalAction.ASSESSMENT_FROZEN, str(YEAR), told, FROZEN_AT, YEAR)


def add_scenarios(session: Session, town: models.Organisation, author: models.Account, document: Given) -> None:
    """Save the scenarios of ``document``, each with its line of the journal."""
    for number, given in enumerate(document["scenarios"], 1):
        moved = {**given["levers"], levers.HORIZON: str(given["horizon"])}
        session.add(
            models.Scenario(
                organisation_id=town.id,
                number=number,
                version=1,
                name=given["name"],
                horizon=given["horizon"],
                levers=levers.written(moved),
                is_withdrawn=False,
                account_id=author.id,
                author=author.name,
                recorded_at=SAVED_AT,
            )
        )
        told = {
            "name": given["name"],
            "horizon_year": str(given["horizon"]),
            "levers": ", ".join(f"{name} {value}" for name, value in sorted(given["levers"].items())),
        }
        _tell(session, town, author, JournalAction.SCENARIO_SAVED, given["name"], told, SAVED_AT)


def _tell(
    session: Session,
    town: models.Organisation,
    author: models.Account,
    action: JournalAction,
    subject: str,
    told: Mapping[str, str],
    at: datetime,
    year: int | None = None,
) -> None:
    journal.write(
        session,
        action,
        organisation_id=town.id,
        actor=author.name,
        subject=subject,
        year=year,
        after=json.dumps(told, ensure_ascii=False),
        at=at,
    )
