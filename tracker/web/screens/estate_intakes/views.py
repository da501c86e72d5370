"""Inventories of equipment: the file sent, what it would change, the words to settle, one confirmation."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tracker.domain.drafts import Place
from tracker.domain.equipment_faults import LIFE
from tracker.domain.errors import Invalid, NotFound, Problem, ProblemCode
from tracker.domain.inventories import RefusedRow
from tracker.domain.paging import page_count
from tracker.domain.permissions import Permission
from tracker.exports import spreadsheet
from tracker.importers.estate.child import MAX_MEGABYTES
from tracker.importers.estate.reading import MAX_BYTES
from tracker.labels import N_, number, plural, text, word
from tracker.labels.imports import cell_name
from tracker.labels.inventories import (
    category_name,
    changed_field,
    counts_phrase,
    reading_name,
    rows_phrase,
    told_by,
    understood_phrases,
)
from tracker.labels.problems import problem_sentence
from tracker.services import estate_intakes, inventory_words
from tracker.services.inventory_plans import InventoryPlan, WordTold
from tracker.services.visitor import Visitor
from tracker.store.models import EquipmentIntake
from tracker.store.queries import organisations
from tracker.web.platform.clock import today
from tracker.web.platform.database import release, session
from tracker.web.platform.files import attached
from tracker.web.platform.guards import requires
from tracker.web.platform.pages import asked_page
from tracker.web.platform.refusals import by_field, status_of
from tracker.web.screens.estate_intakes import forms
from tracker.web.screens.estate_intakes.forms import SendForm, Settled

area = Blueprint("estate_intakes", __name__)
HERE = "/<slug>/parc/inventaires"
PAGE = 15
REQUEST_LIMIT = MAX_BYTES + 8 * 1024 * 1024  # a little over a file, so that most of those who send too much are told
REFUSED = (N_("ligne"), N_("colonne"), N_("titre"), N_("probleme"))
VANISHED = (N_("identifiant"), N_("categorie"), N_("modele"), N_("debut"))


@area.url_value_preprocessor
def _take_files(endpoint: str | None, values: dict[str, Any] | None) -> None:  # noqa: ARG001
    """Let a file through: this comes before anything reads the request."""
    if endpoint == "estate_intakes.send":
        request.max_content_length = REQUEST_LIMIT


@area.get(HERE)
@requires(Permission.KEEP_ESTATE)
def list_(visitor: Visitor) -> str:
    """Show the form that sends an inventory, and the last ones."""
    return _list_page(visitor, SendForm(formdata=None), ())


@area.post(HERE)
@requires(Permission.KEEP_ESTATE)
def send(visitor: Visitor) -> AnyResponse:
    """Keep what was read of a file and show what it would change, or say why it cannot be read."""
    form = SendForm()
    try:
        row = _sent(visitor, form)
    except Invalid as refused:
        return make_response(_list_page(visitor, form, refused.problems), 422)
    return redirect(_address(visitor, row.id))


@area.get(f"{HERE}/<int:number>")
@requires(Permission.KEEP_ESTATE)
def show(visitor: Visitor, number: int) -> str:
    """Show what an inventory would change or, once it is confirmed, what it changed."""
    row = estate_intakes.find(session(), visitor, number)
    if row.confirmed_at is not None or not row.drafts:
        return _done_page(row)
    return _preview_page(visitor, row, (), None)


@area.post(f"{HERE}/<int:number>/mots")
@requires(Permission.KEEP_ESTATE)
def settle(visitor: Visitor, number: int) -> AnyResponse:
    """Remember what words mean, or show them again with what stands against it."""
    row = estate_intakes.find(session(), visitor, number)
    typed = forms.settled(request.form)
    try:
        made = inventory_words.settle(session(), visitor, typed.answers, typed.seen)
    except Invalid as refused:
        if row.confirmed_at is not None or not row.drafts:
            raise NotFound(number) from None
        code = status_of(refused)
        return make_response(_preview_page(visitor, row, refused.problems, typed), code)
    flash(plural("{n} mot retenu.", "{n} mots retenus.", made, n=made) if made else text("Aucune modification."))
    return redirect(_address(visitor, number))


@area.post(f"{HERE}/<int:number>/confirmation")
@requires(Permission.KEEP_ESTATE)
def confirm(visitor: Visitor, number: int) -> AnyResponse:
    """Store everything that an inventory says, or show its preview again with what stands against it."""
    ticked, seen = forms.retired(request.form), request.form.get("seen", "")
    try:
        row = estate_intakes.confirm(session(), visitor, number, ticked, seen)
    except Invalid as refused:
        row = estate_intakes.find(session(), visitor, number)
        return make_response(_preview_page(visitor, row, refused.problems, None), status_of(refused))
    flash(text("Inventaire enregistré : {told}.", told=_told(row)))
    return redirect(_address(visitor, number))


@area.get(f"{HERE}/<int:number>/refus.csv")
@requires(Permission.KEEP_ESTATE)
def refused_rows(visitor: Visitor, number: int) -> Response:
    """Give every row that is refused, with its cell and why, as CSV."""
    row = estate_intakes.find(session(), visitor, number)
    if not row.drafts:
        raise NotFound(number)
    lines = [
        (str(one.row), cell.column, cell.heading, problem_sentence(cell.problem))
        for one in _refusals(visitor, row)
        for cell in one.problems
    ]
    content = spreadsheet.write([text(heading) for heading in REFUSED], lines)
    return attached(content, "text/csv", f"{visitor.organisation.slug}-inventaire-{number}-refus.csv")


@area.get(f"{HERE}/<int:number>/disparus.csv")
@requires(Permission.KEEP_ESTATE)
def vanished(visitor: Visitor, number: int) -> Response:
    """Give the equipment that an inventory that waits does not show, as CSV."""
    row = estate_intakes.find(session(), visitor, number)
    if row.confirmed_at is not None or not row.drafts:
        raise NotFound(number)
    lines = [
        (
            one.key,
            word(one.category),
            one.model,
            next((day.isoformat() for day in (getattr(one, name) for name in reversed(LIFE)) if day is not None), ""),
        )
        for one in estate_intakes.vanished(session(), visitor, row)
    ]
    content = spreadsheet.write([text(heading) for heading in VANISHED], lines)
    return attached(content, "text/csv", f"{visitor.organisation.slug}-inventaire-{number}-disparus.csv")


def _sent(visitor: Visitor, form: SendForm) -> EquipmentIntake:
    """Read the file that was sent, without the write lock, and keep what was read of it."""
    said, sent = form.said(today()), request.files.get("file")
    if sent is None or not sent.filename:
        raise Invalid(Problem("file", ProblemCode.IMPORT_FILE_MISSING))
    content, name = sent.read(), sent.filename
    release()
    drafts = estate_intakes.read(content, said.scope, said.order, today())
    return estate_intakes.send(session(), visitor, name, content, drafts, said.scope, said.taken_on, today())


def _refusals(visitor: Visitor, row: EquipmentIntake) -> Sequence[RefusedRow]:
    if row.confirmed_at is not None:
        return estate_intakes.refusals(row)
    return estate_intakes.preview(session(), visitor, row).refused


def _list_page(visitor: Visitor, form: SendForm, refused: Sequence[Problem]) -> str:
    return render_template(
        "screens/estate_intakes/inventories.html",
        form=form,
        problems=by_field(refused),
        listed=estate_intakes.listed(session(), visitor),
        limit=MAX_MEGABYTES,
        told=_told,
    )


def _preview_page(visitor: Visitor, row: EquipmentIntake, refused: Sequence[Problem], typed: Settled | None) -> str:
    found = estate_intakes.preview(session(), visitor, row)
    understood = estate_intakes.understood(row)
    words_page = asked_page("mots")
    words_pages = page_count(len(found.words), forms.WORDS, words_page)
    problems = by_field(_in_words(refused))
    return render_template(
        "screens/estate_intakes/preview.html",
        row=row,
        found=found,
        told=_counts(found),
        read=rows_phrase(found.read),
        understood=understood,
        detail=", ".join(understood_phrases(understood)),
        problem=found.problem or problems.get("seen") or problems.get("file") or problems.get("taken_on"),
        problems=problems,
        words=[
            _word(visitor, one, typed) for one in found.words[(words_page - 1) * forms.WORDS : words_page * forms.WORDS]
        ],
        words_page=words_page,
        words_pages=words_pages,
        categories=sorted(found.coverage.items(), key=lambda one: -one[1].pieces),
        fields=", ".join(f"{changed_field(name)} ({_counted(n)})" for name, n in found.fields.most_common()),
        category_name=category_name,
        counted=_counted,
        **_refused_page(found.refused),
    )


def _word(visitor: Visitor, one: WordTold, typed: Settled | None) -> Mapping[str, object]:
    """Give what the line of a word shows: what was typed for it is kept."""
    asked = (one.field, one.word)
    return {
        "told": one,
        "field": told_by(one.field),
        "key": f"{one.field}:{one.word}",
        "chosen": typed.answers.get(asked, one.reads_as) if typed else one.reads_as,
        "choices": forms.choices(one, organisations.departments(session(), visitor.organisation.id)),
    }


def _done_page(row: EquipmentIntake) -> str:
    return render_template(
        "screens/estate_intakes/done.html",
        row=row,
        told=_told(row),
        counted=_counted,
        days=estate_intakes.KEPT_DAYS,
        **_refused_page(estate_intakes.refusals(row) if row.confirmed_at else ()),
    )


def _refused_page(rows: Sequence[RefusedRow]) -> Mapping[str, object]:
    """Give a page of the refused rows, each with its cell and its sentences."""
    page = asked_page()
    pages = page_count(len(rows), PAGE, page)
    return {
        "refused_rows": [
            [(cell_name(Place("", one.row, cell.column)), cell) for cell in one.problems]
            for one in rows[(page - 1) * PAGE : page * PAGE]
        ],
        "refused_count": len(rows),
        "page": page,
        "pages": pages,
    }


def _in_words(refused: Sequence[Problem]) -> Sequence[Problem]:
    """Put what a word reads as into words, where a problem quotes the code that somebody else chose."""
    said = []
    for one in refused:
        values = dict(one.values)
        if "theirs" in values:
            values["theirs"] = reading_name(str(values["theirs"]))
        said.append(Problem(one.where, one.code, values))
    return said


def _counted(n: int) -> str:
    return number(Decimal(n))


def _counts(found: InventoryPlan) -> str:
    return counts_phrase(found.created, found.changed, found.unchanged, len(found.refused))


def _told(row: EquipmentIntake) -> str:
    """Say what a confirmed inventory did."""
    unchanged = row.rows - row.created - row.changed - row.refused
    said = counts_phrase(row.created, row.changed, unchanged, row.refused)
    gone = plural("{n} disparu réformé", "{n} disparus réformés", row.retired, n=_counted(row.retired))
    return f"{said}, {gone}" if row.retired else said


def _address(visitor: Visitor, number: int) -> str:
    return url_for("estate_intakes.show", slug=visitor.organisation.slug, number=number)
