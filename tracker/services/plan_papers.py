"""The documents of an action plan, written from what its page shows."""

from collections.abc import Mapping
from datetime import date

from tracker.domain.gaps import Gap, GapKind
from tracker.exports.docx import DOCX, docx_file
from tracker.exports.odt import ODT, odt_file
from tracker.exports.xlsx import XLSX
from tracker.labels import colon, say, semicolon, text, typeset
from tracker.labels.plans import gap_phrase
from tracker.reports.paper_pdf import pdf_file
from tracker.reports.plan_means import ServedCommitment
from tracker.reports.plan_paper import PlanDossier, plan_paper
from tracker.reports.plan_workbook import plan_workbook
from tracker.services.plans import PlanSheet
from tracker.services.records import organisation_record
from tracker.services.visitor import Visitor

MEDIA: Mapping[str, str] = {"odt": ODT, "docx": DOCX, "pdf": "application/pdf", "xlsx": XLSX}
"""The forms that a plan can be taken away in, and what each is called on the web."""


def plan_file(visitor: Visitor, sheet: PlanSheet, form: str, today: date) -> bytes:
    """Write the plan of ``sheet``, which has one, in one of the forms of `MEDIA`, in the language being spoken."""
    told = dossier(visitor, sheet, today)
    match form:
        case "xlsx":
            return plan_workbook(told)
        case "docx":
            return docx_file(plan_paper(told))
        case "pdf":
            return pdf_file(plan_paper(told))
        case _:
            return odt_file(plan_paper(told))


def dossier(visitor: Visitor, sheet: PlanSheet, today: date) -> PlanDossier:
    """Gather what the documents of a plan say, with what it lacks in words."""
    plan = sheet.plan
    assert plan is not None  # noqa: S101 - its page refuses a year without one
    numbers = {row.reference: row.number for row in sheet.deliberations}
    return PlanDossier(
        organisation=organisation_record(visitor.organisation),
        plan=plan,
        as_of=today,
        commitments={one.code: ServedCommitment(say(one.title), one.axis) for one in sheet.known.commitments},
        departments={one.code: typeset(one.name) for one in sheet.departments},
        indicators={code: say(sheet.known.figures.indicator(code).name) for code in sheet.known.figures.rows},
        deliberation=numbers.get(plan.adopted.deliberation, "") if plan.adopted else "",
        gaps=tuple(_sentence(sheet, kind, gaps) for kind, gaps in _by_kind(sheet).items()),
        before=sheet.before,
    )


def _by_kind(sheet: PlanSheet) -> Mapping[GapKind, list[Gap]]:
    found: dict[GapKind, list[Gap]] = {}
    for gap in sheet.gaps:
        found.setdefault(gap.kind, []).append(gap)
    return found


def _sentence(sheet: PlanSheet, kind: GapKind, gaps: list[Gap]) -> str:
    """Say what is missing and where: « 1 action n'a pas de pilote : A2026-01, Réparer avant de remplacer »."""
    names = {one.code: typeset(one.name) for one in sheet.departments}
    names |= {one.code: text("{code}, {name}", code=one.code, name=say(one.title)) for one in sheet.known.commitments}
    planned = sheet.plan.actions if sheet.plan else ()
    names |= {one.code: text("{code}, {name}", code=one.code, name=typeset(one.title)) for one in planned}
    which = semicolon().join(names.get(gap.code, gap.code) for gap in gaps)
    return f"{gap_phrase(kind, len(gaps))}{colon()}{which}"
