"""The accessibility of an authority: its statements, its scheme, its yearly plans, and the values that they give."""

from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from tracker.domain.access_schemes import POLICY, WORKS, AccessAction, AccessScheme
from tracker.domain.errors import Conflict, Invalid, NotFound
from tracker.domain.periods import FIRST_YEAR
from tracker.domain.permissions import Permission
from tracker.exports.odt import ODT
from tracker.labels import access_schemes as words
from tracker.labels import text
from tracker.services import access_papers, access_scheme_changes, accessibility
from tracker.services.accessibility import PlanSheet, find_scheme
from tracker.services.visitor import Visitor
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.files import attached
from tracker.web.platform.guards import requires
from tracker.web.platform.refusals import by_field, status_of
from tracker.web.screens.access_schemes.forms import (
    ActionForm,
    PlanForm,
    SchemeForm,
    action_stored,
    plan_stored,
    scheme_stored,
)

area = Blueprint("access_schemes", __name__)
MEDIA = {"html": "text/html", "odt": ODT}


@area.context_processor
def _words() -> dict[str, Any]:
    """Give the templates the sentences of schemes and plans."""
    return {one.__name__: one for one in (words.action_sentence, words.statement_phrase)}


@area.get("/<slug>/services/accessibilite")
@requires(Permission.READ)
def show(visitor: Visitor) -> str:
    """Show where the statements stand, the schemes and the plans with what they lack."""
    found = accessibility.accessibility(session(), visitor)
    return render_template("screens/access_schemes/accessibility.html", found=found, today=today())


@area.get("/<slug>/services/accessibilite/schemas/ajout")
@requires(Permission.KEEP_SERVICES)
def new(visitor: Visitor) -> str:  # noqa: ARG001 - the guard lets in whoever may
    """Show the form of a new scheme."""
    return _scheme_page(SchemeForm(), None)


@area.post("/<slug>/services/accessibilite/schemas/ajout")
@requires(Permission.KEEP_SERVICES)
def add(visitor: Visitor) -> Answer:
    """Add a scheme, or show the form again with what is wrong."""
    return _write_scheme(visitor, None)


@area.get("/<slug>/services/accessibilite/schemas/<int:number>")
@requires(Permission.READ)
def scheme(visitor: Visitor, number: int) -> str:
    """Show one scheme, subject by subject."""
    found = accessibility.accessibility(session(), visitor)
    return render_template(
        "screens/access_schemes/scheme.html",
        scheme=find_scheme(found, number),
        parts=((text("La politique"), POLICY), (text("Les travaux"), WORKS)),
        today=today(),
    )


@area.get("/<slug>/services/accessibilite/schemas/<int:number>.<any(html, odt):form>")
@requires(Permission.READ)
def scheme_file(visitor: Visitor, number: int, form: str) -> Response:
    """Give a scheme as a file."""
    content = access_papers.scheme_file(session(), visitor, number, form, today())
    return attached(content, MEDIA[form], f"{visitor.organisation.slug}-schema-accessibilite-{number}.{form}")


@area.get("/<slug>/services/accessibilite/schemas/<int:number>/modifier")
@requires(Permission.KEEP_SERVICES)
def edit(visitor: Visitor, number: int) -> str:
    """Show the form that changes a scheme."""
    one = find_scheme(accessibility.accessibility(session(), visitor), number)
    return _scheme_page(SchemeForm(data=scheme_stored(one)), one)


@area.post("/<slug>/services/accessibilite/schemas/<int:number>/modifier")
@requires(Permission.KEEP_SERVICES)
def change(visitor: Visitor, number: int) -> Answer:
    """Change a scheme, or show the form again; after a conflict it answers the version that is now stored."""
    return _write_scheme(visitor, number)


def _write_scheme(visitor: Visitor, number: int | None) -> Answer:
    form = SchemeForm(request.form)
    slug = visitor.organisation.slug
    try:
        written = access_scheme_changes.write_scheme(session(), visitor, number, form.draft(), today())
    except Invalid as refused:
        one = None
        if number is not None:
            one = find_scheme(accessibility.accessibility(session(), visitor), number)
            if isinstance(refused, Conflict):
                form.seen.data = str(one.version)
        return make_response(_scheme_page(form, one, refused), status_of(refused))
    flash(text("Schéma enregistré.") if written is not None else text("Aucune modification."))
    return redirect(url_for("access_schemes.scheme", slug=slug, number=number or written))


def _scheme_page(form: SchemeForm, one: AccessScheme | None, refused: Invalid | None = None) -> str:
    return render_template(
        "screens/access_schemes/scheme_form.html",
        form=form,
        scheme=one,
        parts=((text("La politique"), POLICY), (text("Les travaux"), WORKS)),
        problems=by_field(refused.problems) if refused else {},
        is_stale=isinstance(refused, Conflict),
    )


