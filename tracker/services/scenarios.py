"""Scenarios of an organisation's estate: what a set of levers would give, held against what was voted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from tracker.domain.aims import judge_aim
from tracker.domain.estate_values import COMPUTERS, MOBILES, Grown, growth
from tracker.domain.factors import THOUSAND, FactorTable
from tracker.domain.footprint import Accounting, Amount, AmountScope
from tracker.domain.judgement import AimJudgement
from tracker.domain.permissions import Permission
from tracker.domain.records import Aim, CommitmentRecord, Reading
from tracker.domain.scenarios import Estate, Levers, Needed, Projection, estate, needed, project
from tracker.domain.vocabulary import Quality
from tracker.services import carbon, carbon_amounts, carbon_factors, levers, lifetime_targets, lifetimes
from tracker.services.assessments import CARBON
from tracker.services.levers import ReadLevers
from tracker.services.portfolio import portfolio
from tracker.services.visitor import Visitor
from tracker.store.models import Organisation
from tracker.store.queries import pieces
from tracker.store.session import kept


@dataclass(frozen=True, slots=True)
class Goal:
    """What a commitment asks of a figure by a year, in its own unit, and what the scenario would make of it.

    ``year`` is its horizon, or the last year of the scenario where that comes first. ``apart`` is the last value of the
    indicator where it is not near what the estate weighs today: it counts something else, and the two do not compare.
    ``value`` is None, and so is ``said``, where a baseline is missing; ``said`` alone where nothing was voted on it.
    """

    commitment: CommitmentRecord
    aim: Aim
    year: int
    value: Decimal | None
    said: AimJudgement | None
    apart: Reading | None = None


@dataclass(frozen=True, slots=True)
class Tried:
    """A scenario and what it gives, beside the estate left as it is; ``needed`` answers the reduction asked for.

    ``amounts_of`` is the year whose amounts are kept, None without any. ``plain`` and ``led`` are weighed by
    ``accounting``; goals and ``needed`` by the method of stock, which defines what was voted.
    """

    read: ReadLevers
    estate: Estate
    plain: Projection
    led: Projection
    needed: Needed | None
    goals: Sequence[Goal]
    amounts_of: int | None
    accounting: Accounting = Accounting.STOCK

    @property
    def is_moved(self) -> bool:
        """Tell whether anything differs from the estate left as it is, prices and horizon aside."""
        return any(not name.endswith(_ASIDE) for name in self.read.told)


_APART = Decimal("0.2")
_PLACES = 6
_GROUPS = {lifetime_targets.COMPUTERS: COMPUTERS, lifetime_targets.MOBILES: MOBILES}
_ASIDE = (levers.HORIZON, "reduction", ".prix", ".prix-reconditionne")


def tried(
    session: Session,
    visitor: Visitor,
    fields: Mapping[str, str],
    today: date,
    *,
    accounting: Accounting = Accounting.STOCK,
    has_comma_groups: bool = False,
) -> Tried:
    """Say what the levers of ``fields`` would give, weighed by one method.

    Raises:
        Forbidden: without the right to read.
        Invalid: for a field that cannot be read, or is out of what can be.
    """
    visitor.require(Permission.READ)
    read = levers.read(fields, today, has_comma_groups=has_comma_groups)
    home = visitor.organisation
    known = of_today(session, home, today)
    led = project(known, read.levers, read.last_year, accounting)
    spread = led if accounting is Accounting.STOCK else project(known, read.levers, read.last_year)
    asked = None if read.reduction is None else needed(known, read.levers, read.last_year, read.reduction)
    prices = {
        category: replace(one, life=None, reconditioned=None, fleet=None)
        for category, one in read.levers.categories.items()
    }
    return Tried(
        read=read,
        estate=known,
        plain=project(known, Levers(prices), read.last_year, accounting),
        led=led,
        needed=asked,
        goals=_goals(session, home, spread),
        amounts_of=max((one.year for one in _amounts(session, home, today)), default=None),
        accounting=accounting,
    )


def of_today(session: Session, organisation: Organisation, today: date) -> Estate:
    """Give the estate of today with its survival curves, counted once a process as long as it does not change."""
    table = carbon_factors.table(session, organisation)
    shared = kept(session)
    if shared is None:
        found = _gathered(session, organisation, table, today)
    else:
        key = (Estate, organisation.id, table.method, today)
        found = shared.get(key, organisation.stamp, lambda: _gathered(session, organisation, table, today))
    amounts = [replace(one, year=today.year) for one in _amounts(session, organisation, today)]
    return replace(found, amounts=tuple(amounts))


def _gathered(session: Session, organisation: Organisation, table: FactorTable, today: date) -> Estate:
    rows = pieces.alike(session, organisation.id)
    return estate(carbon.holdings(rows), lifetimes.curves(rows, today), table, (), today)


def _amounts(session: Session, organisation: Organisation, today: date) -> Sequence[Amount]:
    """List the amounts of the last year that has some, the totals of other tools left out."""
    told = [
        one
        for one in carbon_amounts.known(session, organisation)
        if one.scope is not AmountScope.WHOLE and one.year <= today.year
    ]
    last = max((one.year for one in told), default=None)
    return [one for one in told if one.year == last]


def _goals(session: Session, organisation: Organisation, led: Projection) -> Sequence[Goal]:
    """Hold a scenario against what each commitment asks of the footprint, and of how long computers and phones last."""
    figures = {
        CARBON: {one.year: one.footprint.carbon.value / THOUSAND for one in led.years if one.footprint.carbon},
        **{
            code: {one.year: round(age, _PLACES) for one in led.years if (age := one.exit_age(group)) is not None}
            for code, group in _GROUPS.items()
        },
    }
    found = []
    for commitment in portfolio(session, organisation).commitments:
        for aim in commitment.aims:
            code = aim.indicator.code
            values = _growths(commitment, led) if code == lifetime_targets.GROWTH else figures.get(code)
            if values:
                found.append(_goal(commitment, aim, values))
            elif code == lifetime_targets.GROWTH:
                found.append(Goal(commitment, aim, led.years[-1].year, None, None))
    return [one for one in found if one is not None]


def _goal(commitment: CommitmentRecord, aim: Aim, values: Mapping[int, Decimal]) -> Goal | None:
    """Hold the ``values`` of a scenario against one aim; None where nothing is asked of it, but for the growth."""
    target = aim.target(max(values))
    horizon = max(values) if target is None or target.horizon_year is None else target.horizon_year
    year = max(min(horizon, max(values)), min(values))
    if year not in values:
        return None
    said = judge_aim(_with(aim, year, values[year]), year)
    apart = _apart(aim, min(values), values) if aim.indicator.code == CARBON else None
    is_told = said is not None or aim.indicator.code == lifetime_targets.GROWTH
    return Goal(commitment, aim, year, values[year], said, apart) if is_told else None


def _growths(commitment: CommitmentRecord, led: Projection) -> Mapping[int, Decimal]:
    """Give by year how much longer equipment is kept than at the baselines of a commitment (SOB-08).

    Nothing while one of its baselines is missing; a year in which nothing leaves tells nothing.
    """
    groups = [(aim, _GROUPS[aim.indicator.code]) for aim in commitment.aims if aim.indicator.code in _GROUPS]
    found = {}
    for one in led.years[1:]:
        parts = []
        for aim, group in groups:
            age, base = one.exit_age(group), aim.departure(one.year)
            if age is not None and base is not None and base.value is not None:
                parts.append(Grown(age, base.value, int(one.fleet_of(group))))
        grown = growth(parts) if len(parts) == len(groups) else None
        if grown is not None:
            found[one.year] = grown
    return found


def _apart(aim: Aim, now: int, weights: Mapping[int, Decimal]) -> Reading | None:
    last = aim.readings.get(now) if aim.value(now) is not None else aim.last_before(now)
    if last is None or last.value is None or abs(last.value - weights[now]) <= _APART * last.value:
        return None
    return last


def _with(aim: Aim, year: int, value: Decimal) -> Aim:
    """Give ``aim`` as it would be, were ``value`` that of ``year``."""
    reading = Reading(year, 0, value, quality=Quality.CALCULATED, method=aim.method(year))
    return replace(aim, readings={**aim.readings, year: reading})
