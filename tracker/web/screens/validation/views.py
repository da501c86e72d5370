"""Validating the values of a year: what looks odd first, the plain ones at one go, or back with a reason."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.domain.errors import Invalid, NotFound, Problem, ProblemCode
from tracker.domain.permissions import Permission
from tracker.labels import comparison, plausibility, plural
from tracker.services import validation, workflow
from tracker.services.visitor import Visitor
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.guards import requires
from tracker.web.platform.pages import asked_page
from tracker.web.platform.refusals import by_field, status_of
from tracker.web.screens.validation.forms import ReturnForm, marks

area = Blueprint("validation", __name__)
SENTENCES: tuple[Callable[..., str], ...] = (
    comparison.difference_phrase,
    comparison.relative_phrase,
    comparison.direction_word,
    plausibility.oddity_sentence,
    plausibility.comment_sentence,
)


@area.context_processor
def _words() -> dict[str, Any]:
    """Give the templates of the validation their own sentences."""
    return {told.__name__: told for told in SENTENCES}


@area.get("/<slug>/validation/<int:year>")
@requires(Permission.VALIDATE)
def show(visitor: Visitor, year: int) -> str:
    """Show what waits."""
    return _page(visitor, year, asked_page(), ReturnForm(), ())


@area.post("/<slug>/validation/<int:year>")
@requires(Permission.VALIDATE)
def settle(visitor: Visitor, year: int) -> Response:
    """Validate or return what was looked at; all of it or none."""
    form, act = ReturnForm(request.form), request.form.get("act", "")
    seen = marks(request.form.getlist("plain" if act == "plain" else "seen"))
    try:
        codes = _settled(visitor, year, act, seen, form.reason.data or "")
    except Invalid as refused:
        code = status_of(refused)
        return make_response(_page(visitor, year, _page_left(visitor, year), form, refused.problems), code)
    flash(_told(act, len(codes)))
    return redirect(url_for("validation.show", slug=visitor.organisation.slug, year=year))


def _settled(visitor: Visitor, year: int, act: str, seen: list[tuple[str, int]], reason: str) -> tuple[str, ...]:
    if not seen:
        raise Invalid(Problem("seen", ProblemCode.NOTHING_CHOSEN))
    if act == "return":
        return workflow.return_(session(), visitor, year, seen, reason, today())
    settle_ = validation.validate_plain if act == "plain" else workflow.validate
    return settle_(session(), visitor, year, seen, today())


def _page(visitor: Visitor, year: int, page: int, form: ReturnForm, problems: Sequence[Problem]) -> str:
    return render_template(
        "screens/validation/desk.html",
        desk=validation.desk(session(), visitor, year, page, today()),
        year=year,
        page=page,
        form=form,
        problems=by_field(problems),
        ticked=set(request.form.getlist("seen")),
    )


def _page_left(visitor: Visitor, year: int) -> int:
    """Give the page that was on the screen, the first one if it is no longer there."""
    try:
        validation.desk(session(), visitor, year, asked_page(), today())
    except NotFound:
        return 1
    return asked_page()


def _told(act: str, count: int) -> str:
    if act == "return":
        return plural("{n} valeur renvoyée.", "{n} valeurs renvoyées.", count, n=count)
    return plural("{n} valeur validée.", "{n} valeurs validées.", count, n=count)
