"""The words, the numbers and the drawings that every template speaks with, in a page and in a document."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tracker import labels
from tracker.charts.bullet import bullet
from tracker.charts.segments import segments
from tracker.charts.sparkline import sparkline
from tracker.config.paths import bundled
from tracker.domain.vocabulary import Status
from tracker.labels import (
    access_schemes,
    ai_register,
    budget,
    charts,
    commission,
    complaints,
    ecodesign,
    evaluations,
    footprint,
    formats,
    lifetimes,
    memberships,
    outlooks,
    plans,
    qualities,
    reasons,
    sentences,
    services,
    statements,
    targets,
    timelines,
    titles,
    units,
    values,
    words,
)

SPEECH: Mapping[str, Callable[..., Any]] = {
    "_": labels.text,
    "plural": labels.plural,
    "word": labels.word,
    "decree_item": words.decree_item,
    "unit_name": units.unit_name,
    "headline": sentences.headline,
    "reasons": reasons.reasons,
    "short_target": targets.short_target,
    "target_phrase": targets.target_phrase,
    "threshold_phrase": targets.threshold_phrase,
    "voted_quantity": targets.voted_quantity,
    "value_decimals": values.value_decimals,
    "value_phrase": values.value_phrase,
    "recorded_phrase": values.recorded_phrase,
    "quality_summary": qualities.quality_summary,
    "how_obtained": qualities.how_obtained,
    "method_text": qualities.method_text,
    "aim_forecast": outlooks.aim_forecast,
    "aim_notes": outlooks.aim_notes,
    "forecast_notes": outlooks.forecast_notes,
    "rebound_notes": outlooks.rebound_notes,
    "rebound_details": outlooks.rebound_details,
    "rebound_sentence": outlooks.rebound_sentence,
    "break_notes": outlooks.break_notes,
    "break_sentence": outlooks.break_sentence,
    "total_sentence": outlooks.total_sentence,
    "finding_sentence": sentences.finding_sentence,
    "status_count": sentences.status_count,
    "statuses_summary": sentences.statuses_summary,
    "year_reading": sentences.year_reading,
    "axis_reading": sentences.axis_reading,
    "aside_note": sentences.aside_note,
    "register_reading": sentences.register_reading,
    "moves_sentence": sentences.moves_sentence,
    "series_summary": sentences.series_summary,
    "chart_title": titles.chart_title,
    "mark_word": charts.mark_word,
    "scale_note": charts.scale_note,
    "quantity": labels.quantity,
    "money": reasons.money,
    "sum_phrase": budget.sum_phrase,
    "sums_phrase": budget.sums_phrase,
    "fte_phrase": budget.fte_phrase,
    "frozen_sentence": footprint.frozen_sentence,
    "weight_phrase": footprint.weight_phrase,
    "count_phrase": footprint.count_phrase,
    "imputation_phrase": budget.imputation_phrase,
    "planned_phrase": memberships.planned_phrase,
    "spent_phrase": memberships.spent_phrase,
    "ai_reading": ai_register.ai_reading,
    "risks_sentence": ai_register.risks_sentence,
    "register_sentence": services.register_sentence,
    "kinds_sentence": services.kinds_sentence,
    "conformities_sentence": services.conformities_sentence,
    "share_sentence": services.share_sentence,
    "evaluated_sentence": evaluations.evaluated_sentence,
    "answer_sentence": complaints.answer_sentence,
    "in_force_sentence": access_schemes.in_force_sentence,
    "lacks_phrase": access_schemes.lacks_phrase,
    "plan_sentence": access_schemes.plan_sentence,
    "scheme_sentence": access_schemes.scheme_sentence,
    "statement_sentence": statements.statement_sentence,
    "age_phrase": lifetimes.age_phrase,
    "aside_notes": lifetimes.aside_notes,
    "counted": lifetimes.counted,
    "lifetimes_line": lifetimes.lifetimes_line,
    "lifetimes_reading": lifetimes.lifetimes_reading,
    "approved_sentence": commission.approved_sentence,
    "outcomes_phrase": commission.outcomes_phrase,
    "releases_sentence": commission.releases_sentence,
    "sessions_sentence": commission.sessions_sentence,
    "ecodesign_reading": ecodesign.ecodesign_reading,
    "standing_sentence": memberships.standing_sentence,
    "plan_reading": plans.plan_reading,
    "outcome_word": plans.outcome_word,
    "due_phrase": formats.due_phrase,
    "french": labels.french,
    "in_french": labels.in_french,
    "segments": segments,
    "sparkline": sparkline,
    "bullet": bullet,
    "span_phrase": timelines.span_phrase,
    "step_phrase": timelines.step_phrase,
    "language": labels.current,
    "colon": labels.colon,
    "semicolon": labels.semicolon,
}
FILTERS: Mapping[str, Callable[..., Any]] = {
    "say": labels.say,
    "typeset": labels.typeset,
    "number": labels.number,
    "day": labels.day,
    "short_day": labels.short_day,
    "moment": formats.moment,
}


def teach(environment: Environment) -> None:
    """Give a template environment the product's words, numbers and charts, and forbid undefined names."""
    environment.undefined = StrictUndefined
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.globals.update(SPEECH, Status=Status)
    environment.filters.update(FILTERS)


@cache
def environment() -> Environment:
    """Give the templates as a document has them: without a request, they lead nowhere."""
    found = Environment(loader=FileSystemLoader(bundled("templates")), autoescape=True)
    teach(found)
    return found


@cache
def status_shapes() -> Mapping[str, str]:
    """Give the path that draws each status in a 16 × 16 frame, as the pages draw it."""
    shapes: Mapping[str, str] = vars(environment().get_template("components/icons.html").module)["SHAPES"]
    return shapes
