"""The section of the report that tells how far the services are ecodesigned."""

from collections.abc import Sequence

from tracker.exports.tabular import Column, DataTable
from tracker.labels.language import N_
from tracker.reports.review import Review
from tracker.reports.section import Section, filled, rounded

COLUMNS = (
    Column("service", "integer", N_("numéro du service au registre"), is_required=True),
    Column("nom", "string", N_("nom du service"), is_required=True),
    Column("evalue_le", "date", N_("jour de la dernière auto-évaluation arrêtée")),
    Column("criteres_conformes", "integer", N_("critères du RGESN conformes")),
    Column("criteres_applicables", "integer", N_("critères du RGESN applicables")),
    Column("declaration", "boolean", N_("vrai quand une déclaration d'écoconception est publiée"), is_required=True),
    Column("annee_des_pages", "year", N_("année de la dernière mesure des pages")),
    Column("pages", "integer", N_("pages mesurées")),
    Column("score_median", "number", N_("score EcoIndex médian des pages")),
    Column("poids_median", "number", N_("poids médian des pages, en ko")),
)


def _tables(review: Review) -> Sequence[DataTable]:
    rows = [
        (
            one.service.number,
            one.service.name,
            one.assessment.assessed_on if one.assessment else None,
            one.score.met if one.score else None,
            one.score.applicable if one.score else None,
            one.is_stated,
            one.pages.year if one.pages else None,
            len(one.pages.pages) if one.pages else None,
            rounded(one.pages.score) if one.pages else None,
            rounded(one.pages.kilobytes) if one.pages else None,
        )
        for one in review.resources.ecodesign
    ]
    return filled(DataTable("ecoconception", N_("écoconception des services en ligne"), COLUMNS, rows, ("service",)))


SECTION = Section("ecodesign", N_("Écoconception"), _tables)
