"""The section of the report that tells who reports, on what, and by which votes."""

from collections.abc import Sequence

from tracker.exports.tabular import Column, DataTable
from tracker.labels import say, typeset
from tracker.labels.language import N_
from tracker.reports.review import Review
from tracker.reports.section import Section, filled

COLUMNS = (
    Column("deliberation", "string", N_("référence de la délibération"), is_required=True),
    Column("numero", "string", N_("numéro de la délibération")),
    Column("date", "date", N_("jour du vote"), is_required=True),
    Column("organe", "string", N_("qui a voté")),
    Column("intitule", "string", N_("objet de la délibération"), is_required=True),
    Column("engagements", "integer", N_("engagements et rappels lus dans la délibération"), is_required=True),
)


def _tables(review: Review) -> Sequence[DataTable]:
    texts = {card.commitment.deliberation.reference: card.commitment.deliberation for card in review.cards}
    rows = [
        (
            one.reference,
            one.number,
            one.adopted_on,
            typeset(one.body),
            say(one.title),
            sum(card.commitment.deliberation.reference == one.reference for card in review.cards),
        )
        for one in texts.values()
    ]
    return filled(DataTable("deliberations", N_("délibérations"), COLUMNS, rows, ("deliberation",)))


SECTION = Section("identity", N_("Identité et périmètre"), _tables)
