"""The section of the report that tells each commitment and each indicator of the year: a line one of each."""

from collections.abc import Iterator, Sequence

from tracker.domain.scorecard import Card
from tracker.domain.vocabulary import Absence, Axis, Collection, CommitmentKind, Quality, Status
from tracker.exports.paper import Figure
from tracker.exports.tabular import Cell, Column, DataTable
from tracker.labels import say, word
from tracker.labels.language import N_
from tracker.labels.reasons import reasons
from tracker.labels.sentences import headline
from tracker.labels.targets import target_phrase
from tracker.labels.units import unit_name
from tracker.reports.drawings import series_figure
from tracker.reports.review import IndicatorRow, Review
from tracker.reports.section import Section, filled

RESULTS = "resultats"
"""The table that the report as CSV is."""
MOST_DRAWN = 40
COLUMNS = (
    Column("organisation", "string", N_("adresse courte de la collectivité"), is_required=True),
    Column("annee", "year", N_("année du bilan"), is_required=True),
    Column("engagement", "string", N_("code de l'engagement"), is_required=True),
    Column("intitule", "string", N_("ce à quoi il engage, en quelques mots"), is_required=True),
    Column("enonce", "string", N_("phrase votée")),
    Column("deliberation", "string", N_("numéro de la délibération")),
    Column("date_deliberation", "date", N_("jour du vote")),
    Column("emplacement", "string", N_("où la phrase se lit dans la délibération")),
    Column("axe", "string", N_("axe de la stratégie"), Axis),
    Column("nature", "string", N_("comment il se juge"), CommitmentKind),
    Column("portee", "string", N_("force de ce que le texte dit")),
    Column("items_decret", "string", N_("thèmes du décret (CGCT, D.2311-15-1), de 1 à 6")),
    Column("echeance", "date", N_("échéance votée")),
    Column("etat", "string", N_("état de l'engagement pour l'année"), Status, is_required=True),
    Column("lecture", "string", N_("le même état en une phrase")),
    Column("motifs", "string", N_("pourquoi cet état")),
    Column("indicateur", "string", N_("code de l'indicateur ; vide quand l'engagement n'en a pas")),
    Column("intitule_indicateur", "string", N_("nom de l'indicateur")),
    Column("unite", "string", N_("unité de la valeur")),
    Column("valeur", "number", N_("valeur ; vide quand elle manque, jamais zéro à sa place")),
    Column("numerateur", "number", N_("numérateur d'un rapport")),
    Column("denominateur", "number", N_("dénominateur d'un rapport")),
    Column("motif_absence", "string", N_("pourquoi la valeur manque"), Absence),
    Column("qualite", "string", N_("comment la valeur est obtenue"), Quality),
    Column("couverture", "number", N_("part couverte, en %")),
    Column("valeur_annee_precedente", "number", N_("valeur de l'année d'avant")),
    Column("reference", "number", N_("valeur de référence")),
    Column("annee_reference", "year", N_("année de la référence")),
    Column("objectif_vote", "string", N_("objectif tel qu'il se lit")),
    Column("cible", "number", N_("objectif en vigueur cette année-là")),
    Column("cible_haute", "number", N_("haut de la plage, quand l'objectif en est une")),
    Column("annee_cible", "year", N_("année de l'objectif")),
    Column("source", "string", N_("source de la valeur")),
    Column("commentaire", "string", N_("commentaire de la valeur")),
)

INDICATORS = (
    Column("indicateur", "string", N_("code de l'indicateur"), is_required=True),
    Column("intitule_indicateur", "string", N_("nom de l'indicateur"), is_required=True),
    Column("unite", "string", N_("unité de la valeur"), is_required=True),
    Column("valeur_annee_precedente", "number", N_("valeur de l'année d'avant")),
    Column("valeur", "number", N_("valeur ; vide quand elle manque, jamais zéro à sa place")),
    Column("motif_absence", "string", N_("pourquoi la valeur manque"), Absence),
    Column("reference", "number", N_("valeur de référence")),
    Column("annee_reference", "year", N_("année de la référence")),
    Column("cible", "number", N_("objectif en vigueur cette année-là")),
    Column("cible_haute", "number", N_("haut de la plage, quand l'objectif en est une")),
    Column("annee_cible", "year", N_("année de l'objectif")),
    Column("etat", "string", N_("état de l'indicateur face à son objectif ; vide sans objectif"), Status),
    Column("pieces", "integer", N_("pièces jointes à la valeur"), is_required=True),
    Column("commentaire", "string", N_("commentaire de la valeur")),
)


def _tables(review: Review) -> Sequence[DataTable]:
    rows = [row for card in review.cards for row in _rows(review, card)]
    known = [*review.showing(), *review.awaited()]
    indicators = [_indicator(review, row) for row in known]
    return [
        DataTable(RESULTS, N_("engagements et indicateurs de l'année"), COLUMNS, rows),
        *filled(DataTable("indicateurs", N_("indicateurs de l'année"), INDICATORS, indicators, ("indicateur",))),
    ]


def _indicator(review: Review, row: IndicatorRow) -> Sequence[Cell]:
    aim, reading, year = row.aim, row.reading, review.year
    target, base, threshold, said = aim.target(year), aim.departure(year), aim.threshold(year), review.verdict(row)
    return (
        row.indicator.code,
        say(row.indicator.name),
        unit_name(row.indicator.unit),
        row.before,
        reading.value if reading else None,
        word(reading.absence) if reading and reading.absence else None,
        base.value if base else None,
        base.year if base else None,
        threshold.value if threshold else None,
        threshold.upper if threshold else None,
        target.horizon_year if target else None,
        word(said) if said else None,
        review.resources.traces.files.get(row.indicator.code, 0),
        reading.comment if reading else None,
    )


def _drawings(review: Review) -> Sequence[Figure]:
    """Draw the indicators that have two values or more by the end of the year, those of flagship commitments first."""
    told = [*review.showing(), *review.awaited()]
    drawn = (series_figure(row.aim, review.year) for row in told)
    return [figure for figure in drawn if figure is not None][:MOST_DRAWN]


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
        yield start + [None] * (len(COLUMNS) - len(start))
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


SECTION = Section("objectives", N_("Objectifs, indicateurs et résultats"), _tables, _drawings)
