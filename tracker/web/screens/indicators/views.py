"""One indicator: its chart, the table behind it, its targets and its history; and why a figure is what it is."""

from collections.abc import Sequence

from flask import Blueprint, Response, render_template

from tracker.charts.interactive import figure
from tracker.charts.poster import poster
from tracker.charts.series import HEIGHT, line_chart
from tracker.charts.years import YearPoint
from tracker.domain.errors import NotFound
from tracker.domain.periods import last_full_year
from tracker.domain.permissions import Permission
from tracker.domain.records import Reading
from tracker.exports import spreadsheet
from tracker.exports.picture import picture
from tracker.labels import N_, say, text, word
from tracker.labels.charts import scale_note
from tracker.labels.explanations import explain_value, why_title
from tracker.labels.sentences import series_summary
from tracker.labels.titles import chart_reading, chart_title
from tracker.labels.units import unit_name
from tracker.labels.verdicts import explain_judgement
from tracker.services.indicators import Sheet, sheet
from tracker.services.indicators import why as behind
from tracker.services.visitor import Visitor
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.files import attached
from tracker.web.platform.guards import requires

area = Blueprint("indicators", __name__)
HEADINGS = (
    N_("indicateur"),
    N_("annee"),
    N_("valeur"),
    N_("numerateur"),
    N_("denominateur"),
    N_("motif_absence"),
    N_("qualite"),
    N_("couverture"),
    N_("methode"),
    N_("source"),
    N_("commentaire"),
    N_("valeur_methode_constante"),
    N_("objectif"),
    N_("objectif_haut"),
    N_("niveau_vote"),
    N_("attendu"),
    N_("prevision"),
    N_("prevision_marge_basse"),
    N_("prevision_marge_haute"),
)


@area.get("/<slug>/indicateurs/<code>")
@requires(Permission.READ)
def show(visitor: Visitor, code: str) -> str:
    """Show the indicator as the organisation uses it."""
    found = sheet(session(), visitor, code, today())
    return render_template(
        "screens/indicators/indicator.html",
        sheet=found,
        chart=line_chart(found.points, found.aim.indicator),
        title=chart_reading(found.aim, last_full_year(today())),
    )


@area.get("/<slug>/indicateurs/<code>/<int:year>")
@requires(Permission.READ)
def why(visitor: Visitor, code: str, year: int) -> str:
    """Show what is behind one figure: how it was obtained, and how each commitment judges it."""
    found = behind(session(), visitor, code, year, today())
    judged = [(one, explain_judgement(one.card.commitment, one.said, year)) for one in found.judged]
    return render_template(
        "screens/indicators/why.html",
        why=found,
        year=year,
        title=why_title(found.aim, year),
        value=explain_value(found.aim, year, found.drawn),
        judged=judged,
    )


@area.get("/<slug>/indicateurs/<code>.json")
@requires(Permission.READ)
def chart(visitor: Visitor, code: str) -> Response:
    """Give the interactive chart as Plotly reads it."""
    found = sheet(session(), visitor, code, today())
    return Response(figure(found.points, found.aim.indicator), mimetype="application/json")


@area.get("/<slug>/indicateurs/<code>.svg")
@requires(Permission.READ)
def drawing(visitor: Visitor, code: str) -> Response:
    """Give the drawing as a file that stands alone."""
    content = _drawing(visitor, code).encode()
    return attached(content, "image/svg+xml", f"{visitor.organisation.slug}-{code}.svg")


@area.get("/<slug>/indicateurs/<code>.png")
@requires(Permission.READ)
def image(visitor: Visitor, code: str) -> Response:
    """Give the same drawing as an image of points."""
    return attached(picture(_drawing(visitor, code)), "image/png", f"{visitor.organisation.slug}-{code}.png")


@area.get("/<slug>/indicateurs/<code>.csv")
@requires(Permission.READ)
def table(visitor: Visitor, code: str) -> Response:
    """Give the values as CSV."""
    found = sheet(session(), visitor, code, today())
    return attached(_csv(found), "text/csv", f"{visitor.organisation.slug}-{code}.csv")


def _drawing(visitor: Visitor, code: str) -> str:
    """Draw the indicator, with its words.

    Raises:
        NotFound: when it has no value to draw.
    """
    found = sheet(session(), visitor, code, today())
    indicator = found.aim.indicator
    drawn = line_chart(found.points, indicator)
    if drawn is None:
        raise NotFound(code)
    title = chart_title(found.aim, last_full_year(today()))
    note = scale_note(has_zero=drawn.has_zero)
    subtitle = (f"{say(indicator.definition)} ({unit_name(indicator.unit)})", note)
    foot = text("{name}, indicateur {code}. Parole tenue.", name=visitor.organisation.name, code=code)
    return render_template(
        "components/series.svg",
        chart=drawn,
        title=title,
        said=series_summary(found.comparable, indicator),
        poster=poster(title, " ".join(filter(None, subtitle)), foot, drawn.marks, HEIGHT),
    )


def _csv(found: Sheet) -> bytes:
    rows = [_row(found.row.code, found.aim.readings.get(point.year), point) for point in found.points]
    return spreadsheet.write([text(heading) for heading in HEADINGS], rows)


def _row(code: str, reading: Reading | None, point: YearPoint) -> Sequence[spreadsheet.Cell]:
    """Give a year of the table: what was recorded, then what the drawing shows around it."""
    recorded: Sequence[spreadsheet.Cell] = (None,) * 9
    if reading is not None:
        recorded = (
            reading.value,
            reading.numerator,
            reading.denominator,
            word(reading.absence) if reading.absence else None,
            word(reading.quality) if reading.quality else None,
            reading.coverage,
            reading.method,
            reading.source,
            reading.comment,
        )
    ahead = point.ahead
    forecast = (ahead.value, ahead.low, ahead.high) if ahead else (None, None, None)
    drawn = (point.restated, point.target, point.upper, point.voted, point.expected)
    return (code, point.year, *recorded, *drawn, *forecast)
