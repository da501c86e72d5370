"""Commitments: what was voted, and how it is judged for a year."""

from dataclasses import replace

from flask import Response

from tracker.exports.datasets.objectives import OBJECTIVES, STATES
from tracker.exports.tabular import DataTable
from tracker.labels import N_
from tracker.web.api.answers import listing, narrowed, single
from tracker.web.api.arguments import Asked, ChoosingYear, OfYear
from tracker.web.api.described import Area
from tracker.web.api.tables import tables

area = Area("commitments", N_("Ce qui a été voté, et où cela en est"))


@area.rows(
    "/organisations/<slug>/commitments",
    OBJECTIVES,
    summary=N_("Les engagements, jugés pour une année"),
    takes=OfYear,
)
def list_(asked: Asked, slug: str) -> Response:
    """Give a page of them, judged for the year asked for, else for the last year that is judged."""
    return listing(asked, _judged(slug, asked.get("year")))


@area.row(
    "/organisations/<slug>/commitments/<code>",
    OBJECTIVES,
    summary=N_("Un engagement, jugé pour une année"),
    takes=ChoosingYear,
)
def show(asked: Asked, slug: str, code: str) -> Response:
    """Give one of them."""
    return single(asked, _judged(slug, asked.get("year")), engagement=code)


def _judged(slug: str, year: int | None) -> DataTable:
    """Give the commitments as they were judged for ``year``, those that were not left out; None for their last year."""
    objectives, states = tables(slug, OBJECTIVES, STATES)
    if year is None:
        return objectives
    names = [column.name for column in STATES.columns]
    told = {row[0]: dict(zip(names, row, strict=True)) for row in narrowed(states, annee=year).rows}
    places = [column.name for column in OBJECTIVES.columns]
    rows = [
        [told[row[0]].get(name, cell) if name != "engagement" else cell for name, cell in zip(places, row, strict=True)]
        for row in objectives.rows
        if row[0] in told
    ]
    return replace(objectives, rows=rows)
