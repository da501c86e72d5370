"""One indicator of an organisation: its values and revisions, the commitments it serves, and why a value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from tracker.charts.years import YearPoint, points
from tracker.domain.aggregation import Aggregate, over_years
from tracker.domain.aims import judge_aim
from tracker.domain.errors import NotFound
from tracker.domain.formula import inputs
from tracker.domain.judgement import AimJudgement
from tracker.domain.kinds import judge
from tracker.domain.periods import is_open_year, last_full_year
from tracker.domain.permissions import Permission
from tracker.domain.records import Aim, CommitmentRecord, IndicatorRecord, Reading
from tracker.domain.scorecard import Card
from tracker.services.measurements import with_parts
from tracker.services.portfolio import Portfolio, portfolio
from tracker.services.records import reading
from tracker.services.visitor import Visitor
from tracker.store.models import Indicator
from tracker.store.queries import measurements, organisations

HUNDRED, ONE = Decimal(100), Decimal(1)


@dataclass(frozen=True, slots=True)
class Served:
    """A commitment that an indicator serves; ``said`` is its judgement in the last year that the sheet tells."""

    commitment: CommitmentRecord
    aim: Aim
    said: AimJudgement | None


@dataclass(frozen=True, slots=True)
class Together:
    """What the values of ``years`` come to, those of the latest method only."""

    years: range
    made: Aggregate


@dataclass(frozen=True, slots=True)
class Sheet:
    """An indicator as an organisation uses it. ``aim`` carries the target that is drawn: the first one voted.

    ``revisions`` are the published ones: drafts stay with those who work on them. ``last_year`` is that of its last
    value, ``last_told`` the last full one where that is later: forecasts are told from there. ``feeds`` are the
    indicators whose formula draws on it.
    """

    row: Indicator
    aim: Aim
    commitments: Sequence[Served]
    revisions: Sequence[Reading]
    points: Sequence[YearPoint]
    last_year: int
    last_told: int
    together: Together | None
    feeds: Sequence[IndicatorRecord]

    @property
    def comparable(self) -> Sequence[YearPoint]:
        """Give the years that one sentence may compare: those of the latest method, or recomputed by it."""
        method = self.aim.method(self.last_year)
        return [
            replace(point, reading=Reading(point.year, 0, point.restated)) if point.restated is not None else point
            for point in self.points
            if point.restated is not None or point.reading is None or point.reading.method == method
        ]


@dataclass(frozen=True, slots=True)
class Judged:
    """A commitment that judges the indicator for the year: its verdict, and what the indicator said of it."""

    card: Card
    said: AimJudgement


@dataclass(frozen=True, slots=True)
class Why:
    """What is behind the value of a year: what its formula draws on, and who judges it, or only follows it.

    The reading of ``aim`` in ``year`` has its parts; ``departments`` is how many could have given one.
    """

    aim: Aim
    year: int
    drawn: Mapping[str, Aim]
    judged: Sequence[Judged]
    followed: Sequence[CommitmentRecord]
    feeds: Sequence[IndicatorRecord]
    departments: int


def sheet(session: Session, visitor: Visitor, code: str, today: date) -> Sheet:
    """Gather what there is to say of an indicator.

    Raises:
        Forbidden: without the right to read.
        NotFound: when no commitment of the organisation uses it.
    """
    known, _ = _found(session, visitor, code)
    number = known.figures.rows[code].id
    stored = measurements.revisions(session, visitor.organisation.id, number, with_drafts=False)
    return sheet_of(known, code, [reading(one) for one in stored], today)


def sheet_of(known: Portfolio, code: str, revisions: Sequence[Reading], today: date) -> Sheet:
    """Gather what a portfolio says of an indicator that it uses; ``revisions`` are those to show, latest first."""
    row, drawn = known.figures.rows[code], known.aims()[code]
    last_full = last_full_year(today)
    last_year = drawn.known[-1].year if drawn.known else last_full
    last_told = max(last_full, last_year)
    served = [Served(one, aim, judge_aim(aim, last_told)) for one, aim in _serving(known, code)]
    together = _together(drawn, row, last_told)
    shown = drawn_years(drawn, today)
    return Sheet(row, drawn, served, revisions, shown, last_year, last_told, together, _fed(known, code))


def drawn_years(aim: Aim, today: date) -> Sequence[YearPoint]:
    """Give the years that the chart of ``aim`` and the table behind it show."""
    return points(
        aim, max([last_full_year(today), *(reading.year for reading in aim.known)]), max(aim.readings, default=0)
    )


def why(session: Session, visitor: Visitor, code: str, year: int, today: date) -> Why:
    """Gather what is behind the value of ``year``.

    Raises:
        Forbidden: without the right to read.
        NotFound: when nothing of the organisation uses the indicator, or for a year that cannot have values.
    """
    if not is_open_year(year, today):
        raise NotFound(year)
    known, aim = _found(session, visitor, code)
    judged, followed = [], []
    for commitment, _ in _serving(known, code):
        if commitment.deliberation.adopted_on.year > year:
            continue
        verdict = judge(commitment, year, today)
        said = next((one for one in verdict.aims if one.aim.indicator.code == code), None)
        if said is None:
            followed.append(commitment)
        else:
            judged.append(Judged(Card(commitment, verdict, verdict), said))
    method = next((one for one in aim.methods if one.version == aim.method(year)), None)
    names = inputs(method.formula) if method and method.formula else ()
    references = known.figures.sources.baselines
    drawn = {
        name: known.figures.aim(name, baselines=references.get(name, ()))
        for name in names
        if name in known.figures.rows
    }
    told = _with_parts(session, visitor, known, aim, year)
    departments = len(organisations.departments(session, visitor.organisation.id))
    return Why(told, year, drawn, judged, followed, _fed(known, code), departments)


def _with_parts(session: Session, visitor: Visitor, known: Portfolio, aim: Aim, year: int) -> Aim:
    """Give ``aim`` with what each department brought to the value of ``year``; a computed value has no parts."""
    found = aim.readings.get(year)
    number = known.figures.rows[aim.indicator.code].id
    stored = measurements.revisions(session, visitor.organisation.id, number, year, with_drafts=False)
    if found is None or not stored or found.revision != stored[0].revision:
        return aim
    (whole,) = with_parts(session, stored[:1])
    return replace(aim, readings={**aim.readings, year: replace(found, parts=whole.parts)})


def _found(session: Session, visitor: Visitor, code: str) -> tuple[Portfolio, Aim]:
    visitor.require(Permission.READ)
    known = portfolio(session, visitor.organisation)
    if code not in known.used():
        raise NotFound(code)
    return known, known.aims()[code]


def _serving(known: Portfolio, code: str) -> Sequence[tuple[CommitmentRecord, Aim]]:
    return [(one, aim) for one in known.commitments for aim in one.aims if aim.indicator.code == code]


def _fed(known: Portfolio, code: str) -> Sequence[IndicatorRecord]:
    fed = []
    for other in known.used():
        formula = known.figures.formula(other)
        if formula is not None and code in inputs(formula):
            fed.append(known.figures.indicator(other))
    return fed


def _together(aim: Aim, row: Indicator, last_year: int) -> Together | None:
    """Bring the years of the latest method to one figure; None without a value. Two methods do not add up."""
    if not aim.known:
        return None
    method = aim.known[-1].method
    alike = {year: told for year, told in aim.readings.items() if told.value is None or told.method == method}
    first = min(told.year for told in aim.known if told.method == method)
    years = range(first, last_year + 1)
    scale = HUNDRED if row.unit == "percent" else ONE
    return Together(years, over_years(alike, row.aggregation, years, scale))
