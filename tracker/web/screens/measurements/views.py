"""Entering the values of a year: the grid, one value in full, submitting and undoing, with and without JavaScript."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask import (
    Blueprint,
    Response,
    flash,
    get_template_attribute,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup
from werkzeug.wrappers import Response as Answer

from tracker.domain.errors import Conflict, Invalid, NotFound, Problem, ProblemCode
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import Axis, Stage
from tracker.labels import plural, say, text, word
from tracker.labels.plausibility import comment_sentence, oddity_sentence
from tracker.labels.problems import problem_sentence
from tracker.services import entry, measurements, reversals, workflow
from tracker.services.entry import Grid, Row, Sieve
from tracker.services.gates import gate
from tracker.services.measurements import Saved
from tracker.services.reversals import Undoing
from tracker.services.visitor import Visitor
from tracker.services.workflow import Held, Moved
from tracker.web.platform.clock import now, today
from tracker.web.platform.database import release, session
from tracker.web.platform.guards import requires
from tracker.web.platform.pages import asked_page
from tracker.web.platform.refusals import by_field, status_of
from tracker.web.platform.resuming import is_resumed, resumable
from tracker.web.platform.scripts import wants_json
from tracker.web.platform.years import years_on_offer
from tracker.web.screens.measurements.forms import (
    DetailForm,
    Parts,
    RowForm,
    part_drafts,
    part_forms,
    revision,
    stored,
    stored_in_full,
)
from tracker.web.screens.measurements.lines import Line, as_json, campaign_text, lead, line, told

area = Blueprint("measurements", __name__)
YEARS_OFFERED = 10
ODD_TOLD = 5
"""Odd values that the message after a save names; the rest show their notes in the grid."""
STALE = frozenset({ProblemCode.STALE, ProblemCode.STALE_OWN})
Forms = Mapping[str, RowForm]


@area.get("/<slug>/saisie/<int:year>")
@requires(Permission.ENTER_ASSIGNED)
def grid(visitor: Visitor, year: int) -> str:
    """Show the values to enter."""
    found = entry.grid(session(), visitor, year, _sieve(), asked_page(), today())
    return _page(visitor, year, found, [line(row, year, found.campaign, today()) for row in found.rows], {}, ())


@area.get("/<slug>/saisie/<int:year>.json")
@requires(Permission.ENTER_ASSIGNED)
def rows(visitor: Visitor, year: int) -> Response:
    """Give the script every row, with a fresh token and the account that it is for."""
    found = entry.grid(session(), visitor, year, _sieve(), 1, today())
    write = get_template_attribute("screens/measurements/rows.html", "grid_row")
    slug = visitor.organisation.slug
    lines = [line(row, year, found.campaign, today()) for row in found.every]
    told_rows = [{"code": one.row.code, "html": str(write(slug, year, one, {}, ""))} for one in lines]
    return jsonify(account=visitor.account_id, token=generate_csrf(), lead=lead(found, year), rows=told_rows)


@area.post("/<slug>/saisie/<int:year>")
@requires(Permission.ENTER_ASSIGNED)
@resumable
def save(visitor: Visitor, year: int) -> Answer:
    """Save every row that says something new, or none of them."""
    codes = [key.removesuffix("-revision") for key in request.form if key.endswith("-revision")]
    forms = {code: RowForm(request.form, prefix=f"{code}-") for code in codes}
    if is_resumed():
        return make_response(_sent_page(visitor, year, forms, None))
    try:
        saved = measurements.record(session(), visitor, year, [f.draft(c) for c, f in forms.items()], today())
    except Invalid as caught:
        refused = _addressed(visitor, caught)
        if wants_json():
            return _refused_json(visitor, year, codes, refused)
        return make_response(_sent_page(visitor, year, forms, refused), status_of(refused))
    if wants_json():
        return _saved_json(visitor, year, codes, saved, _told(saved))
    flash(_told(saved))
    _flash_odd(visitor, year, [one.code for one in saved])
    return redirect(_address(visitor, year))


@area.post("/<slug>/saisie/<int:year>/soumission")
@requires(Permission.ENTER_ASSIGNED)
def submit(visitor: Visitor, year: int) -> Answer:
    """Submit the visitor's drafts, with what they add about those that were held back; show those still held."""
    only = request.form.get("code")
    forms = {
        code: RowForm(request.form, prefix=f"{code}-")
        for code in (key.removesuffix("-comment") for key in request.form if key.endswith("-comment"))
    }
    try:
        _add_comments(visitor, year, forms)
    except Invalid as caught:
        refused = _addressed(visitor, caught)
        held = _held(visitor, year, list(forms))
        return make_response(_held_page(visitor, year, Moved((), held), forms, refused.problems), status_of(refused))
    codes = [only] if only else [row.code for row in entry.own_drafts(session(), visitor, year, today())]
    looked_at = set(request.form.getlist("looked"))
    try:
        moved = workflow.submit(session(), visitor, year, codes, looked_at, today())
    except Invalid as refused:
        return _sent_back(refused, _value_address(visitor, year, only) if only else _address(visitor, year))
    if moved.held:
        return make_response(_held_page(visitor, year, moved, {}, ()))
    count = len(moved.codes)
    flash(plural("{n} relevé soumis.", "{n} relevés soumis.", count, n=count) if count else text("Rien à soumettre."))
    return redirect(_value_address(visitor, year, only) if only else _address(visitor, year))


