"""Entering the values of a year: the grid, one value in full, with and without JavaScript."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.domain.errors import Conflict, Invalid, Problem
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import Axis
from tracker.labels import plural, text, word
from tracker.labels.problems import problem_sentence
from tracker.services import entry, measurements
from tracker.services.entry import Grid, Row
from tracker.services.measurements import Saved
from tracker.services.visitor import Visitor
from tracker.web.platform.clock import now, today
from tracker.web.platform.database import session
from tracker.web.platform.guards import requires
from tracker.web.platform.pages import asked_page
from tracker.web.platform.scripts import wants_json
from tracker.web.platform.years import years_on_offer
from tracker.web.screens.measurements.forms import (
    DetailForm,
    Parts,
    RowForm,
    part_drafts,
    part_forms,
    stored,
    stored_in_full,
)

area = Blueprint("measurements", __name__)
YEARS_OFFERED = 10
Forms = Mapping[str, RowForm]


@area.get("/<slug>/saisie/<int:year>")
@requires(Permission.ENTER_ASSIGNED)
def grid(visitor: Visitor, year: int) -> str:
    """Show the values to enter."""
    found = entry.grid(session(), visitor, year, _asked_axis(), asked_page(), today())
    return _page(year, found, _forms(found.rows), ())


@area.post("/<slug>/saisie/<int:year>")
@requires(Permission.ENTER_ASSIGNED)
def save(visitor: Visitor, year: int) -> Response:
    """Save every row that says something new, or none of them."""
    codes = [key.removesuffix("-revision") for key in request.form if key.endswith("-revision")]
    forms = {code: RowForm(request.form, prefix=f"{code}-") for code in codes}
    try:
        saved = measurements.record(session(), visitor, year, [f.draft(c) for c, f in forms.items()], today())
    except Invalid as refused:
        if wants_json():
            return _refused_json(visitor, year, codes, refused)
        return _refused_page(visitor, year, forms, refused)
    if wants_json():
        return jsonify(saved=[{"code": one.code, "revision": one.revision} for one in saved], message=_told(saved))
    flash(_told(saved))
    place: dict[str, Any] = _place()
    return redirect(url_for("measurements.grid", slug=visitor.organisation.slug, year=year, **place))


@area.get("/<slug>/saisie/<int:year>/<code>")
@requires(Permission.ENTER_ASSIGNED)
def show(visitor: Visitor, year: int, code: str) -> str:
    """Show one value with all that can be told of it."""
    row = entry.row(session(), visitor, year, code, today())
    form = DetailForm(prefix=f"{code}-", data=stored_in_full(row))
    return _value_page(year, row, form, part_forms(row), ())


@area.post("/<slug>/saisie/<int:year>/<code>")
@requires(Permission.ENTER_ASSIGNED)
def save_one(visitor: Visitor, year: int, code: str) -> Response:
    """Save one value in full."""
    row = entry.row(session(), visitor, year, code, today())
    form = DetailForm(request.form, prefix=f"{code}-")
    parts = part_forms(row, request.form)
    draft = replace(form.draft(code), parts=part_drafts(parts))
    try:
        saved = measurements.record(session(), visitor, year, [draft], today())
    except Invalid as refused:
        _show_current(form, row, refused)
        return make_response(_value_page(year, row, form, parts, refused.problems), _code(refused))
    flash(_told(saved))
    return redirect(url_for("measurements.show", slug=visitor.organisation.slug, year=year, code=code))


def _value_page(year: int, row: Row, form: DetailForm, parts: Parts, problems: Sequence[Problem]) -> str:
    return render_template(
        "screens/measurements/value.html",
        row=row,
        year=year,
        form=form,
        parts=parts,
        is_open=any(part.is_filled for part in parts.values()),
        problems=_by_field(problems),
    )


def _page(year: int, found: Grid, forms: Forms, problems: Sequence[Problem]) -> str:
    first = min(today().year - YEARS_OFFERED, year)
    return render_template(
        "screens/measurements/grid.html",
        grid=found,
        year=year,
        years=years_on_offer(first),
        forms=forms,
        problems=_by_field(problems),
        axis=_asked_axis(),
        axes=[("", text("Tous les axes")), *((axis.value, word(axis)) for axis in Axis)],
        page=asked_page(),
        place=_place(),
    )


def _forms(rows: Sequence[Row]) -> Forms:
    return {row.code: RowForm(prefix=f"{row.code}-", data=stored(row.reading, row.aim.indicator)) for row in rows}


def _refused_page(visitor: Visitor, year: int, forms: Forms, refused: Invalid) -> Response:
    """Show the page as it was sent, every typed word still there, each problem under its field."""
    whole = entry.grid(session(), visitor, year, _asked_axis(), asked_page(), today())
    rows = entry.rows_of(session(), visitor, year, list(forms))
    for row in rows:
        _show_current(forms[row.code], row, refused)
    shown = Grid(rows, whole.total, whole.missing, whole.pages)
    return make_response(_page(year, shown, forms, refused.problems), _code(refused))


def _refused_json(visitor: Visitor, year: int, codes: Sequence[str], refused: Invalid) -> Response:
    rows = entry.rows_of(session(), visitor, year, codes)
    problems = [{"field": one.where.replace(":", "-"), "message": problem_sentence(one)} for one in refused.problems]
    current = {row.code: stored(row.reading, row.aim.indicator) for row in rows}
    answer = jsonify(problems=problems, current=current, is_conflict=isinstance(refused, Conflict))
    return make_response(answer, _code(refused))


def _show_current(form: RowForm, row: Row, refused: Invalid) -> None:
    """After a conflict, let the answer be about the revision that is now stored."""
    if isinstance(refused, Conflict) and row.reading and f"{row.code}:value" in _by_field(refused.problems):
        form.revision.data = str(row.reading.revision)


def _by_field(problems: Sequence[Problem]) -> dict[str, Problem]:
    return {problem.where: problem for problem in problems}


def _code(refused: Invalid) -> int:
    return 409 if isinstance(refused, Conflict) else 422


def _asked_axis() -> Axis | None:
    asked = request.args.get("axe", "")
    return Axis(asked) if asked in set(Axis) else None


def _place() -> dict[str, str]:
    """Give what keeps a person on the same part of the grid."""
    return {name: request.args[name] for name in ("axe", "page") if request.args.get(name)}


def _told(saved: Sequence[Saved]) -> str:
    if not saved:
        return text("Aucune modification.")
    count = plural("{n} valeur enregistrée", "{n} valeurs enregistrées", len(saved), n=len(saved))
    return text("{count} à {time}.", count=count, time=f"{now():%H:%M}")
