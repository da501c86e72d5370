"""Objectives as open data: what was voted, and how it was judged, year after year."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tracker.domain.opened import OpenYear, commitments, last_judged
from tracker.domain.scorecard import Card
from tracker.domain.vocabulary import Axis, CommitmentKind, DuePrecision, Status, Strength
from tracker.exports.tabular import Cell, Column, DataTable, Reference
from tracker.labels import N_, say, speaking, word
from tracker.labels.publications import publication_headline

OBJECTIVES = DataTable(
    "objectifs",
    N_("Objectifs : ce qui a été voté, et l'état de la dernière année jugée"),
    (
        Column("engagement", "string", N_("code de l'engagement"), is_required=True),
        Column("titre", "string", N_("ce à quoi il engage, en quelques mots"), is_required=True),
        Column("enonce", "string", N_("texte de l'engagement, tel que la délibération le dit")),
        Column("axe", "string", N_("axe de la stratégie"), Axis, is_required=True),
        Column("nature", "string", N_("comment il se juge"), CommitmentKind, is_required=True),
        Column("force", "string", N_("à quel point le texte engage"), Strength, is_required=True),
        Column("est_phare", "boolean", N_("mis en avant par la collectivité"), is_required=True),
        Column("deliberation", "string", N_("référence de la délibération qui l'a voté"), is_required=True),
        Column("vote_le", "date", N_("jour du vote"), is_required=True),
        Column("echeance", "date", N_("jour auquel il est attendu ; vide quand le texte ne le dit pas")),
        Column("echeance_precision", "string", N_("avec quelle précision le texte donne l'échéance"), DuePrecision),
        Column("points_decret", "string", N_("objectifs du décret REEN auxquels il répond, séparés par des espaces")),
        Column("annee", "year", N_("dernière année jugée"), is_required=True),
        Column("etat", "string", N_("état pour cette année-là"), Status, is_required=True),
        Column("phrase", "string", N_("le même état en une phrase")),
    ),
    (),
    ("engagement",),
    (Reference(("deliberation",), "deliberations"),),
)
STATES = DataTable(
    "etats",
    N_("États : comment chaque objectif a été jugé, année après année"),
    (
        Column("engagement", "string", N_("code de l'engagement"), is_required=True),
        Column("annee", "year", N_("année jugée"), is_required=True),
        Column("etat", "string", N_("état pour cette année-là"), Status, is_required=True),
        Column("phrase", "string", N_("le même état en une phrase")),
        Column("chiffres_au", "date", N_("jour auquel les chiffres sont arrêtés"), is_required=True),
    ),
    (),
    ("engagement", "annee"),
    (Reference(("engagement",), "objectifs"),),
)


def objectives(years: Sequence[OpenYear]) -> DataTable:
    """Give a row a commitment of ``years``: its text as it was decided last, its state in the last year told."""
    with speaking("fr"):
        return replace(OBJECTIVES, rows=list(_objectives(years)))


def states(years: Iterable[OpenYear]) -> DataTable:
    """Give a row a commitment and year."""
    with speaking("fr"):
        rows = [
            (card.commitment.code, one.year, *_state(card, one), one.card.today)
            for one in sorted(years, key=lambda year: year.year)
            for card in one.card.cards
        ]
        return replace(STATES, rows=rows)


def _objectives(years: Sequence[OpenYear]) -> Iterator[Sequence[Cell]]:
    told = commitments(years)
    for code, (judged, card) in last_judged(years).items():
        one = told[code]
        yield (
            one.code,
            say(one.title),
            say(one.statement) or None,
            word(one.axis),
            word(one.kind),
            word(one.strength),
            one.is_flagship,
            one.deliberation.reference,
            one.deliberation.adopted_on,
            one.due_on,
            word(one.due_precision) if one.due_precision else None,
            " ".join(map(str, one.decree_items)) or None,
            judged.year,
            *_state(card, judged),
        )


def _state(card: Card, one: OpenYear) -> tuple[Cell, Cell]:
    return word(card.status), publication_headline(card, one.year, has_values=one.has_values) or None
