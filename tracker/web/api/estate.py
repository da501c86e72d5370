"""The estate: equipment counted by category and year."""

from flask import Response

from tracker.exports.datasets.estate_totals import ESTATE_TOTALS
from tracker.labels import N_
from tracker.web.api.answers import listing, narrowed
from tracker.web.api.arguments import Asked, OfYear
from tracker.web.api.described import Area
from tracker.web.api.tables import table

area = Area("estate", N_("Le parc d'équipements"))


@area.rows(
    "/organisations/<slug>/estate", ESTATE_TOTALS, summary=N_("Le parc compté par catégorie et par année"), takes=OfYear
)
def list_(asked: Asked, slug: str) -> Response:
    """Give a page of them."""
    return listing(asked, narrowed(table(slug, ESTATE_TOTALS), annee=asked.get("year")))
