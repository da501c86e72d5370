"""Digital services as open data: what each is, for whom, and what its last accessibility statement says."""

from collections.abc import Iterable
from dataclasses import replace

from tracker.domain.digital_services import Audience, ServiceKind, ServiceState
from tracker.domain.opened import OpenService
from tracker.domain.rgaa import Conformity
from tracker.exports.tabular import Cell, Column, DataTable
from tracker.labels import N_, speaking, word

SERVICES = DataTable(
    "services",
    N_("Services numériques : sites, démarches, applications"),
    (
        Column("service", "integer", N_("numéro du service"), is_required=True),
        Column("nom", "string", N_("nom du service"), is_required=True),
        Column("nature", "string", N_("ce qu'est le service"), ServiceKind, is_required=True),
        Column("public", "string", N_("pour qui il est fait"), Audience, is_required=True),
        Column("etat", "string", N_("où il en est de sa vie"), ServiceState, is_required=True),
        Column("adresse", "string", N_("adresse à laquelle on le trouve")),
        Column("ouvert_le", "date", N_("jour d'ouverture")),
        Column("ferme_le", "date", N_("jour de fermeture")),
        Column("declaration_le", "date", N_("jour de sa dernière déclaration d'accessibilité publiée")),
        Column("declaration_adresse", "string", N_("adresse de cette déclaration")),
        Column("conformite", "string", N_("conformité au RGAA que cette déclaration dit"), Conformity),
    ),
    (),
    ("service",),
)


def services(listed: Iterable[OpenService]) -> DataTable:
    """Give a row a service, by number: nothing on its suppliers, its hosting nor its security."""
    with speaking("fr"):
        return replace(SERVICES, rows=[_row(one) for one in sorted(listed, key=lambda one: one.record.number)])


def _row(one: OpenService) -> tuple[Cell, ...]:
    record = one.record
    return (
        record.number,
        record.name,
        word(record.kind),
        word(record.audience),
        word(record.state),
        record.address or None,
        record.opened_on,
        record.closed_on,
        one.stated_on,
        one.stated_at or None,
        word(one.conformity) if one.conformity else None,
    )
