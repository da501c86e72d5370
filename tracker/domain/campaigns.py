"""The rules of a campaign: which days it may have, how far its values have come, whom it waits for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tracker.domain.errors import Problem, ProblemCode
from tracker.domain.vocabulary import Stage
from tracker.domain.workflow import CampaignRecord

REMINDERS = 5
"""Reminder days that a campaign may have."""
USUAL_REMINDERS = (-14, -3, 0, 7)
"""Days from the due date on which reminders are proposed."""
USUAL_WEEKS = 6
"""Weeks that are proposed for a collection."""
LAST_REMINDER_DAYS = 90
"""Days after the due date until which a reminder makes sense."""
FARTHEST_DAYS = 730
"""Days ahead beyond which a date is a slip of the keyboard."""
REOPENED_DAYS = 60
"""Days for which an indicator may be given back after the end."""


class Progress(StrEnum):
    """How far the value of one indicator has come, furthest first; ``missing`` where nothing was typed.

    ``published`` is a value from before the campaign that nobody touched since: it counts, and waits to be confirmed.
    """

    VALIDATED = "validated"
    SUBMITTED = "submitted"
    PUBLISHED = "published"
    RETURNED = "returned"
    DRAFT = "draft"
    MISSING = "missing"


WAITING = frozenset({Progress.PUBLISHED, Progress.RETURNED, Progress.DRAFT, Progress.MISSING})
"""What an officer still has to do; the rest waits for the lead, or for nobody."""

_STAGES: Mapping[Stage, Progress] = {
    Stage.DRAFT: Progress.DRAFT,
    Stage.SUBMITTED: Progress.SUBMITTED,
    Stage.RETURNED: Progress.RETURNED,
    Stage.VALIDATED: Progress.VALIDATED,
    Stage.LOCKED: Progress.VALIDATED,
}


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a campaign, as they are wanted."""

    due_on: date
    debate_on: date | None
    reminders_on: tuple[date, ...]


def progress(stage: Stage | None, *, is_published: bool = False) -> Progress:
    """Say how far a value is whose last revision is at ``stage``, None where there is none or it was withdrawn.

    ``is_published`` tells whether readers see that revision.
    """
    if stage is None:
        return Progress.MISSING
    return Progress.PUBLISHED if is_published and stage is Stage.DRAFT else _STAGES[stage]


def tally(found: Iterable[Progress]) -> Mapping[Progress, int]:
    """Count each progress, furthest first, leaving out those without any."""
    seen = list(found)
    return {one: seen.count(one) for one in Progress if one in seen}


def waiting(counts: Mapping[Progress, int]) -> int:
    """Count what officers still have to do."""
    return sum(count for one, count in counts.items() if one in WAITING)


def usual_days(today: date) -> Days:
    """Propose the days of a campaign opened on ``today``: six weeks, and a debate three weeks later."""
    due_on = today + timedelta(weeks=USUAL_WEEKS)
    return Days(due_on, due_on + timedelta(weeks=3), usual_reminders(due_on, today))


def usual_reminders(due_on: date, today: date) -> tuple[date, ...]:
    """Propose the reminder days of a due date, those that are not past."""
    days = (due_on + timedelta(days=days) for days in USUAL_REMINDERS)
    return tuple(day for day in days if day >= today)


def faults(days: Days, kept: Days | None, today: date) -> Sequence[Problem]:
    """Say what is wrong with the due date and the debate; the due date of ``kept``, already stored, may be past."""
    problems = []
    farthest = today + timedelta(days=FARTHEST_DAYS)
    if days.due_on <= today and (kept is None or days.due_on != kept.due_on):
        problems.append(Problem("due_on", ProblemCode.DUE_IN_PAST))
    if days.due_on > farthest:
        problems.append(Problem("due_on", ProblemCode.DATE_TOO_FAR, {"limit": farthest}))
    if days.debate_on is not None and days.debate_on <= days.due_on:
        problems.append(Problem("debate_on", ProblemCode.DEBATE_TOO_EARLY))
    if days.debate_on is not None and days.debate_on > farthest:
        problems.append(Problem("debate_on", ProblemCode.DATE_TOO_FAR, {"limit": farthest}))
    return problems


def reminder_fault(where: str, day: date, days: Days, kept: Days | None, today: date) -> Problem | None:
    """Say what is wrong with one reminder day, at the field ``where``.

    Beside a due date that is refused for being too far, there is no last day: the calendar itself may end before it.
    """
    if day < today and (kept is None or day not in kept.reminders_on):
        return Problem(where, ProblemCode.REMINDER_IN_PAST)
    if days.due_on > today + timedelta(days=FARTHEST_DAYS):
        return None
    last = days.due_on + timedelta(days=LAST_REMINDER_DAYS)
    return Problem(where, ProblemCode.REMINDER_TOO_LATE, {"limit": last}) if day > last else None


def days_of(campaign: CampaignRecord) -> Days:
    """Give the days of a campaign as it is stored."""
    return Days(campaign.due_on, campaign.debate_on, campaign.reminders_on)


def reopening_faults(until: date, today: date) -> Sequence[Problem]:
    """Say what is wrong with the last day of a reopening, which is included."""
    if until < today:
        return [Problem("until", ProblemCode.UNTIL_IN_PAST)]
    if until > today + timedelta(days=REOPENED_DAYS):
        return [Problem("until", ProblemCode.UNTIL_TOO_FAR, {"limit": today + timedelta(days=REOPENED_DAYS)})]
    return []


def planned(campaign: CampaignRecord, reminded_on: Iterable[date], today: date, patience_days: int = 3) -> bool:
    """Tell whether a reminder is planned for ``today``, or was for one of the days before and never left.

    A machine that slept on the day catches up within ``patience_days``; later the reminder is out of date.
    """
    if not campaign.is_open:
        return False
    if today in campaign.reminders_on:
        return True
    earliest = today - timedelta(days=patience_days)
    missed = [day for day in campaign.reminders_on if earliest <= day < today and day >= campaign.opened_at.date()]
    return bool(missed) and not any(day >= max(missed) for day in reminded_on)
