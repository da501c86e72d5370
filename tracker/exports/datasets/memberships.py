"""Memberships as open data: the associations that the authority belongs to, and each year's fee."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from tracker.domain.memberships import MembershipRecord, MembershipState, MembershipYearRecord, state
from tracker.domain.vocabulary import TaxRegime
from tracker.exports.tabular import Cell, Column, DataTable, Reference
from tracker.labels import N_, speaking, word

MEMBERSHIPS = DataTable(
    "adhesions",
    N_("Adhésions : les associations dont la collectivité est membre"),
    (
        Column("adhesion", "string", N_("code de l'adhésion"), is_required=True),
        Column("nom", "string", N_("nom de l'association"), is_required=True),
        Column("adresse", "string", N_("adresse de son site")),
    ),
    (),
    ("adhesion",),
)
FEES = DataTable(
    "cotisations",
    N_("Cotisations : ce que l'on sait de chaque année d'une adhésion"),
    (
        Column("adhesion", "string", N_("code de l'adhésion"), is_required=True),
        Column("annee", "year", N_("année de la cotisation"), is_required=True),
        Column("etat", "string", N_("où en est cette année"), MembershipState, is_required=True),
        Column("montant_eur", "number", N_("montant, en euros ; vide quand aucun texte ne le dit")),
        Column("taxe", "string", N_("régime de taxe du montant"), TaxRegime),
        Column("decide_le", "date", N_("jour de la décision")),
        Column("deliberation", "string", N_("référence de la délibération qui l'a décidée")),
        Column("paye_le", "date", N_("jour du paiement")),
        Column("engagement", "string", N_("code de l'engagement servi")),
    ),
    (),
    ("adhesion", "annee"),
    (
        Reference(("adhesion",), "adhesions"),
        Reference(("deliberation",), "deliberations"),
        Reference(("engagement",), "objectifs"),
    ),
)


def memberships(listed: Iterable[MembershipRecord]) -> DataTable:
    """Give a row a membership, by code."""
    rows = [(one.code, one.name, one.url or None) for one in sorted(listed, key=lambda one: one.code)]
    return replace(MEMBERSHIPS, rows=rows)


def fees(
    listed: Iterable[MembershipRecord], commitments: Collection[str], deliberations: Collection[str], today: date
) -> DataTable:
    """Give a row a year of ``listed`` of which something is known on ``today``, without what people wrote of it."""
    with speaking("fr"):
        rows = [
            _row(one.code, year, commitments, deliberations, today)
            for one in sorted(listed, key=lambda one: one.code)
            for year in one.years
        ]
        return replace(FEES, rows=rows)


def _row(
    code: str,
    year: MembershipYearRecord,
    commitments: Collection[str],
    deliberations: Collection[str],
    today: date,
) -> Sequence[Cell]:
    return (
        code,
        year.year,
        word(state(year, today)),
        year.fee.amount,
        word(year.fee.tax) if year.fee.amount is not None else None,
        year.decided_on,
        year.deliberation if year.deliberation in deliberations else None,
        year.paid_on,
        year.commitment if year.commitment in commitments else None,
    )