@area.post("/<slug>/saisie/<int:year>/annulation")
@requires(Permission.ENTER_ASSIGNED)
def undo_all(visitor: Visitor, year: int) -> Answer:
    """Take back what the script has just saved."""
    asked = [one.rpartition(":") for one in request.form.getlist("undo")]
    undone = [Undoing(code, year, revision(number)) for code, _, number in asked]
    try:
        count = _undo(visitor, year, undone)
    except Invalid as refused:
        if wants_json():
            raise
        to = _value_address(visitor, year, undone[0].code) if len(undone) == 1 else _address(visitor, year)
        return _sent_back(refused, to)
    message = plural("{n} saisie annulée.", "{n} saisies annulées.", count, n=count)
    if wants_json():
        return _saved_json(visitor, year, [one.code for one in undone], (), message)
    flash(message)
    return redirect(_address(visitor, year))


@area.get("/<slug>/saisie/<int:year>/<code>")
@requires(Permission.ENTER_ASSIGNED)
def show(visitor: Visitor, year: int, code: str) -> str:
    """Show one value with all that can be told of it."""
    row = entry.row(session(), visitor, year, code, today())
    form = DetailForm(prefix=f"{code}-", data=stored_in_full(row))
    return _value_page(visitor, year, row, form, part_forms(row), ())


@area.post("/<slug>/saisie/<int:year>/<code>")
@requires(Permission.ENTER_ASSIGNED)
@resumable
def save_one(visitor: Visitor, year: int, code: str) -> Answer:
    """Save one value in full."""
    row = entry.row(session(), visitor, year, code, today())
    form = DetailForm(request.form, prefix=f"{code}-")
    parts = part_forms(row, request.form)
    if is_resumed():
        return make_response(_value_page(visitor, year, row, form, parts, ()))
    draft = replace(form.draft(code), parts=part_drafts(parts))
    try:
        saved = measurements.record(session(), visitor, year, [draft], today())
    except Invalid as caught:
        refused = _addressed(visitor, caught)
        _show_current(form, row, refused)
        return make_response(_value_page(visitor, year, row, form, parts, refused.problems), status_of(refused))
    flash(_told(saved))
    return redirect(_value_address(visitor, year, code))


@area.post("/<slug>/saisie/<int:year>/<code>/annulation")
@requires(Permission.ENTER_ASSIGNED)
def undo(visitor: Visitor, year: int, code: str) -> Answer:
    """Take back the last revision of one value, if it is still the one that was on the screen."""
    row = entry.row(session(), visitor, year, code, today())
    try:
        _undo(visitor, year, [Undoing(code, year, revision(request.form.get("revision")))])
    except Invalid as refused:
        form = DetailForm(prefix=f"{code}-", data=stored_in_full(row))
        return make_response(
            _value_page(visitor, year, row, form, part_forms(row), refused.problems), status_of(refused)
        )
    flash(text("Saisie annulée : la valeur d'avant est revenue, rien n'est effacé de l'historique."))
    return redirect(_value_address(visitor, year, code))


def _undo(visitor: Visitor, year: int, undone: Sequence[Undoing]) -> int:
    found = {row.code: row for row in entry.rows_of(session(), visitor, year, [one.code for one in undone], today())}
    for one in undone:
        if one.code not in found:
            raise NotFound(one.code)
        if found[one.code].standing is None:
            raise Invalid(Problem(f"{one.code}:value", ProblemCode.NOTHING_TO_UNDO))
    return reversals.undo(session(), visitor, undone, today())


