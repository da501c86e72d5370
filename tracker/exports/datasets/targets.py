"""Targets as open data: every version of the value that was voted for an indicator of an objective."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tracker.domain.opened import OpenYear, measured
from tracker.domain.records import Aim, CommitmentRecord
from tracker.domain.targets import Target
from tracker.domain.vocabulary import BaselineState, Comparator, TargetBasis, TargetPath
from tracker.exports.tabular import Cell, Column, DataTable, Reference
from tracker.labels import N_, speaking, word

TARGETS = DataTable(
    "cibles",
    N_("Cibles : les valeurs votées, version après version"),
    (
        Column("engagement", "string", N_("code de l'engagement"), is_required=True),
        Column("indicateur", "string", N_("code de l'indicateur"), is_required=True),
        Column("version", "integer", N_("version de la cible"), is_required=True),
        Column("est_en_vigueur", "boolean", N_("version qui juge la dernière année racontée"), is_required=True),
        Column("jugee_depuis", "year", N_("première année jugée avec cette version ; vide : depuis toujours")),
        Column("decidee_le", "date", N_("jour où cette version a été décidée"), is_required=True),
        Column("deliberation", "string", N_("référence de la délibération qui l'a décidée")),
        Column("base", "string", N_("de quoi la valeur est comptée"), TargetBasis, is_required=True),
        Column("comparaison", "string", N_("comment une valeur est comparée à la cible"), Comparator, is_required=True),
        Column("valeur", "number", N_("valeur votée, dans l'unité ou en % selon la base"), is_required=True),
        Column("valeur_haute", "number", N_("haut de la plage, quand la cible en est une")),
        Column("echeance", "year", N_("année de l'échéance ; vide quand le vote n'en donne pas")),
        Column("chemin", "string", N_("comment on va du départ à la cible"), TargetPath, is_required=True),
        Column("reference_valeur", "number", N_("valeur de départ ; vide tant qu'elle n'est pas établie")),
        Column("reference_annee", "year", N_("année de la valeur de départ")),
        Column("reference_etat", "string", N_("à quel point la valeur de départ est établie"), BaselineState),
        Column("seuil", "number", N_("la cible en vigueur dans l'unité de l'indicateur")),
        Column("seuil_haut", "number", N_("haut de la plage, dans la même unité")),
    ),
    (),
    ("engagement", "indicateur", "version"),
    (
        Reference(("engagement",), "objectifs"),
        Reference(("indicateur",), "indicateurs"),
        Reference(("deliberation",), "deliberations"),
    ),
)
LEVELS = DataTable(
    "niveaux",
    N_("Niveaux : les valeurs votées pour une année du chemin vers une cible"),
    (
        Column("engagement", "string", N_("code de l'engagement"), is_required=True),
        Column("indicateur", "string", N_("code de l'indicateur"), is_required=True),
        Column("version", "integer", N_("version de la cible"), is_required=True),
        Column("annee", "year", N_("année du niveau"), is_required=True),
        Column("valeur", "number", N_("niveau voté, compté comme la cible"), is_required=True),
    ),
    (),
    ("engagement", "indicateur", "version", "annee"),
    (Reference(("engagement", "indicateur", "version"), "cibles"),),
)


def targets(years: Iterable[OpenYear], deliberations: Iterable[str]) -> DataTable:
    """Give a row a version of a target that judged a year told, of the commitments whose values are.

    ``deliberations`` are the references that may be named: another decision is not.
    """
    known = frozenset(deliberations)
    with speaking("fr"):
        return replace(TARGETS, rows=[_row(*one, known) for one in _versions(years)])


def levels(years: Iterable[OpenYear]) -> DataTable:
    """Give a row a year on the way to each target of ``targets``."""
    with speaking("fr"):
        rows = [
            (commitment.code, aim.indicator.code, target.version, point.year, point.value)
            for _, commitment, aim, target in _versions(years)
            for point in target.points
        ]
        return replace(LEVELS, rows=rows)


def _versions(years: Iterable[OpenYear]) -> Iterator[tuple[OpenYear, CommitmentRecord, Aim, Target]]:
    for one, commitment in measured(years).values():
        for aim in commitment.aims:
            for target in aim.targets:
                if target.in_force_from <= one.year:
                    yield one, commitment, aim, target


def _row(
    one: OpenYear, commitment: CommitmentRecord, aim: Aim, target: Target, known: frozenset[str]
) -> Sequence[Cell]:
    is_in_force = aim.target(one.year) is target
    departure = aim.departure(one.year) if is_in_force else None
    threshold = aim.threshold(one.year) if is_in_force else None
    return (
        commitment.code,
        aim.indicator.code,
        target.version,
        is_in_force,
        target.in_force_from or None,
        target.decided_on,
        target.decision if target.decision in known else None,
        word(target.basis),
        word(target.comparator),
        target.value,
        target.upper,
        target.horizon_year,
        word(target.path),
        departure.value if departure else None,
        departure.year if departure else None,
        word(departure.state) if departure else None,
        threshold.value if threshold else None,
        threshold.upper if threshold else None,
    )
