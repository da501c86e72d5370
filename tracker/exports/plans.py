"""Writes an action plan as CSV, one action a row."""

from tracker.domain.actions import ActionRecord
from tracker.domain.plans import PlanRecord
from tracker.exports import spreadsheet
from tracker.exports.spreadsheet import Cell
from tracker.labels import speaking, word

COLUMNS = (
    "annee",
    "action",
    "intitule",
    "etat",
    "engagements",
    "service_pilote",
    "services_associes",
    "pilote",
    "debut",
    "fin",
    "etapes",
    "effets_attendus",
    "prevu_eur",
    "depense_eur",
    "taxe",
    "etp_prevus",
    "etp_consacres",
    "exercice",
    "budget",
    "section",
    "chapitre",
    "fonction",
    "nature",
    "politique",
    "programme",
    "gestionnaire",
    "risques",
    "bilan",
    "suite_de",
    "motif_report",
)
"""The names of the columns: they do not change with the language, since programs read them."""


def plan_csv(plan: PlanRecord) -> bytes:
    """Write the actions of ``plan``; what nobody told is empty, and amounts stand beside their tax regime."""
    with speaking("fr"):
        return spreadsheet.write(COLUMNS, (_cells(plan.year, action) for action in plan.actions))


def _cells(year: int, action: ActionRecord) -> list[Cell]:
    means, line = action.means, action.line
    accounts: list[Cell] = [None] * 9
    if line is not None:
        codes = (line.budget, line.section, line.chapter, line.function, line.nature)
        accounts = [line.year, *codes, line.policy, line.programme, line.manager]
    return [
        year,
        action.code,
        action.title,
        word(action.status),
        ", ".join(action.commitments),
        action.lead,
        ", ".join(action.contributors),
        action.pilot,
        action.starts_on,
        action.ends_on,
        " | ".join(step.title for step in action.steps),
        " | ".join(f"{effect.indicator} {effect.expected}" for effect in action.effects),
        means.planned,
        means.spent,
        word(means.tax),
        means.fte_planned,
        means.fte_spent,
        *accounts,
        action.risks,
        action.review,
        action.carried_from[1] if action.carried_from else None,
        action.carry_reason,
    ]
