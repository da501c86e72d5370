"""Publications: the years that an authority shows to anyone, version after version."""

from collections.abc import Sequence
from dataclasses import replace

from flask import Response

from tracker.domain.errors import NotFound
from tracker.domain.publications import PublicationRecord
from tracker.domain.vocabulary import PublicationScope
from tracker.exports.tabular import Cell, Column, DataTable
from tracker.labels import N_, speaking, word
from tracker.labels.formats import PARIS
from tracker.services import published
from tracker.services.published import Published
from tracker.web.api.answers import listing, narrowed
from tracker.web.api.arguments import Asked, OfYear
from tracker.web.api.described import Area
from tracker.web.api.readers import audience
from tracker.web.platform.clock import today
from tracker.web.platform.database import session

area = Area("publications", N_("Les années publiées, version après version"))
TABLE = DataTable(
    "publications",
    N_("Les années publiées, version après version"),
    (
        Column("annee", "year", N_("année publiée"), is_required=True),
        Column("version", "integer", N_("version de cette publication"), is_required=True),
        Column("est_en_vigueur", "boolean", N_("version qui compte aujourd'hui"), is_required=True),
        Column("est_retiree", "boolean", N_("l'année a été retirée par cette version"), is_required=True),
        Column("portee", "string", N_("engagements montrés"), PublicationScope, is_required=True),
        Column("avec_valeurs", "boolean", N_("les valeurs sont montrées aussi"), is_required=True),
        Column("chiffres_au", "date", N_("jour auquel les chiffres sont arrêtés"), is_required=True),
        Column("parue_le", "date", N_("jour depuis lequel tous la lisent"), is_required=True),
        Column("note", "string", N_("ce que la collectivité en dit, ou pourquoi elle l'a retirée")),
    ),
    (),
    ("annee", "version"),
)


@area.rows(
    "/organisations/<slug>/publications", TABLE, summary=N_("Les années publiées d'une collectivité"), takes=OfYear
)
def list_(asked: Asked, slug: str) -> Response:
    """Those that everybody reads or could read, whoever asks; a version that waits for its day is not told."""
    found = audience(slug)
    try:
        shown = found if isinstance(found, Published) else published.find(session(), found.organisation.slug, today())
    except NotFound:
        shown = None
    rows = [_row(one, one is versions[-1]) for versions in _by_year(shown) for one in versions]
    return listing(asked, narrowed(replace(TABLE, rows=rows), annee=asked.get("year")))


def _by_year(shown: Published | None) -> Sequence[Sequence[PublicationRecord]]:
    return [shown.versions[year] for year in sorted(shown.versions)] if shown else []


def _row(one: PublicationRecord, is_last: bool) -> Sequence[Cell]:
    with speaking("fr"):
        return (
            one.year,
            one.version,
            is_last,
            one.is_withdrawn,
            word(one.scope),
            one.has_values,
            one.recorded_at.astimezone(PARIS).date(),
            one.appears_at.astimezone(PARIS).date(),
            one.note or None,
        )
