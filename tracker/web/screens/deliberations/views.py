"""The texts that were voted: their register, one of them with its commitments, its correction, the open table."""

from collections.abc import Sequence

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tracker.domain.errors import Invalid, Problem
from tracker.domain.permissions import Permission
from tracker.exports import scdl as table
from tracker.importers.deliberations.files import MAX_MEGABYTES
from tracker.labels import plural, semicolon, text
from tracker.labels.imports import cell_name
from tracker.services import corrections, deliberations, scdl
from tracker.services.corrections import Held
from tracker.services.reviewed import TypedText
from tracker.services.scdl import Offer
from tracker.services.visitor import Visitor
from tracker.web.platform.boxes import Box
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.files import attached
from tracker.web.platform.folding import MOST_BYTES, folded, sent, unfolded
from tracker.web.platform.guards import requires
from tracker.web.platform.pages import asked_page
from tracker.web.platform.refusals import by_field, status_of
from tracker.web.platform.texts import group_boxes, text_boxes, text_of, written
from tracker.web.platform.years import written_year

area = Blueprint("deliberations", __name__)
CONFIRM = "confirm"
SHOWN = 50


@area.get("/<slug>/deliberations")
@requires(Permission.READ)
def list_(visitor: Visitor) -> str:
    """Show the organisation's texts, a page at a time, narrowed to a year and a body where they are asked for."""
    year, body, page = written_year(request.args.get("annee", "")), request.args.get("assemblee", ""), asked_page()
    return render_template(
        "screens/deliberations/deliberations.html",
        found=deliberations.texts(session(), visitor, page, year, body),
        asked_year=year,
        body=body,
        page=page,
        limit=MAX_MEGABYTES,
    )


@area.get("/<slug>/deliberations/<reference>")
@requires(Permission.READ)
def show(visitor: Visitor, reference: str) -> str:
    """Show one text: what it decides, what it costs, what it does to others, what it commits to."""
    act = deliberations.deliberation(session(), visitor, reference, today())
    return render_template("screens/deliberations/deliberation.html", act=act, text=act.row)


@area.get("/<slug>/deliberations/<reference>/correction")
@requires(Permission.TAKE_IN)
def correction(visitor: Visitor, reference: str) -> str:
    """Show what the register says of a text, each value in its field, to be corrected."""
    held = corrections.find(session(), visitor, reference)
    return _correction_page(held, held.typed, "", ())


@area.post("/<slug>/deliberations/<reference>/correction")
@requires(Permission.TAKE_IN)
def correct(visitor: Visitor, reference: str) -> AnyResponse:
    """Correct a text, or show the form again with what is wrong."""
    typed, reason = text_of(request.form), written(request.form, "reason")
    try:
        has_changed = corrections.correct(
            session(), visitor, reference, typed, reason, request.form.get("seen", ""), today()
        )
    except Invalid as refused:
        held = corrections.find(session(), visitor, reference)
        return make_response(_correction_page(held, typed, reason, refused.problems), status_of(refused))
    flash(text("Délibération corrigée.") if has_changed else text("Aucune modification."))
    return redirect(url_for("deliberations.show", slug=visitor.organisation.slug, reference=reference))


@area.get("/<slug>/deliberations.csv")
@requires(Permission.READ)
def csv(visitor: Visitor) -> Response:
    """Give every text as the open table (SCDL)."""
    content = table.table(deliberations.published(session(), visitor))
    return attached(content, "text/csv", f"{visitor.organisation.slug}-deliberations.csv")


@area.get("/<slug>/deliberations.json")
@requires(Permission.READ)
def schema(visitor: Visitor) -> Response:
    """Describe the columns of that table."""
    return attached(table.schema(), "application/json", f"{visitor.organisation.slug}-deliberations-schema.json")


@area.post("/<slug>/deliberations/scdl")
@requires(Permission.TAKE_IN)
def take_table(visitor: Visitor) -> AnyResponse:
    """Show what a table of deliberations would add, or add it once that was shown."""
    is_confirmed = request.form.get("step") == CONFIRM
    content = unfolded(request.form.get("shown", "")) if is_confirmed else sent(request.files.get("file"))
    act = scdl.store if is_confirmed else scdl.examine
    found = act(session(), visitor, content, today())
    if found.problems or not is_confirmed:
        return make_response(_table_page(found, content), 422 if found.problems else 200)
    count = len(found.fresh)
    flash(plural("{n} délibération ajoutée.", "{n} délibérations ajoutées.", count, n=count) if count else _nothing())
    return redirect(url_for("deliberations.list_", slug=visitor.organisation.slug))


def _nothing() -> str:
    return text("Rien à ajouter : tout ce que dit ce tableau est déjà au registre.")


def _table_page(found: Offer, content: bytes) -> str:
    return render_template(
        "screens/deliberations/table.html",
        found=found,
        shown=found.fresh[:SHOWN],
        problems=found.problems[:SHOWN],
        folded="" if found.problems or len(content) > MOST_BYTES else folded(content),
        cell_name=cell_name,
        nothing=_nothing(),
    )


def _correction_page(held: Held, typed: TypedText, reason: str, problems: Sequence[Problem]) -> str:
    """Show the form with what is typed; after a conflict it answers what the register says now."""
    at_field = by_field(problems)
    return render_template(
        "screens/deliberations/correction.html",
        text=held.row,
        seen=held.seen,
        boxes={name: box for name, box in text_boxes(typed).items() if name != "reference"},
        groups=group_boxes(typed),
        reason=Box("reason", reason),
        problems=at_field,
        theirs=_theirs(typed, held.typed) if "seen" in at_field else [],
    )


def _theirs(mine: TypedText, theirs: TypedText) -> list[tuple[str, str]]:
    """Name what the register says otherwise than what was typed."""
    plain, typed = text_boxes(theirs), text_boxes(mine)
    found = [(name, _told(box)) for name, box in plain.items() if name != "reference" and box != typed[name]]
    for name in ("lines", "relations"):
        if getattr(mine, name) != getattr(theirs, name):
            rows = group_boxes(theirs)[name][:-1]  # the last one is to add
            told = (", ".join(filter(None, map(_told, row.values()))) for row in rows)
            found.append((name, semicolon().join(told)))
    return found


def _told(box: Box) -> str:
    return dict(box.choices).get(box.data, box.data) if box.data else ""
