"""The drawings of the report: each stands alone as SVG, and says in words what it shows."""

from collections.abc import Sequence
from enum import StrEnum

from tracker.charts.axes import axes_chart
from tracker.charts.footprint import frozen_chart
from tracker.charts.poster import WIDTH
from tracker.charts.pyramid import age_pyramid
from tracker.charts.series import HEIGHT, line_chart
from tracker.charts.survival import HEIGHT as SURVIVAL_HEIGHT
from tracker.charts.survival import survival_chart
from tracker.charts.years import points
from tracker.domain.assessments import Frozen
from tracker.domain.lifetimes import Lifetimes
from tracker.domain.publications import until
from tracker.domain.records import Aim
from tracker.domain.scorecard import Scorecard
from tracker.exports.paper import Figure
from tracker.labels import colon, semicolon, text, word
from tracker.labels.charts import scale_note
from tracker.labels.footprint import weight_phrase
from tracker.labels.lifetimes import ages_reading, survival_reading
from tracker.labels.sentences import series_summary, statuses_summary
from tracker.labels.titles import chart_title
from tracker.reports.speech import environment, status_shapes

FEWEST = 2
"""Values below which a drawing would say no more than the table."""
_KEY = 30  # what a line of the key takes, in units of the drawing


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
    note = scale_note(has_zero=chart.has_zero)
    caption = f"{chart_title(told, year)}. {note}" if note else chart_title(told, year)
    return _drawn("series", chart, HEIGHT, caption, said, chart.marks)


def axes_figure(scorecard: Scorecard) -> Figure | None:
    """Draw the verdicts of each axis; None where nothing was voted."""
    counted = scorecard.by_axis()
    chart = axes_chart(counted)
    if chart is None:
        return None
    said = semicolon().join(f"{word(axis)}{colon()}{statuses_summary(counts)}" for axis, counts in counted.items())
    caption = text("États des engagements par axe en {year}", year=scorecard.year)
    return _drawn("axes", chart, chart.height, caption, said, chart.statuses)


def footprint_figure(found: Frozen | None) -> Figure | None:
    """Draw what each category of a frozen assessment weighs, stage by stage; None where nothing is known."""
    chart = frozen_chart(found) if found else None
    if found is None or chart is None:
        return None
    told = [f"{word(one.category)}, {weight_phrase(one.carbon)}" for one in found.lines if one.carbon is not None]
    told += [f"{one.name}, {weight_phrase(one.carbon)}" for one in found.amounts]
    caption = text("Empreinte carbone {year} par catégorie et par étape de la vie, avec sa fourchette", year=found.year)
    return _drawn("stacked", chart, chart.height, caption, semicolon().join(told), chart.stages)


def estate_figures(whole: Lifetimes, pyramid: Sequence[int]) -> Sequence[Figure]:
    """Draw how long the equipment lasts and how old what is in service is, each where enough is known."""
    curve, ages = survival_chart(whole.curve), age_pyramid(pyramid)
    found = []
    if curve is not None:
        title = text("Combien de temps le parc dure : {about}", about=text("ensemble du parc"))
        found.append(_drawn("survived", curve, SURVIVAL_HEIGHT, title, survival_reading(whole.curve), ()))
    if ages is not None:
        title = text("Âge de ce qui est en service")
        counts = semicolon().join(f"{bar.name}, {bar.told}" for bar in ages.bars)
        found.append(_drawn("aged", ages, ages.height, title, f"{ages_reading(whole.in_service)} {counts}.", ()))
    return found


def _drawn(kind: str, chart: object, high: float, caption: str, said: str, marks: Sequence[str | StrEnum]) -> Figure:
    """Set a chart with its key below; ``high`` is its own height."""
    key = [(mark, round(high + _KEY * (rank + 0.8), 1)) for rank, mark in enumerate(marks)]
    height = round(high + _KEY * len(key) + 8)
    told = {"kind": kind, "chart": chart, "said": said, "key": key, "height": height, "shapes": status_shapes()}
    svg = environment().get_template("reports/drawing.svg").render(told)
    return Figure(caption, said, svg, WIDTH, height)
