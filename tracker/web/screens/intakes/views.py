"""Taking in a deliberation: a file dropped, its reading reviewed beside the passages, stored once or discarded."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.domain.errors import Conflict, Invalid, NotFound, Problem, ProblemCode
from tracker.domain.intakes import Passage
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import IntakeStage
from tracker.importers.deliberations.files import MAX_MEGABYTES
from tracker.labels import text
from tracker.services import intakes
from tracker.services.intakes import Waiting
from tracker.services.reviewed import TypedCommitment, TypedText, proposed_commitment
from tracker.services.visitor import Visitor
from tracker.store.models import Intake
from tracker.web.platform.clock import today
from tracker.web.platform.database import release, session
from tracker.web.platform.guards import requires
from tracker.web.platform.refusals import by_field, status_of
from tracker.web.platform.texts import group_boxes, text_boxes, text_of
from tracker.web.screens.intakes import forms

area = Blueprint("intakes", __name__)
REQUEST_LIMIT = 2 * MAX_MEGABYTES * 1024 * 1024  # so that most of those who send too much are told how much
HERE = "/<slug>/deliberations/prise-en-charge"


@area.url_value_preprocessor
def _take_files(endpoint: str | None, values: dict[str, Any] | None) -> None:  # noqa: ARG001
    """Let a file through: this comes before anything reads the request."""
    if endpoint == "intakes.send":
        request.max_content_length = REQUEST_LIMIT


@area.get(HERE)
@requires(Permission.TAKE_IN)
def list_(visitor: Visitor) -> str:
    """Show the form that sends a file, and the texts that wait for their review."""
    return _list_page(visitor, ())


@area.post(HERE)
@requires(Permission.TAKE_IN)
def send(visitor: Visitor) -> Response:
    """Keep what was read of a file and show its review, or say why it cannot be read."""
    try:
        row = _sent(visitor)
    except Invalid as refused:
        return make_response(_list_page(visitor, refused.problems), 422)
    return redirect(_address(visitor, row))


@area.get(f"{HERE}/<int:number>")
@requires(Permission.TAKE_IN)
def show(visitor: Visitor, number: int) -> Response:
    """Show what was read of a text, each value in its field beside the passage that it comes from."""
    row = intakes.find(session(), visitor, number)
    if row.stage is not IntakeStage.WAITING:
        return redirect(_address(visitor, row))
    found = intakes.waiting(session(), visitor, number)
    return make_response(_text_page(visitor, found, found.typed, ()))


@area.post(f"{HERE}/<int:number>")
@requires(Permission.TAKE_IN)
def save(visitor: Visitor, number: int) -> Response:
    """Keep what is typed to go on later, or store the deliberation with what was kept of it."""
    typed = text_of(request.form)
    try:
        if request.form.get("step") != "store":
            intakes.keep(session(), visitor, number, typed, request.form.get("seen", ""))
            flash(text("Saisie gardée : rien n'est encore au registre."))
            return redirect(url_for("intakes.show", slug=visitor.organisation.slug, number=number))
        row = intakes.store(session(), visitor, number, typed, forms.version_of(request.form), today())
    except NotFound:  # it waits no more, as after a second click
        return redirect(_address(visitor, intakes.find(session(), visitor, number)))
    except Invalid as refused:
        found = intakes.waiting(session(), visitor, number)
        code = status_of(refused)
        return make_response(_text_page(visitor, found, typed, refused.problems), code)
    flash(text("Délibération enregistrée."))
    return redirect(url_for("deliberations.show", slug=visitor.organisation.slug, reference=row.reference))


@area.post(f"{HERE}/<int:number>/abandon")
@requires(Permission.TAKE_IN)
def discard(visitor: Visitor, number: int) -> Response:
    """Set the whole text aside."""
    try:
        intakes.discard(session(), visitor, number, forms.version_of(request.form))
    except Conflict as refused:
        found = intakes.waiting(session(), visitor, number)
        return make_response(_text_page(visitor, found, found.typed, refused.problems), 409)
    flash(text("Délibération écartée : ce qui en avait été lu est oublié."))
    return redirect(url_for("intakes.list_", slug=visitor.organisation.slug))


@area.get(f"{HERE}/<int:number>/engagements/<int:place>")
@requires(Permission.TAKE_IN)
def candidate(visitor: Visitor, number: int, place: int) -> str:
    """Show one candidate beside its passage: to keep as it is typed, or to set aside."""
    found = intakes.waiting(session(), visitor, number)
    if not 1 <= place <= found.last + 1:
        raise NotFound(place)
    return _candidate_page(found, place, _stored(visitor, found, place), ())


@area.post(f"{HERE}/<int:number>/engagements/<int:place>")
@requires(Permission.TAKE_IN)
def decide(visitor: Visitor, number: int, place: int) -> Response:
    """Keep a candidate, or set it aside, and show the next one that waits."""
    typed, seen = forms.commitment_of(request.form), request.form.get("seen", "")
    try:
        found = intakes.decide(session(), visitor, number, place, typed, seen, today())
    except Invalid as refused:
        found = intakes.waiting(session(), visitor, number)
        code = status_of(refused)
        return make_response(_candidate_page(found, place, typed, refused.problems), code)
    flash(text("Engagement retenu.") if typed.is_kept else text("Proposition écartée."))
    slug, following = visitor.organisation.slug, found.next_one(place)
    if following is None:
        return redirect(url_for("intakes.show", slug=slug, number=number, _anchor="engagements"))
    return redirect(url_for("intakes.candidate", slug=slug, number=number, place=following))


def _sent(visitor: Visitor) -> Intake:
    """Read the file that was sent, without the write lock, and keep what was read."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Invalid(Problem("file", ProblemCode.TEXT_FILE_MISSING))
    name = file.filename
    with file.stream as stream:
        content = stream.read(REQUEST_LIMIT)
    known = intakes.known_file(session(), visitor, content)
    if known is not None:
        flash(text("Ce fichier a déjà été envoyé : voici où il en est."))
        return known
    release()
    return intakes.take_in(session(), visitor, content, intakes.read(content, name))


