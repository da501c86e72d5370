"""Seed files into the store and out again: what is missing is added, what is there is never touched.

One list of keys a table drives both ways, so that what is loaded is exported as the same bytes. A fact, a
baseline or a target that a person recorded has an author, and is no seed.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from tracker.domain.journal_actions import JournalAction
from tracker.domain.vocabulary import Axis, TargetPath
from tracker.exports import seeds as writer
from tracker.importers import seeds as reader
from tracker.services import journal, seeded_ai_systems, seeded_memberships
from tracker.services.seed_rows import build as _build
from tracker.services.seed_rows import dump as _dump
from tracker.store import models
from tracker.store.queries import commitments, deliberations, indicators, organisations

Document = Mapping[str, Any]

ORGANISATION = ("slug", "name", "kind", "is_fictional")
DEPARTMENT = ("code", "name")
DELIBERATION = (
    "reference",
    "number",
    "internal_reference",
    "adopted_on",
    "body",
    "title_fr",
    "title_en",
    "rapporteur_role",
    "outcome",
    "votes_for",
    "votes_against",
    "abstentions",
    "url",
    "legal_basis",
)
RELATION = ("kind", "number", "adopted_on", "body", "subject_fr")
ARTICLE = ("label", "body_fr")
BUDGET_LINE = (
    "year",
    "budget",
    "section",
    "chapter",
    "function",
    "nature",
    "policy",
    "programme",
    "manager",
    "amount",
    "tax",
)
COMMITMENT = (
    "code",
    "locator",
    "axis",
    "secondary_axes",
    "title_fr",
    "title_en",
    "statement_fr",
    "statement_en",
    "kind",
    "strength",
    "stage_in_text",
    "stale_after_months",
    "starts_on",
    "due_on",
    "due_precision",
    "due_note",
    "owner",
    "steering",
    "decree_items",
    "legal_references",
    "ambiguity",
    "is_flagship",
)
BASELINE = ("state", "value", "year", "in_force_from", "method", "source_fr", "reason_fr")
TARGET = (
    "basis",
    "comparator",
    "value",
    "upper",
    "start",
    "start_year",
    "horizon_year",
    "path",
    "reason_fr",
    "decision",
    "decided_on",
    "in_force_from",
)
POINT = ("year", "value")
FINDING = ("state", "on", "valid_until", "year", "amount", "tax", "budget_line", "evidence_fr")
INDICATOR = (
    "code",
    "tier",
    "name_fr",
    "name_en",
    "definition_fr",
    "definition_en",
    "unit",
    "value_kind",
    "numerator_fr",
    "denominator_fr",
    "formula_fr",
    "formula",
    "better",
    "aggregation",
    "collected_by",
    "decimals",
    "minimum",
    "maximum",
    "companion",
    "decree_items",
    "suggestion",
    "data_sources",
    "references",
    "note_fr",
)
ACTOR = "Parole tenue"


def load(session: Session, folder: Path, *, skip: str = "") -> int:
    """Add what the seed files of ``folder`` hold and the store does not; give how many documents were new.

    ``skip`` names a subfolder to leave alone. A text that comes with its organisation counts as known since its vote;
    one that a later version of the seeds brings, from now on: what was shown of earlier years stays as it was.
    """
    there = {row.slug for row in organisations.everything(session)}
    documents = [document for path, document in reader.read_folder(folder) if not skip or not path.startswith(skip)]
    order = ("organisations/1", "organisation/1", "indicators/1", "deliberation/1", "memberships/1", "ai_systems/1")
    loaders: Sequence[Callable[[Session, Document], int]] = (
        _load_organisations,
        _load_organisations,
        _load_indicators,
        partial(_load_deliberation, there),
        _load_memberships,
        _load_ai_systems,
    )
    added = 0
    for schema, loader in zip(order, loaders, strict=True):
        for document in documents:
            if document["schema"] == schema:
                added += loader(session, document)
                session.flush()
    return added


def slugs(folder: Path) -> Sequence[str]:
    """List the addresses of the organisations that the seed files of ``folder`` hold."""
    documents = (document for _, document in reader.read_folder(folder))
    listed = (
        _listed(document) for document in documents if document["schema"] in {"organisations/1", "organisation/1"}
    )
    return [data["slug"] for group in listed for data in group]


def _listed(document: Document) -> Sequence[Document]:
    return document.get("organisations") or [document["organisation"]]


def _load_organisations(session: Session, document: Document) -> int:
    listed = _listed(document)
    added = 0
    for data in listed:
        if organisations.by_slug(session, data["slug"]):
            continue
        row = _build(models.Organisation, ORGANISATION, data)
        session.add(row)
        session.flush()
        for position, department in enumerate(data.get("departments", [])):
            session.add(_build(models.Department, DEPARTMENT, department, organisation_id=row.id, position=position))
        _note(session, "organisations" if len(listed) > 1 else f"organisation/{row.slug}", document["source"])
        added = 1
    return added


def _load_indicators(session: Session, document: Document) -> int:
    axis = Axis(document["axis"])
    known = {row.code for row in indicators.everything(session)}
    fresh = [data for data in document["indicators"] if data["code"] not in known]
    for position, data in enumerate(document["indicators"]):
        if data in fresh:
            place = list(Axis).index(axis) * 1000 + position
            session.add(_build(models.Indicator, INDICATOR, data, axis=axis, position=place))
    _note(session, f"indicators/{axis}", document["source"])
    return 1 if fresh else 0


def _load_deliberation(there: Collection[str], session: Session, document: Document) -> int:
    organisation = organisations.by_slug(session, document["organisation"])
    assert organisation is not None  # noqa: S101 - the organisations are loaded first
    known = commitments.deliberations(session, organisation.id)
    if any(row.reference == document["reference"] for row in known):
        return 0
    recorded_at = datetime.now(UTC) if organisation.slug in there else None
    add_deliberation(session, organisation.id, document, ACTOR, recorded_at=recorded_at)
    return 1


def _load_memberships(session: Session, document: Document) -> int:
    return seeded_memberships.load(session, document, ACTOR)


def _load_ai_systems(session: Session, document: Document) -> int:
    return seeded_ai_systems.load(session, document, ACTOR)


def add_deliberation(
    session: Session,
    organisation_id: int,
    document: Document,
    actor: str,
    *,
    action: JournalAction = JournalAction.LOADED,
    recorded_at: datetime | None = None,
) -> models.Deliberation:
    """Add a deliberation that the organisation does not have, with all that it holds, and its line of journal.

    ``recorded_at`` is when it was taken in, None for a seed that came with its organisation.
    """
    row: models.Deliberation = _build(
        models.Deliberation,
        DELIBERATION,
        document,
        organisation_id=organisation_id,
        source=document["source"],
        recorded_at=recorded_at,
    )
    session.add(row)
    session.flush()
    for position, data in enumerate(document.get("relations", [])):
        session.add(_build(models.DeliberationRelation, RELATION, data, deliberation_id=row.id, position=position))
    for position, data in enumerate(document.get("articles", []), 1):
        session.add(_build(models.Article, ARTICLE, data, deliberation_id=row.id, position=position))
    for position, data in enumerate(document.get("budget_lines", []), 1):
        owned = {"organisation_id": organisation_id, "deliberation_id": row.id, "position": position}
        session.add(_build(models.BudgetLine, BUDGET_LINE, data, **owned))
    catalogue = {indicator.code: indicator.id for indicator in indicators.everything(session)}
    for position, data in enumerate(document.get("commitments", [])):
        _load_commitment(session, row, position, data, catalogue)
    journal.write(
        session,
        action,
        organisation_id=organisation_id,
        actor=actor,
        subject=row.reference,
        after=str(len(document.get("commitments", []))),
    )
    return row


def _load_commitment(
    session: Session, text: models.Deliberation, position: int, data: Document, catalogue: Mapping[str, int]
) -> None:
    row = _build(
        models.Commitment,
        COMMITMENT,
        data,
        organisation_id=text.organisation_id,
        deliberation_id=text.id,
        position=position,
    )
    session.add(row)
    session.flush()
    aims: dict[str, models.Aim] = {}
    for place, code in enumerate(data.get("indicators", [])):
        aims[code] = models.Aim(commitment_id=row.id, indicator_id=catalogue[code], position=place)
        session.add(aims[code])
    session.flush()
    for given, version in _numbered(data.get("baselines", [])):
        aim = aims[given["indicator"]]
        session.add(_build(models.Baseline, BASELINE, given, aim_id=aim.id, version=version))
    for given, version in _numbered(data.get("targets", [])):
        aim, completed = aims[given["indicator"]], _completed(text, given)
        points = [_build(models.TargetPoint, POINT, point) for point in given.get("points", [])]
        session.add(_build(models.TargetVersion, TARGET, completed, aim_id=aim.id, version=version, points=points))
    for given in data.get("findings", []):
        session.add(_build(models.Finding, FINDING, given, commitment_id=row.id, recorded_at=datetime.now(UTC)))


def _numbered(listed: Sequence[Document]) -> Iterator[tuple[Document, int]]:
    """Number the versions that a file gives of each indicator's baseline or target, in their order."""
    last: dict[str, int] = {}
    for given in listed:
        version = last.get(given["indicator"], 0) + 1
        last[given["indicator"]] = version
        yield given, version


