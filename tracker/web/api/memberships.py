"""Memberships: the associations that an authority joined, and each of its years there."""

from flask import Response

from tracker.exports.datasets.memberships import FEES, MEMBERSHIPS
from tracker.labels import N_
from tracker.web.api.answers import listing, narrowed
from tracker.web.api.arguments import Asked, OfYear
from tracker.web.api.described import Area
from tracker.web.api.tables import table

area = Area("memberships", N_("Les associations dont la collectivité est membre"))


@area.rows("/organisations/<slug>/memberships", MEMBERSHIPS, summary=N_("Les adhésions d'une collectivité"))
def list_(asked: Asked, slug: str) -> Response:
    """Give a page of them."""
    return listing(asked, table(slug, MEMBERSHIPS))


@area.rows("/organisations/<slug>/fees", FEES, summary=N_("Les cotisations, année par année"), takes=OfYear)
def fees(asked: Asked, slug: str) -> Response:
    """Give a page of them."""
    return listing(asked, narrowed(table(slug, FEES), annee=asked.get("year")))
