"""What a person follows in an organisation, and the questions asked on its commitments."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.domain.errors import Invalid
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import DigestFrequency
from tracker.labels import plural, text
from tracker.labels.digests import news_lines
from tracker.services import followings, questions
from tracker.services.visitor import Visitor
from tracker.web.platform.clock import now
from tracker.web.platform.database import session
from tracker.web.platform.guards import requires
from tracker.web.platform.pages import asked_page
from tracker.web.platform.refusals import by_field

area = Blueprint("followings", __name__)
NEWS_SHOWN = 10


@area.get("/<slug>/suivis")
@requires(Permission.FOLLOW)
def show(visitor: Visitor) -> str:
    """Show what the visitor follows, what changed there, and how often they are told."""
    page = asked_page()
    return render_template(
        "screens/followings/followings.html",
        found=followings.overview(session(), visitor, page, now()),
        frequencies=list(DigestFrequency),
        news_lines=news_lines,
        limit=NEWS_SHOWN,
        page=page,
    )


@area.post("/<slug>/suivis")
@requires(Permission.FOLLOW)
def follow_flagships(visitor: Visitor) -> Response:
    """Follow every flagship commitment."""
    count = followings.follow_flagships(session(), visitor)
    done = plural(
        "{n} engagement phare est maintenant suivi.", "{n} engagements phares sont maintenant suivis.", count, n=count
    )
    flash(done if count else text("Aucune modification."))
    return redirect(url_for("followings.show", slug=visitor.organisation.slug))


@area.post("/<slug>/suivis/rythme")
@requires(Permission.FOLLOW)
def choose(visitor: Visitor) -> Response:
    """Choose how often one is told."""
    is_new = followings.choose(session(), visitor, request.form.get("rythme", ""))
    flash(text("Rythme enregistré.") if is_new else text("Aucune modification."))
    return redirect(url_for("followings.show", slug=visitor.organisation.slug))


@area.post("/<slug>/suivis/<code>")
@requires(Permission.FOLLOW)
def follow(visitor: Visitor, code: str) -> Response:
    """Follow a commitment, or leave it; back to where the button was."""
    answer = request.form.get("suivre", "")
    is_new = followings.follow(session(), visitor, code, answer)
    done = text("Vous suivez cet engagement.") if answer == "oui" else text("Vous ne suivez plus cet engagement.")
    flash(done if is_new else text("Aucune modification."))
    slug = visitor.organisation.slug
    if "liste" in request.args:
        return redirect(url_for("followings.show", slug=slug))
    return redirect(url_for("commitments.show", slug=slug, code=code, annee=request.args.get("annee")))


@area.get("/<slug>/questions")
@requires(Permission.READ)
def list_(visitor: Visitor) -> str:
    """Show the questions of the organisation, those that wait first."""
    page = asked_page()
    found = questions.everything(session(), visitor, page)
    return render_template("screens/followings/questions.html", found=found, page=page)


@area.get("/<slug>/engagements/<code>/questions")
@requires(Permission.READ)
def on_commitment(visitor: Visitor, code: str) -> str:
    """Show every question on a commitment."""
    return _commitment_page(visitor, code)


@area.post("/<slug>/engagements/<code>/questions")
@requires(Permission.FOLLOW)
def ask(visitor: Visitor, code: str) -> Response:
    """Ask a question on a commitment, or show it again with what is wrong."""
    body = request.form.get("body", "")
    try:
        questions.ask(session(), visitor, code, body)
    except Invalid as refused:
        return make_response(_commitment_page(visitor, code, body, refused), 422)
    flash(text("Question envoyée : le référent est prévenu."))
    return redirect(url_for("commitments.show", slug=visitor.organisation.slug, code=code, _anchor="questions"))


@area.get("/<slug>/questions/<int:number>")
@requires(Permission.READ)
def question(visitor: Visitor, number: int) -> str:
    """Show a question with its answers, and to who may answer the form."""
    return _question_page(visitor, number)


@area.post("/<slug>/questions/<int:number>/reponses")
@requires(Permission.ANSWER)
def answer(visitor: Visitor, number: int) -> Response:
    """Answer a question, or show the answer again with what is wrong."""
    body = request.form.get("body", "")
    try:
        questions.answer(session(), visitor, number, body)
    except Invalid as refused:
        return make_response(_question_page(visitor, number, body, refused), 422)
    flash(text("Réponse envoyée : la personne et ceux qui suivent l'engagement sont prévenus."))
    return redirect(url_for("followings.question", slug=visitor.organisation.slug, number=number))


def _commitment_page(visitor: Visitor, code: str, typed: str = "", refused: Invalid | None = None) -> str:
    page = asked_page()
    found = questions.on_commitment(session(), visitor, code, page, questions.PAGE)
    problems = by_field(refused.problems) if refused else {}
    return render_template(
        "screens/followings/commitment.html", found=found, code=code, page=page, typed=typed, problems=problems
    )


def _question_page(visitor: Visitor, number: int, typed: str = "", refused: Invalid | None = None) -> str:
    page = asked_page()
    found = questions.exchange(session(), visitor, number, page)
    problems = by_field(refused.problems) if refused else {}
    return render_template("screens/followings/question.html", found=found, page=page, typed=typed, problems=problems)
