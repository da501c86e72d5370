"""Plans and what their documents are written from, and what documents say, for tests."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from tests.factories import make_organisation
from tests.plans import AS_OF
from tracker.domain.actions import ActionRecord
from tracker.domain.plans import PlanRecord, PlanStepRecord
from tracker.domain.vocabulary import Axis, PlanStage
from tracker.exports.paper import Bullets, Paper, Paragraph, Span, Table, Weight, letters
from tracker.reports.plan_means import ServedCommitment
from tracker.reports.plan_paper import PlanDossier

COMMITMENTS = {
    "C1": ServedCommitment("Prolonger l'usage des équipements", Axis.SOBRIETY),
    "C2": ServedCommitment("Rendre les sites accessibles", Axis.ACCESSIBILITY),
}


def make_plan(*actions: ActionRecord, year: int = 2025, stages: Sequence[PlanStage] = (PlanStage.DRAFT,)) -> PlanRecord:
    opened = datetime(year, 1, 1, tzinfo=UTC)
    steps = tuple(PlanStepRecord(stage, date(year, 1 + rank, 10), "", opened) for rank, stage in enumerate(stages))
    return PlanRecord(year, steps, actions)


def make_dossier(plan: PlanRecord, **told: object) -> PlanDossier:
    given: dict[str, object] = {
        "organisation": make_organisation(),
        "as_of": AS_OF,
        "commitments": COMMITMENTS,
        "departments": {"DSI": "Direction du numérique", "ACHATS": "Commande publique"},
        "indicators": {"SOB-06": "Durée d'usage moyenne"},
    }
    return PlanDossier(plan=plan, **(given | told))


def spans(paper: Paper) -> list[Span]:
    found: list[Span] = []
    for block in paper.blocks:
        if isinstance(block, Paragraph):
            found += block.spans
        elif isinstance(block, Bullets):
            found += [span for item in block.items for span in item]
        elif isinstance(block, Table):
            found += [
                Span(block.caption),
                *map(Span, block.headings),
                *(Span(one) for row in block.rows for one in row),
            ]
        else:
            found.append(Span(block.text))
    return found


def says(paper: Paper) -> str:
    return "\n".join(
        letters(block.spans)
        if isinstance(block, Paragraph)
        else letters(spans(Paper("", "", "", AS_OF, "fr", (block,))))
        for block in paper.blocks
    )


def table(paper: Paper, caption: str) -> Table:
    [found] = [block for block in paper.blocks if isinstance(block, Table) and block.caption == caption]
    return found


def blanks(paper: Paper) -> list[str]:
    return [span.text for span in spans(paper) if span.weight is Weight.BLANK]


def badly_typeset(told: str) -> list[str]:
    """List the signs of French that stand without their typography."""
    return [sign for sign in ("'", " :", " ;", " ?", " !", " €", " %", "« ", " »") if sign in told]
