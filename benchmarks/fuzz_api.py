"""``python -m benchmarks.fuzz_api [REQUESTS [SECONDS]]``: requests drawn from the description of the API.

Each is asked by a stranger, by an account of Marseille alone, and now and then with a token that opens nothing. An
answer must fit the description, never be an error of the server, hold no row that whoever asks may not read, and be
open to other sites only where it is everybody's. One JSON line; exit 1 on a fault.
"""

import csv
import io
import json
import math
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import CheckFunction
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi import checks

from benchmarks.server import PASSWORD, initialised
from tracker.config.settings import read
from tracker.domain.vocabulary import Role
from tracker.exports import exact_json
from tracker.exports.datasets.objectives import OBJECTIVES, STATES
from tracker.exports.tabular import DataTable, csv_file
from tracker.services import accounts, api_tokens, datasets, published
from tracker.services.visitor import enter
from tracker.store.queries import accounts as account_rows
from tracker.store.session import Database
from tracker.web import create_app
from tracker.web.platform.clock import today

ADDRESS = "/api/v1/openapi.json"
WHOLE = 50_000
ROUND = 100
"""Cases that one search of Hypothesis draws: it is begun anew with another seed, so that none is exhausted."""
OURS = "pt_" + "0" * 43
SET_BY_US = {"authorization", "accept-encoding"}
SLUGS = ("demonstration", "marseille", "amp")
CODES = ("DEM16-S01", "VDM22-S23", "AMP23-S06", "SOB-06", "GOV-06")
TABLES = {
    "publications": "publications",
    "deliberations": "deliberations",
    "commitments": "objectifs",
    "indicators": "indicateurs",
    "targets": "cibles",
    "levels": "niveaux",
    "measurements": "mesures",
    "actions": "actions",
    "memberships": "adhesions",
    "fees": "cotisations",
    "services": "services",
    "estate": "parc",
}
CHECKS: tuple[CheckFunction, ...] = (
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
)
Rows = Mapping[tuple[str, str], frozenset[str]]
"""What may be read, each row as text, by organisation and table."""


