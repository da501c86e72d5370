"""What users think of each digital service, year by year: how it was asked, how many answered, what was learnt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from tracker.domain.digital_services import ServiceState
from tracker.domain.errors import NotFound
from tracker.domain.journal_actions import JournalAction
from tracker.domain.numbers import plain_text, typed_text
from tracker.domain.periods import is_open_year
from tracker.domain.permissions import Permission
from tracker.domain.register_values import SCALE, Evaluated
from tracker.domain.service_problems import ServiceProblem
from tracker.services.contacts import nameless
from tracker.services.decisions import Told, add, stale, stale_fields, tell
from tracker.services.digital_services import ServiceView, known, subject_of
from tracker.services.typed import Typed
from tracker.services.visitor import Visitor
from tracker.store.models import Organisation, ServiceEvaluation
from tracker.store.queries import digital_services
from tracker.store.queries import evaluations as stored

METHOD_LIMIT, TEXT_LIMIT = 500, 2000
MOST = 10_000_000


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The evaluation of a service in a year; None or empty for what nobody told."""

    service: int
    year: int
    version: int
    method: str
    score: Decimal | None
    respondents: int | None
    low: Decimal
    high: Decimal
    lessons: str

    @property
    def counted(self) -> Evaluated:
        """Give what the indicators take of it."""
        return Evaluated(self.service, self.score, self.respondents, self.low, self.high)


@dataclass(frozen=True, slots=True)
class YearLine:
    """A service that was online in a year, and its evaluation of that year if there was one."""

    view: ServiceView
    found: Evaluation | None


@dataclass(frozen=True, slots=True)
class EvaluationDraft:
    """What was typed of an evaluation; ``seen`` is the version that was on the screen, 0 for a new one."""

    method: str = ""
    respondents: str = ""
    score: str = ""
    low: str = typed_text(SCALE[0])
    high: str = typed_text(SCALE[1])
    lessons: str = ""
    seen: int = 0
    has_comma_groups: bool = False


def of_organisation(session: Session, organisation: Organisation) -> Sequence[Evaluation]:
    """List every evaluation of the services of an organisation, latest year first; two queries."""
    numbers = {row.id: row.number for row in digital_services.everything(session, organisation.id)}
    return [_evaluation(row, numbers[row.service_id]) for row in stored.everything(session, organisation.id)]


def of_year(session: Session, visitor: Visitor, year: int, today: date) -> Sequence[YearLine]:
    """List the services that were online in ``year``, each with its evaluation or none.

    Raises:
        Forbidden: without the right to read.
        NotFound: for a year that cannot have values.
    """
    visitor.require(Permission.READ)
    if not is_open_year(year, today):
        raise NotFound(year)
    return lines(session, visitor.organisation, year, today)


def lines(session: Session, organisation: Organisation, year: int, today: date) -> Sequence[YearLine]:
    """List the services of an organisation that were online in ``year``, each with its evaluation or none."""
    found = {one.service: one for one in of_organisation(session, organisation) if one.year == year}
    views = known(session, organisation, today)
    return [YearLine(one, found.get(one.number)) for one in views if was_online(one, year) or one.number in found]


def was_online(view: ServiceView, year: int) -> bool:
    """Tell whether a service was online at least a day of ``year``, as far as its days tell."""
    one = view.record
    has_opened = one.opened_on is None or one.opened_on.year <= year
    has_closed = one.state is ServiceState.CLOSED and (one.closed_on is None or one.closed_on.year < year)
    return one.state is not ServiceState.PROJECT and has_opened and not has_closed


def panel(session: Session, visitor: Visitor, view: ServiceView, _: date) -> Sequence[Evaluation] | None:
    """List the evaluations of a service, latest first; None for one in project that has none."""
    found = [one for one in of_organisation(session, visitor.organisation) if one.service == view.number]
    return None if view.record.state is ServiceState.PROJECT and not found else found


def record(session: Session, visitor: Visitor, number: int, year: int, draft: EvaluationDraft, today: date) -> bool:
    """Write the evaluation of a service in a year. False when it says what is stored already.

    Raises:
        Forbidden: without the right to keep the services.
        NotFound: when the organisation has no such service, or for a year that cannot have values.
        Conflict: when somebody wrote it meanwhile.
        Invalid: for what cannot be read, or cannot be.
    """
    visitor.require(Permission.KEEP_SERVICES)
    service = digital_services.row(session, visitor.organisation.id, number)
    if service is None or not is_open_year(year, today):
        raise NotFound(number)
    row = stored.row(session, service.id, year)
    kept = _evaluation(row, number) if row else None
    typed = Typed(has_comma_groups=draft.has_comma_groups)
    read = _read(typed, draft, number, year)
    before = told(kept) if kept else {}
    if kept is not None and row is not None and not typed.problems and told(read) == before:
        return False
    if kept is not None and row is not None and draft.seen != row.version:
        raise stale_fields(row.author, before, told(read), typed.problems, FIELDS)
    typed.end()
    target = row or ServiceEvaluation(
        organisation_id=visitor.organisation.id, service_id=service.id, year=year, version=0
    )
    for name in ("method", "respondents", "score", "low", "high", "lessons"):
        setattr(target, name, getattr(read, name))
    target.version += 1
    target.author, target.recorded_at = visitor.name, datetime.now(UTC)
    add(session, target, lambda: stale("", read.method, "method"))
    tell(session, visitor, JournalAction.EVALUATION_RECORDED, subject_of(number), before, told(read), year=year)
    return True


FIELDS = {"survey_method": "method", "scale": "low"}
"""The field of the form that a word of the journal stands for, where they are not the same."""


def told(one: Evaluation) -> Told:
    """Tell an evaluation field by field, in no language."""
    return {
        "survey_method": one.method,
        "respondents": "" if one.respondents is None else str(one.respondents),
        "score": "" if one.score is None else plain_text(one.score),
        "scale": f"{plain_text(one.low)}-{plain_text(one.high)}",
        "lessons": one.lessons,
    }


def _read(typed: Typed, draft: EvaluationDraft, number: int, year: int) -> Evaluation:
    low = typed.number("low", draft.low, is_needed=True)
    high = typed.number("high", draft.high, is_needed=True)
    score = typed.number("score", draft.score)
    if low is not None and high is not None and high <= low:
        typed.refuse("high", ServiceProblem.EVALUATION_SCALE_EMPTY)
    elif low is not None and high is not None and score is not None and not low <= score <= high:
        typed.refuse("score", ServiceProblem.EVALUATION_SCORE_OUT, value=score, low=low, high=high)
    return Evaluation(
        number,
        year,
        0,
        nameless(typed, "method", draft.method, METHOD_LIMIT, ServiceProblem.EVALUATION_EMPTY),
        score,
        typed.whole("respondents", draft.respondents, MOST),
        SCALE[0] if low is None else low,
        SCALE[1] if high is None else high,
        nameless(typed, "lessons", draft.lessons, TEXT_LIMIT),
    )


def _evaluation(row: ServiceEvaluation, number: int) -> Evaluation:
    return Evaluation(
        number, row.year, row.version, row.method, row.score, row.respondents, row.low, row.high, row.lessons
    )
