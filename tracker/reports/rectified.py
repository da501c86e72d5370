"""The chapter that opens a new version of a report: what the version before it said, and what is true."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from tracker.domain.frozen_reports import Rectification
from tracker.domain.numbers import plain_text
from tracker.exports.paper import Table, said
from tracker.exports.tabular import Column, DataTable
from tracker.labels import plural, text, word
from tracker.labels.frozen_reports import cell_phrases, field_phrase, reason_phrase, who_phrase
from tracker.labels.language import N_
from tracker.reports.report import Chapter

CODE = "rectifications"
COLUMNS = (
    Column("engagement", "string", N_("code de l'engagement"), is_required=True),
    Column("indicateur", "string", N_("nom de l'indicateur ; vide quand c'est l'état de l'engagement")),
    Column("donnee", "string", N_("ce qui est rectifié"), is_required=True),
    Column("avant", "string", N_("ce que disait la version d'avant ; vide pour rien")),
    Column("apres", "string", N_("ce qui est vrai ; vide pour rien")),
    Column("raison", "string", N_("pourquoi c'est rectifié ; vide quand personne ne l'a dit")),
    Column("fonction", "string", N_("fonction de qui l'a rectifié, jamais son nom")),
    Column("date", "date", N_("jour de la rectification")),
)


def rectified_chapter(found: Sequence[Rectification], version: int, year: int) -> Chapter:
    """Tell what was rectified since ``version`` of the report of ``year``."""
    opening = plural(
        "{n} donnée n'est plus celle de la version {version} du rapport {year}. L'une et l'autre se lisent ici.",
        "{n} données ne sont plus celles de la version {version} du rapport {year}. Les unes et les autres "
        "se lisent ici.",
        len(found),
        n=len(found),
        version=version,
        year=year,
    )
    rows = tuple(
        (
            one.indicator or one.commitment,
            field_phrase(one.field, one.unit),
            *cell_phrases(one.before, one.after),
            reason_phrase(one),
            who_phrase(one),
        )
        for one in found
    )
    headings = (
        text("Engagement ou indicateur"),
        text("Donnée"),
        text("Version {n}", n=version),
        text("Désormais"),
        text("Raison"),
        text("Quand, et par qui"),
    )
    shown = Table(text("Ce qui a été rectifié"), headings, rows, (26, 14, 14, 14, 26, 14))
    told = [
        (
            one.code,
            one.indicator or None,
            field_phrase(one.field, one.unit),
            _plain(one.before),
            _plain(one.after),
            one.reason or None,
            word(one.role) if one.role else None,
            one.at.date() if one.at else None,
        )
        for one in found
    ]
    data = DataTable(CODE, N_("ce qui est rectifié depuis la version d'avant"), COLUMNS, told)
    return Chapter(CODE, text("Rectifications"), (said(opening), shown), (data,))


def _plain(cell: object) -> str | None:
    match cell:
        case None:
            return None
        case Decimal():
            return plain_text(cell)
        case date():
            return cell.isoformat()
        case _:
            return str(cell)
