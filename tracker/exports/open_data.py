"""Open data of a published year: a table for programs, and the data package that describes it (Frictionless)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from tracker.domain.publications import PublicationRecord
from tracker.domain.records import Aim
from tracker.domain.scorecard import Card, Scorecard
from tracker.domain.vocabulary import Absence, Axis, CommitmentKind, Quality, Status
from tracker.exports.packages import LICENCE, Package, descriptor, resource
from tracker.exports.tabular import Cell, Column, DataTable, csv_file
from tracker.labels import N_, say, speaking, text, word
from tracker.labels.publications import publication_headline
from tracker.labels.units import unit_name

__all__ = ["COLUMNS", "LICENCE", "TABLE", "DrawnYear", "package", "table"]

COLUMNS = (
    Column("organisation", "string", N_("adresse courte de la collectivité")),
    Column("annee_publiee", "year", N_("année publiée")),
    Column("version", "integer", N_("version de cette publication")),
    Column("chiffres_au", "date", N_("jour auquel les chiffres sont arrêtés")),
    Column("engagement", "string", N_("code de l'engagement")),
    Column("engagement_titre", "string", N_("ce à quoi il engage, en quelques mots")),
    Column("axe", "string", N_("axe de la stratégie"), Axis),
    Column("nature", "string", N_("comment il se juge"), CommitmentKind),
    Column("deliberation", "string", N_("numéro de la délibération")),
    Column("vote_le", "date", N_("jour du vote")),
    Column("etat", "string", N_("état de l'engagement pour l'année publiée ; vide sur les autres années"), Status),
    Column("phrase", "string", N_("le même état en une phrase")),
    Column("indicateur", "string", N_("code de l'indicateur ; vide quand l'engagement n'en a pas")),
    Column("indicateur_nom", "string", N_("nom de l'indicateur")),
    Column("unite", "string", N_("unité de la valeur")),
    Column("annee", "year", N_("année de la valeur")),
    Column("valeur", "number", N_("valeur ; vide quand elle manque, jamais zéro à sa place")),
    Column("numerateur", "number", N_("numérateur d'un rapport")),
    Column("denominateur", "number", N_("dénominateur d'un rapport")),
    Column("motif_absence", "string", N_("pourquoi la valeur manque"), Absence),
    Column("qualite", "string", N_("comment la valeur est obtenue"), Quality),
    Column("couverture", "number", N_("part couverte, en %")),
    Column("methode", "integer", N_("version de la méthode de mesure")),
    Column("seuil", "number", N_("objectif en vigueur cette année-là")),
    Column("seuil_haut", "number", N_("haut de la plage, quand l'objectif en est une")),
    Column("source", "string", N_("source de la valeur")),
    Column("valeur_methode_constante", "number", N_("valeur recalculée par la dernière méthode")),
    Column("niveau_vote", "number", N_("niveau voté pour cette année, sur le chemin de l'objectif")),
    Column("attendu", "number", N_("niveau attendu, calculé et non voté")),
    Column("prevision", "number", N_("ce que donnerait le rythme constaté ; ce n'est pas une valeur")),
    Column("prevision_marge_basse", "number", N_("la même chose, au bas de la marge du rythme")),
    Column("prevision_marge_haute", "number", N_("la même chose, au haut de la marge du rythme")),
)

TABLE = DataTable("engagements", N_("engagements et valeurs d'une année publiée"), COLUMNS, ())


@dataclass(frozen=True, slots=True)
class DrawnYear:
    """A year of a drawing: what it shows around the value, each None where there is none.

    ``low`` and ``high`` are ``forecast`` at both ends of the margin of the pace.
    """

    year: int
    restated: Decimal | None
    voted: Decimal | None
    expected: Decimal | None
    forecast: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None


Drawn = Callable[[Aim], Sequence[DrawnYear]]
"""Gives the years that the drawing of an indicator shows."""


def table(card: Scorecard, version: PublicationRecord, drawn: Drawn) -> bytes:
    """Write a row a commitment, indicator and year: UTF-8, commas, decimal points, ISO dates, missing is empty.

    Words are in French whatever the language, since programs read them. A commitment without indicator, or a version
    without values, has one row a commitment. The years are those that ``drawn`` gives of each indicator.
    """
    with speaking("fr"):
        return csv_file(replace(TABLE, rows=list(_rows(card, version, drawn))))


def package(card: Scorecard, version: PublicationRecord, page: str, content: bytes) -> bytes:
    """Describe the table ``content`` of the published year whose page is at ``page``, an absolute address."""
    name = f"{card.organisation.slug}-{card.year}"
    with speaking("fr"):
        told = Package(
            name=name,
            title=text("Engagements numérique responsable {year}, {name}", year=card.year, name=card.organisation.name),
            description=text(TABLE.title),
            home=page,
            authority=card.organisation.name,
            version=str(version.version),
            created=version.recorded_at,
        )
        return descriptor(told, [resource(replace(TABLE, name=name), f"{page}.csv", content)])


def _rows(card: Scorecard, version: PublicationRecord, drawn: Drawn) -> Iterator[Sequence[Cell]]:
    for one in card.cards:
        record = one.commitment
        about: list[Cell] = [
            card.organisation.slug,
            card.year,
            version.version,
            card.today,
            record.code,
            say(record.title),
            word(record.axis),
            word(record.kind),
            record.deliberation.number,
            record.deliberation.adopted_on,
        ]
        aims = record.aims if version.has_values else ()
        for aim in aims:
            shown = {point.year: point for point in drawn(aim)}
            for year in sorted({*aim.readings, *shown, card.year}):
                yield [*about, *_state(one, card.year, year, version), *_value(aim, year), *_around(shown.get(year))]
        if not aims:
            yield [*about, *_state(one, card.year, card.year, version), *[None] * (len(COLUMNS) - len(about) - 2)]


def _state(one: Card, published: int, year: int, version: PublicationRecord) -> Sequence[Cell]:
    if year != published:
        return None, None
    return word(one.status), publication_headline(one, year, has_values=version.has_values)


def _value(aim: Aim, year: int) -> Sequence[Cell]:
    reading, threshold = aim.readings.get(year), aim.threshold(year)
    return (
        aim.indicator.code,
        say(aim.indicator.name),
        unit_name(aim.indicator.unit),
        year,
        reading.value if reading else None,
        reading.numerator if reading else None,
        reading.denominator if reading else None,
        word(reading.absence) if reading and reading.absence else None,
        word(reading.quality) if reading and reading.quality else None,
        reading.coverage if reading else None,
        reading.method if reading and reading.value is not None else None,
        threshold.value if threshold else None,
        threshold.upper if threshold else None,
        reading.source if reading else None,
    )


def _around(point: DrawnYear | None) -> Sequence[Cell]:
    if point is None:
        return (None,) * 6
    return (point.restated, point.voted, point.expected, point.forecast, point.low, point.high)
