"""Memberships in the seed files: those that are missing are added with their years, one that is there is not touched.

A year that a person changed has an author, and is no seed.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from tracker.domain.budget import Imputation
from tracker.domain.journal_actions import JournalAction
from tracker.services import budget_lines, journal
from tracker.services.seed_rows import build, dump
from tracker.store import models
from tracker.store.queries import commitments, memberships, organisations

Document = Mapping[str, Any]

MEMBERSHIP = ("code", "name", "url")
YEAR = (
    "year",
    "amount",
    "tax",
    "renew_before",
    "decided_on",
    "decided_by",
    "paid_on",
    "is_given_up",
    "served_fr",
    "tools_fr",
    "evidence_fr",
)
LINE = ("year", "budget", "section", "chapter", "function", "nature", "policy", "programme", "manager")


def load(session: Session, document: Document, actor: str) -> int:
    """Add the memberships of ``document`` that its organisation does not have; give 1 if there were some, else 0."""
    organisation = organisations.by_slug(session, document["organisation"])
    assert organisation is not None  # noqa: S101 - the organisations are loaded first
    known = {row.code for row in memberships.of_organisation(session, organisation.id)}
    fresh = [data for data in document["memberships"] if data["code"] not in known]
    texts = {row.reference: row.id for row in commitments.deliberations(session, organisation.id)}
    served = {row.code: row.id for row in commitments.of_organisation(session, organisation.id)} if fresh else {}
    now = datetime.now(UTC)
    for data in fresh:
        told = {"organisation_id": organisation.id, "source": document["source"], "recorded_at": now}
        row = build(models.Membership, MEMBERSHIP, data, **told)
        session.add(row)
        session.flush()
        for given in data["years"]:
            line = Imputation(**given["budget_line"]) if "budget_line" in given else None
            links = {
                "deliberation_id": texts[given["deliberation"]] if "deliberation" in given else None,
                "commitment_id": served[given["commitment"]] if "commitment" in given else None,
                "budget_line_id": budget_lines.number_of(session, organisation.id, line),
            }
            session.add(
                build(models.MembershipYear, YEAR, given, membership_id=row.id, version=1, recorded_at=now, **links)
            )
        journal.write(
            session,
            JournalAction.MEMBERSHIP_ADDED,
            organisation_id=organisation.id,
            actor=actor,
            subject=row.code,
            after=json.dumps({"name": row.name}, ensure_ascii=False),
        )
    return 1 if fresh else 0


def dumped(session: Session, organisation: models.Organisation) -> Document | None:
    """Give the seed file of the memberships of ``organisation``, None without any."""
    rows = [(row, years) for row, years in memberships.whole(session, organisation.id) if row.source]
    if not rows:
        return None
    return {
        "schema": "memberships/1",
        "source": rows[0][0].source,
        "organisation": organisation.slug,
        "memberships": [
            {**dump(row, MEMBERSHIP), "years": [_year(found) for found in years if not found.year.author]}
            for row, years in rows
        ],
    }


def _year(found: memberships.YearRow) -> Document:
    told = dump(found.year, YEAR)
    if found.year.amount is None:
        del told["tax"]
    links = {
        "deliberation": found.reference,
        "commitment": found.commitment,
        "budget_line": dump(found.line, LINE) if found.line is not None else None,
    }
    return {**told, **{key: value for key, value in links.items() if value}}
