"""Stamps: the number of an organisation that changes whenever something is written that its figures may be made of.

What was read under a stamp holds as long as the stamp does, whichever process wrote since.
"""

from dataclasses import dataclass, field
from functools import cache
from secrets import randbits

from sqlalchemy import Table, event, inspect, update
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from tracker.store import models

ASIDE = frozenset(
    {
        models.AccessAction,
        models.AccessComplaint,
        models.AccessGap,
        models.AccessPlan,
        models.AccessScheme,
        models.AccessStatement,
        models.Account,
        models.Action,
        models.ActionCommitment,
        models.ActionContributor,
        models.ActionEffect,
        models.ActionPlan,
        models.ActionStep,
        models.ActionVersion,
        models.AiSystem,
        models.AgendaItem,
        models.Answer,
        models.ApiToken,
        models.ApprovalDecision,
        models.Article,
        models.Assignment,
        models.Audit,
        models.AuditPage,
        models.BudgetLine,
        models.CalendarKey,
        models.CommissionSession,
        models.Digest,
        models.DigestChoice,
        models.DigitalService,
        models.EcodesignAssessment,
        models.EcodesignReply,
        models.EquipmentRule,
        models.Evidence,
        models.FactorOverride,
        models.Following,
        models.FootprintAmount,
        models.FootprintAssessment,
        models.ImportBatch,
        models.ImportedValue,
        models.Intake,
        models.JournalEntry,
        models.MediationPlace,
        models.MediationYear,
        models.MeasuredPage,
        models.Message,
        models.MinutesRectification,
        models.Notice,
        models.PlanStep,
        models.Publication,
        models.Question,
        models.Reminder,
        models.Reopening,
        models.RoleGrant,
        models.Scenario,
        models.SearchEntry,
        models.ServiceEvaluation,
        models.SourceNote,
    }
)
"""What nothing that is kept is made of: all the rest is taken to be, a table that comes later too."""

BITS = 62  # a stamp is drawn, not counted: a restored database never meets again a stamp that it had for other figures


@dataclass(slots=True)
class _Touched:
    """What a transaction wrote: for whom, whether figures may be made of it, whether it is everybody's."""

    homes: set[int] = field(default_factory=set)
    tells: bool = False
    is_shared: bool = False


def keep(session: Session) -> None:
    """Stamp, with the commit of ``session``, the organisations that it wrote something for."""
    event.listen(session, "after_flush", _note_rows)
    event.listen(session, "do_orm_execute", _note_statement)
    event.listen(session, "before_commit", _stamp)


def _touched(session: Session) -> _Touched:
    found: _Touched = session.info.setdefault(_Touched, _Touched())
    return found


def _note_rows(session: Session, context: UOWTransaction) -> None:  # noqa: ARG001
    touched = _touched(session)
    for row in (*session.new, *session.dirty, *session.deleted):
        home = row.id if isinstance(row, models.Organisation) else getattr(row, "organisation_id", None)
        if home is not None:
            touched.homes.add(home)
        _note_table(touched, type(row))


def _note_statement(state: ORMExecuteState) -> None:
    """Note a change of many rows at once; whose they are is not read: everybody's."""
    if (state.is_update or state.is_delete or state.is_insert) and state.bind_mapper is not None:
        kind = state.bind_mapper.class_
        _touched(state.session).is_shared |= kind not in ASIDE
        _note_table(_touched(state.session), kind)


def _note_table(touched: _Touched, kind: type[models.Base]) -> None:
    if kind not in ASIDE:
        touched.tells = True
        touched.is_shared |= not _belongs(inspect(kind).local_table)


@cache
def _belongs(table: Table) -> bool:
    """Tell whether the rows of a table are an organisation's: by a key of theirs, or of what they are part of."""
    if table is models.Organisation.__table__:
        return True
    parents = {key.column.table for key in table.foreign_keys} - {table}
    return any(_belongs(parent) for parent in parents)


def _stamp(session: Session) -> None:
    """Stamp whom the transaction named; a row that belongs to somebody who was not named counts for everybody."""
    if session.in_nested_transaction():
        return
    session.flush()
    touched = session.info.pop(_Touched, None)
    if touched is None or not touched.tells:
        return
    query = update(models.Organisation.__table__).values(stamp=randbits(BITS))  # type: ignore[arg-type]
    if touched.homes and not touched.is_shared:
        query = query.where(models.Organisation.id.in_(touched.homes))
    session.execute(query)
