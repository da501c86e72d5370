"""The history of a value, the proofs of a commitment and of an action, and what is said of each."""

import logging

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from tracker.domain import subjects
from tracker.domain.errors import Invalid, Problem, ProblemCode
from tracker.domain.evidence import ACCEPTED, DOCUMENT_LIMIT_MB, FORMATS, IMAGE_LIMIT_MB, MEGABYTE
from tracker.domain.permissions import Permission
from tracker.domain.subjects import Subject
from tracker.domain.vocabulary import SubjectKind
from tracker.labels import text
from tracker.labels.problems import problem_sentence
from tracker.services import discussions, evidence
from tracker.services.histories import history
from tracker.services.topics import action_topic, commitment_topic
from tracker.services.visitor import Visitor
from tracker.store.files import DamagedFile
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.errors import answer
from tracker.web.platform.files import untrusted
from tracker.web.platform.guards import requires
from tracker.web.platform.pages import asked_page
from tracker.web.platform.refusals import by_field, status_of
from tracker.web.platform.shelf import shelf
from tracker.web.screens.histories.forms import Typed, number_in, sent_file, sent_people, sent_subject

area = Blueprint("histories", __name__)
log = logging.getLogger(__name__)
# Twice what a file may weigh: one that is somewhat too heavy is refused under its field, with the note still there.
UPLOAD_LIMIT = 2 * DOCUMENT_LIMIT_MB * MEGABYTE
ENDINGS = ",".join(f".{ending}" for form in FORMATS.values() for ending in form.extensions)
NOTHING_TYPED = Typed()


@area.url_value_preprocessor
def _make_room(endpoint: str | None, values: object) -> None:  # noqa: ARG001
    """Let a file in on the one address that takes files, before anything reads the form."""
    if endpoint == "histories.attach":
        request.max_content_length = UPLOAD_LIMIT


@area.errorhandler(RequestEntityTooLarge)
def _too_heavy(error: RequestEntityTooLarge) -> Response:  # noqa: ARG001
    told = {"limit": DOCUMENT_LIMIT_MB, "image_limit": IMAGE_LIMIT_MB}
    return answer(413, problem_sentence(Problem("file", ProblemCode.FILE_TOO_HEAVY, told)))


@area.get("/<slug>/indicateurs/<code>/<int:year>/historique")
@requires(Permission.READ)
def value(visitor: Visitor, code: str, year: int) -> str:
    """Show what became of the value of a year, its proofs, and what was said of it."""
    return _page(visitor, subjects.value_of(code, year), NOTHING_TYPED)


@area.get("/<slug>/engagements/<code>/echanges")
@requires(Permission.READ)
def commitment(visitor: Visitor, code: str) -> str:
    """Show the proofs of a commitment, and what was said of it."""
    return _page(visitor, subjects.commitment(code), NOTHING_TYPED)


@area.get("/<slug>/plan/<int:year>/actions/<code>/echanges")
@requires(Permission.READ)
def action(visitor: Visitor, year: int, code: str) -> str:
    """Show the proofs of an action, and what was said of it."""
    return _page(visitor, subjects.action(code, year), NOTHING_TYPED)


@area.post("/<slug>/pieces")
@requires(Permission.READ)
def attach(visitor: Visitor) -> Response:
    """Attach a file, or put it in the place of another; the service says who may."""
    subject, sent, replaces = sent_subject(), sent_file(), number_in(request.form.get("replaces", ""))
    try:
        is_new = evidence.attach(session(), visitor, shelf(), subject, sent, today(), replaces=replaces)
    except Invalid as refused:
        return _refused(visitor, subject, Typed("attach", replaces, sent.note), refused)
    flash(text("Pièce enregistrée.") if is_new else text("Aucune modification."))
    return _back(visitor, subject, "pieces")


@area.get("/<slug>/pieces/<int:number>")
@requires(Permission.READ)
def piece(visitor: Visitor, number: int) -> Response:
    """Give an attached file to keep, never to open in the page; say so plainly when the disk lost it."""
    row = evidence.find(session(), visitor, number)
    try:
        content = shelf().files.open(row.sha256)
    except (DamagedFile, OSError):
        log.error("attached file %s of %s cannot be read", row.sha256, visitor.organisation.slug)  # noqa: TRY400
        back = _address(visitor, evidence.subject_of(row), "pieces")
        return make_response(render_template("screens/histories/damaged.html", row=row, back=back), 404)
    return untrusted(content, row.media_type, row.name)


@area.post("/<slug>/pieces/<int:number>/retrait")
@requires(Permission.READ)
def withdraw(visitor: Visitor, number: int) -> Response:
    """Withdraw an attached file, for a reason; the service says who may."""
    subject, reason = evidence.subject_of(evidence.find(session(), visitor, number)), request.form.get("reason", "")
    try:
        is_new = evidence.withdraw(session(), visitor, number, reason, today())
    except Invalid as refused:
        return _refused(visitor, subject, Typed("withdraw", number, reason), refused)
    flash(text("Pièce retirée.") if is_new else text("Aucune modification."))
    return _back(visitor, subject, "pieces")


@area.post("/<slug>/echanges")
@requires(Permission.DISCUSS)
def say(visitor: Visitor) -> Response:
    """Write a message about a value, a commitment or an action."""
    subject, body, chosen = sent_subject(), request.form.get("body", ""), sent_people()
    try:
        discussions.say(session(), visitor, subject, body, chosen, today())
    except Invalid as refused:
        return _refused(visitor, subject, Typed("say", 0, body, chosen), refused)
    flash(text("Message envoyé."))
    return _back(visitor, subject, "echanges")


def _page(visitor: Visitor, subject: Subject, typed: Typed) -> str:
    shown = {
        "pieces": evidence.pieces(session(), visitor, subject),
        "thread": discussions.thread(session(), visitor, subject, asked_page("messages")),
        "typed": typed,
        "home": _address(visitor, subject),
        "opened": typed.number or number_in(request.args.get("piece", "")),
        "accepted": ACCEPTED,
        "endings": ENDINGS,
        "limits": (DOCUMENT_LIMIT_MB, IMAGE_LIMIT_MB),
    }
    if subject.kind is SubjectKind.VALUE:
        found = history(session(), visitor, subject.code, subject.year, asked_page(), today())
        return render_template("screens/histories/value.html", history=found, topic=found.topic, **shown)
    if subject.kind is SubjectKind.ACTION:
        planned = action_topic(session(), visitor, subject)
        return render_template("screens/histories/action.html", topic=planned, **shown)
    topic = commitment_topic(session(), visitor, subject)
    return render_template("screens/histories/commitment.html", topic=topic, **shown)


def _refused(visitor: Visitor, subject: Subject, typed: Typed, refused: Invalid) -> Response:
    """Show the page again with what was typed, and each problem under its field."""
    problems = by_field(refused.problems)
    page = _page(visitor, subject, Typed(typed.form, typed.number, typed.text, typed.chosen, problems))
    return make_response(page, status_of(refused))


def _back(visitor: Visitor, subject: Subject, anchor: str) -> Response:
    return redirect(_address(visitor, subject, anchor))


def _address(visitor: Visitor, subject: Subject, anchor: str | None = None) -> str:
    slug, code = visitor.organisation.slug, subject.code
    if subject.kind is SubjectKind.VALUE:
        return url_for("histories.value", slug=slug, code=code, year=subject.year, _anchor=anchor)
    if subject.kind is SubjectKind.ACTION:
        return url_for("histories.action", slug=slug, year=subject.year, code=code, _anchor=anchor)
    return url_for("histories.commitment", slug=slug, code=code, _anchor=anchor)