def _value_page(
    visitor: Visitor, year: int, row: Row, form: DetailForm, parts: Parts, problems: Sequence[Problem]
) -> str:
    opened = gate(session(), visitor, year, today())
    may_correct = row.is_shut and opened.may_correct
    shown = line(row, year, opened.campaign, today())
    returned = row.standing.last if row.stage is Stage.RETURNED and row.standing else None
    return render_template(
        "screens/measurements/value.html",
        row=row,
        year=year,
        form=form,
        parts=parts,
        is_open=any(part.is_filled for part in parts.values()),
        problems=by_field(problems),
        told=told(row.reading, row.aim),
        stage=shown.stage,
        notes=shown.notes,
        way=row.standing.way if row.standing and opened.campaign and row.reading else (),
        returned=returned,
        campaign=campaign_text(opened.campaign, today(), may_correct=may_correct, is_open_here=may_correct)
        if opened.campaign
        else "",
        may_type=not row.is_shut or may_correct or bool(problems),
        may_correct=may_correct,
        may_submit=row.waits and not row.is_shut,
        may_undo=entry.may_undo(row, visitor),
        is_resumed=is_resumed(),
    )


def _page(
    visitor: Visitor,
    year: int,
    found: Grid,
    lines: Sequence[Line],
    theirs: Mapping[str, str],
    problems: Sequence[Problem],
) -> str:
    first = min(today().year - YEARS_OFFERED, year)
    may_correct = visitor.may(Permission.VALIDATE)
    campaign = found.campaign
    return render_template(
        "screens/measurements/grid.html",
        grid=found,
        size=entry.PAGE,
        lines=lines,
        own={one.row.code: _own(problems, one.row.code) for one in lines},
        theirs=theirs,
        lead=lead(found, year),
        campaign=campaign_text(campaign, today(), may_correct=may_correct) if campaign else "",
        is_over=campaign is not None and (campaign.is_late(today()) or not campaign.is_open),
        may_submit=campaign is not None and any(not row.is_shut for row in found.every),
        may_type=any(not one.row.is_shut for one in lines),
        year=year,
        years=years_on_offer(first),
        problems=by_field(problems),
        sieve=_sieve(),
        has_mine=visitor.may(Permission.ENTER_ANY),
        axes=[("", text("Tous les axes")), *((axis.value, word(axis)) for axis in Axis)],
        page=asked_page(),
        place=_place(),
        is_resumed=is_resumed(),
    )


def _sent_page(visitor: Visitor, year: int, forms: Forms, refused: Invalid | None) -> str:
    """Show the page as it was sent, every typed word still there, each problem under its field."""
    whole = entry.grid(session(), visitor, year, _sieve(), 1, today())
    problems = refused.problems if refused else ()
    theirs, lines = {}, []
    for row in entry.rows_of(session(), visitor, year, list(forms), today()):
        if refused:
            _show_current(forms[row.code], row, refused)
        if any(one.code in STALE and one.where == f"{row.code}:value" for one in problems):
            theirs[row.code] = told(row.reading, row.aim)
        lines.append(line(row, year, whole.campaign, today(), forms[row.code]))
    shown = replace(whole, rows=[one.row for one in lines])
    return _page(visitor, year, shown, lines, theirs, problems)


def _refused_json(visitor: Visitor, year: int, codes: Sequence[str], refused: Invalid) -> Answer:
    found = entry.rows_of(session(), visitor, year, codes, today())
    problems = [{"field": one.where.replace(":", "-"), "message": problem_sentence(one)} for one in refused.problems]
    current = {row.code: stored(row.reading, row.aim) | {"told": told(row.reading, row.aim)} for row in found}
    answer = jsonify(problems=problems, current=current, is_conflict=isinstance(refused, Conflict))
    return make_response(answer, status_of(refused))


def _saved_json(visitor: Visitor, year: int, codes: Sequence[str], saved: Sequence[Saved], message: str) -> Answer:
    found = entry.grid(session(), visitor, year, _sieve(), 1, today())
    shown = entry.rows_of(session(), visitor, year, codes, today())
    return jsonify(
        saved=[{"code": one.code, "revision": one.revision} for one in saved],
        message=message,
        time=f"{now():%H:%M}",
        lead=lead(found, year),
        rows={row.code: as_json(row, year, found.campaign, today()) for row in shown},
    )


