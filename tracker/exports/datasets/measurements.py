"""Measurements as open data: every revision of a value, or of the reason for which there is none."""

from collections.abc import Iterable
from dataclasses import replace

from tracker.domain.opened import OpenValue
from tracker.domain.vocabulary import Absence, Quality
from tracker.exports.tabular import Cell, Column, DataTable, Reference
from tracker.labels import N_, speaking, word

MEASUREMENTS = DataTable(
    "mesures",
    N_("Mesures : chaque révision d'une valeur, ou du motif pour lequel elle manque"),
    (
        Column("indicateur", "string", N_("code de l'indicateur"), is_required=True),
        Column("annee", "year", N_("année de la valeur"), is_required=True),
        Column("revision", "integer", N_("rang de la révision ; 0 pour une valeur calculée"), is_required=True),
        Column("connue_le", "date", N_("jour depuis lequel elle est connue"), is_required=True),
        Column("est_en_vigueur", "boolean", N_("révision qui compte aujourd'hui"), is_required=True),
        Column("valeur", "number", N_("valeur ; vide quand elle manque, jamais zéro à sa place")),
        Column("numerateur", "number", N_("numérateur d'un rapport")),
        Column("denominateur", "number", N_("dénominateur d'un rapport")),
        Column("motif_absence", "string", N_("pourquoi la valeur manque"), Absence),
        Column("qualite", "string", N_("comment la valeur est obtenue"), Quality),
        Column("couverture", "number", N_("part couverte, en %")),
        Column("methode", "integer", N_("version de la méthode de mesure")),
        Column("source", "string", N_("source de la valeur")),
    ),
    (),
    ("indicateur", "annee", "revision", "connue_le"),
    (Reference(("indicateur",), "indicateurs"),),
)


def measurements(values: Iterable[OpenValue]) -> DataTable:
    """Give a row a revision, by indicator and year, oldest first; without author nor comment."""
    told = sorted(values, key=lambda one: (one.indicator, one.reading.year, one.reading.revision, one.known_on))
    with speaking("fr"):
        return replace(MEASUREMENTS, rows=[_row(one) for one in told])


def _row(one: OpenValue) -> tuple[Cell, ...]:
    told = one.reading
    return (
        one.indicator,
        told.year,
        told.revision,
        one.known_on,
        one.is_current,
        told.value,
        told.numerator,
        told.denominator,
        word(told.absence) if told.absence else None,
        word(told.quality) if told.quality else None,
        told.coverage,
        told.method if told.value is not None else None,
        told.source or None,
    )
