"""The title of a chart: in one line, which way an indicator went and how it stands to what was voted."""

from decimal import Decimal

from tracker.domain.aims import judge_aim
from tracker.domain.course import Course, course
from tracker.domain.judgement import AimJudgement
from tracker.domain.records import Aim
from tracker.domain.series import Series
from tracker.domain.targets import POINTED, Threshold
from tracker.domain.trend import Move, move
from tracker.domain.vocabulary import Comparator, Status
from tracker.labels.language import N_, say, text
from tracker.labels.targets import voted_quantity
from tracker.labels.values import value_phrase

SINCE = {
    Course.RISES: N_("en hausse depuis {since}"),
    Course.FALLS: N_("en baisse depuis {since}"),
    Course.UNCHANGED: N_("sans changement depuis {since}"),
    Course.MIXED: N_("sans tendance nette depuis {since}"),
}
UNTIL = {
    Course.RISES: N_("en hausse de {since} à {last}"),
    Course.FALLS: N_("en baisse de {since} à {last}"),
    Course.UNCHANGED: N_("sans changement de {since} à {last}"),
    Course.MIXED: N_("sans tendance nette de {since} à {last}"),
}


def chart_title(aim: Aim, last_year: int) -> str:
    """Say what the chart of ``aim`` shows, ``last_year`` being the last one that is over.

    The name of the indicator stands apart, so that nothing has to agree with its gender or its number.
    """
    return text("{name} : {told}", name=say(aim.indicator.name), told=chart_reading(aim, last_year))


def chart_reading(aim: Aim, last_year: int) -> str:
    """Say what `chart_title` says without the name, where a page has it above."""
    last = aim.last_before(last_year + 1) or (aim.known[-1] if aim.known else None)
    if last is None:
        return text("aucune valeur encore")
    series = aim.comparable(last.year)
    said = judge_aim(aim, last.year)
    told, standing = _course(aim, series, last.year, last_year), _standing(said, series) if said else ""
    return text("{course}, {standing}", course=told, standing=standing) if standing else told


def _course(aim: Aim, series: Series, last: int, last_year: int) -> str:
    """Say which way the comparable years went; a yes or a no, or a year that stands alone, is said as it is."""
    value = aim.value(last) or Decimal(0)
    found = course(series)
    if aim.indicator.unit == "yes_no" or found is None:
        shown = value_phrase(value, aim, last)
        if aim.has_break(last):
            return text("{value} en {year}, première année de sa méthode", value=shown, year=last)
        if found is None:
            return text("{value} en {year}, seule année connue", value=shown, year=last)
        return text("{value} en {year}", value=shown, year=last)
    if last < last_year:
        return text(UNTIL[found], since=series[0].year, last=last)
    return text(SINCE[found], since=series[0].year)


def _standing(said: AimJudgement, series: Series) -> str:
    """Say how the last value stands to the target of its year; empty where no target was in force yet."""
    threshold, value = said.threshold, said.reading.value if said.reading else None
    if said.status is Status.BASELINE_NEEDED:
        return text("objectif sans valeur de référence")
    if threshold is None or value is None:
        return ""
    if said.status is Status.ACHIEVED:
        return text("objectif atteint")
    if said.gap == 0:
        return text("tout juste à l'objectif, qui demande davantage")
    horizon = said.target.horizon_year if said.target else None
    if horizon is not None and said.reading is not None and said.reading.year >= horizon:
        return text("objectif de {year} manqué", year=horizon)
    since = series[0].year if series else said.reading.year if said.reading else None
    return text(_side(said, threshold, value, series), target=_target(said, threshold, value), since=since)


def _side(said: AimJudgement, threshold: Threshold, value: Decimal, series: Series) -> str:
    """Give the sentence of a target that is not met: on which side of it the value is, and whether it comes nearer."""
    is_under = value < threshold.edge(value)
    way = move(value, series[0].value, said.aim.indicator.better, threshold) if len(series) > 1 else Move.SAME
    if way is Move.WORSE:
        return N_("plus loin de l'objectif qu'en {since} ({target})")
    if way is Move.BETTER:
        return N_("encore sous l'objectif ({target})") if is_under else N_("encore au-dessus de l'objectif ({target})")
    return N_("sous l'objectif ({target})") if is_under else N_("au-dessus de l'objectif ({target})")


def _target(said: AimJudgement, threshold: Threshold, value: Decimal) -> str:
    """Say what is aimed at, without the « plus de » that would stand badly after « sous »."""
    indicator = said.aim.indicator
    if threshold.comparator is Comparator.BETWEEN and threshold.upper is not None:
        ends = {
            "value": voted_quantity(threshold.value, indicator),
            "upper": voted_quantity(threshold.upper, indicator),
        }
        return text("entre {value} et {upper}", **ends)
    if threshold.comparator in POINTED:
        return voted_quantity(threshold.value, indicator)
    return voted_quantity(threshold.edge(value), indicator)
