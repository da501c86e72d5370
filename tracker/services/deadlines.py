"""The due dates of an organisation as a calendar: its campaigns, its commitments, its approvals, its fees."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker.domain.agenda import campaign_dates, coming
from tracker.domain.memberships import Renewal, renewals
from tracker.domain.permissions import Permission
from tracker.domain.scorecard import DueDate, score
from tracker.domain.vocabulary import CommitmentKind, DuePrecision
from tracker.domain.workflow import CampaignRecord
from tracker.exports.calendar import Due, ics
from tracker.labels import say, text
from tracker.labels.memberships import renewal_sentence, renewal_title
from tracker.services import memberships
from tracker.services.portfolio import portfolio
from tracker.services.records import campaign_record, organisation_record
from tracker.services.visitor import Visitor
from tracker.store.queries import campaigns

FEE_REMINDERS = (90, 30)
"""Days before a fee is to be decided: the time of a report and of a session."""


def calendar(session: Session, visitor: Visitor, address: str, today: date, now: datetime) -> bytes:
    """Write the due dates ahead of the visitor's organisation; ``address`` is the one that people use."""
    visitor.require(Permission.READ)
    organisation = visitor.organisation
    home = f"{address}/{organisation.slug}"
    rows = [campaign_record(row) for row in campaigns.of_organisation(session, organisation.id)]
    known = portfolio(session, organisation)
    card = score(organisation_record(organisation), known.commitments, today.year, today)
    dues = [due for row in rows for due in _of_campaign(row, organisation.slug, home, today)]
    fees = renewals(memberships.known(session, organisation, known), today)
    dues += [_of_commitment(due, organisation.slug, home) for due in coming(card, fees)]
    dues += [_of_membership(one, organisation.slug, home, today) for one in fees if not one.is_past(today)]
    return ics(text("Échéances, {name}", name=organisation.name), dues, now)


def _of_campaign(campaign: CampaignRecord, slug: str, home: str, today: date) -> Iterator[Due]:
    year, page = campaign.year, f"{home}/campagnes/{campaign.year}"
    for ahead in campaign_dates([campaign], today):
        if ahead.is_debate:
            title = text("Débat sur le bilan {year}", year=year)
            told = text("Le bilan de la stratégie numérique responsable {year} est débattu.", year=year)
            yield Due(f"{slug}-campaign-{year}-debate", ahead.on, title, told, page)
            continue
        days = tuple((campaign.due_on - day).days for day in campaign.reminders_on if day <= campaign.due_on)
        title = text("Campagne {year} : dernier jour pour soumettre", year=year)
        told = text("Les relevés de {year} sont à saisir et à soumettre ce jour au plus tard.", year=year)
        yield Due(f"{slug}-campaign-{year}-due", ahead.on, title, told, f"{home}/saisie/{year}", days)


def _of_commitment(due: DueDate, slug: str, home: str) -> Due:
    """Give the event of a date; its name keeps, whatever becomes of the day: what the date is, and of what."""
    commitment = due.commitment
    title = say(commitment.title)
    if due.on == commitment.due_on:
        what, told = "due", text("Échéance : {title}", title=title)
    elif due.precision is DuePrecision.YEAR:
        what, told = f"target-{due.on.year}", text("Échéance de l'objectif : {title}", title=title)
    elif commitment.kind is CommitmentKind.RENEWAL:
        what, told = f"renewal-{due.on.year}", text("À renouveler : {title}", title=title)
    else:
        what, told = "approval", text("Fin de validité : {title}", title=title)
    uid = f"{slug}-{commitment.code}-{what}"
    return Due(uid, due.on, told, say(commitment.statement), f"{home}/engagements/{commitment.code}")


def _of_membership(renewal: Renewal, slug: str, home: str, today: date) -> Due:
    """Give the event of a fee to decide; its name keeps when the association moves its date."""
    code, year = renewal.membership.code, renewal.year
    told = renewal_sentence(renewal.on, year.fee, today)
    uid = f"{slug}-membership-{code}-{year.year}"
    return Due(uid, renewal.on, renewal_title(renewal), told, f"{home}/adhesions/{code}", FEE_REMINDERS)
