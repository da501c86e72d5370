"""Two years side by side: every indicator, what moved and whether for the better; an axis a page, or all as a table."""

from flask import Blueprint, Response, make_response, render_template, request

from tracker.charts.bars import bar_chart, bars_figure
from tracker.charts.poster import poster
from tracker.domain.comparison import Compared
from tracker.domain.errors import Invalid, NotFound
from tracker.domain.periods import last_full_year
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import Axis
from tracker.exports import spreadsheet
from tracker.exports.picture import picture
from tracker.labels import N_, say, text, word
from tracker.labels.comparison import compared_sentence, direction_word, restated_note, uncompared_sentence
from tracker.labels.formats import round_to
from tracker.labels.units import unit_name
from tracker.services.comparisons import Comparison, comparison, whole
from tracker.services.visitor import Visitor
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.files import attached
from tracker.web.platform.guards import requires
from tracker.web.platform.pages import asked_page
from tracker.web.platform.years import asked_year, years_on_offer

area = Blueprint("comparisons", __name__)
YEARS_OFFERED = 10
HEADINGS = (
    N_("indicateur"),
    N_("nom"),
    N_("axe"),
    N_("unite"),
    N_("annee_de"),
    N_("valeur_de"),
    N_("annee_a"),
    N_("valeur_a"),
    N_("ecart"),
    N_("variation_pour_cent"),
    N_("sens"),
    N_("remarque"),
)


@area.get("/<slug>/comparaison")
@requires(Permission.READ)
def show(visitor: Visitor) -> Response:
    """Show how the indicators of an axis moved between two years."""
    years = _asked_years()
    offered = years_on_offer(min(today().year - YEARS_OFFERED, *years))
    try:
        found = _found(visitor)
    except Invalid as refused:
        page = render_template(
            "screens/comparisons/comparison.html", found=None, asked=years, years=offered, problem=refused.problems[0]
        )
        return make_response(page, 422)
    page = render_template(
        "screens/comparisons/comparison.html",
        found=found,
        asked=(found.earlier, found.later),
        years=offered,
        problem=None,
        page=asked_page(),
        chart=bar_chart(found.rows),
        said=compared_sentence(found.counts, found.earlier, found.later),
    )
    return make_response(page)


@area.get("/<slug>/comparaison.json")
@requires(Permission.READ)
def chart(visitor: Visitor) -> Response:
    """Give the interactive chart as Plotly reads it."""
    return Response(bars_figure(_found(visitor).rows), mimetype="application/json")


@area.get("/<slug>/comparaison.svg")
@requires(Permission.READ)
def drawing(visitor: Visitor) -> Response:
    """Give the drawing as a file that stands alone."""
    found = _found(visitor)
    return attached(_drawing(visitor, found).encode(), "image/svg+xml", f"{_name(visitor, found)}.svg")


@area.get("/<slug>/comparaison.png")
@requires(Permission.READ)
def image(visitor: Visitor) -> Response:
    """Give the same drawing as an image of points."""
    found = _found(visitor)
    return attached(picture(_drawing(visitor, found)), "image/png", f"{_name(visitor, found)}.png")


@area.get("/<slug>/comparaison.csv")
@requires(Permission.READ)
def table(visitor: Visitor) -> Response:
    """Give the comparison of every indicator as CSV."""
    years = _asked_years()
    earlier, later = min(years), max(years)
    rows = [_row(one, earlier, later) for one in whole(session(), visitor, years, today())]
    content = spreadsheet.write([text(heading) for heading in HEADINGS], rows)
    return attached(content, "text/csv", f"{visitor.organisation.slug}-comparaison-{earlier}-{later}.csv")


def _found(visitor: Visitor) -> Comparison:
    """Compare the two years asked for, for the axis and the page asked for.

    Raises:
        Invalid: for the same year twice.
    """
    asked = request.args.get("axe", "")
    axis = Axis(asked) if asked in set(Axis) else None
    return comparison(session(), visitor, _asked_years(), axis, asked_page(), today())


def _drawing(visitor: Visitor, found: Comparison) -> str:
    """Draw the comparison, with its words.

    Raises:
        NotFound: when nothing in it can be drawn.
    """
    drawn = bar_chart(found.rows)
    if drawn is None or found.axis is None:
        raise NotFound(found.axis)
    said = compared_sentence(found.counts, found.earlier, found.later)
    title = text("{axis}, {earlier} et {later}", axis=word(found.axis), earlier=found.earlier, later=found.later)
    foot = text("{name}. Parole tenue.", name=visitor.organisation.name)
    sheet = poster(title, said, foot, (), drawn.height)
    return render_template("screens/comparisons/drawing.svg", chart=drawn, title=title, said=said, poster=sheet)


def _name(visitor: Visitor, found: Comparison) -> str:
    return f"{visitor.organisation.slug}-comparaison-{found.axis}-{found.earlier}-{found.later}"


def _asked_years() -> tuple[int, int]:
    """Give the two years asked for, the last two full ones without any."""
    last = last_full_year(today())
    return asked_year("de", last - 1), asked_year("a", last)


def _row(found: Compared, earlier: int, later: int) -> tuple[spreadsheet.Cell, ...]:
    indicator = found.aim.indicator
    reasons = [reason for reason in (found.reason, found.relative_reason) if reason]
    notes = [restated_note(found, earlier, later), *(uncompared_sentence(one, earlier, later) for one in reasons)]
    return (
        indicator.code,
        say(indicator.name),
        word(indicator.axis),
        unit_name(indicator.unit),
        earlier,
        found.earlier.value if found.earlier else None,
        later,
        found.later.value if found.later else None,
        found.difference,
        None if found.relative is None else round_to(found.relative, 2),
        direction_word(found.direction),
        " ".join(filter(None, notes)),
    )
