"""Actions as open data: what the yearly plans do for the objectives, and at what cost."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from tracker.domain.actions import ActionRecord
from tracker.domain.plans import PlanRecord
from tracker.domain.vocabulary import ActionStatus, PlanStage, TaxRegime
from tracker.exports.tabular import Cell, Column, DataTable, Reference
from tracker.labels import N_, speaking, word

ACTIONS = DataTable(
    "actions",
    N_("Actions : ce que les plans annuels font pour les objectifs"),
    (
        Column("annee", "year", N_("année du plan"), is_required=True),
        Column("action", "string", N_("code de l'action dans le plan"), is_required=True),
        Column("intitule", "string", N_("intitulé de l'action"), is_required=True),
        Column("etat", "string", N_("où en est l'action"), ActionStatus, is_required=True),
        Column("plan", "string", N_("où en est le plan"), PlanStage, is_required=True),
        Column("deliberation", "string", N_("référence de la délibération qui a adopté le plan")),
        Column("engagements", "string", N_("codes des engagements servis, séparés par des espaces")),
        Column("service_pilote", "string", N_("code du service qui pilote l'action")),
        Column("debut", "date", N_("jour prévu du début")),
        Column("fin", "date", N_("jour prévu de la fin")),
        Column("prevu_eur", "number", N_("montant prévu, en euros ; vide quand il n'est pas connu")),
        Column("depense_eur", "number", N_("montant dépensé, en euros ; vide quand il n'est pas connu")),
        Column("taxe", "string", N_("régime de taxe des montants"), TaxRegime),
        Column("etp_prevus", "number", N_("équivalents temps plein prévus sur l'année")),
        Column("etp_consacres", "number", N_("équivalents temps plein consacrés dans l'année")),
    ),
    (),
    ("annee", "action"),
    (Reference(("deliberation",), "deliberations"),),
)


def actions(plans: Iterable[PlanRecord], commitments: Collection[str], deliberations: Collection[str]) -> DataTable:
    """Give a row an action of ``plans``, without what people wrote of it; it names what the other tables tell only."""
    with speaking("fr"):
        rows = [
            _row(plan, one, commitments, deliberations)
            for plan in sorted(plans, key=lambda plan: plan.year)
            for one in plan.actions
        ]
        return replace(ACTIONS, rows=rows)


def _row(
    plan: PlanRecord, one: ActionRecord, commitments: Collection[str], deliberations: Collection[str]
) -> Sequence[Cell]:
    means, adopted = one.means, plan.adopted
    is_priced = means.planned is not None or means.spent is not None
    return (
        plan.year,
        one.code,
        one.title,
        word(one.status),
        word(plan.stage),
        adopted.deliberation if adopted and adopted.deliberation in deliberations else None,
        " ".join(code for code in one.commitments if code in commitments) or None,
        one.lead or None,
        one.starts_on,
        one.ends_on,
        means.planned,
        means.spent,
        word(means.tax) if is_priced else None,
        means.fte_planned,
        means.fte_spent,
    )
