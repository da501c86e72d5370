"""The action plan of a year: read in three views, opened, voted, reviewed; its actions, and what is carried over."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.charts.gantt import gantt
from tracker.charts.poster import poster
from tracker.domain import subjects
from tracker.domain.actions import ActionRecord
from tracker.domain.errors import Conflict, Invalid, NotFound, Problem
from tracker.domain.gaps import GapKind, lacks
from tracker.domain.happenings import by_month, undated
from tracker.domain.lateness import is_late, late_steps
from tracker.domain.outcomes import tally
from tracker.domain.paging import page_count
from tracker.domain.permissions import Permission
from tracker.domain.planning import OPEN, may_adopt, needs_reason
from tracker.domain.vocabulary import ActionStatus, PlanStage
from tracker.exports.plans import plan_csv
from tracker.labels import plans as words
from tracker.labels import plural, say, text, typeset
from tracker.labels.timelines import gantt_foot
from tracker.services import actions, carrying, discussions, plans
from tracker.services.evidence import pieces
from tracker.services.plan_papers import MEDIA, plan_file
from tracker.services.plans import PlanSheet
from tracker.services.visitor import Visitor
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.files import attached
from tracker.web.platform.guards import requires
from tracker.web.platform.pages import asked_page
from tracker.web.platform.refusals import status_of
from tracker.web.screens.plans import forms
from tracker.web.screens.plans.forms import ActionForm, FilterForm, ReportForm

area = Blueprint("plans", __name__)
PAGE, CALENDAR_PAGE = 25, 6
"""Actions of a page; in the calendar, each has several days, a bar and a row of the table behind it."""
GAPS_SHOWN = 40
"""Things of one kind that the page says are missing; the documents name them all."""
LIST, BOARD, CALENDAR = "liste", "tableau", "calendrier"
SENTENCES: tuple[Callable[..., Any], ...] = (
    words.gap_phrase,
    words.happening_word,
    words.means_phrase,
    words.month_name,
    words.outcomes_phrase,
    words.status_phrase,
    words.stage_phrase,
    is_late,
    late_steps,
    today,
)


@area.context_processor
def _words() -> dict[str, Any]:
    """Give the templates of the plan their own sentences."""
    return {told.__name__: told for told in SENTENCES} | {"PlanStage": PlanStage, "GapKind": GapKind}


@area.get("/<slug>/plan")
@requires(Permission.READ)
def current(visitor: Visitor) -> str:
    """Show the plan of this year, else the latest one, else how to open one."""
    years = list(plans.stages(session(), visitor))
    year = today().year
    return _page(visitor, year if year in years or not years else years[0])


@area.get("/<slug>/plan/<int:year>")
@requires(Permission.READ)
def show(visitor: Visitor, year: int) -> str:
    """Show the plan of a year as a list, a board or a calendar."""
    return _page(visitor, year)


@area.post("/<slug>/plan/<int:year>")
@requires(Permission.PLAN)
def open_(visitor: Visitor, year: int) -> Response:
    """Open the plan of a year."""
    try:
        plans.open_(session(), visitor, year, today())
    except Conflict as refused:
        return make_response(_page(visitor, year, refused), 409)
    flash(text("Le plan {year} est ouvert : ajoutez-y des actions.", year=year))
    return redirect(_address(visitor, year))


@area.post("/<slug>/plan/<int:year>/avancement")
@requires(Permission.PLAN)
def move(visitor: Visitor, year: int) -> Response:
    """Submit a plan, take it back, say that it is adopted or write its review."""
    sent, seen = request.form, forms.number(request.form.get("seen"))
    acts: Mapping[str, tuple[Callable[[], None], str]] = {
        "submit": (
            lambda: plans.submit(session(), visitor, year, seen, today()),
            text("Le plan {year} est soumis au vote.", year=year),
        ),
        "return": (
            lambda: plans.take_back(session(), visitor, year, seen, sent.get("reason", ""), today()),
            text("Le plan {year} est repris en projet.", year=year),
        ),
        "adopt": (
            lambda: plans.adopt(session(), visitor, year, seen, sent.get("deliberation", ""), today()),
            text("Le plan {year} est adopté.", year=year),
        ),
        "review": (
            lambda: plans.review(session(), visitor, year, seen, sent.get("note", ""), today()),
            text("Le bilan du plan {year} est fait.", year=year),
        ),
    }
    asked = sent.get("step", "")
    if asked not in acts:
        raise NotFound(asked)
    act, done = acts[asked]
    try:
        act()
    except Invalid as refused:
        return make_response(_page(visitor, year, refused), status_of(refused))
    flash(done)
    return redirect(_address(visitor, year))


@area.get("/<slug>/plan/<int:year>.csv")
@requires(Permission.READ)
def table(visitor: Visitor, year: int) -> Response:
    """Give the plan as a table."""
    sheet = plans.sheet(session(), visitor, year, today())
    if sheet.plan is None:
        raise NotFound(year)
    return attached(plan_csv(sheet.plan), "text/csv", f"{visitor.organisation.slug}-plan-{year}.csv")


@area.get("/<slug>/plan/<int:year>.<any(odt, docx, pdf, xlsx):form>")
@requires(Permission.READ)
def paper(visitor: Visitor, year: int, form: str) -> Response:
    """Give the plan as a document or as a workbook."""
    content = plan_file(visitor, _planned(visitor, year), form, today())
    return attached(content, MEDIA[form], f"{visitor.organisation.slug}-plan-{year}.{form}")


@area.get("/<slug>/plan/<int:year>/gantt.svg")
@requires(Permission.READ)
def drawing(visitor: Visitor, year: int) -> Response:
    """Give the Gantt chart of the whole plan as a file."""
    sheet = _planned(visitor, year)
    chart = gantt(sheet.plan.actions if sheet.plan else (), year, today())
    title = text("Plan d'actions {year}", year=year)
    foot = gantt_foot(typeset(visitor.organisation.name))
    made = poster(title, chart.sentence, foot, (), chart.height)
    told = render_template("components/gantt.svg", chart=chart, title=title, poster=made)
    return attached(told.encode(), "image/svg+xml", f"{visitor.organisation.slug}-plan-{year}.svg")


@area.get("/<slug>/plan/<int:year>/bilan")
@requires(Permission.READ)
def outcome(visitor: Visitor, year: int) -> str:
    """Show what became of the plan of the year before, beside this one."""
    sheet = plans.sheet(session(), visitor, year, today())
    found = sheet.outcome(today())
    if found is None:
        raise NotFound(year - 1)
    return render_template(
        "screens/plans/outcome.html",
        sheet=sheet,
        found=found,
        means=tally(sheet.plan.actions) if sheet.plan else None,
    )


@area.get("/<slug>/plan/<int:year>/ajout")
@requires(Permission.PLAN)
def adding(visitor: Visitor, year: int) -> str:
    """Show the form of a new action; ``?engagement=`` ticks the commitment that it serves."""
    return _form_page(visitor, year, ActionForm(data=forms.blank(request.args.get("engagement", ""))))


@area.post("/<slug>/plan/<int:year>/ajout")
@requires(Permission.PLAN)
def add(visitor: Visitor, year: int) -> Response:
    """Add an action."""
    form = ActionForm(request.form)
    try:
        code = actions.add_action(session(), visitor, year, form.draft(), today())
    except Invalid as refused:
        return make_response(_form_page(visitor, year, form, refused=refused), status_of(refused))
    flash(text("Action {code} ajoutée.", code=code))
    return redirect(_of_action(visitor, year, code))


@area.get("/<slug>/plan/<int:year>/actions/<code>")
@requires(Permission.READ)
def action(visitor: Visitor, year: int, code: str) -> str:
    """Show one action, and to who may tell of it the form that does."""
    return _action_page(visitor, year, code)


@area.post("/<slug>/plan/<int:year>/actions/<code>")
@requires(Permission.REPORT_ACTION)
def report(visitor: Visitor, year: int, code: str) -> Response:
    """Tell what becomes of an action."""
    form = ReportForm(request.form)
    try:
        is_new = actions.report(session(), visitor, year, code, form.draft(), today())
    except Invalid as refused:
        return make_response(_action_page(visitor, year, code, form, refused), status_of(refused))
    flash(text("Action {code} mise à jour.", code=code) if is_new else text("Aucune modification."))
    return redirect(_of_action(visitor, year, code))


@area.get("/<slug>/plan/<int:year>/actions/<code>/modifier")
@requires(Permission.PLAN)
def changing(visitor: Visitor, year: int, code: str) -> str:
    """Show the form that changes an action."""
    found = _planned(visitor, year).action(code)
    return _form_page(visitor, year, ActionForm(data=forms.stored(found)), found)


@area.post("/<slug>/plan/<int:year>/actions/<code>/modifier")
@requires(Permission.PLAN)
def change(visitor: Visitor, year: int, code: str) -> Response:
    """Change an action."""
    form = ActionForm(request.form)
    try:
        is_new = actions.change(session(), visitor, year, code, form.draft(), today())
    except Invalid as refused:
        found = _planned(visitor, year).action(code)
        if isinstance(refused, Conflict):
            form.seen.data = str(found.version)
        return make_response(_form_page(visitor, year, form, found, refused), status_of(refused))
    flash(text("Action {code} mise à jour.", code=code) if is_new else text("Aucune modification."))
    return redirect(_of_action(visitor, year, code))


@area.get("/<slug>/plan/<int:year>/reports")
@requires(Permission.PLAN)
def carryable(visitor: Visitor, year: int) -> str:
    """Show what may be carried over from the year before."""
    return _carry_page(visitor, year)


@area.post("/<slug>/plan/<int:year>/reports")
@requires(Permission.PLAN)
def carry(visitor: Visitor, year: int) -> Response:
    """Carry the ticked actions over, each with its reason."""
    chosen = request.form.getlist("carried")
    reasons = {code: request.form.get(f"reason-{code}", "") for code in chosen}
    try:
        made = carrying.carry(session(), visitor, year, reasons)
    except Invalid as refused:
        return make_response(_carry_page(visitor, year, refused), status_of(refused))
    count = len(made)
    flash(
        plural(
            "{n} action reportée : ses dates et ses moyens restent à prévoir.",
            "{n} actions reportées : leurs dates et leurs moyens restent à prévoir.",
            count,
            n=count,
        )
    )
    return redirect(_address(visitor, year))


def _planned(visitor: Visitor, year: int) -> PlanSheet:
    """Give the plan of a year that has one.

    Raises:
        NotFound: for a year without plan.
    """
    sheet = plans.sheet(session(), visitor, year, today())
    if sheet.plan is None:
        raise NotFound(year)
    return sheet


def _page(visitor: Visitor, year: int, refused: Invalid | None = None) -> str:
    """Show a plan, or how to open it; after a refusal, what was typed and what is wrong."""
    sheet, years = plans.sheet(session(), visitor, year, today()), plans.stages(session(), visitor)
    told = {
        "sheet": sheet,
        "years": years,
        "runs": visitor.may(Permission.PLAN),
        "problems": _by_field(refused),
        "typed": request.form,
    }
    if sheet.plan is None:
        return render_template("screens/plans/empty.html", is_next=year > today().year, **told)
    form = FilterForm(request.args)
    form.offer(sheet, sheet.plan)
    kept = [one for one in sheet.plan.actions if form.keeps(one)]
    asked, page = request.args.get("vue", LIST), asked_page()
    size = CALENDAR_PAGE if asked == CALENDAR else PAGE
    pages = page_count(len(kept), size, page)
    shown = kept[(page - 1) * size : page * size]
    return render_template(
        "screens/plans/plan.html",
        may_adopt=may_adopt,
        form=form,
        view=asked if asked in {BOARD, CALENDAR} else LIST,
        kept=kept,
        shown=shown,
        page=page,
        pages=pages,
        narrowed={name: told for name, told in form.data.items() if told},
        columns={code: [one for one in shown if one.status is code] for code in ActionStatus},
        months=by_month(shown, year),
        chart=gantt(shown, year, today()) if asked == CALENDAR else None,
        undated=undated(shown, year),
        gaps_shown=GAPS_SHOWN,
        gaps=_gaps(visitor.organisation.slug, sheet),
        means=tally(sheet.plan.actions),
        before=sheet.outcome(today()),
        departments={one.code: one.name for one in sheet.departments},
        **told,
    )


def _gaps(slug: str, sheet: PlanSheet) -> Mapping[GapKind, list[tuple[str, str]]]:
    """Give each gap by its kind: its words, and the address where it is mended."""
    year = sheet.year
    titles = {one.code: one.title for one in sheet.known.commitments}
    names = {one.code: one.name for one in sheet.departments}
    found: dict[GapKind, list[tuple[str, str]]] = {}
    for gap in sheet.gaps:
        if gap.kind is GapKind.COMMITMENT_UNSERVED:
            told = text("{code}, {name}", code=gap.code, name=say(titles[gap.code]))
            address = url_for("plans.adding", slug=slug, year=year, engagement=gap.code)
        elif gap.kind is GapKind.DEPARTMENT_ASIDE:
            told, address = typeset(names[gap.code]), url_for("plans.adding", slug=slug, year=year)
        else:
            told = text("{code}, {name}", code=gap.code, name=typeset(sheet.action(gap.code).title))
            address = url_for("plans.changing", slug=slug, year=year, code=gap.code, _anchor=AT[gap.kind])
        found.setdefault(gap.kind, []).append((told, address))
    return found


AT = {
    GapKind.PILOT_MISSING: "pilot",
    GapKind.LEAD_MISSING: "lead",
    GapKind.COMMITMENT_MISSING: "commitments",
    GapKind.DATES_MISSING: "starts_on",
    GapKind.MEANS_MISSING: "planned",
}
"""The field of the form where each gap of an action is mended."""


def _action_page(
    visitor: Visitor, year: int, code: str, form: ReportForm | None = None, refused: Invalid | None = None
) -> str:
    sheet = _planned(visitor, year)
    found = sheet.action(code)
    assert sheet.plan is not None  # noqa: S101 - refused above
    runs = visitor.may(Permission.PLAN)
    may_report = actions.may_report(session(), visitor, found)
    may_tell = may_report and (runs or sheet.plan.stage in OPEN)
    about = subjects.action(code, year)
    shown = form or ReportForm(data=forms.reported(found))
    shown.offer()
    if isinstance(refused, Conflict):
        shown.seen.data = str(found.version)
    return render_template(
        "screens/plans/action.html",
        sheet=sheet,
        found=found,
        form=shown if may_tell else None,
        is_typed=form is not None,
        problems=_by_field(refused),
        runs=runs,
        needs_reason=sheet.plan.stage not in OPEN,
        lacking=lacks(found),
        files=[one.last for one in pieces(session(), visitor, about) if not one.last.is_withdrawn],
        messages=discussions.said(session(), visitor, about),
        may_attach=may_report,
        lines=actions.history(session(), visitor, year, code),
        titles={one.code: one.title for one in sheet.known.commitments},
        names={one.code: one.name for one in sheet.departments},
        indicators={row.code: row for row in sheet.known.figures.rows.values()},
    )


def _form_page(
    visitor: Visitor, year: int, form: ActionForm, found: ActionRecord | None = None, refused: Invalid | None = None
) -> str:
    sheet = _planned(visitor, year)
    assert sheet.plan is not None  # noqa: S101 - refused above
    form.offer(sheet)
    return render_template(
        "screens/plans/form.html",
        sheet=sheet,
        form=form,
        found=found,
        problems=_by_field(refused),
        is_stale=isinstance(refused, Conflict),
        needs_reason=needs_reason(sheet.plan.stage),
        is_submitted=sheet.plan.stage is PlanStage.SUBMITTED,
        indicators=[sheet.known.figures.rows[code] for code in sheet.known.used()],
    )


def _carry_page(visitor: Visitor, year: int, refused: Invalid | None = None) -> str:
    sheet = _planned(visitor, year)
    if sheet.before is None:
        raise NotFound(year - 1)
    return render_template(
        "screens/plans/carry.html",
        sheet=sheet,
        problems=_by_field(refused),
        chosen=list(dict.fromkeys(request.form.getlist("carried"))),
        typed=request.form,
    )


def _address(visitor: Visitor, year: int) -> str:
    return url_for("plans.show", slug=visitor.organisation.slug, year=year)


def _of_action(visitor: Visitor, year: int, code: str) -> str:
    return url_for("plans.action", slug=visitor.organisation.slug, year=year, code=code)


def _by_field(refused: Invalid | None) -> Mapping[str, Problem]:
    """Give the problems by their field, the first of each."""
    return {problem.where: problem for problem in reversed(refused.problems)} if refused else {}
