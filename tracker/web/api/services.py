"""Digital services: sites, procedures and applications."""

from flask import Response

from tracker.exports.datasets.services import SERVICES
from tracker.labels import N_
from tracker.web.api.answers import listing
from tracker.web.api.arguments import Asked
from tracker.web.api.described import Area
from tracker.web.api.tables import table

area = Area("services", N_("Les services numériques"))


@area.rows("/organisations/<slug>/services", SERVICES, summary=N_("Les services numériques d'une collectivité"))
def list_(asked: Asked, slug: str) -> Response:
    """Give a page of them."""
    return listing(asked, table(slug, SERVICES))
