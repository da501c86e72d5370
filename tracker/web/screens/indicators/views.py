"""One indicator: its chart, the table behind it, its targets and its history; and why a figure is what it is."""

from flask import Blueprint, Response, render_template

from tracker.charts.interactive import Names, figure
from tracker.charts.series import line_chart
from tracker.domain.permissions import Permission
from tracker.exports import spreadsheet
from tracker.labels import N_, text, word
from tracker.labels.explanations import explain_value, why_title
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
)


@area.get("/<slug>/indicateurs/<code>")
@requires(Permission.READ)
def show(visitor: Visitor, code: str) -> str:
    """Show the indicator as the organisation uses it."""
    found = sheet(session(), visitor, code, today())
    return render_template("screens/indicators/indicator.html", sheet=found, chart=line_chart(found.points))


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
    unit = unit_name(found.row.unit)
    names = Names(
        text("Valeur"), text("Objectif"), text("À méthode constante"), text("Niveau voté"), text(N_("méthode {n}"))
    )
    return Response(figure(found.points, names, axis_title=unit, unit=unit), mimetype="application/json")


@area.get("/<slug>/indicateurs/<code>.csv")
@requires(Permission.READ)
def table(visitor: Visitor, code: str) -> Response:
    """Give the values as CSV."""
    found = sheet(session(), visitor, code, today())
    return attached(_csv(found), "text/csv", f"{visitor.organisation.slug}-{code}.csv")


def _csv(found: Sheet) -> bytes:
    rows = [
        (
            found.row.code,
            reading.year,
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
        for _, reading in sorted(found.aim.readings.items())
    ]
    return spreadsheet.write([text(heading) for heading in HEADINGS], rows)
