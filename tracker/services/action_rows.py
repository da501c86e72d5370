"""Actions as they are stored: the row of an action, of one of its versions, of its line of the accounts."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.domain.actions import ActionRecord
from tracker.domain.budget import Imputation
from tracker.store import models
from tracker.store.queries.plans import Codes


@dataclass(frozen=True, slots=True)
class Signature:
    """Who stores something, and when."""

    account_id: int
    author: str
    at: datetime


def store_first(
    session: Session,
    plan: models.ActionPlan,
    made: ActionRecord,
    codes: Codes,
    signed: Signature,
    origin: models.Action | None = None,
) -> models.Action:
    """Store an action in its first version; ``origin`` is the one that it goes on with."""
    row = models.Action(
        plan_id=plan.id,
        code=made.code,
        carried_from_id=origin.id if origin else None,
        carry_reason_fr=made.carry_reason,
    )
    session.add(row)
    session.flush()
    line = line_row(session, plan.organisation_id, made.line)
    session.add(version_row(row.id, made, codes, line, signed))
    session.flush()
    return row


def version_row(
    action_id: int, made: ActionRecord, codes: Codes, line: int | None, signed: Signature
) -> models.ActionVersion:
    """Make the row of a version, every code turned into its number; ``line`` is the number of its line."""
    commitments = {code: number for number, code in codes.commitments.items()}
    departments = {code: number for number, code in codes.departments.items()}
    indicators = {code: number for number, code in codes.indicators.items()}
    return models.ActionVersion(
        action_id=action_id,
        version=made.version,
        title_fr=made.title,
        description_fr=made.description,
        department_id=departments[made.lead] if made.lead else None,
        pilot=made.pilot,
        starts_on=made.starts_on,
        ends_on=made.ends_on,
        status=made.status,
        planned=made.means.planned,
        spent=made.means.spent,
        tax=made.means.tax,
        fte_planned=made.means.fte_planned,
        fte_spent=made.means.fte_spent,
        budget_line_id=line,
        risks_fr=made.risks,
        review_fr=made.review,
        account_id=signed.account_id,
        author=signed.author,
        recorded_at=signed.at,
        commitments=[models.ActionCommitment(commitment_id=commitments[code]) for code in made.commitments],
        contributors=[models.ActionContributor(department_id=departments[code]) for code in made.contributors],
        steps=[
            models.ActionStep(position=place, title_fr=step.title, due_on=step.due_on, done_on=step.done_on)
            for place, step in enumerate(made.steps, 1)
        ],
        effects=[
            models.ActionEffect(indicator_id=indicators[effect.indicator], expected_fr=effect.expected)
            for effect in made.effects
        ],
    )


def line_row(session: Session, organisation_id: int, line: Imputation | None) -> int | None:
    """Store a line of the accounts, and give its number; None where there is none."""
    if line is None:
        return None
    row = models.BudgetLine(organisation_id=organisation_id, **asdict(line))
    session.add(row)
    session.flush()
    return row.id
