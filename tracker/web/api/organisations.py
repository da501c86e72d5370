"""Organisations: the authorities that publish something, or those of the account of the token."""

from collections.abc import Sequence

from flask import Response

from tracker.domain.vocabulary import OrganisationKind
from tracker.exports.tabular import Cell, Column, DataTable
from tracker.labels import N_, speaking, word
from tracker.services import published
from tracker.services.published import Published
from tracker.store.models import Organisation
from tracker.store.queries import organisations
from tracker.web.api.answers import listing, single
from tracker.web.api.arguments import Asked
from tracker.web.api.described import Area
from tracker.web.api.readers import audience, reader
from tracker.web.platform.clock import today
from tracker.web.platform.database import session

area = Area("organisations", N_("Les collectivités"))
TABLE = DataTable(
    "organisations",
    N_("Les collectivités"),
    (
        Column("organisation", "string", N_("adresse courte de la collectivité"), is_required=True),
        Column("nom", "string", N_("nom de la collectivité"), is_required=True),
        Column("nature", "string", N_("commune, métropole, département…"), OrganisationKind, is_required=True),
        Column(
            "est_fictive", "boolean", N_("collectivité inventée, dont les chiffres le sont aussi"), is_required=True
        ),
        Column("derniere_annee_publiee", "year", N_("dernière année que tous lisent ; vide quand aucune ne l'est")),
    ),
    (),
    ("organisation",),
)


@area.rows("/organisations", TABLE, summary=N_("Les collectivités que vous pouvez lire"))
def list_(asked: Asked) -> Response:
    """Without a token, those of which a year is published; with one, those where its account has a role."""
    shown = {one.row.id: one for one in published.listed(session(), today())}
    account = reader().account
    rows = (
        [one.row for one in shown.values()]
        if account is None
        else [organisation for organisation, _ in organisations.granted(session(), account.id)]
    )
    return listing(asked, _table([_row(row, shown.get(row.id)) for row in rows]))


@area.row("/organisations/<slug>", TABLE, summary=N_("Une collectivité"))
def show(asked: Asked, slug: str) -> Response:
    """Give one of them."""
    found = audience(slug)
    if isinstance(found, Published):
        return single(asked, _table([_row(found.row, found)]))
    shown = {one.row.id: one for one in published.listed(session(), today())}
    row = found.organisation
    return single(asked, _table([_row(row, shown.get(row.id))]))


def _table(rows: Sequence[Sequence[Cell]]) -> DataTable:
    return DataTable(TABLE.name, TABLE.title, TABLE.columns, rows, TABLE.key)


def _row(row: Organisation, shown: Published | None) -> Sequence[Cell]:
    last = next((one.year for one in shown.visible), None) if shown else None
    with speaking("fr"):
        return row.slug, row.name, word(row.kind), row.is_fictional, last
