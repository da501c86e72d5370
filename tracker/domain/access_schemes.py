"""The accessibility scheme of an authority over three years at most, and its yearly plans.

Source: law 2005-102, article 47 III; RGAA 4.1, obligations, « Schéma pluriannuel » (DISIC, Licence Ouverte 2.0).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tracker.domain.vocabulary import ActionStatus

MOST_YEARS = 3
"""The years that a scheme lasts at most."""


class SchemeItem(StrEnum):
    """What a scheme tells: eight subjects of the policy, then six of the works."""

    STRATEGY = "strategy"
    OFFICER = "officer"
    RESOURCES = "resources"
    SKILLS = "skills"
    TRAINING = "training"
    EXPERTISE = "expertise"
    ORGANISING = "organising"
    CONTRACTS = "contracts"
    NEW_PROJECTS = "new_projects"
    USER_TESTS = "user_tests"
    AUDITS = "audits"
    FIXES = "fixes"
    BEYOND = "beyond"
    REVIEWS = "reviews"


POLICY = tuple(SchemeItem)[:8]
"""The subjects of the policy."""
WORKS = tuple(SchemeItem)[8:]
"""The subjects of the works."""


class PlanLack(StrEnum):
    """What a yearly plan still lacks."""

    NO_ACTION = "no_action"
    NO_REVIEW = "no_review"
    UNDATED = "undated"
    NOT_PUBLISHED = "not_published"


@dataclass(frozen=True, slots=True)
class AccessScheme:
    """A scheme: its first and last days, its texts by subject, the day and the address of its publication."""

    number: int
    starts_on: date
    ends_on: date
    told: Mapping[SchemeItem, str]
    published_on: date | None = None
    url: str = ""
    version: int = 1

    def is_of(self, day: date) -> bool:
        """Tell whether it is the one of ``day``."""
        return self.starts_on <= day <= self.ends_on

    def is_readable(self, day: date) -> bool:
        """Tell whether one could read it on ``day``."""
        return bool(self.url) and self.published_on is not None and self.published_on <= day

    @property
    def untold(self) -> tuple[SchemeItem, ...]:
        """List the subjects that it says nothing of."""
        return tuple(item for item in SchemeItem if not self.told.get(item))


@dataclass(frozen=True, slots=True)
class AccessAction:
    """An action of a yearly plan: for a service by its number, None for all, and the action of the general plan it is.

    ``outcome`` is what it came to.
    """

    number: int
    title: str
    service: int | None = None
    action: str = ""
    due_on: date | None = None
    status: ActionStatus = ActionStatus.PLANNED
    outcome: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class AccessPlan:
    """The plan of a year: its actions, the review of the year before, the day and the address of its publication."""

    year: int
    review: str = ""
    published_on: date | None = None
    url: str = ""
    actions: tuple[AccessAction, ...] = ()
    version: int = 1

    def is_readable(self, day: date) -> bool:
        """Tell whether one could read it on ``day``."""
        return bool(self.url) and self.published_on is not None and self.published_on <= day


def longest(starts_on: date) -> date:
    """Give the last day that a scheme which begins on ``starts_on`` may have."""
    year = starts_on.year + MOST_YEARS
    if (starts_on.month, starts_on.day) == (2, 29):
        return date(year, 2, 28)
    return starts_on.replace(year=year) - timedelta(days=1)


def scheme_of(schemes: Iterable[AccessScheme], day: date) -> AccessScheme | None:
    """Give the scheme of ``day``: where two overlap one that can be read, and among those the last that began."""
    found = (one for one in schemes if one.is_of(day))
    return max(found, key=lambda one: (one.is_readable(day), one.starts_on), default=None)


def is_first(plans: Mapping[int, AccessPlan], schemes: Iterable[AccessScheme], year: int) -> bool:
    """Tell whether nothing came before the plan of ``year``: no plan, and no scheme that had begun."""
    return year - 1 not in plans and not any(one.starts_on.year < year for one in schemes)


def plan_lacks(plan: AccessPlan, *, is_first_plan: bool) -> tuple[PlanLack, ...]:
    """List what a plan lacks."""
    dropped = ActionStatus.DROPPED
    found = {
        PlanLack.NO_ACTION: not plan.actions,
        PlanLack.NO_REVIEW: not plan.review and not is_first_plan,
        PlanLack.UNDATED: any(one.due_on is None and one.status is not dropped for one in plan.actions),
        PlanLack.NOT_PUBLISHED: not plan.url or plan.published_on is None,
    }
    return tuple(lack for lack, is_so in found.items() if is_so)


def both_readable(
    schemes: Sequence[AccessScheme], plans: Mapping[int, AccessPlan], year: int, day: date
) -> bool | None:
    """Tell whether the scheme and the plan of ``year`` with its review could be read on ``day`` (ACC-07).

    None when neither a scheme nor a plan is known: that is not « no ».
    """
    if not schemes and not plans:
        return None
    scheme, plan = scheme_of(schemes, day), plans.get(year)
    if scheme is None or plan is None or not scheme.is_readable(day) or not plan.is_readable(day):
        return False
    return bool(plan.review) or is_first(plans, schemes, year)
