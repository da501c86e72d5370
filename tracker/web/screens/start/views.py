"""The first hour: what is followed, a pack of commitments, and the steps that are left."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.domain.errors import Conflict, Invalid
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import CommitmentKind
from tracker.labels import plural, text, word
from tracker.services import choices, packs
from tracker.services.choices import Chosen
from tracker.services.packs import Contents
from tracker.services.start import start
from tracker.services.visitor import Visitor
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.folding import folded, sent, unfolded
from tracker.web.platform.guards import requires
from tracker.web.platform.refusals import status_of
from tracker.web.screens.start import forms

area = Blueprint("start", __name__)
CONFIRM = "confirm"
SHOWN_PROBLEMS = 100


@area.get("/<slug>/demarrage")
@requires(Permission.CONFIGURE)
def show(visitor: Visitor) -> str:
    """Show the steps, each with where it stands."""
    return render_template("screens/start/start.html", found=start(session(), visitor, today()))


@area.get("/<slug>/demarrage/indicateurs")
@requires(Permission.CONFIGURE)
def offered(visitor: Visitor) -> str:
    """Show the catalogue by axis, with what is followed."""
    return _choice_page(visitor)


@area.post("/<slug>/demarrage/indicateurs")
@requires(Permission.CONFIGURE)
def choose(visitor: Visitor) -> Response:
    """Follow what is ticked and nothing else."""
    try:
        done = choices.choose(session(), visitor, _ticked(visitor), forms.seen(request.form))
    except Invalid as refused:
        return make_response(_choice_page(visitor, refused), status_of(refused))
    flash(_told(done))
    return redirect(url_for("start.show", slug=visitor.organisation.slug))


@area.post("/<slug>/demarrage/paquet")
@requires(Permission.CONFIGURE)
def pack(visitor: Visitor) -> Response:
    """Show what a file holds, or add it once that was shown."""
    is_confirmed = request.form.get("step") == CONFIRM
    shown, file = request.form.get(forms.SHOWN, ""), request.files.get(forms.FILE)
    content = unfolded(shown) if is_confirmed else sent(file)
    if not is_confirmed:
        found = packs.examine(session(), visitor, content, today())
        return make_response(_pack_page(found, content), 422 if found.problems else 200)
    try:
        found = packs.load(session(), visitor, content, today())
    except Conflict:
        return make_response(_pack_page(packs.examine(session(), visitor, content, today()), content), 409)
    if found.problems:
        return make_response(_pack_page(found, content), 422)
    count = len(found.commitments)
    flash(plural("{n} engagement ajouté.", "{n} engagements ajoutés.", count, n=count))
    return redirect(url_for("start.show", slug=visitor.organisation.slug))


def _ticked(visitor: Visitor) -> frozenset[str]:
    """Give what is to be followed: what the page has ticked, and where it shows one axis, the others as they are."""
    axis, ticked = forms.axis_of(request.form), forms.ticked(request.form)
    return ticked | choices.offers(session(), visitor).beside(axis) if axis else ticked


def _choice_page(visitor: Visitor, refused: Invalid | None = None) -> str:
    found = choices.offers(session(), visitor)
    axis = forms.axis_of(request.values) or (next(iter(found.by_axis)) if found.is_long else None)
    return render_template(
        "screens/start/indicators.html",
        found=found,
        axis=axis,
        offered={axis: found.by_axis[axis]} if axis else found.by_axis,
        ticked=forms.ticked(request.form) if refused else found.ticked(),
        problems=refused.problems if refused else (),
        forms=forms,
    )


def _pack_page(found: Contents, content: bytes) -> str:
    return render_template(
        "screens/start/pack.html",
        found=found,
        folded="" if found.problems else folded(content),
        problems=found.problems[:SHOWN_PROBLEMS],
        kind_word=lambda kind: word(CommitmentKind(kind)),
        forms=forms,
    )


def _told(done: Chosen) -> str:
    """Say what a choice changed; values that are no longer followed are kept, and the sentence says so."""
    if not done.followed and not done.dropped:
        return text("Aucune modification.")
    told = []
    if done.followed:
        count = len(done.followed)
        told.append(plural("{n} indicateur suivi de plus.", "{n} indicateurs suivis de plus.", count, n=count))
    if done.dropped:
        count = len(done.dropped)
        told.append(plural("{n} indicateur n'est plus suivi.", "{n} indicateurs ne sont plus suivis.", count, n=count))
    if done.kept:
        told.append(
            plural(
                "{n} valeur reste enregistrée, et revient si l'indicateur est suivi à nouveau.",
                "{n} valeurs restent enregistrées, et reviennent si leur indicateur est suivi à nouveau.",
                done.kept,
                n=done.kept,
            )
        )
    return " ".join(told)
