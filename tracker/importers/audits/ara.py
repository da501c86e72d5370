"""The report of an audit that Ara gives as JSON; what it says of people is never read."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tracker.domain.audit_drafts import (
    ADDRESS_LIMIT,
    MOST_PAGES,
    NAME_LIMIT,
    AuditDraft,
    AuditFormat,
    PageDraft,
    version_of,
)
from tracker.domain.drafts import ImportProblem, Place
from tracker.domain.errors import AnyProblem, Invalid, Problem
from tracker.domain.rgaa import AuditKind, Result, RgaaVersion
from tracker.domain.service_problems import ServiceProblem
from tracker.importers.audits.cells import is_shared, line
from tracker.importers.formats.csv import decoded
from tracker.labels.formats import PARIS

_KINDS = {"FAST": AuditKind.RAPID, "COMPLEMENTARY": AuditKind.COMPLEMENTARY, "FULL": AuditKind.FULL}
_STATES = {
    "COMPLIANT": Result.COMPLIANT,
    "NOT_COMPLIANT": Result.NOT_COMPLIANT,
    "NOT_APPLICABLE": Result.NOT_APPLICABLE,
    "NOT_TESTED": Result.NOT_TESTED,
}
_PEOPLE = ("auditorName", "auditorEmail", "contactName", "contactEmail")
_ENVIRONMENT = (
    "platform",
    "operatingSystem",
    "operatingSystemVersion",
    "assistiveTechnology",
    "assistiveTechnologyVersion",
    "browser",
    "browserVersion",
)
_VERSION = re.compile(r"(\d+(?:\.\d+)*)")
_TEXT_LIMIT = 2_000
_MOST_LINES = 40
_QUOTED = 40
_SHOWN = 50
"""Problems that a report may have before the rest is not looked at: it is then no report of Ara."""
Json = Mapping[str, Any]


def is_report(content: bytes) -> bool:
    """Tell whether a file is JSON, as far as its first sign tells."""
    return content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"["))


def read(content: bytes, versions: Sequence[RgaaVersion]) -> AuditDraft:
    """Make a draft of a report.

    Raises:
        Invalid: for what is no report of Ara.
    """
    try:
        told = json.loads(decoded(content)[0])
        kind = _KINDS[told["auditType"]]
        context, given = told["context"], [*told["results"]]
        samples = [one for one in context["samples"] if isinstance(one["id"], int)]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Invalid(Problem("file", ServiceProblem.AUDIT_REPORT_UNREADABLE)) from None
    named = str(context.get("referencial") or "")
    found = _VERSION.search(named)
    rgaa = version_of(found[1], versions) if found else ""
    version = next((one for one in versions if one.code == rgaa and one.topics), None)
    if version is None or not version.looked_at(kind):
        raise Invalid(Problem("file", ServiceProblem.AUDIT_VERSION_UNKNOWN, {"text": named[:_QUOTED]}))
    if not samples or len(samples) > MOST_PAGES:
        code = ServiceProblem.AUDIT_PAGES_TOO_MANY if samples else ServiceProblem.AUDIT_PAGES_MISSING
        raise Invalid(Problem("file", code, {"limit": MOST_PAGES}))
    results, problems = _results(given, {one["id"] for one in samples}, version.looked_at(kind))
    return AuditDraft(
        AuditFormat.ARA_REPORT,
        kind,
        rgaa,
        tuple(_page(one, results[one["id"]], version.looked_at(kind)) for one in samples),
        audited_on=_day(told.get("publishDate")),
        published_on=_day(told.get("statementPublicationDate")),
        auditor=line(_text(context, "auditorOrganisation"), NAME_LIMIT),
        environments=_environments(context),
        tools=_lines(context.get("tools")),
        told_rate=_number(told.get("accessibilityRate")),
        service=line(_text(told, "procedureName"), NAME_LIMIT),
        dropped=tuple(name for name in _PEOPLE if _text(told, name) or _text(context, name)),
        problems=tuple(problems),
    )


def _results(
    given: Sequence[Any], pages: set[int], criteria: Sequence[str]
) -> tuple[Mapping[int, dict[str, Result]], Sequence[ImportProblem]]:
    """Give the results of each page; a criterion that a page has no line of was not tested on it."""
    found: dict[int, dict[str, Result]] = {page: {} for page in pages}
    problems: list[ImportProblem] = []
    known = set(criteria)
    for place, one in enumerate(given, 1):
        if len(problems) >= _SHOWN:
            break
        try:
            criterion, page = f"{one['topic']}.{one['criterium']}", one["pageId"]
            state, results = _STATES[one["status"]], found[page]
        except (KeyError, TypeError):
            problems.append(_refused(ServiceProblem.AUDIT_RESULT_LINE, n=place))
            continue
        if criterion not in known:
            problems.append(_refused(ServiceProblem.AUDIT_RESULT_BESIDE, n=place, criterion=criterion[:_QUOTED]))
        elif results.setdefault(criterion, state) is not state:
            problems.append(_refused(ServiceProblem.AUDIT_RESULT_TWICE, n=place, criterion=criterion))
    return found, problems


def _page(sample: Json, results: Mapping[str, Result], criteria: Sequence[str]) -> PageDraft:
    name = line(_text(sample, "name"), NAME_LIMIT)
    whole = {one: results.get(one, Result.NOT_TESTED) for one in criteria}
    return PageDraft(name, whole, line(_text(sample, "url"), ADDRESS_LIMIT), is_shared(name))


def _environments(context: Json) -> str:
    """Give a line an environment, whatever version of the report names them."""
    given = [context.get(name) for name in ("environments", "desktopEnvironments", "mobileEnvironments")]
    listed = [one for some in given if isinstance(some, list) for one in some if isinstance(one, dict)]
    return _lines([", ".join(said for name in _ENVIRONMENT if (said := _text(one, name).strip())) for one in listed])


def _lines(given: object) -> str:
    said = [line(one, NAME_LIMIT) for one in given if isinstance(one, str)] if isinstance(given, list) else []
    return "\n".join(dict.fromkeys(filter(None, said[:_MOST_LINES])))[:_TEXT_LIMIT]


def _text(told: Json, name: str) -> str:
    found = told.get(name)
    return found if isinstance(found, str) else ""


def _number(given: object) -> Decimal | None:
    """Read a rate from 0 to 100; JSON writes it as a number."""
    if isinstance(given, bool) or not isinstance(given, int | float):
        return None
    found = Decimal(str(given))
    return found if found.is_finite() and 0 <= found <= 100 else None


def _day(given: object) -> date | None:
    """Read a moment as the day that it was in Paris."""
    try:
        moment = datetime.fromisoformat(str(given))
    except ValueError:
        return None
    return (moment.astimezone(PARIS) if moment.tzinfo is not None else moment).date()


def _refused(code: AnyProblem, **values: object) -> ImportProblem:
    return ImportProblem(Place(), Problem("file", code, values))
