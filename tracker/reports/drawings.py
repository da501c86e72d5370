"""The drawings of the report: each stands alone as SVG, and says in words what it shows."""

from tracker.charts.poster import WIDTH, poster
from tracker.charts.series import HEIGHT, line_chart
from tracker.charts.years import points
from tracker.domain.publications import until
from tracker.domain.records import Aim
from tracker.exports.paper import Figure
from tracker.labels.charts import scale_note
from tracker.labels.sentences import series_summary
from tracker.labels.titles import chart_title
from tracker.reports.speech import environment

FEWEST = 2
"""Values below which a drawing would say no more than the table."""


def series_figure(aim: Aim, year: int) -> Figure | None:
    """Draw what was known of an indicator by the end of ``year``; None where it has too few values for a drawing."""
    told = until(aim, year)
    if len(told.known) < FEWEST:
        return None
    shown = points(told, year)
    chart = line_chart(shown, told.indicator)
    if chart is None:
        return None
    said = series_summary([one for one in shown if one.reading is not None], told.indicator)
    note = "" if chart.has_zero else scale_note(has_zero=False)
    around = poster("", note, "", chart.marks, HEIGHT)
    title = chart_title(told, year)
    svg = environment().get_template("components/series.svg").render(chart=chart, title=title, said=said, poster=around)
    return Figure(title, said, svg, WIDTH, round(around.height))
