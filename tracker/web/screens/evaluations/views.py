"""What users think of digital services: a year at a time, and the form of one evaluation."""

from dataclasses import asdict

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from tracker.domain.errors import Conflict, Invalid
from tracker.domain.numbers import typed_text, whole_number
from tracker.domain.permissions import Permission
from tracker.exports.evaluations import evaluations_csv
from tracker.labels import current, text
from tracker.labels.evaluations import evaluated_sentence, score_phrase
from tracker.services import digital_services, evaluations
from tracker.services.evaluations import Evaluation, EvaluationDraft
from tracker.services.visitor import Visitor
from tracker.web.platform.boxes import boxes
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.files import attached
from tracker.web.platform.guards import requires
from tracker.web.platform.refusals import by_field, status_of
from tracker.web.platform.years import asked_year, checked_year, years_on_offer

area = Blueprint("evaluations", __name__)
EARLIER = 8
"""Years on offer before this one."""
MOST_DIGITS = 9


@area.app_context_processor
def _words() -> dict[str, object]:
    """Give the templates the sentences of evaluations: the page of a service says them too."""
    return {"evaluated_sentence": evaluated_sentence, "score_phrase": score_phrase}


@area.get("/<slug>/services/evaluations")
@requires(Permission.READ)
def list_(visitor: Visitor) -> str:
    """Show the services of a year, each with its evaluation or that there is none."""
    year = asked_year()
    return render_template(
        "screens/evaluations/list.html",
        listed=evaluations.of_year(session(), visitor, year, today()),
        year=year,
        years=years_on_offer(today().year - EARLIER),
    )


@area.get("/<slug>/services/evaluations.csv")
@requires(Permission.READ)
def table(visitor: Visitor) -> Response:
    """Give the evaluations of a year as a table."""
    year = asked_year()
    listed = evaluations.of_year(session(), visitor, year, today())
    rows = [
        (one.view.record, (one.found.method, one.found.counted, one.found.lessons) if one.found else None)
        for one in listed
    ]
    content = evaluations_csv(rows)
    return attached(content, "text/csv", f"{visitor.organisation.slug}-evaluations-{year}.csv")


@area.get("/<slug>/services/<int:number>/evaluation/<int:year>")
@requires(Permission.KEEP_SERVICES)
def edit(visitor: Visitor, number: int, year: int) -> str:
    """Show the form of the evaluation of a service in a year."""
    return _form_page(visitor, number, year, None)


@area.post("/<slug>/services/<int:number>/evaluation/<int:year>")
@requires(Permission.KEEP_SERVICES)
def record(visitor: Visitor, number: int, year: int) -> Answer:
    """Write an evaluation, or show the form again with what is wrong."""
    names = ("method", "respondents", "score", "low", "high", "lessons")
    seen = whole_number(request.form.get("seen", "0"), MOST_DIGITS)
    typed = {name: request.form.get(name, "") for name in names}
    draft = EvaluationDraft(**typed, seen=-1 if seen is None else seen, has_comma_groups=current() == "en")
    try:
        is_new = evaluations.record(session(), visitor, number, year, draft, today())
    except Invalid as refused:
        return make_response(_form_page(visitor, number, year, draft, refused), status_of(refused))
    flash(text("Évaluation enregistrée.") if is_new else text("Aucune modification."))
    return redirect(url_for("evaluations.list_", slug=visitor.organisation.slug, annee=year))


def _form_page(
    visitor: Visitor, number: int, year: int, draft: EvaluationDraft | None, refused: Invalid | None = None
) -> str:
    """Show what was typed, or what is stored; after a conflict the form answers the version that is now stored.

    Raises:
        NotFound: for a service that there is not, or a year that cannot have values.
    """
    view = digital_services.find(session(), visitor.organisation, number, today())
    stored = next((one for one in evaluations.panel(session(), visitor, view, today()) or () if one.year == year), None)
    shown = draft or _draft(stored)
    version = stored.version if stored else 0
    told = {name: str(value) for name, value in asdict(shown).items() if name not in {"seen", "has_comma_groups"}}
    return render_template(
        "screens/evaluations/form.html",
        view=view,
        year=checked_year(year),
        form=boxes(told),
        seen=version if draft is None or isinstance(refused, Conflict) else draft.seen,
        problems=by_field(refused.problems) if refused else {},
        is_stale=isinstance(refused, Conflict),
    )


def _draft(stored: Evaluation | None) -> EvaluationDraft:
    if stored is None:
        return EvaluationDraft()
    return EvaluationDraft(
        stored.method,
        "" if stored.respondents is None else str(stored.respondents),
        "" if stored.score is None else typed_text(stored.score),
        typed_text(stored.low),
        typed_text(stored.high),
        stored.lessons,
        stored.version,
    )
