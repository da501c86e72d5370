"""Memberships and means as tables for the accounts: a line a year, or a cost, in the accounting codes that were given.

Headings and words are in French whatever the language, since programs read them.
"""

from collections.abc import Iterable

from tracker.domain.budget import Imputation
from tracker.domain.means import Cost
from tracker.domain.memberships import MembershipRecord, MembershipState, YearStanding
from tracker.exports import spreadsheet
from tracker.exports.spreadsheet import Cell
from tracker.labels import speaking, text, word

ACCOUNT = (
    "budget",
    "exercice",
    "section",
    "chapitre",
    "fonction",
    "nature",
    "politique",
    "programme",
    "gestionnaire",
)
MEMBERSHIP_HEADINGS = (
    "adhesion",
    "nom",
    "annee",
    "etat",
    "montant",
    "regime_de_taxe",
    "a_decider_au_plus_tard",
    "decide_le",
    "decide_par",
    "deliberation",
    "paye_le",
    "engagement",
    *ACCOUNT,
    "a_servi",
    "outils",
    "etabli_par",
)
COST_HEADINGS = (
    "annee",
    "type",
    "code",
    "objet",
    "etat",
    "engagements",
    "axes",
    "partage",
    *ACCOUNT,
    "montant_prevu",
    "montant_depense",
    "regime_de_taxe",
)


def memberships_csv(listed: Iterable[tuple[MembershipRecord, Iterable[YearStanding]]]) -> bytes:
    """Write every year of every membership; an amount that no text states is empty.

    The day by which a year was to be decided is given where it was told, and where the year still waits.
    """
    with speaking("fr"):
        rows = [_year(membership, standing) for membership, standings in listed for standing in standings]
        return spreadsheet.write(MEMBERSHIP_HEADINGS, rows)


def means_csv(costs: Iterable[Cost]) -> bytes:
    """Write what each fee and each action costs; a shared cost has one line, with all the commitments it serves."""
    with speaking("fr"):
        return spreadsheet.write(COST_HEADINGS, [_cost(one) for one in costs])


def _year(membership: MembershipRecord, standing: YearStanding) -> list[Cell]:
    year = standing.year
    return [
        membership.code,
        membership.name,
        year.year,
        word(standing.state),
        year.fee.amount,
        word(year.fee.tax) if year.fee.amount is not None else None,
        year.renew_before or (standing.due_on if standing.state is MembershipState.TO_RENEW else None),
        year.decided_on,
        year.decided_by,
        year.deliberation,
        year.paid_on,
        year.commitment,
        *_account(year.line),
        year.served,
        year.tools,
        year.evidence,
    ]


def _cost(cost: Cost) -> list[Cell]:
    is_known = cost.planned.amount is not None or cost.spent.amount is not None
    regime = cost.planned.tax if cost.planned.amount is not None else cost.spent.tax
    return [
        cost.year,
        word(cost.kind),
        cost.code,
        cost.title,
        word(cost.state) if cost.state is not None else None,
        " ".join(cost.commitments),
        ", ".join(word(axis) for axis in cost.axes),
        text("oui") if cost.is_shared else text("non"),
        *_account(cost.line),
        cost.planned.amount,
        cost.spent.amount,
        word(regime) if is_known else None,
    ]


def _account(line: Imputation | None) -> list[Cell]:
    if line is None:
        return [None] * len(ACCOUNT)
    return [
        line.budget,
        line.year,
        line.section,
        line.chapter,
        line.function,
        line.nature,
        line.policy,
        line.programme,
        line.manager,
    ]
