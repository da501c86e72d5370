"""Indicators: what is measured."""

from flask import Response

from tracker.exports.datasets.indicators import INDICATORS
from tracker.labels import N_
from tracker.web.api.answers import listing, single
from tracker.web.api.arguments import Asked
from tracker.web.api.described import Area
from tracker.web.api.tables import table

area = Area("indicators", N_("Ce qui est mesuré"))


@area.rows("/organisations/<slug>/indicators", INDICATORS, summary=N_("Les indicateurs d'une collectivité"))
def list_(asked: Asked, slug: str) -> Response:
    """Give a page of them."""
    return listing(asked, table(slug, INDICATORS))


@area.row("/organisations/<slug>/indicators/<code>", INDICATORS, summary=N_("Un indicateur"))
def show(asked: Asked, slug: str, code: str) -> Response:
    """Give one of them."""
    return single(asked, table(slug, INDICATORS), indicateur=code)
