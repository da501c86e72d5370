"""Targets and values in one table, in the words of etalab/schema-impact-service-public-numerique (0.5)."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from tracker.domain.opened import OpenValue, OpenYear, measured
from tracker.domain.records import Aim, IndicatorRecord
from tracker.domain.targets import amount
from tracker.domain.vocabulary import Aggregation, Collection
from tracker.exports.tabular import Cell, Column, DataTable
from tracker.labels import N_, say, speaking, text, word
from tracker.labels.units import unit_name

IMPACT = DataTable(
    "impact",
    N_("Cibles et valeurs en une seule table, au schéma des indicateurs d'impact d'un service public numérique"),
    (
        Column("administration_rattachement", "string", N_("nom de la collectivité"), is_required=True),
        Column("nom_service_public_numerique", "string", N_("ce que l'on mesure"), is_required=True),
        Column("indicateur", "string", N_("nom de l'indicateur, le même d'une année à l'autre"), is_required=True),
        Column("valeur", "number", N_("valeur mesurée, ou visée"), is_required=True),
        Column("unite_mesure", "string", N_("unité de la valeur"), is_required=True),
        Column("est_cible", "boolean", N_("vrai pour une valeur visée, faux pour une mesure"), is_required=True),
        Column("type_indicateur", "string", N_("usage ou impact")),
        Column("frequence_monitoring", "string", N_("à quel rythme l'indicateur est suivi"), is_required=True),
        Column("date", "date", N_("dernier jour de l'année mesurée, ou visée"), is_required=True),
        Column("est_periode", "boolean", N_("vrai pour ce qui s'additionne sur l'année"), is_required=True),
        Column("date_debut", "date", N_("premier jour de l'année, pour ce qui s'additionne")),
        Column("est_automatise", "boolean", N_("vrai pour une valeur calculée"), is_required=True),
        Column("source_collecte", "string", N_("d'où vient la valeur"), is_required=True),
        Column("code_insee", "string", N_("code INSEE ; vide : la collectivité ne l'a pas donné")),
        Column("dataviz_wish", "string", N_("dessin conseillé")),
        Column("commentaires", "string", N_("codes de l'indicateur et de l'engagement")),
    ),
    (),
)
_FLOWS = frozenset({Aggregation.SUM, Aggregation.RATIO_OF_SUMS})


def impact(name: str, aims: Iterable[Aim], values: Iterable[OpenValue], years: Iterable[OpenYear]) -> DataTable:
    """Give a row a value that counts now, then one a year for which a target in force asks one.

    ``name`` is the authority's; a value that is missing and a target without a year have no row.
    """
    known = {aim.indicator.code: aim.indicator for aim in aims}
    with speaking("fr"):
        rows = [
            _row(name, known[one.indicator], one.reading.year, one.reading.value)
            for one in sorted(values, key=lambda one: (one.indicator, one.reading.year))
            if one.is_current and one.reading.value is not None and one.indicator in known
        ]
        rows += [
            _row(name, known[aim.indicator.code], year, value, commitment=code)
            for code, aim, year, value in _asked(years)
            if aim.indicator.code in known
        ]
        return replace(IMPACT, rows=rows)


def _asked(years: Iterable[OpenYear]) -> Iterator[tuple[str, Aim, int, Decimal]]:
    """Give the value that each target in force asks for its last year, and for each year voted on the way."""
    for one, commitment in measured(years).values():
        for aim in commitment.aims:
            target, threshold = aim.target(one.year), aim.threshold(one.year)
            if target is None or threshold is None:
                continue
            for point in target.points:
                value = amount(target, point.value, aim.departure(one.year))
                if value is not None and point.year != target.horizon_year:
                    yield commitment.code, aim, point.year, value
            if target.horizon_year is not None:
                yield commitment.code, aim, target.horizon_year, threshold.value


def _row(
    name: str, indicator: IndicatorRecord, year: int, value: Decimal | None, *, commitment: str = ""
) -> tuple[Cell, ...]:
    is_flow = indicator.aggregation in _FLOWS
    return (
        name,
        text("Numérique responsable"),
        say(indicator.name),
        value,
        unit_name(indicator.unit),
        bool(commitment),
        "impact",
        "annuelle",
        date(year, 12, 31),
        is_flow,
        date(year, 1, 1) if is_flow else None,
        indicator.collection is Collection.DERIVED and not commitment,
        text("délibération") if commitment else word(indicator.collection),
        None,
        "linechart",
        " ".join(filter(None, (indicator.code, commitment))),
    )
