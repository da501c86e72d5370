"""The section of the report that tells what the approval commission did in the year."""

from collections.abc import Sequence

from tracker.domain.approvals import ApprovalOutcome
from tracker.exports.tabular import Column, DataTable
from tracker.labels.language import N_
from tracker.reports.review import Review
from tracker.reports.section import Section, filled

COLUMNS = (
    Column("annee", "year", N_("année du bilan"), is_required=True),
    Column("seances", "integer", N_("séances tenues dans l'année"), is_required=True),
    Column("homologues", "integer", N_("décisions d'homologation de l'année"), is_required=True),
    Column("avec_reserves", "integer", N_("décisions d'homologation avec réserves"), is_required=True),
    Column("refuses", "integer", N_("refus"), is_required=True),
    Column("ajournes", "integer", N_("ajournements"), is_required=True),
    Column("services_homologues", "integer", N_("services en ligne homologués à la fin de l'année"), is_required=True),
    Column("services_en_ligne", "integer", N_("services en ligne à la fin de l'année"), is_required=True),
    Column("mises_en_ligne", "integer", N_("mises en ligne de l'année"), is_required=True),
    Column("mises_en_ligne_examinees", "integer", N_("mises en ligne examinées avant"), is_required=True),
    Column("derogations", "integer", N_("dérogations pour charge disproportionnée en cours"), is_required=True),
    Column("derogations_depassees", "integer", N_("dérogations qui ont dépassé leur fin"), is_required=True),
    Column("en_attente", "integer", N_("services qui attendent la commission"), is_required=True),
)


def _tables(review: Review) -> Sequence[DataTable]:
    found = review.resources.approvals
    if found is None:
        return ()
    row = (
        review.year,
        len(found.sessions),
        *(found.outcomes.get(one, 0) for one in ApprovalOutcome),
        found.approved.n,
        found.approved.whole,
        found.releases.whole,
        found.releases.n,
        found.derogations,
        found.over,
        found.due,
    )
    return filled(DataTable("homologations", N_("homologations de l'année"), COLUMNS, [row], ("annee",)))


SECTION = Section("approvals", N_("Commission d'homologation"), _tables)
