"""The report as one table: a line a commitment and indicator."""

from collections.abc import Iterator

from tracker.domain.scorecard import Card
from tracker.domain.vocabulary import Collection
from tracker.exports import spreadsheet
from tracker.exports.spreadsheet import Cell
from tracker.labels import N_, say, text, word
from tracker.labels.reasons import reasons
from tracker.labels.sentences import headline
from tracker.labels.targets import target_phrase
from tracker.labels.units import unit_name
from tracker.reports.review import Review

HEADINGS = (
    N_("organisation"),
    N_("annee"),
    N_("engagement"),
    N_("intitule"),
    N_("enonce"),
    N_("deliberation"),
    N_("date_deliberation"),
    N_("emplacement"),
    N_("axe"),
    N_("nature"),
    N_("portee"),
    N_("items_decret"),
    N_("echeance"),
    N_("etat"),
    N_("lecture"),
    N_("motifs"),
    N_("indicateur"),
    N_("intitule_indicateur"),
    N_("unite"),
    N_("valeur"),
    N_("numerateur"),
    N_("denominateur"),
    N_("motif_absence"),
    N_("qualite"),
    N_("couverture"),
    N_("valeur_annee_precedente"),
    N_("reference"),
    N_("annee_reference"),
    N_("objectif_vote"),
    N_("cible"),
    N_("cible_haute"),
    N_("annee_cible"),
    N_("source"),
    N_("commentaire"),
)


def csv(review: Review) -> bytes:
    """Write the review as CSV, in the language being spoken."""
    rows = (row for card in review.cards for row in _rows(review, card))
    return spreadsheet.write([text(heading) for heading in HEADINGS], rows)


def _rows(review: Review, card: Card) -> Iterator[list[Cell]]:
    record, year = card.commitment, review.year
    start: list[Cell] = [
        review.scorecard.organisation.slug,
        year,
        record.code,
        say(record.title),
        say(record.statement),
        record.deliberation.number,
        record.deliberation.adopted_on,
        record.locator,
        word(record.axis),
        word(record.kind),
        word(record.strength),
        " ".join(map(str, record.decree_items)),
        record.due_on,
        word(card.status),
        headline(card, year),
        " ".join(reasons(card.judgement)),
    ]
    aims = [aim for aim in record.aims if aim.indicator.collection is not Collection.FINDING]
    if not aims:
        yield start + [None] * (len(HEADINGS) - len(start))
    for aim in aims:
        reading, target, base = aim.readings.get(year), aim.target(year), aim.departure(year)
        threshold = aim.threshold(year)
        told: list[Cell] = [aim.indicator.code, say(aim.indicator.name), unit_name(aim.indicator.unit)]
        if reading:
            told += [reading.value, reading.numerator, reading.denominator]
            told += [word(reading.absence) if reading.absence else None]
            told += [word(reading.quality) if reading.quality else None, reading.coverage]
        else:
            told += [None] * 6
        told += [aim.value(year - 1), base.value if base else None, base.year if base else None]
        told += [target_phrase(target, aim) if target else None]
        told += [threshold.value, threshold.upper] if threshold else [None, None]
        told += [target.horizon_year if target else None]
        told += [reading.source, reading.comment] if reading else [None, None]
        yield start + told
