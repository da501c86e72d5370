"""Frozen reports: sealing the draft, a version with what is recorded of it, two reports side by side."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.domain.errors import Conflict, Invalid, Problem
from tracker.domain.numbers import whole_number
from tracker.domain.paging import page_count
from tracker.domain.permissions import Permission
from tracker.domain.publications import PublicationState
from tracker.labels import frozen_reports as words
from tracker.labels import text
from tracker.labels.publications import publication_word
from tracker.reports.formats import FORMATS
from tracker.services import frozen_reports, report_acts, report_comparisons
from tracker.services.completeness import completeness
from tracker.services.frozen_reports import AlteredReport, Version
from tracker.services.report_acts import DebateDraft
from tracker.services.report_comparisons import Compared, Comparison, Side
from tracker.services.reviews import review
from tracker.services.visitor import Visitor
from tracker.web.platform.boxes import Box
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.files import attached
from tracker.web.platform.guards import requires
from tracker.web.platform.pages import asked_page
from tracker.web.platform.refusals import CONFLICT, by_field, status_of
from tracker.web.platform.years import years_on_offer

area = Blueprint("frozen_reports", __name__)
FORMS = f"any({','.join(FORMATS)})"
"""What the address of a file may end with."""
ROWS = 30
DRAFTS = 3
"""Years before this one whose draft can be compared."""
DEBATE = ("debate_on", "deliberation", "adopted_on")
SENTENCES = (
    words.report_title,
    words.seal_sentence,
    words.digest_sentence,
    words.rectified_phrase,
    words.reason_phrase,
    words.who_phrase,
    words.field_phrase,
    words.cell_phrases,
    publication_word,
)


@area.context_processor
def _words() -> dict[str, Any]:
    """Give the templates the sentences of frozen reports."""
    return {one.__name__: one for one in SENTENCES} | {"PublicationState": PublicationState, "Compared": Compared}


@area.errorhandler(AlteredReport)
def _altered(_: AlteredReport) -> tuple[str, int]:
    """Say that a kept text is not the one that was sealed: nothing of it is given."""
    return render_template("screens/frozen_reports/altered.html"), CONFLICT


# Sealing


@area.get("/<slug>/rapport/<int:year>/geler")
@requires(Permission.PUBLISH)
def prepare(visitor: Visitor, year: int) -> str:
    """Show what would be frozen now."""
    return _preparation(visitor, year)


@area.post("/<slug>/rapport/<int:year>/geler")
@requires(Permission.PUBLISH)
def freeze(visitor: Visitor, year: int) -> Response:
    """Seal the draft that was seen, or show what changed since."""
    seen, note = request.form.get("seen", ""), request.form.get("note", "")
    try:
        version, is_new = frozen_reports.freeze(session(), visitor, year, seen, note, today())
    except Invalid as refused:
        return make_response(_preparation(visitor, year, note, refused), status_of(refused))
    flash(text("Version {n} figée.", n=version) if is_new else text("Aucune modification."))
    return redirect(_address(visitor, year, version))


def _preparation(visitor: Visitor, year: int, note: str = "", refused: Invalid | None = None) -> str:
    found = frozen_reports.prepare(session(), visitor, year, today())
    since = _moment(request.form.get("at", ""))
    lines = frozen_reports.meanwhile(session(), visitor, since) if isinstance(refused, Conflict) and since else ()
    return render_template(
        "screens/frozen_reports/freeze.html",
        found=found,
        completeness=completeness(session(), visitor.organisation, review(session(), visitor, year, today())).counts,
        year=year,
        note=Box("note", note),
        problems=by_field(refused.problems) if refused else {},
        meanwhile=lines,
    )


def _moment(written: str) -> datetime | None:
    """Read the moment at which a draft was read, None for what is not one."""
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        return None
    return found if found.tzinfo else None


# A version


@area.get("/<slug>/rapport/<int:year>/versions/<int:number>")
@requires(Permission.READ)
def show(visitor: Visitor, year: int, number: int) -> str:
    """Show a version: its seal, its files, what is recorded of it, what was rectified since."""
    return _page(visitor, year, number)


@area.get(f"/<slug>/rapport/<int:year>/versions/<int:number>.<{FORMS}:form>")
@requires(Permission.READ)
def file(visitor: Visitor, year: int, number: int, form: str) -> Response:
    """Give a version as a file: the same bytes whenever it is asked for."""
    found = frozen_reports.find(session(), visitor, year, number)
    name = f"{visitor.organisation.slug}-rapport-{year}-v{number}.{form}"
    return attached(frozen_reports.file(found.row, form), FORMATS[form].media_type, name)


@area.post("/<slug>/rapport/<int:year>/versions/<int:number>/debat")
@requires(Permission.PUBLISH)
def debate(visitor: Visitor, year: int, number: int) -> Response:
    """Record when a version is debated, and the deliberation that takes note of it."""
    draft = DebateDraft(**{name: request.form.get(name, "") for name in DEBATE}, seen=_seen())
    try:
        is_new = report_acts.record_debate(session(), visitor, year, number, draft, today())
    except Invalid as refused:
        return _refused(visitor, year, number, refused)
    flash(text("Débat enregistré.") if is_new else text("Aucune modification."))
    return redirect(_address(visitor, year, number))


@area.post("/<slug>/rapport/<int:year>/versions/<int:number>/publier")
@requires(Permission.PUBLISH)
def publish(visitor: Visitor, year: int, number: int) -> Response:
    """Decide from when on anyone reads a version."""
    typed = request.form.get("visible_from", ""), request.form.get("note", "")
    try:
        is_new = report_acts.publish(session(), visitor, year, number, *typed, _seen(), today())
    except Invalid as refused:
        return _refused(visitor, year, number, refused)
    flash(text("Publication enregistrée.") if is_new else text("Aucune modification."))
    return redirect(_address(visitor, year, number))


@area.post("/<slug>/rapport/<int:year>/versions/<int:number>/retirer")
@requires(Permission.PUBLISH)
def withdraw(visitor: Visitor, year: int, number: int) -> Response:
    """Take a version back from strangers."""
    reason = request.form.get("reason", "")
    try:
        is_new = report_acts.withdraw(session(), visitor, year, number, reason, _seen(), today())
    except Invalid as refused:
        return _refused(visitor, year, number, refused)
    flash(text("Version retirée du public.") if is_new else text("Aucune modification."))
    return redirect(_address(visitor, year, number))


def _page(visitor: Visitor, year: int, number: int, refused: Invalid | None = None) -> str:
    found = frozen_reports.find(session(), visitor, year, number)
    told = request.form if refused else _stored(found)
    problems: Mapping[str, Problem] = by_field(refused.problems) if refused else {}
    return render_template(
        "screens/frozen_reports/version.html",
        found=found,
        year=year,
        report=frozen_reports.read(found.row),
        rectified=frozen_reports.rectified(session(), visitor, found.row),
        standing=found.standing(today()),
        formats=FORMATS,
        boxes={name: Box(name, told.get(name, "")) for name in (*DEBATE, "visible_from", "note", "reason")},
        problems=problems,
    )


def _stored(found: Version) -> Mapping[str, str]:
    last = found.debate
    if last is None:
        return {}
    told = {"debate_on": last.debate_on, "adopted_on": last.adopted_on}
    return {"deliberation": last.deliberation} | {name: _typed(on) for name, on in told.items()}


def _typed(on: date | None) -> str:
    return on.strftime("%d/%m/%Y") if on else ""


def _refused(visitor: Visitor, year: int, number: int, refused: Invalid) -> Response:
    return make_response(_page(visitor, year, number, refused), status_of(refused))


def _seen() -> int:
    found = whole_number(request.form.get("seen", ""))
    return -1 if found is None else found


def _address(visitor: Visitor, year: int, number: int) -> str:
    return url_for("frozen_reports.show", slug=visitor.organisation.slug, year=year, number=number)


# Two reports side by side


@area.get("/<slug>/rapport/compare")
@requires(Permission.READ)
def compare(visitor: Visitor) -> str:
    """Show what differs from one report to another, a page of it."""
    offered, found = _compared(visitor)
    page = asked_page()
    return render_template(
        "screens/frozen_reports/compare.html",
        found=found,
        offered=offered,
        rows=found.differences[(page - 1) * ROWS : page * ROWS],
        page=page,
        pages=page_count(len(found.differences), ROWS, page),
    )


@area.get("/<slug>/rapport/compare.csv")
@requires(Permission.READ)
def table(visitor: Visitor) -> Response:
    """Give what differs from one report to another as a file."""
    _, found = _compared(visitor)
    name = f"{visitor.organisation.slug}-rapports-{found.before.code}-{found.after.code}.csv"
    return attached(report_comparisons.csv(found), "text/csv", name)


def _compared(visitor: Visitor) -> tuple[Sequence[Side], Comparison]:
    """Give the reports that can be compared, and the two that the address asks for: the last two years without it."""
    offered = report_comparisons.sides(session(), visitor, years_on_offer(today().year - DRAFTS))
    frozen = {one.year: one for one in reversed(offered) if one.version}
    drafts = {one.year: one for one in offered if not one.version and one.year < today().year}
    latest = frozen if len(frozen) > 1 else drafts
    *_, last, this = (latest[year] for year in sorted(latest))
    before, after = (_side(name, one) for name, one in (("de", last), ("a", this)))
    return offered, report_comparisons.compare(session(), visitor, before, after, today())


def _side(parameter: str, otherwise: Side) -> Side:
    asked = request.args.get(parameter, "")
    return report_comparisons.side(asked) if asked else otherwise
