"""Actions of a yearly plan, as plain values: what is done for the commitments, by whom, when, with what means."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from tracker.domain.budget import Imputation, Sum
from tracker.domain.vocabulary import ActionStatus, TaxRegime


@dataclass(frozen=True, slots=True)
class ActionStep:
    """A step of an action, with the day it is due and the day it was done."""

    title: str
    due_on: date | None = None
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class ExpectedEffect:
    """What an action is hoped to change of an indicator; it judges nothing."""

    indicator: str
    expected: str


@dataclass(frozen=True, slots=True)
class Means:
    """What an action costs: euros of one tax regime, and full-time equivalents over the year; None where not told."""

    planned: Decimal | None = None
    spent: Decimal | None = None
    tax: TaxRegime = TaxRegime.UNSTATED
    fte_planned: Decimal | None = None
    fte_spent: Decimal | None = None

    @property
    def to_spend(self) -> Sum:
        """Give what was planned, with its tax regime."""
        return Sum(self.planned, self.tax)

    @property
    def paid(self) -> Sum:
        """Give what was spent, with its tax regime."""
        return Sum(self.spent, self.tax)


@dataclass(frozen=True, slots=True)
class ActionRecord:
    """The latest version of an action. Commitments, departments and indicators are told by their codes.

    ``pilot`` is a function, never a person's name; ``carried_from`` is the year and the code of the action that this
    one goes on with, ``carried_to`` the code of the one that goes on with it in the plan that follows, "" without one.
    """

    code: str
    version: int
    title: str
    status: ActionStatus
    description: str = ""
    commitments: tuple[str, ...] = ()
    lead: str = ""
    contributors: tuple[str, ...] = ()
    pilot: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    steps: tuple[ActionStep, ...] = ()
    effects: tuple[ExpectedEffect, ...] = ()
    means: Means = Means()
    line: Imputation | None = None
    risks: str = ""
    review: str = ""
    carried_from: tuple[int, str] | None = None
    carry_reason: str = ""
    carried_to: str = ""
    author: str = ""
    recorded_at: datetime | None = None
