"""Deadlines: every day on which something is due, whether a text, a campaign or an action says so, and whose it is."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.actions import ActionRecord
from tracker.domain.agenda import campaign_dates
from tracker.domain.bilingual import Bilingual
from tracker.domain.complaints import Complaint
from tracker.domain.scorecard import DueDate, Scorecard, dates
from tracker.domain.vocabulary import ActionStatus, CommitmentKind, DuePrecision
from tracker.domain.workflow import CampaignRecord

UNSAID = Bilingual("")
SETTLED = frozenset({ActionStatus.DONE, ActionStatus.DROPPED})
"""What becomes of an action that is waited for no more."""


class DeadlineKind(StrEnum):
    """What is due: the members come in the order in which a list of kinds shows them."""

    CAMPAIGN = "campaign"
    REVIEW = "review"
    VOTED = "voted"
    TARGET = "target"
    APPROVAL = "approval"
    RENEWAL = "renewal"
    MEMBERSHIP = "membership"
    ACTION = "action"
    STEP = "step"
    SESSION = "session"
    SERVICE = "service"
    GAP = "gap"
    COMPLAINT = "complaint"


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """An action, and the year of the plan that it is part of."""

    year: int
    action: ActionRecord

    @property
    def departments(self) -> tuple[str, ...]:
        """List the codes of who leads it, then of who contributes."""
        return tuple(dict.fromkeys(filter(None, (self.action.lead, *self.action.contributors))))


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day on which something is due, or was: of what, and the codes of the departments that it waits for.

    ``code`` is that of the commitment, the action, the membership or the complaint, or the number of the session or of
    the digital service, empty for a campaign; ``year`` that of the campaign, of the plan or of the horizon, 0 for none;
    ``step`` counts the steps of an action from 1, 0 for the action itself, and the gaps of a service. ``detail`` is
    what the title leaves out: the words of the vote, the action that a step is of. ``reminder_days`` are days before.
    """

    kind: DeadlineKind
    on: date
    code: str = ""
    title: Bilingual = UNSAID
    year: int = 0
    departments: tuple[str, ...] = ()
    precision: DuePrecision | None = None
    step: int = 0
    detail: Bilingual = UNSAID
    pilot: str = ""
    reminder_days: tuple[int, ...] = ()

    def is_late(self, today: date) -> bool:
        """Tell whether the day is past: a deadline that was met is none any more."""
        return self.on < today

    def is_of(self, department: str) -> bool:
        """Tell whether it waits for a department, by its code."""
        return department in self.departments


def of_campaigns(campaigns: Iterable[CampaignRecord], holders: Collection[str], today: date) -> Iterator[Deadline]:
    """Give the days of campaigns: what is to be submitted waits for ``holders``, the departments that hold indicators.

    The last day of an open campaign stays after it is past; a debate is over once its day is.
    """
    for campaign in campaigns:
        if campaign.is_late(today):
            yield _submitting(campaign, holders)
        for ahead in campaign_dates([campaign], today):
            if ahead.is_debate:
                yield Deadline(DeadlineKind.REVIEW, ahead.on, year=ahead.year)
            else:
                yield _submitting(campaign, holders)


def of_commitments(card: Scorecard, ahead: Iterable[DueDate]) -> Iterator[Deadline]:
    """Give the dates of commitments: milestones without a fact that says they are done, expired approvals, what comes.

    ``ahead`` is what ``card`` sees coming, or what of it nothing else tells already.
    A horizon that is past waits for nothing: its target was met or not, and the verdict says so.
    """
    for due in card.overdue():
        yield _deadline(due)
    for one in card.cards:
        for due in dates(one.commitment):
            if due.on < card.today and kind_of(due) is DeadlineKind.APPROVAL:
                yield _deadline(due)
    for due in ahead:
        yield _deadline(due)


def of_actions(planned: Iterable[PlannedAction]) -> Iterator[Deadline]:
    """Give the last day of each action that is neither done nor dropped, and the days of its steps still to be done."""
    for one in planned:
        action = one.action
        if action.status in SETTLED:
            continue
        told = {"code": action.code, "year": one.year, "departments": one.departments, "pilot": action.pilot}
        title = Bilingual(action.title)
        if action.ends_on is not None:
            yield Deadline(DeadlineKind.ACTION, action.ends_on, title=title, **told)  # type: ignore[arg-type]
        for place, step in enumerate(action.steps, start=1):
            if step.due_on is not None and step.done_on is None:
                named = Bilingual(step.title)
                yield Deadline(DeadlineKind.STEP, step.due_on, title=named, detail=title, step=place, **told)  # type: ignore[arg-type]


def of_complaints(complaints: Iterable[Complaint], owners: Mapping[int, str]) -> Iterator[Deadline]:
    """Give the last day to answer each complaint that has no answer; ``owners`` are departments by service."""
    for one in complaints:
        if one.answered_on is None:
            owner = owners.get(one.service, "")
            departments = (owner,) if owner else ()
            title = Bilingual(one.subject)
            yield Deadline(DeadlineKind.COMPLAINT, one.due_on, str(one.number), title, departments=departments)


def in_order(deadlines: Iterable[Deadline]) -> tuple[Deadline, ...]:
    """Put deadlines by day, the late ones first since their day is past; on a day, campaigns before the rest."""
    kinds = list(DeadlineKind)
    return tuple(sorted(deadlines, key=lambda one: (one.on, kinds.index(one.kind), one.code, one.step, one.year)))


def kind_of(due: DueDate) -> DeadlineKind:
    """Tell what a date of a commitment is: the one of its text, a horizon, a renewal, the end of an approval."""
    if due.on == due.commitment.due_on:
        return DeadlineKind.VOTED
    if due.precision is DuePrecision.YEAR:
        return DeadlineKind.TARGET
    if due.commitment.kind is CommitmentKind.RENEWAL:
        return DeadlineKind.RENEWAL
    return DeadlineKind.APPROVAL


def _deadline(due: DueDate) -> Deadline:
    commitment, kind = due.commitment, kind_of(due)
    return Deadline(
        kind,
        due.on,
        code=commitment.code,
        title=commitment.title,
        year=due.on.year if kind in {DeadlineKind.TARGET, DeadlineKind.RENEWAL} else 0,
        departments=(commitment.owner,) if commitment.owner else (),
        precision=due.precision,
        detail=commitment.statement,
    )


def _submitting(campaign: CampaignRecord, holders: Collection[str]) -> Deadline:
    days = tuple((campaign.due_on - day).days for day in campaign.reminders_on if day <= campaign.due_on)
    return Deadline(
        DeadlineKind.CAMPAIGN,
        campaign.due_on,
        year=campaign.year,
        departments=tuple(holders),
        reminder_days=days,
    )