def _flash_odd(visitor: Visitor, year: int, codes: Sequence[str]) -> None:
    """Say what looks odd in values that were just saved, each with the way to its page."""
    for row in entry.rows_of(session(), visitor, year, codes, today())[:ODD_TOLD]:
        odd, _ = workflow.look(row.aim, year, today())
        indicator = row.aim.indicator
        link = Markup('<a href="{}">{}</a>').format(_value_address(visitor, year, row.code), say(indicator.name))
        for one in odd:
            flash(text("{name} : {what}", name=link, what=oddity_sentence(one, indicator)))


def _add_comments(visitor: Visitor, year: int, forms: Forms) -> None:
    """Record the comments that were typed for values held back, over the revisions that were on the screen."""
    found = entry.rows_of(session(), visitor, year, list(forms), today())
    drafts = []
    for row in found:
        form, shown = forms[row.code], stored(row.reading, row.aim)
        typed = (form.comment.data or "").strip()
        if typed and row.reading:
            kept = {name: shown.get(name, "") for name in ("value", "precision")}
            form = RowForm(prefix=f"{row.code}-", data=kept | {"revision": form.revision.data, "comment": typed})
            drafts.append(replace(form.draft(row.code), numerator=None, denominator=None))
    if drafts:
        measurements.record(session(), visitor, year, drafts, today())


def _held(visitor: Visitor, year: int, codes: Sequence[str]) -> tuple[Held, ...]:
    found = entry.rows_of(session(), visitor, year, codes, today())
    return tuple(Held(row.code, *workflow.look(row.aim, year, today())) for row in found)


def _held_page(visitor: Visitor, year: int, moved: Moved, forms: Forms, problems: Sequence[Problem]) -> str:
    held = {one.code: one for one in moved.held}
    found = entry.rows_of(session(), visitor, year, list(held), today())
    typed = {code: form.comment.data for code, form in forms.items()}
    return render_template(
        "screens/measurements/held.html",
        oddity_sentence=oddity_sentence,
        comment_sentence=comment_sentence,
        year=year,
        moved=len(moved.codes),
        held=[(row, held[row.code], told(row.reading, row.aim), typed.get(row.code, "")) for row in found],
        looked=set(request.form.getlist("looked")),
        problems=by_field(problems),
    )


def _show_current(form: RowForm, row: Row, refused: Invalid) -> None:
    """After a conflict, let the answer be about the revision that is now stored."""
    if isinstance(refused, Conflict) and row.reading and f"{row.code}:value" in by_field(refused.problems):
        form.revision.data = str(row.reading.revision)


def _addressed(visitor: Visitor, refused: Invalid) -> Invalid:
    """Give the refusal as it is told to the visitor, who may be in conflict with their own other window."""
    problems = [
        replace(one, code=ProblemCode.STALE_OWN)
        if one.code is ProblemCode.STALE and one.values.get("author") == visitor.name
        else one
        for one in refused.problems
    ]
    return type(refused)(*problems)


def _sent_back(refused: Invalid, address: str) -> Answer:
    """Give up what the request had begun to write, and tell why on the page that shows how things stand."""
    release()
    for one in refused.problems:
        flash(problem_sentence(one))
    return redirect(address)


def _own(problems: Sequence[Problem], code: str) -> dict[str, Problem]:
    return {where: problem for where, problem in by_field(problems).items() if where.startswith(f"{code}:")}


def _sieve() -> Sieve:
    """Give what the address asks for."""
    axis, asked = request.args.get("axe", ""), request.args.get
    return Sieve(Axis(axis) if axis in set(Axis) else None, asked("qui") == "moi", asked("reste") == "oui")


def _place() -> dict[str, Any]:
    """Give what keeps a person on the same part of the grid."""
    return {name: request.args[name] for name in ("axe", "qui", "reste", "page") if request.args.get(name)}


def _address(visitor: Visitor, year: int) -> str:
    return url_for("measurements.grid", slug=visitor.organisation.slug, year=year, **_place())


def _value_address(visitor: Visitor, year: int, code: str) -> str:
    return url_for("measurements.show", slug=visitor.organisation.slug, year=year, code=code)


def _told(saved: Sequence[Saved]) -> str:
    if not saved:
        return text("Aucune modification.")
    count = plural("{n} valeur enregistrée", "{n} valeurs enregistrées", len(saved), n=len(saved))
    return text("{count} à {time}.", count=count, time=f"{now():%H:%M}")
