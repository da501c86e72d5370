"""What waits for validation: each submitted value with what helps to judge it, the odd ones singled out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.comparison import Compared, compare
from tracker.domain.errors import Conflict, NotFound, Problem, ProblemCode
from tracker.domain.paging import page_count
from tracker.domain.periods import is_open_year
from tracker.domain.permissions import Permission
from tracker.domain.plausibility import CommentReason, Oddity
from tracker.domain.records import Aim, Reading
from tracker.domain.vocabulary import Stage
from tracker.domain.workflow import CampaignRecord, Step
from tracker.services import workflow
from tracker.services.portfolio import as_typed, portfolio, typed_aims
from tracker.services.records import campaign_record
from tracker.services.standings import Standing, standings
from tracker.services.visitor import Visitor
from tracker.store.queries import campaigns

PAGE = 20
Seen = Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A submitted value: what it says, where it comes from, what it was the year before, and what is odd about it.

    ``published`` is what readers are shown of the year today and it would replace, None for a first value.
    """

    aim: Aim
    reading: Reading
    compared: Compared
    submitted: Step
    oddities: tuple[Oddity, ...]
    comment: CommentReason | None
    is_own: bool
    published: Reading | None

    @property
    def code(self) -> str:
        """Give the indicator's code."""
        return self.aim.indicator.code

    @property
    def mark(self) -> str:
        """Name the revision that is looked at, as a form sends it back."""
        return f"{self.code}:{self.reading.revision}"

    @property
    def is_odd(self) -> bool:
        """Tell whether somebody should look before it is validated."""
        return bool(self.oddities) or self.comment is not None


@dataclass(frozen=True, slots=True)
class Desk:
    """A page of what waits, the odd first; None for the campaign in a year that has none."""

    campaign: CampaignRecord | None
    shown: Sequence[Waiting]
    total: int
    odd_total: int
    pages: int

    @property
    def odd(self) -> Sequence[Waiting]:
        """List the values of the page to look at."""
        return [one for one in self.shown if one.is_odd]

    @property
    def plain(self) -> Sequence[Waiting]:
        """List the values of the page without anything odd."""
        return [one for one in self.shown if not one.is_odd]

    @property
    def ready(self) -> Sequence[Waiting]:
        """List the plain values of the page that the visitor may validate."""
        return [one for one in self.plain if not one.is_own]


def desk(session: Session, visitor: Visitor, year: int, page: int, today: date) -> Desk:
    """Give page ``page`` (from 1) of the values of ``year`` that wait for validation.

    Raises:
        Forbidden: without the right to validate.
        NotFound: for a year that is not open, or a page that does not exist.
    """
    visitor.require(Permission.VALIDATE)
    if not is_open_year(year, today):
        raise NotFound(year)
    campaign, waiting = _waiting(session, visitor, year, today)
    listed = sorted(waiting.values(), key=lambda one: not one.is_odd)
    pages = page_count(len(listed), PAGE, page)
    odd = sum(one.is_odd for one in listed)
    return Desk(campaign, listed[(page - 1) * PAGE : page * PAGE], len(listed), odd, pages)


def validate_plain(session: Session, visitor: Visitor, year: int, seen: Seen, today: date) -> tuple[str, ...]:
    """Validate values that were shown without anything odd; all of them or none.

    Raises:
        Conflict: when one of them changed, or looks odd by now; and as `workflow.validate` does.
    """
    visitor.require(Permission.VALIDATE)
    _, waiting = _waiting(session, visitor, year, today)
    odd = [one for code, _ in seen if (one := waiting.get(code)) is not None and one.is_odd]
    if odd:
        names = {one.code: one.aim.indicator.name.fr for one in odd}
        raise Conflict(*(Problem(f"{code}:value", ProblemCode.NOW_ODD, {"name": names[code]}) for code in names))
    return workflow.validate(session, visitor, year, seen, today)


def _waiting(
    session: Session, visitor: Visitor, year: int, today: date
) -> tuple[CampaignRecord | None, Mapping[str, Waiting]]:
    row = campaigns.by_year(session, visitor.organisation.id, year)
    if row is None:
        return None, {}
    campaign = campaign_record(row)
    published = portfolio(session, visitor.organisation)
    known = as_typed(session, visitor.organisation, published)
    shown = published.aims()
    where = standings(session, visitor.organisation, year, campaign)
    found = {}
    for code, aim in typed_aims(published, known, year).items():
        standing, reading = where.get(known.figures.rows[code].id), aim.readings.get(year)
        if standing is None or standing.stage is not Stage.SUBMITTED or reading is None:
            continue
        odd, comment = workflow.look(aim, year, today)
        is_own = campaign.has_four_eyes and visitor.account_id in standing.authors
        (compared,) = compare([aim], year - 1, year)
        today_shown = shown[code].readings.get(year)
        replaced = today_shown if today_shown and today_shown.revision != reading.revision else None
        found[code] = Waiting(aim, reading, compared, _submitted(standing), odd, comment, is_own, replaced)
    return campaign, found


def _submitted(standing: Standing) -> Step:
    return next(step for step in reversed(standing.way) if step.stage is Stage.SUBMITTED)
