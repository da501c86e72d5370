"""The section of the report that tells what became of the year's action plan, and what the next one foresees."""

from collections.abc import Iterator, Sequence

from tracker.domain.outcomes import ActionOutcome
from tracker.domain.vocabulary import DuePrecision, Status, TaxRegime
from tracker.exports.tabular import Cell, Column, DataTable
from tracker.labels import say, text, typeset, word
from tracker.labels.language import N_
from tracker.labels.plans import outcome_word
from tracker.reports.review import Review
from tracker.reports.section import Section, filled

ACTIONS = (
    Column("plan", "year", N_("année du plan"), is_required=True),
    Column("action", "string", N_("code de l'action"), is_required=True),
    Column("intitule", "string", N_("ce que fait l'action"), is_required=True),
    Column("etat", "string", N_("ce qu'elle est devenue, ou son état pour le plan suivant"), is_required=True),
    Column("du", "date", N_("début")),
    Column("au", "date", N_("fin")),
    Column("prevu", "number", N_("euros prévus")),
    Column("depense", "number", N_("euros dépensés ; vide quand rien n'est constaté")),
    Column("regime", "string", N_("régime de taxe"), TaxRegime),
    Column("etp_prevus", "number", N_("équivalents temps plein prévus")),
    Column("etp_consacres", "number", N_("équivalents temps plein consacrés")),
    Column("engagements", "string", N_("codes des engagements servis")),
    Column("reprise_de", "string", N_("action dont elle est la suite")),
    Column("pieces", "integer", N_("pièces jointes")),
)
DUES = (
    Column("annee", "year", N_("année de l'échéance"), is_required=True),
    Column("jour", "date", N_("jour de l'échéance, ou dernier jour de sa période"), is_required=True),
    Column("precision", "string", N_("précision du texte"), DuePrecision),
    Column("engagement", "string", N_("code de l'engagement"), is_required=True),
    Column("intitule", "string", N_("ce à quoi il engage, en quelques mots"), is_required=True),
    Column("etat", "string", N_("état de l'engagement pour l'année"), Status, is_required=True),
)


def _tables(review: Review) -> Sequence[DataTable]:
    dues = [
        (
            year,
            due.on,
            word(due.precision) if due.precision else None,
            card.commitment.code,
            say(card.commitment.title),
            word(card.status),
        )
        for year in (review.year, review.year + 1)
        for due, card in review.due_in(year)
    ]
    return filled(
        DataTable(
            "actions",
            N_("actions du plan de l'année et du suivant"),
            ACTIONS,
            list(_actions(review)),
            ("plan", "action"),
        ),
        DataTable("echeances", N_("échéances votées de l'année et de la suivante"), DUES, dues),
    )


def _actions(review: Review) -> Iterator[Sequence[Cell]]:
    became = review.plan_outcome()
    outcomes: dict[str, ActionOutcome] = (
        {} if became is None else {one.action.code: one.outcome for one in became.fates}
    )
    for year in (review.year, review.year + 1):
        plan = review.plan(year)
        for one in plan.actions if plan else ():
            means, from_ = one.means, one.carried_from
            has_money = means.planned is not None or means.spent is not None
            yield (
                year,
                one.code,
                typeset(one.title),
                outcome_word(outcomes[one.code]) if year == review.year else word(one.status),
                one.starts_on,
                one.ends_on,
                means.planned,
                means.spent,
                word(means.tax) if has_money else None,
                means.fte_planned,
                means.fte_spent,
                " ".join(one.commitments),
                text("{code}, plan {year}", code=from_[1], year=from_[0]) if from_ else None,
                review.resources.traces.files.get(one.code, 0) if year == review.year else None,
            )


SECTION = Section("plan", N_("Plan d'actions et échéances"), _tables)
