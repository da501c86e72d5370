"""The section of the report that tells the digital services and the legal state of each."""

from collections.abc import Sequence

from tracker.domain.digital_services import ServiceKind, ServiceState
from tracker.domain.rgaa import Conformity
from tracker.exports.tabular import Column, DataTable
from tracker.labels import word
from tracker.labels.language import N_
from tracker.reports.review import Review
from tracker.reports.section import Section, filled

COLUMNS = (
    Column("service", "integer", N_("numéro du service au registre"), is_required=True),
    Column("nom", "string", N_("nom du service"), is_required=True),
    Column("nature", "string", N_("ce qu'est le service"), ServiceKind, is_required=True),
    Column("etat", "string", N_("où en est le service"), ServiceState, is_required=True),
    Column("en_ligne", "boolean", N_("vrai quand il était en ligne à la fin de l'année"), is_required=True),
    Column("conformite", "string", N_("état légal d'accessibilité ; vide hors ligne"), Conformity),
    Column("criteres_conformes", "integer", N_("critères du RGAA conformes")),
    Column("criteres_applicables", "integer", N_("critères du RGAA applicables")),
    Column("valable_jusqu_au", "date", N_("dernier jour de validité de l'audit")),
)


def _tables(review: Review) -> Sequence[DataTable]:
    told = review.resources.services
    if told is None:
        return ()
    online = {record.number for record, _ in told.online}
    rows = [
        (
            record.number,
            record.name,
            word(record.kind),
            word(record.state),
            record.number in online,
            word(standing.conformity) if record.number in online else None,
            standing.rate.met if standing.rate else None,
            standing.rate.applicable if standing.rate else None,
            standing.validity.until if standing.validity else None,
        )
        for record, standing in told.services
    ]
    return filled(DataTable("services_numeriques", N_("services numériques"), COLUMNS, rows, ("service",)))


SECTION = Section("services", N_("Services numériques"), _tables)
