"""Actions for tests: a test names only what it is about, the rest is plausible."""

from datetime import date
from decimal import Decimal

from tracker.domain.actions import ActionRecord, ActionStep, ExpectedEffect, Means
from tracker.domain.budget import Imputation
from tracker.domain.vocabulary import ActionStatus, TaxRegime

AS_OF = date(2025, 6, 18)
HOSTILE = '=1+1 <b>gras</b> & "cité" \x0b 😀\n\n  à la ligne ; #panic("non") {nom} %s'
WORD = "Anticonstitutionnellement" * 12


def make_action(
    code: str = "A-01",
    title: str = "Réparer les postes",
    status: ActionStatus = ActionStatus.PLANNED,
    starts_on: date | None = date(2025, 3, 1),
    ends_on: date | None = date(2025, 9, 30),
    **told: object,
) -> ActionRecord:
    return ActionRecord(code, 1, title, status, starts_on=starts_on, ends_on=ends_on, **told)


def make_means(
    planned: str | None = None, spent: str | None = None, tax: TaxRegime = TaxRegime.INCLUSIVE, fte: str | None = None
) -> Means:
    return Means(
        Decimal(planned) if planned else None,
        Decimal(spent) if spent else None,
        tax,
        Decimal(fte) if fte else None,
    )


def make_full_action(code: str = "A-01", title: str = "Réparer les postes", **told: object) -> ActionRecord:
    given: dict[str, object] = {
        "description": "Contrat de réparation.",
        "commitments": ("C1",),
        "lead": "DSI",
        "contributors": ("ACHATS",),
        "pilot": "Responsable du parc",
        "steps": (
            ActionStep("Marché notifié", date(2025, 4, 1), date(2025, 4, 3)),
            ActionStep("Bilan", date(2025, 9, 1)),
        ),
        "effects": (ExpectedEffect("SOB-06", "un an de plus"),),
        "means": make_means("4000", "3999.5", fte="0.5"),
        "line": Imputation(2025, "Budget principal", "fonctionnement", "011", "020", "6281"),
        "risks": "Retard du marché",
        "review": "Fait à temps.",
        "carried_from": (2024, "R-09"),
        "carry_reason": "Marché infructueux",
    }
    return make_action(code, title, **(given | told))


def many_actions(count: int) -> tuple[ActionRecord, ...]:
    return tuple(make_full_action(f"A-{rank:03}", f"Action numéro {rank}") for rank in range(count))
