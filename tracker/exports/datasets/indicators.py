"""Indicators as open data: what is measured, in which unit, and which way it improves."""

from collections.abc import Iterable
from dataclasses import replace

from tracker.domain.records import Aim
from tracker.domain.vocabulary import Axis, Better, Collection, Tier
from tracker.exports.tabular import Cell, Column, DataTable
from tracker.labels import N_, say, speaking, word
from tracker.labels.units import unit_name

INDICATORS = DataTable(
    "indicateurs",
    N_("Indicateurs : ce qui est mesuré"),
    (
        Column("indicateur", "string", N_("code de l'indicateur"), is_required=True),
        Column("nom", "string", N_("nom de l'indicateur"), is_required=True),
        Column("definition", "string", N_("ce que l'indicateur compte, et comment")),
        Column("unite", "string", N_("unité de la valeur"), is_required=True),
        Column("decimales", "integer", N_("nombre de décimales à l'affichage ; les valeurs restent exactes")),
        Column("sens", "string", N_("ce qui est mieux : plus, moins, un point ou une plage"), Better, is_required=True),
        Column("axe", "string", N_("axe de la stratégie"), Axis, is_required=True),
        Column("rang", "string", N_("rang dans le catalogue"), Tier, is_required=True),
        Column("collecte", "string", N_("d'où vient la valeur"), Collection, is_required=True),
        Column("numerateur", "string", N_("ce que compte le numérateur d'un rapport")),
        Column("denominateur", "string", N_("ce que compte le dénominateur d'un rapport")),
        Column("minimum", "number", N_("plus petite valeur possible")),
        Column("maximum", "number", N_("plus grande valeur possible")),
        Column("methode", "integer", N_("version de la méthode de mesure en vigueur"), is_required=True),
    ),
    (),
    ("indicateur",),
)


def indicators(aims: Iterable[Aim]) -> DataTable:
    """Give a row an indicator, by code."""
    with speaking("fr"):
        return replace(INDICATORS, rows=[_row(aim) for aim in sorted(aims, key=lambda aim: aim.indicator.code)])


def _row(aim: Aim) -> tuple[Cell, ...]:
    one = aim.indicator
    return (
        one.code,
        say(one.name),
        say(one.definition) or None,
        unit_name(one.unit),
        one.decimals,
        word(one.better),
        word(one.axis),
        word(one.tier),
        word(one.collection),
        one.numerator or None,
        one.denominator or None,
        one.minimum,
        one.maximum,
        aim.method(max(aim.readings, default=0)),
    )
