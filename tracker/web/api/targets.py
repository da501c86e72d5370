"""Targets: the values that were voted, version after version, and the levels on the way to them."""

from flask import Response

from tracker.exports.datasets.targets import LEVELS, TARGETS
from tracker.labels import N_
from tracker.web.api.answers import listing, narrowed
from tracker.web.api.arguments import Asked, OfYear
from tracker.web.api.described import Area
from tracker.web.api.tables import table

area = Area("targets", N_("Les valeurs votées"))


@area.rows("/organisations/<slug>/targets", TARGETS, summary=N_("Les cibles votées, version après version"))
def list_(asked: Asked, slug: str) -> Response:
    """Give a page of them."""
    return listing(asked, table(slug, TARGETS))


@area.rows(
    "/organisations/<slug>/levels",
    LEVELS,
    summary=N_("Les niveaux votés, année par année, sur le chemin d'une cible"),
    takes=OfYear,
)
def levels(asked: Asked, slug: str) -> Response:
    """Give a page of them."""
    return listing(asked, narrowed(table(slug, LEVELS), annee=asked.get("year")))
