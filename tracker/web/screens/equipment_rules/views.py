"""The rules of the estate: how words of inventories are read here, a word to settle, a rule to apply."""

from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.domain.equipment_words import RuleField
from tracker.domain.errors import Conflict, Invalid
from tracker.domain.paging import page_count
from tracker.domain.permissions import Permission
from tracker.labels import estate as words
from tracker.labels import plural, text
from tracker.labels.journal import field_shown
from tracker.services import equipment_rules
from tracker.services.visitor import Visitor
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.guards import requires
from tracker.web.platform.pages import asked_page
from tracker.web.platform.refusals import by_field, status_of
from tracker.web.screens.equipment_rules.forms import RuleForm

area = Blueprint("equipment_rules", __name__)
PAGE = 20
WORDS_SHOWN = 20
SENTENCES = (words.bulk_sentence, words.count, words.equipment_name, words.words_sentence)


@area.context_processor
def _words() -> dict[str, Any]:
    """Give the templates of the rules their own sentences."""
    return {told.__name__: told for told in SENTENCES} | {"reads_word": _reads_word, "RuleField": RuleField}


@area.get("/<slug>/parc/regles")
@requires(Permission.READ)
def list_(visitor: Visitor) -> str:
    """Show the rules, the words without one, and to who keeps the estate the form of a word."""
    return _page(visitor, None)


@area.post("/<slug>/parc/regles")
@requires(Permission.KEEP_ESTATE)
def settle(visitor: Visitor) -> Response:
    """Settle how a word is read, then show what that would change in the register."""
    form = RuleForm(request.form)
    draft = form.draft()
    try:
        is_new = equipment_rules.set_rule(session(), visitor, draft)
    except Invalid as refused:
        return make_response(_page(visitor, form, refused), status_of(refused))
    flash(text("Règle enregistrée : elle vaut pour les prochains inventaires.") if is_new else _nothing())
    slug = visitor.organisation.slug
    if draft.field == RuleField.DEPARTMENT:
        return redirect(url_for("equipment_rules.list_", slug=slug))
    return redirect(url_for("equipment_rules.reach", slug=slug, champ=draft.field, mot=draft.word))


@area.get("/<slug>/parc/regles/appliquer")
@requires(Permission.KEEP_ESTATE)
def reach(visitor: Visitor) -> str:
    """Show what a rule would change in the register; without a rule in the address, the rules."""
    if "mot" not in request.args:
        return _page(visitor, None)
    return _reach_page(visitor)


@area.post("/<slug>/parc/regles/appliquer")
@requires(Permission.KEEP_ESTATE)
def apply(visitor: Visitor) -> Response:
    """Have the register say what a rule does, if that is still what was shown."""
    asked = request.args.get("champ", ""), request.args.get("mot", "")
    try:
        done = equipment_rules.apply(session(), visitor, *asked, request.form.get("shown", ""), today())
    except Conflict as refused:
        return make_response(_reach_page(visitor, refused), status_of(refused))
    flash(plural("{n} ligne modifiée.", "{n} lignes modifiées.", done, n=words.count(done)) if done else _nothing())
    return redirect(url_for("equipment_rules.list_", slug=visitor.organisation.slug))


def _page(visitor: Visitor, form: RuleForm | None, refused: Invalid | None = None) -> str:
    found = equipment_rules.rules(session(), visitor)
    shown = form or _asked_form(found)
    shown.offer(found.departments)
    known = found.find((shown.reads.data or "").partition(":")[0], shown.word.data or "")
    if isinstance(refused, Conflict):
        shown.seen.data = str(known.version if known else 0)
    page = asked_page()
    return render_template(
        "screens/equipment_rules/rules.html",
        found=found,
        form=shown,
        rules=found.rules[(page - 1) * PAGE : page * PAGE],
        page=page,
        pages=page_count(len(found.rules), PAGE, page),
        words_shown=WORDS_SHOWN,
        is_asked="mot" in request.args,
        problems=by_field(refused.problems) if refused else {},
    )


def _asked_form(found: equipment_rules.Rules) -> RuleForm:
    """Fill the form with the word that the address asks for, and its rule if it has one."""
    field, written = request.args.get("champ", ""), request.args.get("mot", "")
    known = found.find(field, written)
    reads = f"{field}:{known.reads_as}" if known else ""
    return RuleForm(data={"word": written, "reads": reads, "seen": str(known.version if known else 0)})


def _reach_page(visitor: Visitor, refused: Invalid | None = None) -> str:
    field, written = request.args.get("champ", ""), request.args.get("mot", "")
    found = equipment_rules.preview(session(), visitor, field, written, today())
    return render_template(
        "screens/equipment_rules/reach.html",
        found=found,
        rule=equipment_rules.rules(session(), visitor).find(field, written),
        problems=by_field(refused.problems) if refused else {},
    )


def _reads_word(field: RuleField, code: str) -> str:
    return field_shown(f"reads_{field}", code)


def _nothing() -> str:
    return text("Aucune modification.")
