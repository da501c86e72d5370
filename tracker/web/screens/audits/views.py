"""The audits of a digital service: listed, read, typed page by page, imported from a file, corrected, withdrawn."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from tracker.domain.audit_drafts import MOST_PAGES, AuditDraft
from tracker.domain.dates import parse_date
from tracker.domain.drafts import ImportProblem
from tracker.domain.errors import Conflict, Invalid, NotFound, Problem, ProblemCode
from tracker.domain.permissions import Permission
from tracker.domain.rgaa import Result
from tracker.domain.rgaa_results import by_topic, failed, mean_of_pages, topic_of
from tracker.exports.audits import audit_csv
from tracker.importers.grid import MAX_BYTES
from tracker.labels import audits as words
from tracker.labels import text
from tracker.labels.imports import cell_name
from tracker.labels.statements import publication_sentence
from tracker.services import audit_changes, audit_imports, audit_pages, audits
from tracker.services.audit_rows import AuditView
from tracker.services.audit_typed import AuditTyped
from tracker.services.audits import AuditSheet
from tracker.services.service_rows import rgaa_versions
from tracker.services.visitor import Visitor
from tracker.web.platform.clock import today
from tracker.web.platform.database import release, session
from tracker.web.platform.files import attached
from tracker.web.platform.guards import requires
from tracker.web.platform.refusals import INVALID, by_field, status_of
from tracker.web.screens.audits.forms import AuditForm, PageForm, handed_pages, seen, stored

area = Blueprint("audits", __name__)
REQUEST_LIMIT = 3 * MAX_BYTES  # more than a file may weigh, so that most of those who send too much are told how much
PROBLEMS_SHOWN = 40
COLUMNS = 15
"""Pages of a sample that one table shows."""
SENTENCES = (
    words.foreseen_sentence,
    words.rate_phrase,
    words.rate_shown,
    words.standing_sentence,
    words.told_sentence,
    words.topic_name,
    words.untested_sentence,
    words.validity_sentence,
    publication_sentence,
)


@area.context_processor
def _words() -> dict[str, Any]:
    """Give the templates of audits their own sentences."""
    return {told.__name__: told for told in SENTENCES} | {"Result": Result, "MOST_PAGES": MOST_PAGES}


@area.url_value_preprocessor
def _take_files(endpoint: str | None, values: dict[str, Any] | None) -> None:  # noqa: ARG001
    """Let a file through: this comes before anything reads the request."""
    if endpoint == "audits.send":
        request.max_content_length = REQUEST_LIMIT


@area.get("/<slug>/services/<int:service>/audits")
@requires(Permission.READ)
def list_(visitor: Visitor, service: int) -> str:
    """List the audits of a service, with the legal state that they give and what the next version would change."""
    supposed, problems = _supposed()
    found = audits.listed(session(), visitor, service, today(), supposed)
    return render_template(
        "screens/audits/list.html",
        found=found,
        on=today(),
        supposed_text=request.args.get("parution", ""),
        problems=problems,
        next_version=next((one.code for one in rgaa_versions() if one.published_on is None), ""),
    )


@area.get("/<slug>/services/<int:service>/audits/ajout")
@requires(Permission.KEEP_SERVICES)
def new(visitor: Visitor, service: int) -> str:
    """Show the form of a new audit."""
    audit_changes.find(session(), visitor, service)
    return _form_page(visitor, service, AuditForm())


@area.post("/<slug>/services/<int:service>/audits/ajout")
@requires(Permission.KEEP_SERVICES)
def add(visitor: Visitor, service: int) -> Answer:
    """Add an audit whose results come next, or show the form again with what is wrong."""
    form = AuditForm(request.form)
    try:
        number = audit_changes.add(session(), visitor, service, form.typed(form.listed_pages()), today())
    except Invalid as refused:
        return make_response(_form_page(visitor, service, form, refused), status_of(refused))
    flash(text("Audit ajouté : tapez maintenant les résultats de chaque page."))
    return redirect(_address(visitor, service, number))


@area.get("/<slug>/services/<int:service>/audits/import")
@requires(Permission.KEEP_SERVICES)
def import_(visitor: Visitor, service: int) -> str:
    """Show the form that sends the file of an audit."""
    return _import_page(visitor, service, (), ())


@area.post("/<slug>/services/<int:service>/audits/import")
@requires(Permission.KEEP_SERVICES)
def send(visitor: Visitor, service: int) -> Answer:
    """Show what a file says of an audit and ask for what it does not say, or say what cannot be read."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        missing = Problem("file", ProblemCode.IMPORT_FILE_MISSING)
        return make_response(_import_page(visitor, service, (missing,), ()), INVALID)
    content, name = sent.read(), sent.filename
    release()
    draft = audit_imports.read(content, name)
    if draft.problems:
        whole = [one.problem for one in draft.problems if not one.place.row]
        cells = [one for one in draft.problems if one.place.row]
        return make_response(_import_page(visitor, service, whole, cells), INVALID)
    typed = audit_imports.typed_of(draft, name)
    form = AuditForm(data={name: getattr(typed, name) for name in ("kind", "rgaa", "source", *_META)})
    return make_response(_preview_page(visitor, service, form, typed, draft=draft))