@area.get("/<slug>/services/accessibilite/plan/<int:year>")
@requires(Permission.READ)
def plan(visitor: Visitor, year: int) -> str:
    """Show the accessibility plan of a year, with its forms to whoever may write it."""
    return _plan_page(visitor, year)


@area.get("/<slug>/services/accessibilite/plan/<int:year>.<any(html, odt):form>")
@requires(Permission.READ)
def plan_file(visitor: Visitor, year: int, form: str) -> Response:
    """Give the plan of a year as a file."""
    content = access_papers.plan_file(session(), visitor, year, form, today())
    return attached(content, MEDIA[form], f"{visitor.organisation.slug}-plan-accessibilite-{year}.{form}")


@area.post("/<slug>/services/accessibilite/plan/<int:year>")
@requires(Permission.KEEP_SERVICES)
def write_plan(visitor: Visitor, year: int) -> Answer:
    """Open the plan of a year or change it, or show the form again with what is wrong."""
    form = PlanForm(request.form)
    try:
        is_new = access_scheme_changes.write_plan(session(), visitor, year, form.draft(), today())
    except Invalid as refused:
        sheet = accessibility.plan_sheet(session(), visitor, year)
        if isinstance(refused, Conflict):
            form.seen.data = str(sheet.plan.version if sheet.plan is not None else 0)
        return make_response(_plan_page(visitor, year, form, refused), status_of(refused))
    flash(text("Plan enregistré.") if is_new else text("Aucune modification."))
    return redirect(url_for("access_schemes.plan", slug=visitor.organisation.slug, year=year))


def _plan_page(visitor: Visitor, year: int, form: PlanForm | None = None, refused: Invalid | None = None) -> str:
    if not FIRST_YEAR <= year <= today().year + 1:
        raise NotFound(year)
    sheet = accessibility.plan_sheet(session(), visitor, year)
    return render_template(
        "screens/access_schemes/plan.html",
        sheet=sheet,
        form=form or PlanForm(data=plan_stored(sheet.plan) if sheet.plan is not None else {}),
        problems=by_field(refused.problems) if refused else {},
        is_stale=isinstance(refused, Conflict),
        today=today(),
    )


@area.get("/<slug>/services/accessibilite/plan/<int:year>/ajout")
@requires(Permission.KEEP_SERVICES)
def new_action(visitor: Visitor, year: int) -> str:
    """Show the form of a new action."""
    return _action_page(_planned(visitor, year), ActionForm(), None)


@area.post("/<slug>/services/accessibilite/plan/<int:year>/ajout")
@requires(Permission.KEEP_SERVICES)
def add_action(visitor: Visitor, year: int) -> Answer:
    """Add an action, or show the form again with what is wrong."""
    return _write_action(visitor, year, None)


@area.get("/<slug>/services/accessibilite/plan/<int:year>/<int:number>")
@requires(Permission.KEEP_SERVICES)
def edit_action(visitor: Visitor, year: int, number: int) -> str:
    """Show the form that changes an action."""
    sheet = _planned(visitor, year)
    one = _action(sheet, number)
    return _action_page(sheet, ActionForm(data=action_stored(one)), one)


@area.post("/<slug>/services/accessibilite/plan/<int:year>/<int:number>")
@requires(Permission.KEEP_SERVICES)
def change_action(visitor: Visitor, year: int, number: int) -> Answer:
    """Change an action, or show the form again; after a conflict it answers the version that is now stored."""
    return _write_action(visitor, year, number)


def _write_action(visitor: Visitor, year: int, number: int | None) -> Answer:
    form = ActionForm(request.form)
    try:
        is_new = access_scheme_changes.write_action(session(), visitor, year, number, form.draft())
    except Invalid as refused:
        sheet = _planned(visitor, year)
        one = None if number is None else _action(sheet, number)
        if one is not None and isinstance(refused, Conflict):
            form.seen.data = str(one.version)
        return make_response(_action_page(sheet, form, one, refused), status_of(refused))
    flash(text("Action enregistrée.") if is_new else text("Aucune modification."))
    return redirect(url_for("access_schemes.plan", slug=visitor.organisation.slug, year=year))


def _action_page(sheet: PlanSheet, form: ActionForm, one: AccessAction | None, refused: Invalid | None = None) -> str:
    form.offer((stated.record for stated in sheet.known.services.values()), sheet.linked)
    return render_template(
        "screens/access_schemes/action.html",
        sheet=sheet,
        form=form,
        one=one,
        problems=by_field(refused.problems) if refused else {},
        is_stale=isinstance(refused, Conflict),
    )


def _planned(visitor: Visitor, year: int) -> PlanSheet:
    sheet = accessibility.plan_sheet(session(), visitor, year)
    if sheet.plan is None:
        raise NotFound(year)
    return sheet


def _action(sheet: PlanSheet, number: int) -> AccessAction:
    for one in sheet.plan.actions if sheet.plan is not None else ():
        if one.number == number:
            return one
    raise NotFound(number)
