"""What is typed of an audit and of its pages, read field by field into the rows that would be stored."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.domain.audit_drafts import ADDRESS_LIMIT, MOST_PAGES, NAME_LIMIT
from tracker.domain.errors import Problem, ProblemCode
from tracker.domain.rgaa import WHOLE, AuditKind, Result
from tracker.domain.rgaa_results import letters
from tracker.domain.service_problems import ServiceProblem
from tracker.domain.texts import tidy
from tracker.importers.audits.cells import criterion_of, result_of
from tracker.services.audit_rows import results_of, version_named
from tracker.services.contacts import nameless
from tracker.services.typed import Typed
from tracker.store.models import Audit, AuditPage

TEXT_LIMIT, AUDITOR_LIMIT = 2_000, 200
_BETWEEN = re.compile(r"[\n\t;,]+")


@dataclass(frozen=True, slots=True)
class PageTyped:
    """What was typed of a page: ``chosen`` are results that were picked one by one, by criterion.

    ``pasted`` are all of them, in the order of the criteria or each after its own; they speak over what was picked.
    """

    name: str
    address: str = ""
    is_shared: bool = False
    pasted: str = ""
    chosen: Mapping[str, str] | None = None
    seen: int = 0


@dataclass(frozen=True, slots=True)
class AuditTyped:
    """What was typed of an audit; ``seen`` is the version that was on the screen, 0 for a new one."""

    kind: str = ""
    rgaa: str = ""
    audited_on: str = ""
    published_on: str = ""
    auditor: str = ""
    environments: str = ""
    tools: str = ""
    told_rate: str = ""
    note: str = ""
    source: str = ""
    pages: tuple[PageTyped, ...] = ()
    seen: int = 0

    @property
    def sampled(self) -> int:
        """Count the pages of the sample: what all pages share is none of them."""
        return sum(not one.is_shared for one in self.pages)


def row_of(draft: AuditTyped, today: date) -> Audit:
    """Make a row of what was typed of a new audit.

    Raises:
        Invalid: with every problem, each at its field; those of a page at « page-N ».
    """
    typed = Typed()
    if not draft.kind:
        typed.refuse("kind", ServiceProblem.AUDIT_KIND_MISSING)
    kind = typed.choice("kind", draft.kind, AuditKind) if draft.kind else None
    version = version_named(draft.rgaa)
    if version is None:
        typed.refuse("rgaa", ProblemCode.UNKNOWN_CHOICE)
    criteria = version.looked_at(kind) if version and kind else ()
    if version and kind and not criteria:
        typed.refuse("kind", ServiceProblem.AUDIT_KIND_UNDEFINED, version=version.code)
    row = fields_of(typed, draft, kind or AuditKind.FULL, draft.rgaa, today)
    if not draft.pages:
        typed.refuse("pages", ServiceProblem.AUDIT_PAGES_MISSING)
    elif len(draft.pages) > MOST_PAGES:
        typed.refuse("pages", ServiceProblem.AUDIT_PAGES_TOO_MANY, limit=MOST_PAGES)
    elif criteria:
        for place, one in enumerate(draft.pages, 1):
            page = page_of(typed, f"page-{place}", one, criteria, row)
            page.position = place
            row.pages.append(page)
    typed.end()
    return row


def fields_of(typed: Typed, draft: AuditTyped, kind: AuditKind, rgaa: str, today: date) -> Audit:
    """Make a row of what an audit says of itself; what is wrong is noted in ``typed``."""
    version = version_named(rgaa)
    on = typed.any_day("audited_on", draft.audited_on, ServiceProblem.AUDIT_DAY_MISSING)
    if on is not None and on > today:
        typed.refuse("audited_on", ProblemCode.DAY_TO_COME, on=on)
    elif on is not None and version is not None and version.published_on is not None and on < version.published_on:
        typed.refuse("audited_on", ServiceProblem.AUDIT_BEFORE_RGAA, version=version.code, on=version.published_on)
    published = typed.any_day("published_on", draft.published_on)
    if published is not None and published > today:
        typed.refuse("published_on", ProblemCode.DAY_TO_COME, on=published)
    elif published is not None and on is not None and published < on:
        typed.refuse("published_on", ServiceProblem.AUDIT_PUBLISHED_BEFORE, on=on)
    return Audit(
        kind=kind,
        rgaa=rgaa,
        version=1,
        audited_on=on or today,
        published_on=published,
        auditor=nameless(typed, "auditor", draft.auditor, AUDITOR_LIMIT),
        environments=nameless(typed, "environments", draft.environments, TEXT_LIMIT),
        tools=nameless(typed, "tools", draft.tools, TEXT_LIMIT),
        told_rate=_told_rate(typed, draft.told_rate),
        source=tidy(draft.source)[-NAME_LIMIT:],
        note=nameless(typed, "note", draft.note, TEXT_LIMIT),
        is_withdrawn=False,
        pages=[],
    )


def page_of(
    typed: Typed,
    where: str,
    draft: PageTyped,
    criteria: Sequence[str],
    audit: Audit,
    stored_page: AuditPage | None = None,
) -> AuditPage:
    """Make a row of what was typed of a page; what is wrong is noted in ``typed``, at ``where``."""
    name = typed.words(where, " ".join(draft.name.split()), ServiceProblem.AUDIT_PAGE_NAME_MISSING, NAME_LIMIT)
    others = [one for one in audit.pages if one is not stored_page]
    if name and any(one.name == name for one in others):
        typed.refuse(where, ServiceProblem.AUDIT_PAGE_TWICE, text=name)
    if draft.is_shared and any(one.is_shared for one in others):
        typed.refuse(where, ServiceProblem.AUDIT_SHARED_TWICE)
    results = dict.fromkeys(criteria, Result.NOT_TESTED)
    if stored_page is not None:
        results |= results_of(stored_page, audit)
    for one, code in (draft.chosen or {}).items():
        if one not in results or code not in set(Result):
            typed.refuse(where, ProblemCode.UNKNOWN_CHOICE)
        else:
            results[one] = Result(code)
    if draft.pasted.strip():
        found = pasted_results(draft.pasted, criteria)
        if isinstance(found, Problem):
            typed.problems.append(Problem("pasted" if stored_page is not None else where, found.code, found.values))
        else:
            results |= found
    version = version_named(audit.rgaa)
    return AuditPage(
        name=name,
        address=typed.words(where, " ".join(draft.address.split()), limit=ADDRESS_LIMIT),
        is_shared=draft.is_shared,
        results=letters(results, version) if version else "",
    )


def pasted_results(text: str, criteria: Sequence[str]) -> Mapping[str, Result] | Problem:
    """Read pasted results: one a criterion in their order, or each after its criterion, one a line.

    A page that was pasted is told whole: a problem says how many results were read, or which is none.
    """
    pieces = [piece.strip() for piece in _BETWEEN.split(tidy(text)) if piece.strip()]
    if len(pieces) == 1:
        pieces = pieces[0].split()
    found: dict[str, Result] = {}
    ahead = ""
    for piece in pieces:
        first, _, rest = piece.partition(" ")
        criterion = criterion_of(first)
        ahead = criterion or ahead
        said = rest.strip() if criterion else piece
        if not said:
            continue  # a criterion alone: its result comes next
        result = result_of(said)
        if result is None:
            return Problem("pasted", ServiceProblem.AUDIT_RESULT_UNREADABLE, {"text": said[:40]})
        place = ahead or (criteria[len(found)] if len(found) < len(criteria) else f"+{len(found)}")
        found[place], ahead = result, ""
    if set(found) != set(criteria):
        values = {"found": len(found), "expected": len(criteria)}
        return Problem("pasted", ServiceProblem.AUDIT_RESULTS_COUNT, values)
    return found


def _told_rate(typed: Typed, text: str) -> Decimal | None:
    found = typed.number("told_rate", text, is_percent=True)
    if found is not None and not 0 <= found <= WHOLE:
        typed.refuse("told_rate", ServiceProblem.AUDIT_RATE_RANGE)
        return None
    return found
