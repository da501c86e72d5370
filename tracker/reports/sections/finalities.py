"""The section of the report that tells which of the five aims of sustainable development the commitments serve."""

from collections.abc import Sequence

from tracker.domain.finalities import Finality
from tracker.domain.vocabulary import Status
from tracker.exports.tabular import Column, DataTable
from tracker.labels import word
from tracker.labels.language import N_
from tracker.reports.review import Review
from tracker.reports.section import Section, filled

COLUMNS = (
    Column("finalite", "string", N_("finalité du développement durable"), Finality, is_required=True),
    Column("etat", "string", N_("état des engagements"), Status, is_required=True),
    Column("engagements", "integer", N_("nombre d'engagements"), is_required=True),
)


def _tables(review: Review) -> Sequence[DataTable]:
    rows = [
        (word(finality), word(status), count)
        for finality, counts in review.finalities().items()
        for status, count in counts.items()
    ]
    return filled(DataTable("finalites", N_("engagements par finalité"), COLUMNS, rows, ("finalite", "etat")))


SECTION = Section("finalities", N_("Les cinq finalités du développement durable"), _tables)
