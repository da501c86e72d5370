"""The register of AI systems: its list, one system, the form of one, and the page that anyone reads."""

from dataclasses import asdict, fields
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from tracker.domain.ai_register import AiRole, AiState, CharterOpinion, RiskClass, YesNo
from tracker.domain.errors import Conflict, Invalid
from tracker.domain.numbers import whole_number
from tracker.domain.permissions import Permission
from tracker.exports.ai_systems import ai_csv
from tracker.labels import ai_register as words
from tracker.labels import text, typeset, word
from tracker.services import ai_changes, ai_systems
from tracker.services.ai_changes import AiDraft, draft_of
from tracker.services.ai_systems import AiView
from tracker.services.visitor import Visitor
from tracker.web.platform.boxes import Choices, boxes
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.files import attached
from tracker.web.platform.guards import everyone, requires
from tracker.web.platform.language import to
from tracker.web.platform.refusals import by_field, status_of
from tracker.web.platform.shared import kept, shared

area = Blueprint("ai_systems", __name__)
MOST_DIGITS = 9
CODED = {
    "state": AiState,
    "role": AiRole,
    "risk": RiskClass,
    "is_conversational": YesNo,
    "notice": YesNo,
    "charter_opinion": CharterOpinion,
    "decides": YesNo,
}


@area.context_processor
def _words() -> dict[str, Any]:
    """Give the templates of the register its own sentences."""
    names = ("ai_reading", "lacking_phrase", "act_lines")
    return {name: getattr(words, name) for name in names} | {"to": to}


@area.get("/<slug>/services/ia")
@requires(Permission.READ)
def list_(visitor: Visitor) -> str:
    """Show the AI systems, each with its class of risk and what its sheet lacks."""
    found = ai_systems.listed(session(), visitor)
    return render_template("screens/ai_systems/list.html", found=found, on=today())


@area.get("/<slug>/services/ia.csv")
@requires(Permission.READ)
def table(visitor: Visitor) -> Response:
    """Give the register as a table."""
    content = ai_csv((one.record, one.service) for one in ai_systems.listed(session(), visitor))
    return attached(content, "text/csv", f"{visitor.organisation.slug}-registre-ia.csv")


@area.get("/<slug>/services/ia/ajout")
@requires(Permission.KEEP_SERVICES)
def new(visitor: Visitor) -> str:
    """Show the form of a new system; ``?service=`` names the service that it is a part of."""
    return _form_page(visitor, AiDraft(service=request.args.get("service", "")))


@area.post("/<slug>/services/ia/ajout")
@requires(Permission.KEEP_SERVICES)
def add(visitor: Visitor) -> Answer:
    """Add a system, or show the form again with what is wrong."""
    draft = _typed()
    try:
        number = ai_changes.add(session(), visitor, draft, today())
    except Invalid as refused:
        return make_response(_form_page(visitor, draft, refused), status_of(refused))
    flash(text("Système d'IA ajouté."))
    return redirect(url_for("ai_systems.show", slug=visitor.organisation.slug, number=number))


@area.get("/<slug>/services/ia/<int:number>")
@requires(Permission.READ)
def show(visitor: Visitor, number: int) -> str:
    """Show one system: its sheet, and what was changed."""
    return render_template("screens/ai_systems/system.html", sheet=ai_systems.sheet(session(), visitor, number))


@area.get("/<slug>/services/ia/<int:number>/modifier")
@requires(Permission.KEEP_SERVICES)
def edit(visitor: Visitor, number: int) -> str:
    """Show the form that corrects a system."""
    view = ai_systems.sheet(session(), visitor, number).view
    return _form_page(visitor, draft_of(view.record, view.version), view=view)


@area.post("/<slug>/services/ia/<int:number>/modifier")
@requires(Permission.KEEP_SERVICES)
def correct(visitor: Visitor, number: int) -> Answer:
    """Correct a system, or show the form again; after a conflict it answers the version that is now stored."""
    draft = _typed()
    try:
        is_new = ai_changes.correct(session(), visitor, number, draft, today())
    except Invalid as refused:
        view = ai_systems.sheet(session(), visitor, number).view
        return make_response(_form_page(visitor, draft, refused, view), status_of(refused))
    flash(text("Système d'IA enregistré.") if is_new else text("Aucune modification."))
    return redirect(url_for("ai_systems.show", slug=visitor.organisation.slug, number=number))


@area.get("/<slug>/public/ia")
@everyone
@shared
def public(slug: str) -> Response:
    """Show the AI systems that an authority publishes."""
    found = ai_systems.published(session(), slug)
    keeping = kept(found.mark, found.changed_at)
    page = keeping.same()
    return page or keeping.on(make_response(render_template("screens/ai_systems/public.html", found=found)))


def _typed() -> AiDraft:
    """Give what was typed."""
    names = [one.name for one in fields(AiDraft) if one.name != "seen"]
    seen = whole_number(request.form.get("seen", "0"), MOST_DIGITS)
    return AiDraft(**{name: request.form.get(name, "") for name in names}, seen=-1 if seen is None else seen)


def _form_page(visitor: Visitor, draft: AiDraft, refused: Invalid | None = None, view: AiView | None = None) -> str:
    seen = view.version if view and (refused is None or isinstance(refused, Conflict)) else draft.seen
    told = {name: str(value) for name, value in asdict(draft).items() if name != "seen"}
    parts = [(str(number), typeset(name)) for number, name in ai_systems.services(session(), visitor)]
    choices: dict[str, Choices] = {name: [(one.value, word(one)) for one in codes] for name, codes in CODED.items()}
    choices["service"] = [("", text("aucun, il est à part")), *parts]
    return render_template(
        "screens/ai_systems/form.html",
        form=boxes(told, choices=choices),
        seen=seen,
        view=view,
        problems=by_field(refused.problems) if refused else {},
        is_stale=isinstance(refused, Conflict),
    )
