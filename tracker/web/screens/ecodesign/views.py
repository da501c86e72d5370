"""Ecodesign of digital services: the list, one of them, its self-assessment, its statement, its measured pages."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from tracker.domain.dates import typed_day
from tracker.domain.errors import Conflict, Invalid, NotFound, Problem, ProblemCode
from tracker.domain.permissions import Permission
from tracker.domain.rgesn import (
    EcodesignAnswer,
    EcodesignTheme,
    by_priority,
    by_theme,
    score,
)
from tracker.exports.ecodesign import criteria_csv, pages_csv, services_csv
from tracker.labels import ecodesign as words
from tracker.labels import plural, text
from tracker.services import ecodesign, ecodesign_changes, ecodesign_statements, page_measures
from tracker.services.ecodesign import referential
from tracker.services.ecodesign_changes import ThemeDraft
from tracker.services.page_measures import PagesPlan
from tracker.services.visitor import Visitor
from tracker.web.platform.clock import today
from tracker.web.platform.database import release, session
from tracker.web.platform.files import attached
from tracker.web.platform.guards import requires
from tracker.web.platform.refusals import INVALID, by_field, status_of
from tracker.web.screens.ecodesign.forms import (
    FrameForm,
    ImportForm,
    PageForm,
    PublishForm,
    frame_of,
    theme_draft,
    version_seen,
)

area = Blueprint("ecodesign", __name__)
SHOWN_PROBLEMS = 20
SENTENCES = (
    words.criterion_name,
    words.index_phrase,
    words.measure_phrase,
    words.method_phrase,
    words.pages_phrase,
    words.progress_phrase,
    words.criteria_phrase,
    words.waiting_phrase,
)


@area.app_context_processor  # the panel of a service says them too
def _words() -> dict[str, Any]:
    """Give the templates of ecodesign its own sentences."""
    return {told.__name__: told for told in SENTENCES} | {
        "EcodesignAnswer": EcodesignAnswer,
        "EcodesignTheme": EcodesignTheme,
    }


@area.get("/<slug>/services/ecoconception")
@requires(Permission.READ)
def list_(visitor: Visitor) -> str:
    """List the services with what is known of their ecodesign."""
    lines = ecodesign.overview(session(), visitor, today())
    online = {one.service.number for one in lines if one.service.is_online(today())}
    return render_template("screens/ecodesign/list.html", lines=lines, online=online, year=today().year - 1)


@area.get("/<slug>/services/ecoconception.csv")
@requires(Permission.READ)
def table(visitor: Visitor) -> Response:
    """Give the same as a table."""
    content = services_csv(ecodesign.overview(session(), visitor, today()))
    return attached(content, "text/csv", f"{visitor.organisation.slug}-ecoconception.csv")


@area.get("/<slug>/services/<int:number>/ecoconception")
@requires(Permission.READ)
def show(visitor: Visitor, number: int) -> str:
    """Show what is known of the ecodesign of a service."""
    return _sheet_page(visitor, number)


@area.post("/<slug>/services/<int:number>/ecoconception")
@requires(Permission.KEEP_SERVICES)
def begin(visitor: Visitor, number: int) -> Answer:
    """Begin a self-assessment, or go on with the one that is open."""
    try:
        ecodesign_changes.begin(session(), visitor, number)
    except Invalid as refused:
        return make_response(_sheet_page(visitor, number, refused), status_of(refused))
    return redirect(url_for("ecodesign.frame", slug=visitor.organisation.slug, number=number))


@area.post("/<slug>/services/<int:number>/ecoconception/arret")
@requires(Permission.KEEP_SERVICES)
def close(visitor: Visitor, number: int) -> Answer:
    """Close the self-assessment that is open, or show what it lacks."""
    try:
        ecodesign_changes.close(session(), visitor, number, version_seen(request.form.get("seen")))
    except Invalid as refused:
        return make_response(_sheet_page(visitor, number, refused), status_of(refused))
    flash(text("Auto-évaluation arrêtée : sa déclaration peut être publiée."))
    return redirect(url_for("ecodesign.statement", slug=visitor.organisation.slug, number=number))


def _sheet_page(visitor: Visitor, number: int, refused: Invalid | None = None) -> str:
    sheet = ecodesign.sheet(session(), visitor, number, today())
    latest, told = sheet.latest, sheet.closed(today())
    opened = latest if latest is not None and not latest.is_closed else None
    known = opened or told
    return render_template(
        "screens/ecodesign/service.html",
        sheet=sheet,
        told=told,
        opened=opened,
        whole=score(referential(), told.answers) if told else None,
        going=score(referential(), opened.answers) if opened else None,
        priorities=by_priority(referential(), known.answers) if known else {},
        themes=by_theme(referential(), known.answers) if known else {},
        links={
            one: url_for("ecodesign.theme", slug=visitor.organisation.slug, number=number, place=one.place)
            for one in EcodesignTheme
        },
        problems=refused.problems if refused else (),
    )


@area.get("/<slug>/services/<int:number>/ecoconception.csv")
@requires(Permission.READ)
def criteria(visitor: Visitor, number: int) -> Response:
    """Give the answers of all the self-assessments of a service as a table."""
    sheet = ecodesign.sheet(session(), visitor, number, today())
    content = criteria_csv(referential(), sheet.assessments)
    return attached(content, "text/csv", f"{visitor.organisation.slug}-service-{number}-rgesn.csv")


@area.get("/<slug>/services/<int:number>/ecoconception/cadre")
@requires(Permission.KEEP_SERVICES)
def frame(visitor: Visitor, number: int) -> str:
    """Show the form of what stands around the answers."""
    opened = _opened(visitor, number)
    return _frame_page(visitor, number, FrameForm(data=frame_of(opened)))


@area.post("/<slug>/services/<int:number>/ecoconception/cadre")
@requires(Permission.KEEP_SERVICES)
def describe(visitor: Visitor, number: int) -> Answer:
    """Keep what stands around the answers, or show the form again."""
    form = FrameForm(request.form)
    try:
        is_new = ecodesign_changes.describe(session(), visitor, number, form.draft(), today())
    except Invalid as refused:
        if isinstance(refused, Conflict):
            form.seen.data = str(_opened(visitor, number).version)
        return make_response(_frame_page(visitor, number, form, refused), status_of(refused))
    flash(text("Cadre enregistré.") if is_new else text("Aucune modification."))
    return redirect(url_for("ecodesign.theme", slug=visitor.organisation.slug, number=number, place=1))


def _frame_page(visitor: Visitor, number: int, form: FrameForm, refused: Invalid | None = None) -> str:
    return render_template(
        "screens/ecodesign/frame.html",
        service=ecodesign.sheet(session(), visitor, number, today()).service,
        form=form,
        problems=by_field(refused.problems) if refused else {},
        is_stale=isinstance(refused, Conflict),
    )


@area.get("/<slug>/services/<int:number>/ecoconception/themes/<int:place>")
@requires(Permission.READ)
def theme(visitor: Visitor, number: int, place: int) -> str:
    """Show the answers of a theme; the form that changes them, to who may, while the self-assessment is open."""
    return _theme_page(visitor, number, _theme(place))


@area.post("/<slug>/services/<int:number>/ecoconception/themes/<int:place>")
@requires(Permission.KEEP_SERVICES)
def answer(visitor: Visitor, number: int, place: int) -> Answer:
    """Keep the answers of a theme and go to the next one, or show them again with what is wrong."""
    which = _theme(place)
    draft = theme_draft(which, request.form)
    try:
        is_new = ecodesign_changes.answer(session(), visitor, number, which, draft)
    except Invalid as refused:
        return make_response(_theme_page(visitor, number, which, draft, refused), status_of(refused))
    flash(text("Réponses enregistrées.") if is_new else text("Aucune modification."))
    slug = visitor.organisation.slug
    if place < len(EcodesignTheme):
        return redirect(url_for("ecodesign.theme", slug=slug, number=number, place=place + 1))
    return redirect(url_for("ecodesign.show", slug=slug, number=number))


def _theme_page(
    visitor: Visitor,
    number: int,
    which: EcodesignTheme,
    draft: ThemeDraft | None = None,
    refused: Invalid | None = None,
) -> str:
    sheet = ecodesign.sheet(session(), visitor, number, today())
    known = sheet.latest
    if known is None:
        raise NotFound(number)
    answers: Mapping[str, str] = known.answers if draft is None else draft.answers
    is_stale = isinstance(refused, Conflict)
    return render_template(
        "screens/ecodesign/theme.html",
        service=sheet.service,
        known=known,
        which=which,
        criteria=referential().of_theme(which),
        answers=answers,
        notes=known.notes if draft is None else draft.notes,
        seen=known.version if draft is None or is_stale else draft.seen,
        is_open=not known.is_closed and visitor.may(Permission.KEEP_SERVICES),
        problems=by_field(refused.problems) if refused else {},
        is_stale=is_stale,
    )


@area.get("/<slug>/services/<int:number>/ecoconception/declaration")
@requires(Permission.READ)
def statement(visitor: Visitor, number: int) -> str:
    """Show the statement of a service: its files, where it was published, or what it needs first."""
    return _statement_page(visitor, number)


@area.post("/<slug>/services/<int:number>/ecoconception/declaration")
@requires(Permission.KEEP_SERVICES)
def publish(visitor: Visitor, number: int) -> Answer:
    """Say that the statement was published, or show the form again."""
    form = PublishForm(request.form)
    given = form.published_on.data or "", form.url.data or ""
    try:
        is_new = ecodesign_changes.publish(session(), visitor, number, *given, today())
    except Invalid as refused:
        return make_response(_statement_page(visitor, number, form, refused), status_of(refused))
    flash(text("Publication enregistrée.") if is_new else text("Aucune modification."))
    return redirect(url_for("ecodesign.statement", slug=visitor.organisation.slug, number=number))


def _statement_page(
    visitor: Visitor, number: int, form: PublishForm | None = None, refused: Invalid | None = None
) -> str:
    sheet = ecodesign.sheet(session(), visitor, number, today())
    told, latest = sheet.closed(today()), sheet.latest
    shown = PublishForm(
        data={
            "published_on": typed_day(told.published_on) if told and told.published_on else "",
            "url": told.url if told else "",
        }
    )
    return render_template(
        "screens/ecodesign/statement.html",
        sheet=sheet,
        told=told,
        lacks=ecodesign_changes.missing(latest) if latest is not None and not latest.is_closed else (),
        form=form or shown,
        problems=by_field(refused.problems) if refused else {},
    )


@area.get("/<slug>/services/<int:number>/ecoconception/declaration.<form>")
@requires(Permission.READ)
def statement_file(visitor: Visitor, number: int, form: str) -> Response:
    """Give the statement as a page to put online, or as a document."""
    if form not in ecodesign_statements.MEDIA:
        raise NotFound(form)
    sheet = ecodesign.sheet(session(), visitor, number, today())
    content = ecodesign_statements.statement_file(visitor, sheet, form, today())
    name = f"{visitor.organisation.slug}-service-{number}-ecoconception.{form}"
    return attached(content, ecodesign_statements.MEDIA[form], name)


@area.get("/<slug>/services/<int:number>/ecoindex")
@requires(Permission.READ)
def pages(visitor: Visitor, number: int) -> str:
    """Show the pages of a service that were measured, and the forms that add some."""
    return _pages_page(visitor, number)


@area.post("/<slug>/services/<int:number>/ecoindex")
@requires(Permission.KEEP_SERVICES)
def measure(visitor: Visitor, number: int) -> Answer:
    """Add a page that was typed, or show the form again."""
    form = PageForm(request.form)
    try:
        is_new = page_measures.add(session(), visitor, number, form.draft(), today())
    except Invalid as refused:
        return make_response(_pages_page(visitor, number, form, refused), status_of(refused))
    flash(text("Mesure enregistrée.") if is_new else text("Aucune modification."))
    return redirect(url_for("ecodesign.pages", slug=visitor.organisation.slug, number=number))


@area.post("/<slug>/services/<int:number>/ecoindex/import")
@requires(Permission.KEEP_SERVICES)
def import_(visitor: Visitor, number: int) -> Answer:
    """Show what a file of EcoIndex CLI would add; once confirmed, add it, all or nothing."""
    sent = request.files.get("file")
    content = sent.read() if sent is not None else request.form.get("content", "").encode()
    name = (sent.filename if sent is not None else request.form.get("name")) or ""
    version = request.form.get("file_version", "")
    if not content:
        refused = Invalid(Problem("file", ProblemCode.IMPORT_FILE_MISSING))
        return make_response(_pages_page(visitor, number, version=version, refused=refused), INVALID)
    release()  # reading needs no database
    read = page_measures.read(content)
    found = page_measures.plan(session(), visitor, number, read, version, today())
    if found.problems:
        return make_response(_pages_page(visitor, number, version=version, plan=found), INVALID)
    if request.form.get("step") != "confirm":
        return make_response(_import_page(visitor, number, found, name, version))
    try:
        count = page_measures.load(session(), visitor, number, name, found, request.form.get("seen", ""))
    except Conflict as refused:
        return make_response(_import_page(visitor, number, found, name, version, refused), status_of(refused))
    told = plural("{n} page enregistrée.", "{n} pages enregistrées.", count, n=count)
    flash(told if count else text("Aucune modification."))
    return redirect(url_for("ecodesign.pages", slug=visitor.organisation.slug, number=number))


@area.post("/<slug>/services/<int:number>/ecoindex/<int:page>/retrait")
@requires(Permission.KEEP_SERVICES)
def withdraw(visitor: Visitor, number: int, page: int) -> Answer:
    """Take back a measure that was wrong, with why."""
    try:
        page_measures.withdraw(session(), visitor, number, page, request.form.get("reason", ""))
    except Invalid as refused:
        return make_response(_pages_page(visitor, number, refused=refused, withdrawn=page), status_of(refused))
    flash(text("Mesure retirée."))
    return redirect(url_for("ecodesign.pages", slug=visitor.organisation.slug, number=number))


@area.get("/<slug>/services/<int:number>/ecoindex.csv")
@requires(Permission.READ)
def pages_table(visitor: Visitor, number: int) -> Response:
    """Give the measured pages of a service as a table."""
    content = pages_csv(one for _, one in page_measures.listed(session(), visitor, number))
    return attached(content, "text/csv", f"{visitor.organisation.slug}-service-{number}-ecoindex.csv")


def _pages_page(
    visitor: Visitor,
    number: int,
    form: PageForm | None = None,
    refused: Invalid | None = None,
    version: str = "",
    plan: PagesPlan | None = None,
    withdrawn: int = 0,
) -> str:
    listed = page_measures.listed(session(), visitor, number)
    return render_template(
        "screens/ecodesign/pages.html",
        sheet=ecodesign.sheet(session(), visitor, number, today()),
        listed=listed[:20],
        total=len(listed),
        form=form or PageForm(),
        importing=ImportForm(data={"file_version": version}),
        faults=plan.problems[:SHOWN_PROBLEMS] if plan else (),
        problems=by_field(refused.problems) if refused else {},
        withdrawn=withdrawn,
    )


def _import_page(
    visitor: Visitor, number: int, found: PagesPlan, name: str, version: str, refused: Invalid | None = None
) -> str:
    return render_template(
        "screens/ecodesign/import.html",
        service=ecodesign.sheet(session(), visitor, number, today()).service,
        found=found,
        name=name,
        version=version,
        content=page_measures.written(found),
        problems=by_field(refused.problems) if refused else {},
    )


def _opened(visitor: Visitor, number: int) -> Any:
    """Give the self-assessment that is open.

    Raises:
        NotFound: when there is none.
    """
    latest = ecodesign.sheet(session(), visitor, number, today()).latest
    if latest is None or latest.is_closed:
        raise NotFound(number)
    return latest


def _theme(place: int) -> EcodesignTheme:
    if not 1 <= place <= len(EcodesignTheme):
        raise NotFound(place)
    return list(EcodesignTheme)[place - 1]
