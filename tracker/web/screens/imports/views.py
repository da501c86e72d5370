"""Importing values: the workbook to fill, the file sent, its preview, one confirmation, one undoing."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tracker.domain.drafts import Parsed
from tracker.domain.errors import Conflict, Invalid, NotFound, Problem, ProblemCode
from tracker.domain.paging import page_count
from tracker.domain.permissions import Permission
from tracker.exports import spreadsheet
from tracker.exports.measurements import Sheet, csv_file, ods_file, xlsx_file
from tracker.exports.xlsx import XLSX
from tracker.importers.grid import MAX_BYTES
from tracker.labels import N_, plural, text
from tracker.labels.imports import aside, before_and_after, cell_name, detected
from tracker.labels.plausibility import oddity_sentence
from tracker.labels.problems import problem_sentence
from tracker.services import imports, workbooks
from tracker.services.proposals import Proposal
from tracker.services.visitor import Visitor
from tracker.store.models import ImportBatch
from tracker.web.platform.clock import today
from tracker.web.platform.database import release, session
from tracker.web.platform.files import attached
from tracker.web.platform.guards import requires
from tracker.web.platform.pages import asked_page
from tracker.web.platform.refusals import by_field, status_of
from tracker.web.platform.years import asked_year, years_on_offer
from tracker.web.screens.imports.forms import ConfirmForm, SendForm

area = Blueprint("imports", __name__)
PAGE = 50
YEARS_OFFERED = 10
PROBLEMS_SHOWN = 20
REQUEST_LIMIT = 3 * MAX_BYTES  # more than a file may weigh, so that most of those who send too much are told how much
ODS = "application/vnd.oasis.opendocument.spreadsheet"
HEADINGS = (N_("feuille"), N_("ligne"), N_("colonne"), N_("probleme"))


@area.url_value_preprocessor
def _take_files(endpoint: str | None, values: dict[str, Any] | None) -> None:  # noqa: ARG001
    """Let a file through: this comes before anything reads the request."""
    if endpoint == "imports.send":
        request.max_content_length = REQUEST_LIMIT


@area.get("/<slug>/saisie/<int:year>/classeur.xlsx")
@requires(Permission.ENTER_ASSIGNED)
def xlsx(visitor: Visitor, year: int) -> Response:
    """Give the workbook to fill as XLSX."""
    return _workbook(visitor, year, "xlsx", XLSX, xlsx_file)


@area.get("/<slug>/saisie/<int:year>/classeur.ods")
@requires(Permission.ENTER_ASSIGNED)
def ods(visitor: Visitor, year: int) -> Response:
    """Give the workbook to fill as ODS."""
    return _workbook(visitor, year, "ods", ODS, ods_file)


@area.get("/<slug>/saisie/<int:year>/classeur.csv")
@requires(Permission.ENTER_ASSIGNED)
def csv(visitor: Visitor, year: int) -> Response:
    """Give the same values as CSV."""
    return _workbook(visitor, year, "csv", "text/csv", lambda sheet: csv_file(sheet.lines))


@area.get("/<slug>/imports")
@requires(Permission.ENTER_ASSIGNED)
def list_(visitor: Visitor) -> str:
    """Show the workbook to fill, the form that sends a file, and the last imports."""
    return _list_page(visitor, SendForm(formdata=None), ())


@area.post("/<slug>/imports")
@requires(Permission.ENTER_ASSIGNED)
def send(visitor: Visitor) -> AnyResponse:
    """Keep a file and show what it would change, or say why it cannot be read."""
    form = SendForm()
    try:
        batch = _sent(visitor, form)
    except Invalid as refused:
        return make_response(_list_page(visitor, form, refused.problems), 422)
    return redirect(_address(visitor, batch.id))


@area.get("/<slug>/imports/<int:number>")
@requires(Permission.ENTER_ASSIGNED)
def show(visitor: Visitor, number: int) -> str:
    """Show what a file would change or, once it is confirmed, what it changed."""
    batch = imports.find(session(), visitor, number)
    if batch.confirmed_at is not None:
        return _done_page(batch, ())
    if not batch.content:
        return render_template("screens/imports/expired.html", batch=batch, days=imports.KEPT_DAYS)
    parsed = imports.read(batch.content, batch.name, batch.year)
    return _preview_page(visitor, batch, parsed, ConfirmForm(formdata=None), ())


@area.get("/<slug>/imports/<int:number>/problemes.csv")
@requires(Permission.ENTER_ASSIGNED)
def problems(visitor: Visitor, number: int) -> Response:
    """Give every problem of a file that waits, with its cell, as CSV."""
    batch = imports.find(session(), visitor, number)
    if not batch.content:
        raise NotFound(number)
    parsed = imports.read(batch.content, batch.name, batch.year)
    found = imports.preview(session(), visitor, batch, parsed, today())
    rows = [
        (one.place.sheet, one.place.row or None, one.place.column, problem_sentence(one.problem))
        for one in found.problems
    ]
    content = spreadsheet.write([text(heading) for heading in HEADINGS], rows)
    return attached(content, "text/csv", f"{visitor.organisation.slug}-import-{number}-problemes.csv")


@area.post("/<slug>/imports/<int:number>/confirmation")
@requires(Permission.ENTER_ASSIGNED)
def confirm(visitor: Visitor, number: int) -> AnyResponse:
    """Write everything that the file says, or show the preview again with what stands against it."""
    form = ConfirmForm()
    batch = imports.find(session(), visitor, number)
    content, name, year = batch.content, batch.name, batch.year
    release()
    parsed = imports.read(content, name, year)
    try:
        written = imports.confirm(session(), visitor, number, parsed, form.reason.data or "", today())
    except Invalid as refused:
        code = status_of(refused)
        return make_response(_preview_page(visitor, batch, parsed, form, refused.problems), code)
    flash(text("Enregistré : {told}", told=_told(batch)) if written else text("Aucune modification."))
    return redirect(_address(visitor, number))


@area.post("/<slug>/imports/<int:number>/annulation")
@requires(Permission.ENTER_ASSIGNED)
def undo(visitor: Visitor, number: int) -> AnyResponse:
    """Put back everything that the file changed, or say what changed since."""
    try:
        count = imports.undo(session(), visitor, number, today())
    except Conflict as refused:
        batch = imports.find(session(), visitor, number)
        return make_response(_done_page(batch, refused.problems), 409)
    flash(plural("Import annulé : {n} valeur remise.", "Import annulé : {n} valeurs remises.", count, n=count))
    return redirect(_address(visitor, number))


def _workbook(visitor: Visitor, year: int, ending: str, mimetype: str, write: Callable[[Sheet], bytes]) -> Response:
    content = write(workbooks.sheet(session(), visitor, year, today()))
    return attached(content, mimetype, f"{visitor.organisation.slug}-saisie-{year}.{ending}")


def _sent(visitor: Visitor, form: SendForm) -> ImportBatch:
    """Read the file that was sent, without the write lock, and keep it."""
    year, sent = form.asked_year(), request.files.get("file")
    if sent is None or not sent.filename:
        raise Invalid(Problem("file", ProblemCode.IMPORT_FILE_MISSING))
    content, name = sent.read(), sent.filename
    release()
    parsed = imports.read(content, name, year)
    return imports.send(session(), visitor, name, content, year, parsed, today())


def _list_page(visitor: Visitor, form: SendForm, refused: Sequence[Problem]) -> str:
    year = asked_year()
    return render_template(
        "screens/imports/imports.html",
        form=form,
        problems=by_field(refused),
        listed=imports.listed(session(), visitor),
        year=year,
        years=years_on_offer(min(today().year - YEARS_OFFERED, year)),
        lines=len(workbooks.sheet(session(), visitor, year, today()).lines),
        limit=MAX_BYTES // (1024 * 1024),
        told=_told,
    )


def _preview_page(
    visitor: Visitor, batch: ImportBatch, parsed: Parsed, form: ConfirmForm, refused: Sequence[Problem]
) -> str:
    found = imports.preview(session(), visitor, batch, parsed, today())
    asks_for_changes = request.args.get("vue") == "changements" or not found.problems
    page, listed = asked_page(), found.proposals if asks_for_changes else found.problems
    pages = page_count(len(listed), PAGE, page)
    shown = slice((page - 1) * PAGE, page * PAGE)
    return render_template(
        "screens/imports/preview.html",
        batch=batch,
        found=found,
        detail=", ".join(detected(parsed)),
        changes=[_change(one) for one in found.proposals[shown]] if asks_for_changes else [],
        problems_shown=() if asks_for_changes else found.problems[shown],
        asks_for_changes=asks_for_changes,
        form=form,
        problems=by_field(one for one in refused if one.where == "reason"),
        is_late=any(one.where != "reason" for one in refused),
        may_confirm=batch.account_id == visitor.account_id,
        cell_name=cell_name,
        has_sheets=bool(parsed.detail.get("sheets")),
        page=page,
        pages=pages,
    )


def _done_page(batch: ImportBatch, refused: Sequence[Problem]) -> str:
    rows = imports.written(session(), batch)
    page = asked_page()
    pages = page_count(len(rows), PAGE, page)
    return render_template(
        "screens/imports/done.html",
        batch=batch,
        told=_told(batch),
        rows=rows[(page - 1) * PAGE : page * PAGE],
        may_be_undone=imports.told(session(), batch).may_be_undone,
        refused=refused[:PROBLEMS_SHOWN],
        left=max(0, len(refused) - PROBLEMS_SHOWN),
        page=page,
        pages=pages,
    )


def _change(one: Proposal) -> Mapping[str, object]:
    """Put a change into words."""
    before, after = before_and_after(one.change.current, one.change.entry, one.indicator)
    return {
        "place": cell_name(one.place),
        "code": one.change.row.code,
        "name": one.indicator.name,
        "year": one.change.year,
        "before": before,
        "after": after,
        "aside": list(aside(one.change.current, one.change.entry)),
        "notes": [oddity_sentence(oddity, one.indicator) for oddity in one.oddities],
    }


def _told(batch: ImportBatch) -> str:
    """Say what a confirmed import did."""
    created = plural("{n} valeur créée", "{n} valeurs créées", batch.created, n=batch.created)
    changed = plural("{n} changée", "{n} changées", batch.changed, n=batch.changed)
    return text("{created}, {changed}.", created=created, changed=changed)


def _address(visitor: Visitor, number: int) -> str:
    return url_for("imports.show", slug=visitor.organisation.slug, number=number)
