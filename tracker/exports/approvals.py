"""The decisions of the approval commission as a table, a line each.

Headings and words are in French whatever the language, since programs read them.
"""

from collections.abc import Iterable

from tracker.domain.approvals import ApprovalTerm, Decision
from tracker.exports import spreadsheet
from tracker.exports.spreadsheet import Cell
from tracker.labels import speaking, word

HEADINGS = (
    "seance",
    "seance_du",
    "proces_verbal",
    "service",
    "nom",
    "decision",
    "motif_ou_reserves",
    "reserves_a_lever_avant_le",
    "corrections_demandees",
    "corrections_montrees",
    "homologue_jusqu_au",
    "ce_qui_y_met_fin",
    "ajourne_a_la_seance",
    "audit_du",
)


def decisions_csv(listed: Iterable[tuple[int, str, str, Decision, ApprovalTerm | None]]) -> bytes:
    """Write decisions, each with the number and the name of its service and where the minutes of its session are."""
    with speaking("fr"):
        return spreadsheet.write(HEADINGS, [_cells(*one) for one in listed])


def _cells(number: int, name: str, state: str, decision: Decision, counts: ApprovalTerm | None) -> list[Cell]:
    return [
        decision.session,
        decision.on,
        state,
        number,
        name,
        word(decision.outcome),
        decision.text,
        decision.lift_by,
        decision.corrections,
        decision.mended,
        counts.until if counts is not None else None,
        word(counts.ending) if counts is not None else None,
        decision.adjourned_to,
        decision.audit.audited_on if decision.audit is not None else None,
    ]
