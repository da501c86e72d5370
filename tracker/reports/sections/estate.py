"""The section of the report that tells how long the equipment is kept."""

from collections.abc import Sequence

from tracker.charts.pyramid import age_name
from tracker.charts.survival import shares
from tracker.domain.lifetimes import Lifetimes, in_years
from tracker.exports.paper import Figure
from tracker.exports.tabular import Cell, Column, DataTable
from tracker.labels import text, word
from tracker.labels.language import N_
from tracker.reports.drawings import estate_figures
from tracker.reports.review import Review
from tracker.reports.section import Section, filled, rounded

LIFETIMES = (
    Column("categorie", "string", N_("catégorie d'équipements, ou l'ensemble du parc"), is_required=True),
    Column("sorties", "integer", N_("équipements sortis dans l'année"), is_required=True),
    Column("sorties_datees", "integer", N_("sorties dont les deux jours sont connus"), is_required=True),
    Column("duree_moyenne", "number", N_("durée moyenne à la sortie, en années")),
    Column("duree_mediane", "number", N_("durée médiane à la sortie, en années")),
    Column("en_service", "integer", N_("équipements en service à la fin de l'année"), is_required=True),
    Column("en_service_dates", "integer", N_("équipements en service dont l'âge est connu"), is_required=True),
    Column("age_moyen", "number", N_("âge moyen en service, en années")),
    Column("controle", "number", N_("parc divisé par les sorties de l'année, en années")),
)
SURVIVAL = (
    Column("age", "integer", N_("âge en années entières"), is_required=True),
    Column("part", "number", N_("part des équipements encore là, en % ; vide au-delà de ce qui est connu")),
)
AGES = (
    Column("age", "string", N_("âge en années entières"), is_required=True),
    Column("equipements", "integer", N_("équipements en service de cet âge"), is_required=True),
)


def _tables(review: Review) -> Sequence[DataTable]:
    found = review.resources.estate
    if found is None or not found.categories:
        return ()
    rows = [_row(word(category), one) for category, one in found.categories.items()]
    rows.append(_row(text("ensemble du parc"), found.whole))
    curve = [
        (row.years, rounded(100 * row.share) if row.share is not None else None) for row in shares(found.whole.curve)
    ]
    last = len(found.pyramid) - 1
    ages = (
        [(age_name(at, is_last=at == last), count) for at, count in enumerate(found.pyramid)]
        if any(found.pyramid)
        else []
    )
    return filled(
        DataTable("durees_de_vie", N_("durées de vie du parc"), LIFETIMES, rows, ("categorie",)),
        DataTable("survie", N_("part du parc encore là à chaque âge"), SURVIVAL, curve, ("age",)),
        DataTable("ages", N_("âge de ce qui est en service"), AGES, ages, ("age",)),
    )


def _drawings(review: Review) -> Sequence[Figure]:
    found = review.resources.estate
    return estate_figures(found.whole, found.pyramid) if found and found.categories else ()


def _row(name: str, found: Lifetimes) -> Sequence[Cell]:
    left, here = found.at_exit, found.in_service
    return (
        name,
        found.exits,
        left.n,
        None if left.mean is None else in_years(left.mean),
        None if left.median is None else in_years(left.median),
        here.whole,
        here.n,
        None if here.mean is None else in_years(here.mean),
        None if found.cross_check is None else in_years(found.cross_check),
    )


SECTION = Section("estate", N_("Durées de vie du parc"), _tables, _drawings)
