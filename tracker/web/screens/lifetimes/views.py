"""Lifetimes: how long the equipment is kept, the targets it answers, and the values it gives to the indicators."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tracker.charts.pyramid import age_name, age_pyramid
from tracker.charts.survival import HEIGHT as SURVIVAL_HEIGHT
from tracker.charts.survival import shares, survival_chart
from tracker.domain.errors import Invalid, Problem
from tracker.domain.estate import EquipmentCategory
from tracker.domain.lifetimes import Lifetimes, in_years
from tracker.domain.numbers import typed_text
from tracker.domain.permissions import Permission
from tracker.exports.lifetimes import ages_csv, curve_csv, lifetimes_csv
from tracker.labels import colon, plural, text, word
from tracker.labels import lifetimes as words
from tracker.labels.formats import round_to
from tracker.services import estate_values, lifetime_targets, lifetimes
from tracker.services.lifetime_targets import MissingBaseline
from tracker.services.lifetimes import EstateLifetimes
from tracker.services.portfolio import portfolio
from tracker.services.visitor import Visitor
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.drawings import IMAGES, drawing
from tracker.web.platform.files import attached
from tracker.web.platform.guards import requires
from tracker.web.platform.refusals import by_field, status_of
from tracker.web.platform.years import asked_year, years_on_offer

area = Blueprint("lifetimes", __name__)
YEARS_OFFERED = 10
_KEPT_DECIMALS = 2


@area.context_processor
def _words() -> dict[str, object]:
    """Give the templates the sentences about lifetimes."""
    return {
        told.__name__: told
        for told in (
            words.age_phrase,
            words.ages_reading,
            words.count_phrase,
            words.agreement_phrase,
            words.counted,
            words.exits_sentence,
            words.survival_reading,
            words.withheld_sentence,
        )
    }


@dataclass(frozen=True, slots=True)
class Departure:
    """A baseline that a period of the estate would give: for which indicator, its value, and what the form is given."""

    lacking: MissingBaseline
    value: Decimal | None
    prefilled: dict[str, str]


@area.get("/<slug>/parc/durees")
@requires(Permission.READ)
def show(visitor: Visitor) -> str:
    """Show how long the equipment was kept in a year."""
    year = asked_year()
    found = lifetimes.of_year(session(), visitor, year, today())
    known = portfolio(session(), visitor.organisation)
    first, last = sorted((asked_year("de", year), asked_year("a", year)))
    may_depart = visitor.may(Permission.CONFIGURE) and "de" in request.args
    chosen, drawn = _chosen(found)
    return render_template(
        "screens/lifetimes/lifetimes.html",
        found=found,
        year=year,
        years=years_on_offer(today().year - YEARS_OFFERED),
        chosen=chosen,
        drawn=drawn,
        chart=survival_chart(drawn.curve),
        rows=shares(drawn.curve),
        pyramid=age_pyramid(found.pyramid),
        targets=lifetime_targets.targets(known, found),
        first=first,
        last=last,
        departures=_departures(visitor, first, last) if may_depart else None,
    )


@area.get("/<slug>/parc/durees.csv")
@requires(Permission.READ)
def table(visitor: Visitor) -> Response:
    """Give the lifetimes of a year by category as CSV."""
    found = lifetimes.of_year(session(), visitor, asked_year(), today())
    return _file(visitor, lifetimes_csv(found.categories, found.whole), "durees", found.year)


@area.get("/<slug>/parc/durees/survie.csv")
@requires(Permission.READ)
def curve(visitor: Visitor) -> Response:
    """Give every step of a survival curve as CSV."""
    found = lifetimes.of_year(session(), visitor, asked_year(), today())
    return _file(visitor, curve_csv(_chosen(found)[1].curve), "survie", found.year)


@area.get("/<slug>/parc/durees/ages.csv")
@requires(Permission.READ)
def ages(visitor: Visitor) -> Response:
    """Give the pyramid of ages as CSV."""
    found = lifetimes.of_year(session(), visitor, asked_year(), today())
    named = [(age_name(at, is_last=at == lifetimes.OLDEST), count) for at, count in enumerate(found.pyramid)]
    return _file(visitor, ages_csv(named), "ages", found.year)


@area.get(f"/<slug>/parc/durees/survie.<{IMAGES}:image>")
@requires(Permission.READ)
def curve_drawing(visitor: Visitor, image: str) -> Response:
    """Give the drawing of a survival curve as a file."""
    found = lifetimes.of_year(session(), visitor, asked_year(), today())
    chosen, drawn = _chosen(found)
    about = word(chosen) if chosen else text("ensemble du parc")
    said, below = words.survival_reading(drawn.curve), text("En bas, l'âge en ans ; en haut, tout est encore là.")
    title = text("Combien de temps le parc dure : {about}", about=about)
    return drawing(
        image,
        "survived",
        survival_chart(drawn.curve),
        SURVIVAL_HEIGHT,
        f"{visitor.organisation.name}{colon()}{title}",
        said,
        f"{said} {below}",
        _file_name(visitor, "survie", found.year),
    )


@area.get(f"/<slug>/parc/durees/ages.<{IMAGES}:image>")
@requires(Permission.READ)
def ages_drawing(visitor: Visitor, image: str) -> Response:
    """Give the drawing of the pyramid of ages as a file."""
    found = lifetimes.of_year(session(), visitor, asked_year(), today())
    pyramid, said = age_pyramid(found.pyramid), words.ages_reading(found.whole.in_service)
    title = f"{visitor.organisation.name}{colon()}{text('Âge de ce qui est en service')}"
    height = pyramid.height if pyramid else 0
    return drawing(image, "aged", pyramid, height, title, said, said, _file_name(visitor, "ages", found.year))


@area.get("/<slug>/parc/durees/<int:year>/indicateurs")
@requires(Permission.ENTER_ANY)
def offer(visitor: Visitor, year: int) -> AnyResponse:
    """Show the values that the estate gives to the indicators of a year, and what would become of each."""
    return _offers_page(visitor, year, request.args.get("stock", ""))


@area.post("/<slug>/parc/durees/<int:year>/indicateurs")
@requires(Permission.ENTER_ANY)
def confirm(visitor: Visitor, year: int) -> AnyResponse:
    """Write the values that were shown, or show them again with what stands against it."""
    stock, shown, reason = (request.form.get(name, "") for name in ("stock", "shown", "reason"))
    try:
        count = estate_values.confirm(session(), visitor, year, stock, shown, reason, today())
    except Invalid as refused:
        return _offers_page(visitor, year, stock, reason, refused)
    told = plural(
        "{n} valeur enregistrée d'après le parc.", "{n} valeurs enregistrées d'après le parc.", count, n=count
    )
    flash(told if count else text("Aucune modification."))
    return redirect(url_for("lifetimes.offer", slug=visitor.organisation.slug, year=year, stock=stock or None))


def _offers_page(
    visitor: Visitor, year: int, stock: str, reason: str = "", refused: Invalid | None = None
) -> AnyResponse:
    """Show the offers; with a stock that cannot be read, those that need none."""
    problems: Sequence[Problem] = refused.problems if refused else ()
    try:
        found = estate_values.offered(session(), visitor, year, stock, today())
    except Invalid as unread:
        problems, refused = unread.problems, unread
        found = estate_values.offered(session(), visitor, year, "", today())
    page = render_template(
        "screens/lifetimes/offers.html",
        found=found,
        year=year,
        stock=stock,
        reason=reason,
        problems=by_field(problems),
    )
    return make_response(page, status_of(refused) if refused else 200)


def _chosen(found: EstateLifetimes) -> tuple[EquipmentCategory | None, Lifetimes]:
    """Give the category of ``?categorie=`` and its lifetimes; the whole without one that the estate has."""
    asked = request.args.get("categorie", "")
    category = EquipmentCategory(asked) if asked in set(EquipmentCategory) else None
    if category is None or category not in found.categories:
        return None, found.whole
    return category, found.categories[category]


def _departures(visitor: Visitor, first: int, last: int) -> Sequence[Departure]:
    """List the baselines that a period of the estate would give."""
    found = lifetimes.over_years(session(), visitor, first, last, today())
    listed = []
    for lacking in lifetime_targets.missing(portfolio(session(), visitor.organisation), found):
        mean = lacking.ages.mean
        value = None if mean is None else round_to(in_years(mean), _KEPT_DECIMALS)
        told = {
            "valeur": "" if value is None else typed_text(value),
            "an": str(found.year),
            "source": words.period_source(lacking.ages, first, found.year),
        }
        listed.append(Departure(lacking, value, told))
    return listed


def _file(visitor: Visitor, content: bytes, name: str, year: int) -> Response:
    return attached(content, "text/csv", f"{_file_name(visitor, name, year)}.csv")


def _file_name(visitor: Visitor, name: str, year: int) -> str:
    return f"{visitor.organisation.slug}-parc-{name}-{year}"