@area.post("/<slug>/services/<int:service>/audits/import/confirmation")
@requires(Permission.KEEP_SERVICES)
def confirm(visitor: Visitor, service: int) -> Answer:
    """Store the audit that was shown, once, or show it again with what is wrong."""
    form = AuditForm(request.form)
    typed = form.typed(handed_pages(request.form))
    try:
        number, is_new = audit_imports.take_in(session(), visitor, service, typed, today())
    except Invalid as refused:
        return make_response(_preview_page(visitor, service, form, typed, refused=refused), status_of(refused))
    flash(text("Audit importé.") if is_new else text("Aucune modification : cet audit était déjà enregistré."))
    return redirect(_address(visitor, service, number))


@area.get("/<slug>/services/<int:service>/audits/<int:number>")
@requires(Permission.READ)
def show(visitor: Visitor, service: int, number: int) -> str:
    """Show one audit: its rate, by topic and by page, what fails, how long it counts."""
    return _audit_page(visitor, service, number)


@area.get("/<slug>/services/<int:service>/audits/<int:number>/resultats")
@requires(Permission.READ)
def results(visitor: Visitor, service: int, number: int) -> str:
    """Show the results of one topic on each page, or all of them of a few pages."""
    sheet = audits.sheet(session(), visitor, service, number)
    topics = _topics(sheet.audit)
    topic = _asked_topic(topics)
    first = _asked_column(len(sheet.audit.pages))
    return render_template(
        "screens/audits/results.html",
        sheet=sheet,
        topics=topics,
        topic=topic,
        criteria=[one for one in sheet.audit.criteria if topic_of(one) == topic],
        pages=sheet.audit.pages[first : first + COLUMNS],
        first=first,
        step=COLUMNS,
    )


@area.get("/<slug>/services/<int:service>/audits/<int:number>.csv")
@requires(Permission.READ)
def table(visitor: Visitor, service: int, number: int) -> Response:
    """Give an audit as the table that Ara exports: what is taken out comes back in."""
    audit = audits.sheet(session(), visitor, service, number).audit
    content = audit_csv(audit.criteria, [(one.name, one.results) for one in audit.pages])
    return attached(content, "text/csv", f"{visitor.organisation.slug}-service-{service}-audit-{number}.csv")


@area.get("/<slug>/services/<int:service>/audits/<int:number>/modifier")
@requires(Permission.KEEP_SERVICES)
def edit(visitor: Visitor, service: int, number: int) -> str:
    """Show the form that corrects what an audit says of itself."""
    audit = audits.sheet(session(), visitor, service, number).audit
    return _form_page(visitor, service, AuditForm(data=stored(audit)), audit=audit)


@area.post("/<slug>/services/<int:service>/audits/<int:number>/modifier")
@requires(Permission.KEEP_SERVICES)
def correct(visitor: Visitor, service: int, number: int) -> Answer:
    """Correct an audit, or show the form again; after a conflict it answers the version that is now stored."""
    form = AuditForm(request.form)
    try:
        is_new = audit_changes.correct(session(), visitor, service, number, form.typed(()), today())
    except Invalid as refused:
        audit = audits.sheet(session(), visitor, service, number).audit
        if isinstance(refused, Conflict):
            form.seen.data = str(audit.version)
        return make_response(_form_page(visitor, service, form, refused, audit), status_of(refused))
    flash(text("Audit enregistré.") if is_new else text("Aucune modification."))
    return redirect(_address(visitor, service, number))