def _address(visitor: Visitor, row: Intake) -> str:
    """Give the page of an intake: its review, the deliberation that it became, or the list of all."""
    slug = visitor.organisation.slug
    if row.stage is IntakeStage.WAITING:
        return url_for("intakes.show", slug=slug, number=row.id)
    stored = intakes.stored_text(session(), visitor, row)
    if stored is None:
        return url_for("intakes.list_", slug=slug)
    return url_for("deliberations.show", slug=slug, reference=stored.reference)


def _stored(visitor: Visitor, found: Waiting, place: int) -> TypedCommitment:
    """Give the fields of a candidate: as they were decided, else as they are proposed."""
    known = found.decided.get(place)
    if known is not None and known.statement_fr:
        return known
    return proposed_commitment(found.candidate(place), intakes.next_code(session(), visitor, found))


def _list_page(visitor: Visitor, problems: Sequence[Problem]) -> str:
    return render_template(
        "screens/intakes/intakes.html",
        listed=intakes.listed(session(), visitor),
        problems=by_field(problems),
        limit=MAX_MEGABYTES,
    )


def _text_page(visitor: Visitor, found: Waiting, typed: TypedText, problems: Sequence[Problem]) -> str:
    at_field = by_field(problems)
    told = found.told
    passages = {name: getattr(told, key) for name, key in _READ.items() if getattr(told, key) is not None}
    return render_template(
        "screens/intakes/review.html",
        found=found,
        told=told,
        boxes=text_boxes(typed),
        groups=group_boxes(typed),
        passages={name: one.passage for name, one in passages.items()},
        group_passages=_group_passages(found, typed),
        problems=at_field,
        of_commitments=[one for one in problems if one.where.startswith("candidate-")],
        place_of=lambda problem: int(problem.where.split("-")[1]),
        theirs=_differences(typed.plain, found.typed.plain) if "seen" in at_field else [],
        same=intakes.same_text(session(), visitor, typed),
        seen=intakes.mark(found.typed),
    )


def _candidate_page(found: Waiting, place: int, typed: TypedCommitment, problems: Sequence[Problem]) -> str:
    at_field, known = by_field(problems), found.decided.get(place)
    stored = asdict(known) if known else {}
    return render_template(
        "screens/intakes/candidate.html",
        found=found,
        place=place,
        candidate=found.candidate(place),
        boxes=forms.commitment_boxes(typed),
        known=known,
        problems=at_field,
        theirs=_differences(asdict(typed), stored) if "seen" in at_field else [],
        seen=intakes.mark(known),
        number=found.typed.number,
    )


_READ = {
    "number": "number",
    "internal_reference": "internal_reference",
    "adopted_on": "session_on",
    "body": "body",
    "title_fr": "title",
    "rapporteur_role": "rapporteur_role",
    "outcome": "outcome",
    "votes_for": "votes",
}


def _group_passages(found: Waiting, typed: TypedText) -> Mapping[str, Passage]:
    """Give the passage of each row, by its first field: of the same label, the same number, else the same rank."""
    articles = {one.label: one.passage for one in found.told.articles}
    numbers = {one.number: one.passage for one in found.told.references}
    told = {f"articles-{rank}-label": articles.get(one.label) for rank, one in enumerate(typed.articles, 1)} | {
        f"relations-{rank}-kind": numbers.get(one.number) for rank, one in enumerate(typed.relations, 1)
    }
    told |= {f"lines-{rank}-year": one.passage for rank, one in enumerate(found.told.budget_lines, 1)}
    return {name: passage for name, passage in told.items() if passage is not None}


def _differences(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Name what is kept and differs from what was typed."""
    return [(name, str(value)) for name, value in theirs.items() if name in mine and value != mine[name]]
