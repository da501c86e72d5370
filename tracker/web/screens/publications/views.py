"""What an authority publishes: the choice of it, and the pages that anyone reads."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.charts.series import line_chart
from tracker.charts.years import YearPoint
from tracker.config.settings import Settings
from tracker.domain.errors import Invalid, Problem
from tracker.domain.paging import page_count
from tracker.domain.periods import last_full_year
from tracker.domain.permissions import Permission
from tracker.domain.publications import PublicationRecord, PublicationState
from tracker.domain.records import Aim
from tracker.domain.vocabulary import PublicationScope
from tracker.exports import open_data
from tracker.labels import publications as words
from tracker.labels import say, text
from tracker.labels.titles import chart_reading
from tracker.services import feeds, public_reports, publications, published
from tracker.services.indicators import drawn_years
from tracker.services.published import Edition, Published
from tracker.services.visitor import Visitor
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.files import attached
from tracker.web.platform.guards import everyone, requires
from tracker.web.platform.language import to
from tracker.web.platform.pages import asked_page
from tracker.web.platform.refusals import by_field, status_of
from tracker.web.platform.shared import KEPT_MINUTES, kept, shared
from tracker.web.platform.years import asked_year
from tracker.web.screens.publications.forms import PublishingForm, WithdrawalForm, frame, number, stored

area = Blueprint("publications", __name__)
OTHERS_SHOWN = 25
SENTENCES: tuple[Callable[..., Any], ...] = (
    words.publication_word,
    words.publication_reading,
    words.publication_headline,
    words.publication_reasons,
    words.commitments_phrase,
    words.values_phrase,
    words.known_on_sentence,
    words.version_title,
    words.withdrawal_sentence,
)


@area.context_processor
def _words() -> dict[str, Any]:
    """Give the templates of the publications their own sentences, and addresses that keep their language."""
    told = {"to": to, "PublicationScope": PublicationScope, "PublicationState": PublicationState}
    return {one.__name__: one for one in SENTENCES} | told | {"LICENCE": open_data.LICENCE}


# The choice


@area.get("/<slug>/publications")
@requires(Permission.PUBLISH)
def list_(visitor: Visitor) -> str:
    """Show the years, and the form that publishes one."""
    return _choice(visitor, asked_year())


@area.get("/<slug>/publications/<int:year>")
@requires(Permission.PUBLISH)
def preview(visitor: Visitor, year: int) -> str:
    """Show a year as strangers would read it if it were published now."""
    asked = request.args.get("portee", "")
    scope = PublicationScope(asked) if asked in set(PublicationScope) else PublicationScope.FLAGSHIPS
    has_values = request.args.get("valeurs") == "1"
    edition = publications.preview(session(), visitor, year, scope, today(), has_values=has_values)
    return _year_page(edition, None)


@area.post("/<slug>/publications/<int:year>")
@requires(Permission.PUBLISH)
def publish(visitor: Visitor, year: int) -> Response:
    """Publish a year, or show the form again with what was typed and what is wrong."""
    form = PublishingForm(request.form)
    draft = form.draft()
    try:
        is_new = publications.publish(session(), visitor, year, draft, today())
    except Invalid as refused:
        return _refused(visitor, year, refused, publishing=form)
    flash(text("Publication {year} enregistrée.", year=year) if is_new else text("Aucune modification."))
    return redirect(_address(visitor, year))


@area.post("/<slug>/publications/<int:year>/retrait")
@requires(Permission.PUBLISH)
def withdraw(visitor: Visitor, year: int) -> Response:
    """Take a year back."""
    form = WithdrawalForm(request.form)
    seen = number(form.seen.data)
    try:
        is_new = publications.withdraw(session(), visitor, year, form.reason.data or "", seen, today())
    except Invalid as refused:
        return _refused(visitor, year, refused, withdrawal=form)
    told = text(
        "{year} n'est plus publiée : dans {n} minutes au plus, plus personne ne la lit.", year=year, n=KEPT_MINUTES
    )
    flash(told if is_new else text("Aucune modification."))
    return redirect(_address(visitor, year))


def _choice(
    visitor: Visitor,
    year: int,
    *,
    publishing: PublishingForm | None = None,
    withdrawal: WithdrawalForm | None = None,
    problems: Mapping[str, Problem] | None = None,
) -> str:
    years = publications.years(session(), visitor, today())
    is_over = year <= last_full_year(today())
    found = publications.preparation(session(), visitor, year, today()) if is_over else None
    form = publishing or (stored(found) if found else PublishingForm())
    form.offer()
    if found and problems:  # after a conflict the form answers the version that is now stored
        form.seen.data = str(found.seen)
    return render_template(
        "screens/publications/choice.html",
        years=years,
        year=year,
        found=found,
        form=form,
        withdrawal=withdrawal or WithdrawalForm(),
        problems=problems or {},
        framed=_framed(visitor, year) if found else None,
        minutes=KEPT_MINUTES,
    )


def _refused(
    visitor: Visitor,
    year: int,
    refused: Invalid,
    *,
    publishing: PublishingForm | None = None,
    withdrawal: WithdrawalForm | None = None,
) -> Response:
    problems = by_field(refused.problems)
    page = _choice(visitor, year, publishing=publishing, withdrawal=withdrawal, problems=problems)
    return make_response(page, status_of(refused))


def _framed(visitor: Visitor, year: int) -> Mapping[str, Any] | None:
    """Give the commitments that can be shown on another site, and the code of the one that was asked for."""
    edition = publications.current_edition(session(), visitor, year, today())
    if edition is None:
        return None
    asked = request.args.get("code", "")
    card = edition.scorecard.card(asked) or edition.scorecard.cards[0]
    return {
        "choices": [(one.commitment.code, say(one.commitment.title)) for one in edition.scorecard.cards],
        "chosen": card.commitment.code,
        "code": _code_of_frame(visitor.organisation.slug, year, card.commitment.code, say(card.commitment.title)),
    }


def _address(visitor: Visitor, year: int) -> str:
    return url_for("publications.list_", slug=visitor.organisation.slug, annee=year)


# What anyone reads


@area.get("/<slug>/public", strict_slashes=False)
@everyone
@shared
def public(slug: str) -> Response:
    """Show which years are published."""
    found = published.find(session(), slug, today())
    reports = public_reports.of(session(), found.row, today())
    mark, changed_at = found.mark, found.changed_at
    if reports is not None:
        mark, changed_at = f"{mark}\n{reports.mark}", max(changed_at, reports.changed_at)
    keeping = kept(mark, changed_at)
    return keeping.same() or keeping.on(
        make_response(_page("organisation.html", found, columns=open_data.COLUMNS, reports=reports))
    )


@area.get("/<slug>/public/<int:year>", strict_slashes=False)
@everyone
@shared
def year_(slug: str, year: int) -> Response:
    """Show a published year, at an address that stays."""
    return _of_year(slug, year, lambda found, edition: _year_page(edition, found))


@area.get("/<slug>/public/<int:year>/engagements/<code>")
@everyone
@shared
def commitment(slug: str, year: int, code: str) -> Response:
    """Show one commitment of a published year."""
    return _of_year(slug, year, lambda found, edition: _commitment_page(found, edition, code))


@area.get("/<slug>/public/<int:year>/indicateurs/<code>")
@everyone
@shared
def indicator(slug: str, year: int, code: str) -> Response:
    """Show one indicator of a published year, if its values are."""
    return _of_year(slug, year, lambda found, edition: _indicator_page(found, edition, code))


@area.get("/<slug>/public/<int:year>/integrer/<code>")
@everyone
@shared
def framed(slug: str, year: int, code: str) -> Response:
    """Show one commitment as a figure for another site."""

    def made(found: Published, edition: Edition) -> str:
        return _page("framed.html", found, edition=edition, card=edition.card(code), year=year)

    return _of_year(slug, year, made, is_framed=True)


@area.get("/<slug>/public/<int:year>.csv")
@everyone
@shared
def table(slug: str, year: int) -> Response:
    """Give a published year as open data."""

    def made(found: Published, edition: Edition) -> Response:
        content = _table(edition)
        return attached(content, "text/csv", f"{found.organisation.slug}-{year}.csv")

    return _of_year(slug, year, made, is_open=True)


@area.get("/<slug>/public/<int:year>.json")
@everyone
@shared
def package(slug: str, year: int) -> Response:
    """Describe the open data of a published year, column by column."""

    def made(found: Published, edition: Edition) -> Response:
        page = _settings().public_url + url_for("publications.year_", slug=found.organisation.slug, year=year)
        content = _table(edition)
        told = open_data.package(edition.scorecard, edition.version, page, content)
        return make_response(told, {"Content-Type": "application/json"})

    return _of_year(slug, year, made, is_open=True)


@area.get("/<slug>/public/flux.atom")
@everyone
@shared
def feed(slug: str) -> Response:
    """Give what was published, changed and withdrawn as a feed."""
    found = published.find(session(), slug, today())

    def made() -> Response:
        told = feeds.feed(session(), found, _settings().public_url, open_data.LICENCE["title"])
        return make_response(told, {"Content-Type": "application/atom+xml; charset=utf-8"})

    return _kept(found, made, is_open=True)


def _of_year(slug: str, year: int, make: Callable[[Published, Edition], str | Response], **how: bool) -> Response:
    """Answer with what ``make`` gives of a published year, or say that it was withdrawn."""
    found = published.find(session(), slug, today())
    version = found.version(year)
    if version.is_withdrawn:
        return _withdrawn(found, version, **how)
    return _kept(found, lambda: make(found, published.edition(session(), found.row, version)), **how)


def _kept(found: Published, make: Callable[[], str | Response], **how: bool) -> Response:
    """Answer that nothing changed to a cache that has the page already, before anything is computed."""
    keeping = kept(found.mark, found.changed_at, **how)
    return keeping.same() or keeping.on(make_response(make()))


def _withdrawn(found: Published, version: PublicationRecord, **how: bool) -> Response:
    name = "framed_withdrawn.html" if how.get("is_framed") else "withdrawn.html"
    answer = make_response(_page(name, found, version=version, year=version.year), 410)
    return kept(found.mark, found.changed_at, **how).on(answer)


def _page(name: str, found: Published | None, **told: Any) -> str:
    """Render a page of the public part; the visitor of a preview is the only one who has no ``found``."""
    return render_template(
        f"screens/publications/{name}",
        found=found,
        canonical=_canonical(),
        code_of_frame=_code_of_frame,
        **{"edition": None, **told},
    )


def _year_page(edition: Edition, found: Published | None) -> str:
    card = edition.scorecard
    flagships = {one.commitment.code for one in card.flagships}
    others = [one for one in card.cards if one.commitment.code not in flagships]
    page = asked_page()
    return _page(
        "year.html",
        found,
        edition=edition,
        year=card.year,
        others=others[(page - 1) * OTHERS_SHOWN : page * OTHERS_SHOWN],
        page=page,
        pages=page_count(len(others), OTHERS_SHOWN, page),
    )


def _commitment_page(found: Published, edition: Edition, code: str) -> str:
    card = edition.card(code)
    year = edition.scorecard.year
    facts = [fact for fact in card.commitment.findings if fact.on <= date(year, 12, 31)]
    return _page("commitment.html", found, edition=edition, card=card, year=year, facts=facts)


def _indicator_page(found: Published, edition: Edition, code: str) -> str:
    sheet = edition.sheet(code)
    year = edition.scorecard.year
    return _page(
        "indicator.html",
        found,
        edition=edition,
        sheet=sheet,
        chart=line_chart(sheet.points, sheet.aim.indicator),
        title=chart_reading(sheet.aim, year),
        year=year,
    )


def _canonical() -> str:
    """Give the one address of this page: without what its query may add, but its language and its page."""
    told = {name: request.args[name] for name in ("page",) if request.args.get(name, "1") != "1"}
    return to(str(request.endpoint), **(request.view_args or {}), **told)


def _code_of_frame(slug: str, year: int, code: str, title: str) -> str:
    place = to("publications.framed", slug=slug, year=year, code=code)
    return frame(_settings().public_url + place, text("{title}, {year}", title=title, year=year))


def _table(edition: Edition) -> bytes:
    """Write the open data of a published year, with what the drawings of its indicators show around their values."""
    after = date(edition.scorecard.year + 1, 1, 1)

    def drawn(aim: Aim) -> Sequence[open_data.DrawnYear]:
        return [_drawn(point) for point in drawn_years(aim, after)]

    return open_data.table(edition.scorecard, edition.version, drawn)


def _drawn(point: YearPoint) -> open_data.DrawnYear:
    ahead = point.ahead
    forecast = (ahead.value, ahead.low, ahead.high) if ahead else ()
    return open_data.DrawnYear(point.year, point.restated, point.voted, point.expected, *forecast)


def _settings() -> Settings:
    settings: Settings = current_app.config["TRACKER_SETTINGS"]
    return settings
