"""Digital services from a table: what it would add and change is shown, then written whole or not at all.

A row is the service of its name. A column that the table does not have changes nothing.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from tracker.domain.digital_services import (
    Audience,
    HomeMention,
    Hosting,
    PersonalData,
    ServiceKind,
    ServiceRecord,
    ServiceState,
)
from tracker.domain.drafts import ImportProblem
from tracker.domain.errors import Problem, ProblemCode
from tracker.domain.permissions import Permission
from tracker.importers import services as reader
from tracker.importers.services import ServiceRow, key
from tracker.labels import speaking, word
from tracker.services import service_changes
from tracker.services.service_changes import ServiceDraft, draft_of, told
from tracker.services.service_rows import record_of
from tracker.services.typed import Typed
from tracker.services.visitor import Visitor
from tracker.store.models import DigitalService
from tracker.store.queries import digital_services, organisations

_QUOTED = 40
_CODED: Mapping[str, type[StrEnum]] = {
    "kind": ServiceKind,
    "audience": Audience,
    "state": ServiceState,
    "hosting": Hosting,
    "personal_data": PersonalData,
    "home_mention": HomeMention,
}
_ANSWERS = {"oui": "oui", "yes": "oui", "non": "non", "no": "non", "": ""}


@dataclass(frozen=True, slots=True)
class Renewed:
    """A stored service that the table would change: what it says, what it would say, and the words of what differs."""

    row: DigitalService
    kept: ServiceRecord
    record: ServiceRecord
    fields: Sequence[str]


@dataclass(frozen=True, slots=True)
class ServiceOffer:
    """What a table would add and change, how many rows say what is stored, and the problems at their cells.

    ``mark`` is another one as soon as anything is stored that the table was not held against.
    """

    fresh: Sequence[ServiceRecord] = ()
    changed: Sequence[Renewed] = ()
    same: int = 0
    problems: Sequence[ImportProblem] = ()
    ignored: Sequence[str] = ()
    mark: str = ""
    is_stale: bool = False

    @property
    def is_empty(self) -> bool:
        """Tell whether the table would change nothing."""
        return not self.fresh and not self.changed


def examine(session: Session, visitor: Visitor, content: bytes, today: date) -> ServiceOffer:
    """Say what a table would add and change, and everything that is wrong with it; nothing is written.

    Raises:
        Forbidden: without the right to keep the services.
    """
    visitor.require(Permission.KEEP_SERVICES)
    return _examined(session, visitor, content, today, is_locked=False)


def store(session: Session, visitor: Visitor, content: bytes, mark: str, today: date) -> ServiceOffer:
    """Write what a table adds and changes, each with its line of journal, or nothing if anything is wrong.

    ``mark`` is that of the offer that was shown: over another register nothing is written, and the offer is stale.

    Raises:
        Forbidden: without the right to keep the services.
    """
    visitor.require(Permission.KEEP_SERVICES)
    found = _examined(session, visitor, content, today, is_locked=True)
    if found.problems or found.is_empty:
        return found
    if found.mark != mark:
        return replace(found, is_stale=True)
    departments = {row.code: row.id for row in organisations.departments(session, visitor.organisation.id)}
    for one in found.changed:
        service_changes.change(session, visitor, one.row, one.kept, one.record, departments)
    for record in found.fresh:
        service_changes.write(session, visitor, record, departments)
    return found


def _examined(session: Session, visitor: Visitor, content: bytes, today: date, *, is_locked: bool) -> ServiceOffer:
    home = visitor.organisation
    known = organisations.departments(session, home.id)
    codes = {row.id: row.code for row in known}
    rows = digital_services.everything(session, home.id, locked=is_locked)
    stored = {key(row.name): row for row in rows}
    departments = {row.code: row.id for row in known}
    named = {key(text): row.code for row in known for text in (row.code, row.name)}
    table = reader.read(content)
    fresh: list[ServiceRecord] = []
    changed: list[Renewed] = []
    problems = [*table.problems, *_given_twice(table.rows)]
    same = 0
    for one in table.rows:
        row = stored.get(key(one.texts["name"]))
        kept = record_of(row, codes.get(row.department_id or 0, "")) if row else None
        typed = Typed()
        draft = _draft(typed, one, draft_of(kept, 0) if kept else ServiceDraft(), named)
        record = service_changes.read(typed, draft, departments, (), today, kept.number if kept else 0)
        problems += [ImportProblem(one.place(problem.where), problem) for problem in typed.problems]
        if kept is None or row is None:
            fresh.append(record)
        elif record == kept:
            same += 1
        else:
            before, after = told(kept), told(record)
            changed.append(Renewed(row, kept, record, [name for name in after if after[name] != before[name]]))
    mark = hashlib.sha256(repr([(row.number, row.version) for row in rows]).encode()).hexdigest()[:16]
    return ServiceOffer(fresh, changed, same, problems, table.ignored, mark)


def _given_twice(rows: Sequence[ServiceRow]) -> Iterator[ImportProblem]:
    seen: set[str] = set()
    for one in rows:
        name = key(one.texts["name"])
        if name and name in seen:
            problem = Problem("name", ProblemCode.GIVEN_TWICE, {"text": one.texts["name"][:_QUOTED]})
            yield ImportProblem(one.place("name"), problem)
        seen.add(name)


def _draft(typed: Typed, row: ServiceRow, base: ServiceDraft, departments: Mapping[str, str]) -> ServiceDraft:
    """Give the draft that a row makes of ``base``: words are read as the codes that they stand for."""
    texts = {name: text for name, text in row.texts.items() if not (name == "name" and base.name)}
    for name, text in texts.items():
        if name in _CODED:
            texts[name] = _code(typed, name, text)
        elif name == "uses_ai":
            texts[name] = _ANSWERS.get(key(text), text)
        elif name == "department" and text:
            texts[name] = departments.get(key(text), text)
    typed_again: dict[str, Any] = {**asdict(base), **texts}
    return ServiceDraft(**typed_again)


def _code(typed: Typed, name: str, text: str) -> str:
    """Read a code or its word in either language; blank is what the form begins with."""
    if not text:
        return str(getattr(ServiceDraft(), name))
    words = _words(_CODED[name])
    found = words.get(key(text))
    if found is None:
        choices = ", ".join(word(code) for code in _CODED[name])
        typed.refuse(name, ProblemCode.UNKNOWN_WORD, text=text[:_QUOTED], choices=choices)
    return found or str(next(iter(_CODED[name])))


def _words(codes: type[StrEnum]) -> Mapping[str, str]:
    found = {key(code.value): code.value for code in codes}
    for language in ("fr", "en"):
        with speaking(language):
            found |= {key(word(code)): code.value for code in codes}
    return found