@area.post("/<slug>/services/<int:service>/audits/<int:number>/retrait")
@requires(Permission.KEEP_SERVICES)
def withdraw(visitor: Visitor, service: int, number: int) -> Answer:
    """Withdraw an audit with a reason."""
    version = seen(request.form.get("seen"))
    try:
        audit_changes.withdraw(session(), visitor, service, number, request.form.get("reason", ""), version)
    except Invalid as refused:
        return make_response(_audit_page(visitor, service, number, refused), status_of(refused))
    flash(text("Audit retiré : il ne compte plus, et reste lisible."))
    return redirect(_address(visitor, service, number))


@area.post("/<slug>/services/<int:service>/audits/<int:number>/pages")
@requires(Permission.KEEP_SERVICES)
def add_page(visitor: Visitor, service: int, number: int) -> Answer:
    """Add a page to the sample, and go to its results."""
    name, version = request.form.get("page", ""), seen(request.form.get("seen"))
    try:
        position = audit_pages.add_page(session(), visitor, service, number, name, version)
    except Invalid as refused:
        return make_response(_audit_page(visitor, service, number, refused), status_of(refused))
    flash(text("Page ajoutée : ses critères sont à tester."))
    return redirect(_page_address(visitor, service, number, position))


@area.get("/<slug>/services/<int:service>/audits/<int:number>/pages/<int:position>")
@requires(Permission.KEEP_SERVICES)
def page(visitor: Visitor, service: int, number: int, position: int) -> str:
    """Show the results of a page to type, one topic at a time."""
    return _results_page(visitor, service, number, position)


@area.post("/<slug>/services/<int:service>/audits/<int:number>/pages/<int:position>")
@requires(Permission.KEEP_SERVICES)
def set_page(visitor: Visitor, service: int, number: int, position: int) -> Answer:
    """Store the results of a topic, or all those that were pasted, and go to the next topic."""
    form = PageForm(request.form)
    chosen = {name.removeprefix("r-"): code for name, code in request.form.items() if name.startswith("r-")}
    typed = form.typed(chosen, seen(request.form.get("seen")))
    try:
        is_new = audit_pages.set_page(session(), visitor, service, number, position, typed)
    except Invalid as refused:
        return make_response(
            _results_page(visitor, service, number, position, form, chosen, refused), status_of(refused)
        )
    flash(text("Résultats enregistrés.") if is_new else text("Aucune modification."))
    topics = _topics(audits.sheet(session(), visitor, service, number).audit)
    later = [one for one in topics if one > _asked_topic(topics)]
    if "next" in request.form and later:
        return redirect(_page_address(visitor, service, number, position, later[0]))
    return redirect(_address(visitor, service, number))


@area.post("/<slug>/services/<int:service>/audits/<int:number>/pages/<int:position>/suppression")
@requires(Permission.KEEP_SERVICES)
def remove_page(visitor: Visitor, service: int, number: int, position: int) -> Answer:
    """Take a page out of the sample."""
    try:
        audit_pages.remove_page(session(), visitor, service, number, position, seen(request.form.get("seen")))
    except Invalid as refused:
        return make_response(_audit_page(visitor, service, number, refused), status_of(refused))
    flash(text("Page retirée de l'échantillon."))
    return redirect(_address(visitor, service, number))


_META = ("audited_on", "published_on", "auditor", "environments", "tools", "told_rate", "note")


def _supposed() -> tuple[date | None, Mapping[str, Problem]]:
    """Read the day that one supposes for the next version; a day that cannot be read is told."""
    written = request.args.get("parution", "")
    if not written.strip():
        return None, {}
    try:
        return parse_date(written, "parution"), {}
    except Invalid as refused:
        return None, by_field(refused.problems)


def _topics(audit: AuditView) -> Sequence[int]:
    return list(dict.fromkeys(map(topic_of, audit.criteria)))


def _asked_topic(topics: Sequence[int]) -> int:
    """Read the topic of the address; the first one where it asks for none.

    Raises:
        NotFound: for a topic that the audit does not look at.
    """
    written = request.args.get("thematique", "")
    if not written:
        return topics[0] if topics else 0
    found = next((one for one in topics if str(one) == written), None)
    if found is None:
        raise NotFound(written)
    return found


def _asked_column(count: int) -> int:
    """Read from which page on, counted from 1, the table is shown."""
    written = seen(request.args.get("page", "1"))
    if not 1 <= written <= max(count, 1) or (written - 1) % COLUMNS:
        raise NotFound(written)
    return written - 1


