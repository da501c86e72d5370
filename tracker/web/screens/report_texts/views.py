"""What an authority writes in its report: the order of the sections, and the text of each with its versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.domain.errors import Conflict, Invalid, NotFound, Problem
from tracker.domain.numbers import whole_number
from tracker.domain.permissions import Permission
from tracker.domain.report_order import Move, Position, told
from tracker.domain.wordings import Change, Stretch, differences
from tracker.exports.paper import Block, legible
from tracker.labels import text
from tracker.reports.narrative import LIMIT, read
from tracker.reports.paper_html import block_kind, linked
from tracker.services import report_order, report_texts
from tracker.services.report_texts import SectionSheet, Wording
from tracker.services.visitor import Visitor
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.guards import requires
from tracker.web.platform.refusals import by_field, status_of
from tracker.web.screens.report_texts.forms import TextForm, stored

area = Blueprint("report_texts", __name__)
area.add_app_template_filter(linked, "linked")
area.add_app_template_filter(legible, "legible")
area.add_app_template_filter(block_kind, "kind")
MOST_SHOWN = 40
"""The most paragraphs that differ which a page shows."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A text beside the one that is typed: its blocks, and the paragraphs that are not the same, up to `MOST_SHOWN`."""

    wording: Wording
    blocks: Sequence[Block]
    differences: Sequence[Sequence[Stretch]]

    @property
    def shown(self) -> Sequence[Sequence[Stretch]]:
        """Give the differences that the page shows."""
        return self.differences[:MOST_SHOWN]


@area.get("/<slug>/rapport/<int:year>/textes")
@requires(Permission.DRAFT_REPORT)
def list_(visitor: Visitor, year: int) -> str:
    """List the sections in their order, with who wrote what."""
    return _list(visitor, year)


@area.post("/<slug>/rapport/<int:year>/textes")
@requires(Permission.WRITE_REPORT)
def arrange(visitor: Visitor, year: int) -> Response:
    """Move, hide or show a section; the buttons say which: « up objectives »."""
    move, _, section = request.form.get("do", "").partition(" ")
    try:
        is_new = report_order.arrange(session(), visitor, section, move, request.form.get("seen", ""))
    except Invalid as refused:
        return make_response(_list(visitor, year, refused), status_of(refused))
    flash(text("Ordre enregistré.") if is_new else text("Aucune modification."))
    home = visitor.organisation.slug
    return redirect(url_for("report_texts.list_", slug=home, year=year, _anchor=section))


@area.get("/<slug>/rapport/<int:year>/textes/<section>")
@requires(Permission.DRAFT_REPORT)
def show(visitor: Visitor, year: int, section: str) -> str:
    """Show the text of a section to write, or one of its versions with ``?version=``."""
    found = report_texts.sheet(session(), visitor, year, section, today())
    asked = request.args.get("version")
    version = None
    if asked is not None:
        version = next((one for one in found.versions if one.number == whole_number(asked, 6)), None)
        if version is None:
            raise NotFound(asked)
    return _page(visitor, found, stored(found), version=version)


@area.post("/<slug>/rapport/<int:year>/textes/<section>")
@requires(Permission.DRAFT_REPORT)
def save(visitor: Visitor, year: int, section: str) -> Response:
    """Store a draft or a text, show what it would be, or take last year's text again under what is typed."""
    form = TextForm(request.form)
    found = report_texts.sheet(session(), visitor, year, section, today())
    match request.form.get("do", ""):
        case "preview":
            return _preview(visitor, found, form)
        case "take" if found.earlier is not None:
            form.text.data = "\n\n".join(filter(None, (form.typed.strip(), found.earlier.text)))
            return make_response(_page(visitor, found, form, is_taken=True))
        case done:
            return _store(visitor, found, form, is_draft=done != "final")


def _preview(visitor: Visitor, found: SectionSheet, form: TextForm) -> Response:
    kept, problems = report_texts.checked(form.typed)
    if problems:
        refused = Invalid(*problems)
        return make_response(_page(visitor, found, form, refused), status_of(refused))
    return make_response(_page(visitor, found, form, preview=read(kept)))


def _store(visitor: Visitor, found: SectionSheet, form: TextForm, *, is_draft: bool) -> Response:
    code, home = found.section.code, visitor.organisation.slug
    try:
        is_new = report_texts.save(session(), visitor, found.year, code, form.draft(is_draft=is_draft), today())
    except Invalid as refused:
        theirs = report_texts.sheet(session(), visitor, found.year, code, today())
        if isinstance(refused, Conflict):
            form.seen.data = str(theirs.seen)
        return make_response(_page(visitor, theirs, form, refused), status_of(refused))
    if not is_new:
        flash(text("Aucune modification."))
    else:
        flash(text("Brouillon enregistré.") if is_draft else text("Texte enregistré : il est dans le rapport."))
    return redirect(url_for("report_texts.show", slug=home, year=found.year, section=code))


def _list(visitor: Visitor, year: int, refused: Invalid | None = None) -> str:
    found = report_texts.overview(session(), visitor, year, today())
    return render_template(
        "screens/report_texts/list.html",
        year=year,
        found=found,
        seen=told(tuple(Position(one.section.code, one.is_hidden) for one in found)),
        problems=refused.problems if refused else (),
        may_write=visitor.may(Permission.WRITE_REPORT),
        Move=Move,
    )


def _page(
    visitor: Visitor,
    found: SectionSheet,
    form: TextForm,
    refused: Invalid | None = None,
    *,
    preview: Sequence[Block] = (),
    version: Wording | None = None,
    is_taken: bool = False,
) -> str:
    is_stale = isinstance(refused, Conflict)
    return render_template(
        "screens/report_texts/text.html",
        found=found,
        year=found.year,
        form=form,
        limit=Decimal(LIMIT),
        refused=_sorted(refused.problems) if refused else (),
        problems=by_field(reversed(_sorted(refused.problems))) if refused else {},
        preview=preview,
        version=_compared(version, form) if version else None,
        theirs=_compared(found.last, form) if is_stale and found.last else None,
        earlier=_compared(found.earlier, form) if found.earlier else None,
        is_taken=is_taken,
        may_write=visitor.may(Permission.WRITE_REPORT),
        Change=Change,
    )


def _compared(wording: Wording, form: TextForm) -> Compared:
    return Compared(wording, read(wording.text), differences(wording.text, form.typed))


def _sorted(problems: Sequence[Problem]) -> list[Problem]:
    """Put problems in the order of their lines."""
    return sorted(problems, key=lambda one: int(str(one.values.get("line", 0))))
