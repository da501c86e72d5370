"""The words of the fictional town in its reports: a hidden section, texts, a draft; all of it invented."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy.orm import Session

from tracker.domain.journal_actions import JournalAction
from tracker.domain.report_order import Position
from tracker.domain.texts import tidy
from tracker.services import journal
from tracker.services.report_order import SECTIONS
from tracker.store.models import Account, Organisation, ReportPlace, ReportText

Given = Mapping[str, Any]


def add_report(session: Session, town: Organisation, lead: Account, document: Given) -> None:
    """Add what ``document`` tells, written by ``lead``, with one line of the journal for each text."""
    for rank, one in enumerate((Position(code, code in document["hidden"]) for code in SECTIONS), 1):
        place = ReportPlace(organisation_id=town.id, section=one.section, rank=rank, is_hidden=one.is_hidden)
        session.add(place)
    for given in document["texts"]:
        at = datetime.combine(date.fromisoformat(given["on"]), time(9), UTC)
        is_draft = given.get("is_draft", False)
        session.add(
            ReportText(
                organisation_id=town.id,
                year=given["year"],
                section=given["section"],
                version=1,
                text_fr=tidy(given["text"]),
                is_draft=is_draft,
                account_id=lead.id,
                author=lead.name,
                recorded_at=at,
            )
        )
        journal.write(
            session,
            JournalAction.REPORT_DRAFTED if is_draft else JournalAction.REPORT_WRITTEN,
            organisation_id=town.id,
            actor=lead.name,
            subject=SECTIONS[given["section"]].title,
            year=given["year"],
            at=at,
        )
