"""The demonstration: a fictional town with ten years of invented values, and four accounts to look around."""

import random
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from tracker.domain.journal_actions import JournalAction
from tracker.domain.methods import FIRST
from tracker.domain.vocabulary import Absence, Quality, Role
from tracker.importers.seeds import read_folder
from tracker.services import accounts, journal, seeds
from tracker.services.demonstrated_audits import add_audits
from tracker.services.demonstrated_campaigns import add_campaigns
from tracker.services.demonstrated_commission import add_commission
from tracker.services.demonstrated_ecodesign import add_ecodesign
from tracker.services.demonstrated_estate import add_estate
from tracker.services.demonstrated_followings import add_followings
from tracker.services.demonstrated_footprint import add_assessment, add_scenarios
from tracker.services.demonstrated_plans import add_plans
from tracker.services.demonstrated_publications import add_publication
from tracker.services.demonstrated_report import add_report
from tracker.services.demonstrated_reports import add_reports
from tracker.services.demonstrated_services import add_services
from tracker.services.demonstrated_statements import add_statements
from tracker.services.portfolio import portfolio
from tracker.store import models
from tracker.store.queries import (
    accessibility,
    campaigns,
    commission,
    commitments,
    digital_services,
    ecodesign,
    equipment,
    footprint,
    indicators,
    measurements,
    organisations,
    plans,
    publications,
    report_texts,
    reports,
    scenarios,
)
from tracker.store.queries import accounts as account_rows

SLUG = "demonstration"
AUTHOR = "Données de démonstration"
PEOPLE = {
    Role.ADMIN: "Camille Admin (fictif)",
    Role.REFERENT: "Dominique Référent (fictif)",
    Role.AGENT: "Alix Agent (fictif)",
    Role.ELU: "Sacha Élu (fictif)",
}
AGENT_DEPARTMENT = "DSI"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What setting up the demonstration did: the password to print when it is new."""

    password: str | None


def address(role: Role) -> str:
    """Give the address of the demonstration account of ``role``."""
    return f"{role}@demonstration.example"


def set_up(session: Session, folder: Path, password: str | None) -> Outcome:
    """Add the fictional town, its values and the accounts where they are missing."""
    seeds.load(session, folder)
    town = organisations.by_slug(session, SLUG)
    assert town is not None  # noqa: S101 - just loaded
    if not measurements.exist(session, town.id):
        _add_values(session, town, dict(read_folder(folder))["series"])
    if not equipment.exist(session, town.id):
        add_estate(session, town, dict(read_folder(folder))["equipment"], AUTHOR)
    _add_services(session, town, folder)
    slugs = seeds.slugs(folder.parent)  # an organisation that somebody made is none of the demonstration's business
    outcome = _add_accounts(session, password, slugs)
    for organisation in organisations.everything(session):
        if organisation.slug in slugs:
            _assign(session, organisation)
    if not campaigns.of_organisation(session, town.id):
        add_campaigns(session, town, dict(read_folder(folder))["campaigns"])
    lead = account_rows.by_email(session, address(Role.REFERENT))
    if lead is not None:
        _add_decisions(session, town, lead, folder)
    official = account_rows.by_email(session, address(Role.ELU))
    if lead is not None and official is not None:
        add_followings(session, town, official, lead)
    return outcome


def _add_services(session: Session, town: models.Organisation, folder: Path) -> None:
    """Add the digital services of the town and what is kept of them, where it is missing."""
    documents = dict(read_folder(folder))
    if not digital_services.last_number(session, town.id):
        add_services(session, town, documents["services"], AUTHOR)
        add_audits(session, town, documents["audits"], AUTHOR)
    if not accessibility.plans(session, town.id):
        add_statements(session, town, documents["statements"], AUTHOR)
    if not ecodesign.assessments(session, town.id):
        add_ecodesign(session, town, documents["ecodesign"], AUTHOR)


def _add_decisions(session: Session, town: models.Organisation, lead: models.Account, folder: Path) -> None:
    """Add what the lead of the town published, planned, wrote of the commission, froze and saved, where missing."""
    documents = dict(read_folder(folder))
    if not publications.of_organisation(session, town.id):
        add_publication(session, town, lead)
    if not plans.of_organisation(session, town.id):
        add_plans(session, town, lead, documents["plans"])
    if not commission.last_number(session, town.id):
        add_commission(session, town, lead, documents["commission"])
    if not footprint.assessments(session, town.id):
        add_assessment(session, town, lead)
    if not scenarios.versions(session, town.id):
        add_scenarios(session, town, lead, documents["scenarios"])
    if not report_texts.exist(session, town.id):
        add_report(session, town, lead, documents["report"])
    if not reports.of_organisation(session, town.id):
        add_reports(session, town, lead, documents["series"])


def _add_accounts(session: Session, password: str | None, slugs: Sequence[str]) -> Outcome:
    missing = [role for role in PEOPLE if account_rows.by_email(session, address(role)) is None]
    if not missing:
        return Outcome(password if password and _changed(session, password) else None)
    chosen = password or secrets.token_urlsafe(9)
    for role in missing:
        accounts.add(
            session,
            email=address(role),
            name=PEOPLE[role],
            password=chosen,
            roles=dict.fromkeys(slugs, role),
            actor=seeds.ACTOR,
        )
    return Outcome(chosen)


def _changed(session: Session, password: str) -> bool:
    """Give the accounts the password that was set since they were made; tell whether any had another one."""
    found = [account_rows.by_email(session, address(role)) for role in PEOPLE]
    others = [
        account.email
        for account in found
        if account and account.is_active and accounts.authenticate(session, account.email, password) is None
    ]
    for email in others:
        accounts.change_password(session, email, password, seeds.ACTOR)
    return bool(others)


def _assign(session: Session, organisation: models.Organisation) -> None:
    """Entrust indicators to departments: the owner's in the fictional town, the one that the text names elsewhere."""
    departments = organisations.departments(session, organisation.id)
    agent = account_rows.by_email(session, address(Role.AGENT))
    grant = account_rows.grant(session, agent.id, organisation.id) if agent else None
    if not departments or grant is None or grant.department_id is not None:
        return
    by_code = {department.code: department.id for department in departments}
    home = by_code.get(AGENT_DEPARTMENT, departments[0].id)
    grant.department_id = home
    owners: dict[int, int] = {}
    for commitment in commitments.of_organisation(session, organisation.id):
        for aim in commitment.aims:
            owners.setdefault(aim.indicator_id, by_code.get(commitment.owner, home))
    known = portfolio(session, organisation)
    for code in known.used():
        owners.setdefault(known.figures.rows[code].id, home)
    for indicator_id, department_id in owners.items():
        session.add(
            models.Assignment(organisation_id=organisation.id, indicator_id=indicator_id, department_id=department_id)
        )