def _completed(text: models.Deliberation, given: Document) -> Document:
    """Add to a target what its file leaves out: its deliberation's day and year, and its reference on that day."""
    decided = {} if "decided_on" in given else {"decided_on": text.adopted_on, "decision": text.reference}
    return {"in_force_from": text.adopted_on.year, **decided, **given}


def _note(session: Session, subject: str, source: str) -> None:
    if session.get(models.SourceNote, subject) is None:
        session.add(models.SourceNote(subject=subject, source=source))


def export(session: Session) -> Iterator[tuple[str, bytes]]:
    """Give the seed files that the store's commitments and catalogue come to, as (path, bytes) pairs."""
    rows = session.scalars(
        select(models.Organisation)
        .options(selectinload(models.Organisation.departments))
        .order_by(models.Organisation.id)
    ).all()
    notes = {note.subject: note.source for note in session.scalars(select(models.SourceNote))}
    real, taken = [_organisation(row) for row in rows if not row.is_fictional], set[str]()
    yield (
        "organisations.yaml",
        writer.write({"schema": "organisations/1", "source": notes["organisations"], "organisations": real}),
    )
    for axis in Axis:
        yield f"indicators/{axis}.yaml", writer.write(_catalogue(session, axis, notes[f"indicators/{axis}"]))
    for row in rows:
        if row.is_fictional:
            source = notes[f"organisation/{row.slug}"]
            document = {"schema": "organisation/1", "source": source, "organisation": _organisation(row)}
            yield f"{row.slug}/organisation.yaml", writer.write(document)
        folder = row.slug if row.is_fictional else "deliberations"
        voted = commitments.of_organisation(session, row.id)
        for text in commitments.deliberations(session, row.id):
            own = [commitment for commitment in voted if commitment.deliberation_id == text.id]
            name = text.reference.lower()
            path = f"{folder}/{row.slug}-{name}.yaml" if f"{folder}/{name}" in taken else f"{folder}/{name}.yaml"
            taken.add(f"{folder}/{name}")
            yield path, writer.write(_deliberation(session, row, text, own))
        joined = seeded_memberships.dumped(session, row)
        if joined is not None:
            yield (
                f"{row.slug}/memberships.yaml" if row.is_fictional else f"memberships/{row.slug}.yaml",
                writer.write(joined),
            )
        systems = seeded_ai_systems.dumped(session, row)
        if systems is not None:
            yield f"ai_systems/{row.slug}.yaml", writer.write(systems)