def _form_page(
    visitor: Visitor,
    service: int,
    form: AuditForm,
    refused: Invalid | None = None,
    audit: AuditView | None = None,
) -> str:
    form.offer()
    return render_template(
        "screens/audits/form.html",
        service=audit_changes.find(session(), visitor, service),
        form=form,
        audit=audit,
        problems=_problems(refused),
        page_problems=_page_problems(refused),
        is_stale=isinstance(refused, Conflict),
    )


def _import_page(visitor: Visitor, service: int, whole: Sequence[Problem], cells: Sequence[ImportProblem]) -> str:
    return render_template(
        "screens/audits/import.html",
        service=audit_changes.find(session(), visitor, service),
        problems=by_field(whole[:1]),
        more=whole[1:PROBLEMS_SHOWN],
        cells=[(one.place.sheet, cell_name(one.place), one.problem) for one in cells[:PROBLEMS_SHOWN]],
        count=len(whole) + len(cells),
        left=max(0, len(cells) - PROBLEMS_SHOWN),
        limit=MAX_BYTES // (1024 * 1024),
    )


def _preview_page(
    visitor: Visitor,
    service: int,
    form: AuditForm,
    typed: AuditTyped,
    *,
    draft: AuditDraft | None = None,
    refused: Invalid | None = None,
) -> str:
    form.offer()
    return render_template(
        "screens/audits/preview.html",
        service=audit_changes.find(session(), visitor, service),
        form=form,
        typed=typed,
        draft=draft,
        reckoned=audit_imports.reckoned(typed, today()),
        known=_known(visitor, service, typed),
        problems=_problems(refused),
        page_problems=_page_problems(refused),
    )


def _known(visitor: Visitor, service: int, typed: AuditTyped) -> int | None:
    """Find the audit that says the same, whatever its days; None while what is typed cannot be read."""
    dated = replace(
        typed, audited_on=today().isoformat(), published_on="", auditor="", environments="", tools="", note=""
    )
    try:
        return audit_changes.same(session(), visitor, service, dated, today())
    except Invalid:
        return None


def _audit_page(visitor: Visitor, service: int, number: int, refused: Invalid | None = None) -> str:
    sheet = audits.sheet(session(), visitor, service, number)
    return render_template(
        "screens/audits/audit.html",
        sheet=sheet,
        on=today(),
        topics=by_topic(sheet.audit.record),
        failures=_failures(sheet),
        mean=mean_of_pages(sheet.audit.record),
        problems=_problems(refused),
    )


def _failures(sheet: AuditSheet) -> Sequence[tuple[str, Sequence[str]]]:
    """Give the criteria that the sample fails, each with the names of the pages that do."""
    audit = sheet.audit
    shared = next((one.name for one in audit.pages if one.is_shared), "")
    names = [shared, *(one.name for one in audit.pages if not one.is_shared)]
    return [(criterion, [names[place] for place in places]) for criterion, places in failed(audit.record).items()]


def _results_page(
    visitor: Visitor,
    service: int,
    number: int,
    position: int,
    form: PageForm | None = None,
    chosen: Mapping[str, str] | None = None,
    refused: Invalid | None = None,
) -> str:
    sheet = audits.sheet(session(), visitor, service, number)
    here = next((one for one in sheet.audit.pages if one.position == position), None)
    if here is None or sheet.audit.is_withdrawn:
        raise NotFound(position)
    topics = _topics(sheet.audit)
    topic = _asked_topic(topics)
    if form is None:
        form = PageForm(data={"page": here.name, "url": here.address, "is_shared": "1" if here.is_shared else ""})
    return render_template(
        "screens/audits/page.html",
        sheet=sheet,
        here=here,
        topics=topics,
        topic=topic,
        criteria=[one for one in sheet.audit.criteria if topic_of(one) == topic],
        form=form,
        chosen={**here.results, **(chosen or {})},
        problems=_problems(refused),
        is_stale=isinstance(refused, Conflict),
        is_last=topic == topics[-1],
    )


def _problems(refused: Invalid | None) -> Mapping[str, Problem]:
    return by_field(refused.problems) if refused else {}


def _page_problems(refused: Invalid | None) -> Sequence[Problem]:
    """List what is wrong with the pages of an audit."""
    return [one for one in refused.problems if one.where.startswith("page-")] if refused else []


def _address(visitor: Visitor, service: int, number: int) -> str:
    return url_for("audits.show", slug=visitor.organisation.slug, service=service, number=number)


def _page_address(visitor: Visitor, service: int, number: int, position: int, topic: int | None = None) -> str:
    slug = visitor.organisation.slug
    return url_for("audits.page", slug=slug, service=service, number=number, position=position, thematique=topic)
