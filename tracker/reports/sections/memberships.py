"""The section of the report that tells the associations joined, their fees and what they served."""

from collections.abc import Sequence

from tracker.domain.memberships import MembershipState
from tracker.domain.vocabulary import TaxRegime
from tracker.exports.tabular import Column, DataTable
from tracker.labels import word
from tracker.labels.budget import imputation_phrase
from tracker.labels.language import N_
from tracker.reports.review import Review
from tracker.reports.section import Section, filled

COLUMNS = (
    Column("adhesion", "string", N_("code de l'adhésion"), is_required=True),
    Column("nom", "string", N_("nom de l'association"), is_required=True),
    Column("annee", "year", N_("année de la cotisation"), is_required=True),
    Column("etat", "string", N_("ce qui est su de l'année"), MembershipState, is_required=True),
    Column("montant", "number", N_("cotisation en euros ; vide quand aucun texte ne la dit")),
    Column("regime", "string", N_("régime de taxe"), TaxRegime),
    Column("decidee_le", "date", N_("jour de la décision")),
    Column("payee_le", "date", N_("jour du paiement")),
    Column("deliberation", "string", N_("référence de la délibération")),
    Column("engagement", "string", N_("code de l'engagement")),
    Column("imputation", "string", N_("ligne du budget")),
    Column("a_servi_a", "string", N_("ce à quoi l'adhésion a servi")),
)


def _tables(review: Review) -> Sequence[DataTable]:
    rows = [
        (
            membership.code,
            membership.name,
            one.year.year,
            word(one.state),
            one.year.fee.amount,
            word(one.year.fee.tax) if one.year.fee.amount is not None else None,
            one.year.decided_on,
            one.year.paid_on,
            one.year.deliberation or one.year.decided_by,
            one.year.commitment,
            imputation_phrase(one.year.line) if one.year.line else None,
            one.year.served,
        )
        for year in (review.year, review.year + 1)
        for membership, one in review.fees(year)
    ]
    return filled(
        DataTable("adhesions", N_("adhésions de l'année et de la suivante"), COLUMNS, rows, ("adhesion", "annee"))
    )


SECTION = Section("memberships", N_("Adhésions"), _tables)
