"""Reads a file of an audit that anybody may have sent, in a process of its own, short of memory and time."""

import json
import sys
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from tracker.config.paths import bundled
from tracker.domain.audit_drafts import AuditDraft, AuditFormat, PageDraft
from tracker.domain.drafts import ImportProblem, Place
from tracker.domain.errors import Invalid, Problem, ProblemCode, problem_named
from tracker.domain.rgaa import AuditKind, Result
from tracker.importers import confinement
from tracker.importers import rgaa as versions
from tracker.importers.audits.reading import parse
from tracker.importers.grid import check_size
from tracker.labels import current, speaking


def read(content: bytes, name: str) -> AuditDraft:
    """Read a file of an audit in a child process; one that is stopped or fails gives one problem."""
    try:
        check_size(content)
    except Invalid as refusal:
        return AuditDraft(problems=tuple(ImportProblem(Place(), problem) for problem in refusal.problems))
    told = confinement.run(__name__, [confinement.bare_name(name), current()], content)
    try:
        if told is not None:
            return _from_json(told)
    except (ValueError, KeyError, TypeError):
        pass
    return AuditDraft(problems=(ImportProblem(Place(), Problem("file", ProblemCode.FILE_UNREADABLE)),))


def main() -> None:
    """Read standard input under the limits, and write what it says on standard output."""
    known = versions.read(bundled("seeds") / "rgaa.yaml")
    confinement.limit()
    name, language = sys.argv[1:]
    with speaking(language):
        draft = parse(sys.stdin.buffer.read(), name, known)
    sys.stdout.buffer.write(json.dumps(_to_json(draft)).encode())


def _to_json(draft: AuditDraft) -> Mapping[str, Any]:
    return {
        "format": draft.format,
        "kind": draft.kind,
        "rgaa": draft.rgaa,
        "pages": [[one.name, one.address, one.is_shared, dict(one.results)] for one in draft.pages],
        "audited_on": draft.audited_on and draft.audited_on.isoformat(),
        "published_on": draft.published_on and draft.published_on.isoformat(),
        "told_rate": None if draft.told_rate is None else str(draft.told_rate),
        "texts": [draft.auditor, draft.environments, draft.tools, draft.service],
        "dropped": draft.dropped,
        "ignored": draft.ignored,
        "blanks": draft.blanks,
        "problems": [
            [one.place.sheet, one.place.row, one.place.column, one.problem.where, one.problem.code, one.problem.values]
            for one in draft.problems
        ],
    }


def _from_json(told: Mapping[str, Any]) -> AuditDraft:
    """Make plain values of what the child wrote: whatever a hostile file made of it, nothing in it runs."""
    auditor, environments, tools, service = told["texts"]
    return AuditDraft(
        AuditFormat(told["format"]),
        None if told["kind"] is None else AuditKind(told["kind"]),
        told["rgaa"],
        tuple(
            PageDraft(name, {one: Result(code) for one, code in results.items()}, address, shared)
            for name, address, shared, results in told["pages"]
        ),
        _day(told["audited_on"]),
        _day(told["published_on"]),
        auditor,
        environments,
        tools,
        None if told["told_rate"] is None else Decimal(told["told_rate"]),
        service,
        tuple(told["dropped"]),
        tuple(told["ignored"]),
        told["blanks"],
        tuple(
            ImportProblem(Place(sheet, row, column), Problem(where, problem_named(code), values))
            for sheet, row, column, where, code, values in told["problems"]
        ),
    )


def _day(told: str | None) -> date | None:
    return None if told is None else date.fromisoformat(told)


if __name__ == "__main__":
    main()