@dataclass(slots=True)
class Report:
    """What the requests came to: how many of each status, what was wrong."""

    statuses: Counter[int] = field(default_factory=Counter)
    rows: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def requests(self) -> int:
        """Count the requests."""
        return self.statuses.total()


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: by which header, and what it may read."""

    name: str
    headers: Mapping[str, str]
    rows: Rows = field(repr=False)


def askers(store: Database) -> Sequence[Asker]:
    """Make an account of Marseille with its token, and say what each asker may read, straight from the services."""
    with store.transaction() as session:
        email = "fuzz@example.org"
        accounts.add(session, email=email, name="F", password=PASSWORD, roles={"marseille": Role.ELU}, actor="fuzz")
        account = account_rows.by_email(session, email)
        assert account is not None  # noqa: S101 - it was just added
        token = api_tokens.create(session, account, "fuzz", 90, 0, today())
    with store.reading() as session:
        town = published.find(session, "demonstration", today())
        shown = _rows("demonstration", datasets.tables(session, town, today()))
        mine = _rows("marseille", datasets.tables(session, enter(session, account, "marseille"), today()))
    nothing: Rows = {}
    return (
        Asker("stranger", {}, shown),
        Asker("marseille", {"Authorization": f"Bearer {token}"}, mine),
        Asker("refused", {"Authorization": f"Bearer {OURS}"}, nothing),
    )


def fuzz(app: Flask, who: Sequence[Asker], requests: int, seconds: float = math.inf) -> Report:
    """Draw ``requests`` requests from the description, spread over its addresses, and tell what they came to.

    What is drawn is asked of each organisation, by each of ``who`` in turn, by the last one time in four. After
    ``seconds`` nothing more is drawn.
    """
    schema = schemathesis.openapi.from_wsgi(ADDRESS, app)
    operations = [found.ok() for found in schema.get_all_operations()]
    report, number, end = Report(), 0, time.monotonic() + seconds
    share = min(ROUND, max(1, -(-requests // len(operations) // 6)))
    while report.requests < requests and time.monotonic() < end:
        for operation in operations:
            if report.requests < requests and time.monotonic() < end:
                _search(operation, who, report, share, number)
            number += 1
    return report


def _search(operation: Any, who: Sequence[Asker], report: Report, drawn: int, number: int) -> None:
    well = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    badly = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)

    @seed(number)
    @settings(
        max_examples=drawn,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def ask(data: st.DataObject) -> None:
        case = data.draw(badly if data.draw(st.integers(0, 3)) == 3 else well)
        if "code" in case.path_parameters and data.draw(st.integers(0, 9)):
            case.path_parameters["code"] = data.draw(st.sampled_from(CODES))
        if "page" in case.query and data.draw(st.integers(0, 3)):
            del case.query["page"]
        headers = {name: told for name, told in case.headers.items() if name.lower() not in SET_BY_US}
        most = len(who) if not data.draw(st.integers(0, 3)) else len(who) - 1
        for place in _places(case, SLUGS if data.draw(st.integers(0, 9)) else ()):
            if place:
                case.path_parameters["slug"] = place
            for asker in who[:most]:
                case.headers = headers | {"Accept-Encoding": "identity"} | dict(asker.headers)
                _judge(case, asker, report)

    ask()


def _places(case: Any, known: Sequence[str]) -> Sequence[str]:
    """Give the organisations that a case is asked of: those that there are, or what was drawn; a list is of none."""
    drawn = case.path_parameters.get("slug", "")
    return known if drawn and known else (drawn,)


def _judge(case: Any, asker: Asker, report: Report) -> None:
    answer = case.call()
    report.statuses[answer.status_code] += 1
    try:
        case.validate_response(answer, checks=list(CHECKS))
    except (Failure, FailureGroup) as failure:
        report.faults.append(f"{case.formatted_path} {case.query}: {failure}")
    told = list(_told(case, answer))
    report.rows += len(told)
    place = case.path_parameters.get("slug", "")
    table = case.path.split("/")[5] if place and len(case.path.split("/")) > 5 else ""
    allowed = asker.rows.get((place, TABLES.get(table, "")), frozenset())
    for row in told:
        if not _may(asker, place, table, row, allowed):
            report.faults.append(f"leak to {asker.name}: {case.formatted_path} {case.query}: {row}")
    is_open = "access-control-allow-origin" in answer.headers
    if is_open and (asker.headers or answer.status_code not in {200, 304}):
        report.faults.append(f"open to other sites: {asker.name} {case.formatted_path}")
    if asker.name == "refused" and answer.status_code != 401:
        report.faults.append(f"answered a refused token: {case.formatted_path} {answer.status_code}")


def _may(asker: Asker, place: str, table: str, row: str, allowed: frozenset[str]) -> bool:
    if table == "publications":
        return place == "demonstration" and asker.name == "stranger"
    if not table:
        own = {"stranger": "demonstration", "marseille": "marseille"}
        return f'"{own.get(asker.name, "")}"' in row
    return row in allowed


def _told(case: Any, answer: Any) -> Iterator[str]:
    """Give each row of an answer as text; none of a refusal, nor of what is not sent again."""
    if answer.status_code != 200 or case.path == ADDRESS:
        return
    text = answer.content.decode()
    if "text/csv" in answer.headers["content-type"][0]:
        for line in csv.DictReader(io.StringIO(text)):
            yield json.dumps(line, ensure_ascii=False, sort_keys=True)
        return
    found = json.loads(text)
    for row in found if isinstance(found, list) else [found]:
        yield json.dumps(row, ensure_ascii=False, sort_keys=True)


def _rows(place: str, tables: Sequence[DataTable]) -> Rows:
    named = {one.name: one for one in tables}
    named[OBJECTIVES.name] = _judged(named[OBJECTIVES.name], named[STATES.name])
    return {(place, name): frozenset(_texts(one)) for name, one in named.items()}


def _texts(table: DataTable) -> Iterator[str]:
    for row in json.loads(exact_json.rows(table)):
        yield json.dumps(row, ensure_ascii=False, sort_keys=True)
    for line in csv.DictReader(io.StringIO(csv_file(table).decode())):
        yield json.dumps(line, ensure_ascii=False, sort_keys=True)


def _judged(objectives: DataTable, states: DataTable) -> DataTable:
    """Give the commitments as every year that is told judges them, and as the last does."""
    names = [column.name for column in OBJECTIVES.columns]
    found = [list(row) for row in objectives.rows]
    for code, year, state, sentence, *_ in states.rows:
        for row in objectives.rows:
            if row[0] == code:
                told = {"annee": year, "etat": state, "phrase": sentence}
                found.append([told.get(name, cell) for name, cell in zip(names, row, strict=True)])
    return DataTable(objectives.name, objectives.title, objectives.columns, found)


def main() -> None:
    """Make a demonstration of its own, ask, and say what came of it."""
    requests = int(sys.argv[1]) if len(sys.argv) > 1 else WHOLE
    with tempfile.TemporaryDirectory(prefix="parole-tenue-fuzz-") as folder:
        home = Path(folder)
        initialised(home)
        app = create_app(read({"TRACKER_INSTANCE": str(home / "instance"), "TRACKER_API_RATE": "999999 per second"}))
        who, begun = askers(app.extensions["tracker_database"]), time.monotonic()
        report = fuzz(app, who, requests, float(sys.argv[2]) if len(sys.argv) > 2 else math.inf)
    told = {
        "name": "api_fuzzed",
        "requests": report.requests,
        "statuses": dict(sorted(report.statuses.items())),
        "rows": report.rows,
        "server_errors": sum(count for status, count in report.statuses.items() if status >= 500),
        "rights_leaks": sum(fault.startswith(("leak", "open", "answered")) for fault in report.faults),
        "faults": len(report.faults),
        "seconds": round(time.monotonic() - begun),
    }
    print(json.dumps(told))
    print("\n".join(report.faults[:20]), file=sys.stderr)
    sys.exit(1 if report.faults else 0)


if __name__ == "__main__":
    main()
