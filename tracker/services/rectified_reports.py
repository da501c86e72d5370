"""What is no longer what a frozen report says: each figure and state, with its reason, its day and the function."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.domain.frozen_reports import Change, Rectification, Row, changes
from tracker.domain.journal_actions import JournalAction
from tracker.exports.tabular import DataTable
from tracker.labels import speaking
from tracker.reports.report import Report
from tracker.reports.sections import objectives
from tracker.services import reviews
from tracker.services.visitor import Visitor
from tracker.store.models import FrozenReport, JournalEntry, Measurement
from tracker.store.queries import indicators, measurements, reports

OF_VALUE = ("valeur", "motif_absence")
OF_AIM = ("reference", "annee_reference", "cible", "cible_haute", "annee_cible")
_RECORDED = {JournalAction.VALUE_RECORDED, JournalAction.VALUE_CORRECTED}


@dataclass(frozen=True, slots=True)
class _Cause:
    """Why something is no longer the same: what was said, the name that the journal has, the moment."""

    reason: str
    author: str
    at: datetime


def rectifications(session: Session, visitor: Visitor, row: FrozenReport, kept: Report) -> Sequence[Rectification]:
    """List what differs today, judged as on the day of the version, from what ``kept`` says; values come first.

    Raises:
        Forbidden: without the right to read.
    """
    was = rows_of(kept.table(objectives.RESULTS))
    now = rows_of(_present(session, visitor, row))
    causes = _causes(session, visitor, row)
    roles = reports.roles(session, visitor.organisation.id)
    named = {str(one["engagement"]): one for one in now} | {str(one["indicateur"]): one for one in now}

    def told(change: Change, cause: _Cause | None) -> Rectification:
        *_, last = change.key
        about = named[str(change.key[0])]
        indicator = named[str(last)] if change.field != "etat" else None
        return Rectification(
            code=str(about["engagement"]),
            commitment=str(about["intitule"]),
            indicator=str(indicator["intitule_indicateur"]) if indicator else "",
            unit=str(indicator["unite"] or "") if indicator else "",
            field=change.field,
            before=change.before,
            after=change.after,
            reason=cause.reason if cause else "",
            role=roles.get(cause.author) if cause else None,
            at=cause.at if cause else None,
        )

    found = [told(one, causes.get(str(one.key[0]))) for one in changes(was, now, ("indicateur",), OF_VALUE)]
    keys = ("engagement", "indicateur")
    found += [told(one, causes.get(f"{one.key[0]} {one.key[1]}")) for one in changes(was, now, keys, OF_AIM)]
    moved = [told(one, causes.get(str(one.key[0]))) for one in changes(was, now, ("engagement",), ("etat",))]
    return [*found, *(_explained(one, now, found) for one in moved)]


def rows_of(table: DataTable | None) -> list[Row]:
    """Give the rows of a table of the report by the names of its columns."""
    if table is None:
        return []
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def _present(session: Session, visitor: Visitor, row: FrozenReport) -> DataTable:
    with speaking("fr"):
        review = reviews.review(session, visitor, row.year, row.as_of)
        return next(table for table in objectives.SECTION.tables(review) if table.name == objectives.RESULTS)


def _explained(one: Rectification, now: Sequence[Row], found: Sequence[Rectification]) -> Rectification:
    """Give a state that moved without a word of its own the reason of what moved it: a figure of its commitment."""
    if one.reason:
        return one
    own = {row["intitule_indicateur"] for row in now if row["engagement"] == one.code}
    cause = next((other for other in found if other.indicator in own), None)
    return one if cause is None else replace(one, reason=cause.reason, role=cause.role, at=cause.at)


def _causes(session: Session, visitor: Visitor, row: FrozenReport) -> Mapping[str, _Cause]:
    """Give what explains a change, by the code of an indicator, of a commitment, or of both with a space."""
    lines = reports.told_after(session, visitor.organisation.id, row.frozen_at)
    found = {one.subject: _Cause(one.comment, one.actor, one.at) for one in lines if _is_about(one, row.year)}
    said = {one.subject: one for one in lines if one.action in _RECORDED and one.year == row.year}
    for code, revision in _revised(session, visitor, row):
        line = said.get(code)
        reason = line.comment if line and line.comment else revision.comment
        found[code] = _Cause(reason, revision.author, revision.recorded_at)
    return found


def _is_about(line: JournalEntry, year: int) -> bool:
    return (line.action in _RECORDED and line.year == year) or line.action in _SETTINGS


_SETTINGS = {
    JournalAction.TARGET_SET,
    JournalAction.BASELINE_SET,
    JournalAction.FINDING_RECORDED,
    JournalAction.PRACTICE_CHANGED,
}


def _revised(session: Session, visitor: Visitor, row: FrozenReport) -> Iterator[tuple[str, Measurement]]:
    """Give the last revision of each value of the year that was recorded after the version."""
    codes = {one.id: one.code for one in indicators.everything(session)}
    told = measurements.revisions_of(session, visitor.organisation.id, list(codes), [row.year])
    seen: set[int] = set()
    for one in told:
        if one.indicator_id not in seen and one.recorded_at > row.frozen_at:
            seen.add(one.indicator_id)
            yield codes[one.indicator_id], one
