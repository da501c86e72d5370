"""Deliberations: the votes that commitments come from."""

from flask import Response

from tracker.exports.datasets.deliberations import DELIBERATIONS
from tracker.labels import N_
from tracker.web.api.answers import listing
from tracker.web.api.arguments import Asked
from tracker.web.api.described import Area
from tracker.web.api.tables import table

area = Area("deliberations", N_("Les votes d'où viennent les engagements"))


@area.rows("/organisations/<slug>/deliberations", DELIBERATIONS, summary=N_("Les délibérations d'une collectivité"))
def list_(asked: Asked, slug: str) -> Response:
    """Give a page of them."""
    return listing(asked, table(slug, DELIBERATIONS))
