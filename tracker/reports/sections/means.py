"""The section of the report that tells what the commitments cost, in euros and in working time."""

from collections.abc import Sequence

from tracker.domain.means import CostKind
from tracker.domain.vocabulary import Axis, FindingState, TaxRegime
from tracker.exports.tabular import Column, DataTable
from tracker.labels import say, typeset, word
from tracker.labels.language import N_
from tracker.reports.review import Review
from tracker.reports.section import Section, filled

COSTS = (
    Column("nature", "string", N_("cotisation ou action"), CostKind, is_required=True),
    Column("code", "string", N_("code de l'adhésion ou de l'action"), is_required=True),
    Column("intitule", "string", N_("nom de l'adhésion ou de l'action"), is_required=True),
    Column("prevu", "number", N_("euros prévus ou décidés ; vide quand aucun texte ne les dit")),
    Column("regime_prevu", "string", N_("régime de taxe des euros prévus"), TaxRegime),
    Column("depense", "number", N_("euros dépensés ; vide quand rien n'est constaté")),
    Column("regime_depense", "string", N_("régime de taxe des euros dépensés"), TaxRegime),
    Column("engagements", "string", N_("codes des engagements servis")),
    Column("axes", "string", N_("axes servis")),
)
BY_AXIS = (
    Column("axe", "string", N_("axe de la stratégie ; vide pour ce qui ne sert aucun engagement"), Axis),
    Column("regime", "string", N_("régime de taxe"), TaxRegime, is_required=True),
    Column("prevu", "number", N_("euros prévus ou décidés ; vide quand aucun texte ne les dit")),
    Column("depense", "number", N_("euros dépensés ; vide quand rien n'est constaté")),
)
AMOUNTS = (
    Column("engagement", "string", N_("code de l'engagement"), is_required=True),
    Column("intitule", "string", N_("ce à quoi il engage, en quelques mots"), is_required=True),
    Column("montant", "number", N_("euros décidés ou payés"), is_required=True),
    Column("regime", "string", N_("régime de taxe"), TaxRegime),
    Column("etat", "string", N_("décidé ou payé"), FindingState, is_required=True),
    Column("date", "date", N_("jour du constat"), is_required=True),
    Column("imputation", "string", N_("ligne du budget")),
)


def _tables(review: Review) -> Sequence[DataTable]:
    costs = [
        (
            word(one.kind),
            one.code,
            typeset(one.title),
            one.planned.amount,
            word(one.planned.tax) if one.planned.amount is not None else None,
            one.spent.amount,
            word(one.spent.tax) if one.spent.amount is not None else None,
            " ".join(one.commitments),
            ", ".join(map(word, one.axes)),
        )
        for one in review.resources.costs
    ]
    by_axis = [
        (word(axis) if axis else None, word(tax), own.planned.get(tax), own.spent.get(tax))
        for axis, own in review.cost_by_axis().items()
        for tax in TaxRegime
        if tax in own.planned or tax in own.spent
    ]
    amounts = [
        (
            commitment.code,
            say(commitment.title),
            fact.amount,
            word(fact.tax) if fact.tax else None,
            word(fact.state),
            fact.on,
            fact.budget_line,
        )
        for commitment, fact in review.spending()
    ]
    return filled(
        DataTable("couts", N_("coûts de l'année"), COSTS, costs, ("nature", "code")),
        DataTable("couts_par_axe", N_("coûts de l'année par axe"), BY_AXIS, by_axis),
        DataTable("montants", N_("montants constatés sur les engagements"), AMOUNTS, amounts, ("engagement",)),
    )


SECTION = Section("means", N_("Mesures et moyens"), _tables)