def _organisation(row: models.Organisation) -> dict[str, Any]:
    departments = [_dump(department, DEPARTMENT) for department in row.departments]
    return _dump(row, ORGANISATION) | ({"departments": departments} if departments else {})


def _catalogue(session: Session, axis: Axis, source: str) -> dict[str, Any]:
    own = [_dump(row, INDICATOR) for row in indicators.everything(session) if row.axis is axis]
    return {"schema": "indicators/1", "source": source, "axis": str(axis), "indicators": own}


def _deliberation(
    session: Session, organisation: models.Organisation, text: models.Deliberation, own: Sequence[models.Commitment]
) -> dict[str, Any]:
    head = {"schema": "deliberation/1", "source": text.source, "organisation": organisation.slug}
    lists = {
        "relations": [_dump(relation, RELATION) for relation in text.relations],
        "articles": [_dump(article, ARTICLE) for article in deliberations.articles(session, text.id)],
        "budget_lines": [_dump(line, BUDGET_LINE) for line in deliberations.budget_lines(session, text.id)],
    }
    return (
        head
        | _dump(text, DELIBERATION)
        | {key: values for key, values in lists.items() if values}
        | ({"commitments": [_commitment(text, row) for row in own]} if own else {})
    )


def _commitment(text: models.Deliberation, row: models.Commitment) -> dict[str, Any]:
    lists = {
        "indicators": [aim.indicator.code for aim in row.aims],
        "baselines": [
            {"indicator": aim.indicator.code, **_dump(version, BASELINE)}
            for aim in row.aims
            for version in aim.baselines
            if not version.author
        ],
        "targets": [
            {"indicator": aim.indicator.code, **_target(text, version)}
            for aim in row.aims
            for version in aim.targets
            if not version.author
        ],
        "findings": [_dump(fact, FINDING) for fact in row.findings if not fact.author],
    }
    return _dump(row, COMMITMENT) | {key: values for key, values in lists.items() if values}


def _target(text: models.Deliberation, row: models.TargetVersion) -> dict[str, Any]:
    """Leave out what the deliberation itself says (its day, its reference, its year) and the plain path."""
    told = _dump(row, TARGET)
    if row.path is TargetPath.LINEAR:
        del told["path"]
    if row.decided_on == text.adopted_on:
        del told["decided_on"]
        if row.decision == text.reference:
            del told["decision"]
    if row.in_force_from == text.adopted_on.year:
        del told["in_force_from"]
    points = [_dump(point, POINT) for point in row.points]
    return told | ({"points": points} if points else {})
