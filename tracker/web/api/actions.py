"""Actions: what the yearly plans do for the commitments."""

from flask import Response

from tracker.exports.datasets.actions import ACTIONS
from tracker.labels import N_
from tracker.web.api.answers import listing, narrowed
from tracker.web.api.arguments import Asked, OfYear
from tracker.web.api.described import Area
from tracker.web.api.tables import table

area = Area("actions", N_("Ce que font les plans annuels"))


@area.rows(
    "/organisations/<slug>/actions", ACTIONS, summary=N_("Les actions des plans d'une collectivité"), takes=OfYear
)
def list_(asked: Asked, slug: str) -> Response:
    """Give a page of them."""
    return listing(asked, narrowed(table(slug, ACTIONS), annee=asked.get("year")))
