"""Measurements: every revision of a value, or of the reason for which there is none."""

from flask import Response
from marshmallow import fields, validate

from tracker.exports.datasets.measurements import MEASUREMENTS
from tracker.labels import N_
from tracker.web.api.answers import listing, narrowed
from tracker.web.api.arguments import Asked, OfYear
from tracker.web.api.described import Area
from tracker.web.api.tables import table

area = Area("measurements", N_("Les valeurs, révision après révision"))


class OfIndicator(OfYear):
    """A page of measurements, of one year or one indicator only where it is named."""

    indicator = fields.String(
        validate=validate.Length(1, 40), metadata={"description": N_("un indicateur seulement, par son code")}
    )


@area.rows(
    "/organisations/<slug>/measurements",
    MEASUREMENTS,
    summary=N_("Les valeurs, révision après révision"),
    takes=OfIndicator,
)
def list_(asked: Asked, slug: str) -> Response:
    """Give a page of them: the value, or why there is none."""
    found = table(slug, MEASUREMENTS)
    return listing(asked, narrowed(found, annee=asked.get("year"), indicateur=asked.get("indicator")))