def _add_values(session: Session, town: models.Organisation, document: Mapping[str, Any]) -> None:
    first, last = document["years"]
    catalogue = {row.code: row for row in indicators.everything(session)}
    for given in document["methods"]:
        session.add(_method(given, town, catalogue[given["indicator"]]))
    count = 0
    for series in document["series"]:
        dice = random.Random(f"{document['seed']} {series['indicator']}")  # noqa: S311 - synthetic data, not a secret
        for row in _values(series, catalogue[series["indicator"]], first, last, dice):
            row.organisation_id = town.id
            session.add(row)
            count += 1
    journal.write(
        session,
        JournalAction.LOADED,
        organisation_id=town.id,
        actor=AUTHOR,
        subject=SLUG,
        after=str(count),
    )


def _method(given: Mapping[str, Any], town: models.Organisation, indicator: models.Indicator) -> models.IndicatorMethod:
    return models.IndicatorMethod(
        organisation_id=town.id,
        indicator_id=indicator.id,
        version=FIRST + 1,
        in_force_from=given["in_force_from"],
        formula=given["formula"],
        description_fr=given["description_fr"],
        reason_fr=given["reason_fr"],
        author=AUTHOR,
        recorded_at=datetime(given["in_force_from"], 1, 15, 9, tzinfo=UTC),
    )


def _values(
    series: Mapping[str, Any], indicator: models.Indicator, first: int, last: int, dice: random.Random
) -> Iterator[models.Measurement]:
    start = series.get("since", first)
    absent = {gap["year"]: gap for gap in series.get("absent", [])}
    comments = {note["year"]: note["text_fr"] for note in series.get("comments", [])}
    for year in range(start, series.get("until", last) + 1):
        if year == last and series.get("late"):
            continue
        row = models.Measurement(
            indicator_id=indicator.id,
            year=year,
            revision=1,
            source="Série fictive",
            comment=comments.get(year, ""),
            author=AUTHOR,
            recorded_at=datetime(year + 1, 1, 15, 9, tzinfo=UTC),
        )
        share = Decimal(year - start) / max(last - start, 1)
        noise = Decimal(str(dice.uniform(-1, 1))) if year not in {start, last} else Decimal(0)
        if year in absent:
            row.absence = Absence(absent[year]["reason"])
            row.comment = absent[year].get("comment_fr", row.comment)
        else:
            _give_value(row, series, indicator, share, noise)
        if year == series.get("rectified", {}).get("year"):
            row.value = Decimal(series["rectified"]["first"])
        yield row


def _give_value(
    row: models.Measurement, series: Mapping[str, Any], indicator: models.Indicator, share: Decimal, noise: Decimal
) -> None:
    """Set the value on the way from the series' first to its last, and the numerator and denominator behind it."""
    begin, end = Decimal(series["from"]), Decimal(series["to"])
    aimed = begin + (end - begin) * share + noise * Decimal(series.get("noise", "0"))
    row.quality = Quality(series["quality"])
    row.coverage = Decimal(series["coverage"]) if "coverage" in series else None
    if "denominator" not in series:
        row.value = _rounded(aimed, indicator.decimals)
        return
    low, high = Decimal(series["denominator"]["from"]), Decimal(series["denominator"]["to"])
    scale = Decimal(100) if indicator.unit == "percent" else Decimal(1)
    row.denominator = _rounded(low + (high - low) * share, 0)
    whole = 0 if indicator.unit == "percent" else 1
    row.numerator = _rounded(aimed * row.denominator / scale, whole)
    row.value = _rounded(scale * row.numerator / row.denominator, 6)


def _rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_EVEN)
