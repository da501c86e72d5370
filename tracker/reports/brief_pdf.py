"""The brief as a PDF of one A4 page: the sentences of the page, as data for the press."""

from collections.abc import Mapping, Sequence
from typing import Any

from tracker.charts.bullet import bullet
from tracker.charts.segments import segments
from tracker.domain.scorecard import Card
from tracker.labels import plural, say, text, word
from tracker.labels.briefs import change_phrase, date_words, origin_sentences, past_sentence, rest_phrase
from tracker.labels.sentences import headline, status_count, statuses_summary, year_reading
from tracker.reports import press
from tracker.reports.brief import DATES, LINES, Brief
from tracker.reports.speech import status_shapes


def pdf(brief: Brief, address: str) -> bytes:
    """Print the brief in the language being spoken; ``address`` is that of the page it comes from."""
    name, counts = brief.organisation.name, brief.scorecard.counts
    told = {
        "name": name,
        "title": text("Synthèse {year}", year=brief.year),
        "full_title": text("Synthèse {year}, {name}", year=brief.year, name=name),
        "fiction": text("{name} est fictive : ses chiffres sont inventés.", name=name)
        if brief.organisation.is_fictional
        else "",
        "past": past_sentence(brief.as_of) if brief.is_past else "",
        "reading": text("Aucun engagement n'est encore enregistré.")
        if brief.is_empty
        else year_reading(brief.scorecard),
        "summary": statuses_summary(counts),
        "segments": [{"code": one.status, "x": one.x, "width": one.width} for one in segments(counts)]
        if counts
        else [],
        "legend": [{"code": code, "word": status_count(code, count)} for code, count in counts.items()],
        "shapes": dict(status_shapes()),
        "columns": [text("Engagement"), text("Où il en est"), text("État")],
        "cards": [_row(card, brief.year) for card in brief.cards],
        "heading": text("Engagements phares") if brief.has_flagships else text("Engagements"),
        "rest": rest_phrase(len(brief.chosen) - len(brief.cards)),
        "lists": [one for one in _lists(brief) if one["lines"]],
        "origin": origin_sentences(brief.year, brief.campaign, brief.as_of),
        "address": address,
    }
    return press.pdf("brief.typ", told, brief.as_of)


def _row(card: Card, year: int) -> Mapping[str, Any]:
    drawn = bullet(card.judgement.leading)
    return {
        "title": say(card.commitment.title),
        "sentence": headline(card, year),
        "code": card.status,
        "word": word(card.status),
        "fill": drawn.fill if drawn else None,
        "due": drawn.due if drawn else None,
    }


def _lists(brief: Brief) -> Sequence[Mapping[str, Any]]:
    moved = brief.moved
    return (
        {
            "heading": text("Depuis {year}", year=brief.year - 1),
            "lines": [{"when": "", "what": change_phrase(one)} for one in moved[:LINES]],
            "rest": rest_phrase(len(moved) - LINES),
        },
        {
            "heading": plural("En retard : {n} jalon", "En retard : {n} jalons", len(brief.late), n=len(brief.late)),
            "lines": [_dated(one) for one in brief.late[:LINES]],
            "rest": rest_phrase(len(brief.late) - LINES),
        },
        {"heading": text("Prochaines dates"), "lines": [_dated(one) for one in brief.dates[:DATES]], "rest": ""},
    )


def _dated(due: Any) -> Mapping[str, str]:
    when, what = date_words(due)
    return {"when": when, "what": what}
