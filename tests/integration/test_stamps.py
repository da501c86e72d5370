"""What a process keeps is what it would read again: each write that figures depend on shows at once, everywhere."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import delete, event, func, select, update
from sqlalchemy.orm import Session

from tests.integration.test_configuration import AIM, FROZEN, METHOD, PRACTICE, QUIET, SETTING, TARGET
from tracker.domain.entries import Draft
from tracker.domain.vocabulary import FindingState, Role
from tracker.services import (
    baselines,
    choices,
    findings,
    followings,
    measurements,
    methods,
    practices,
    settings,
    targets,
    workflow,
)
from tracker.services.findings import FindingDraft
from tracker.services.portfolio import Portfolio, portfolio
from tracker.services.visitor import Visitor
from tracker.store import models
from tracker.store.kept import CAPACITY, Kept
from tracker.store.queries import organisations
from tracker.store.session import Database
from tracker.store.stamps import ASIDE

HOME, ELSEWHERE = "demonstration", "marseille"
YEAR = 2025

Write = Callable[..., Any]
WRITES: dict[str, tuple[Write, ...]] = {
    "value": (
        lambda s, v, t: measurements.record(
            s, v, YEAR, [Draft("SOB-06", seen=_last(s, v), value="6,05", precision="measured", comment="Recompté")], t
        ),
        lambda s, v, t: workflow.submit(s, v, YEAR, ["SOB-06"], ["SOB-06"], t),
        lambda s, v, t: workflow.validate(s, v, YEAR, [("SOB-06", _last(s, v))], t),
    ),
    "baseline": (lambda s, v, t: baselines.set_baseline(s, v, *AIM, FROZEN, t),),
    "target": (lambda s, v, t: targets.set_target(s, v, *AIM, TARGET, t),),
    "setting": (lambda s, v, t: settings.set_indicator(s, v, "SOB-06", SETTING),),  # noqa: ARG005
    "method": (lambda s, v, t: methods.set_method(s, v, "SOB-06", METHOD, t),),
    "practice": (lambda s, v, t: practices.set_practice(s, v, QUIET, PRACTICE),),  # noqa: ARG005
    "fact": (lambda s, v, t: findings.record(s, v, QUIET, FindingDraft(FindingState.OBSERVED, t, "Vu"), t),),
    "choice": (lambda s, v, t: choices.choose(s, v, set(_free(s, v)), choices.offers(s, v).seen),),  # noqa: ARG005
}


def _last(session: Session, visitor: Visitor) -> int:
    """Give the last revision of the value that is written."""
    row = session.scalars(select(models.Indicator).where(models.Indicator.code == "SOB-06")).one()
    query = select(func.max(models.Measurement.revision)).where(
        models.Measurement.organisation_id == visitor.organisation.id,
        models.Measurement.year == YEAR,
        models.Measurement.indicator_id == row.id,
    )
    return session.scalar(query) or 0


def _free(session: Session, visitor: Visitor) -> list[str]:
    """Give what no commitment asks for."""
    offered = [offer for axis in choices.offers(session, visitor).by_axis.values() for offer in axis]
    return [offer.indicator.code for offer in offered if not offer.served]


def read(database: Database, slug: str = HOME) -> Portfolio:
    with database.reading() as session:
        organisation = organisations.by_slug(session, slug)
        assert organisation
        return portfolio(session, organisation)


def stamp(database: Database, slug: str = HOME) -> int:
    with database.reading() as session:
        organisation = organisations.by_slug(session, slug)
        assert organisation
        return organisation.stamp


def told(known: Portfolio) -> Any:
    """Give what a portfolio says, without the rows that another session has read anew."""
    figures = known.figures
    settings_ = {code: (one.better, one.tolerance, one.companion) for code, one in figures.settings.items()}
    return known.commitments, dict(figures.values), dict(figures.methods), figures.chosen, settings_


@pytest.fixture
def fresh(database: Database) -> Iterator[Database]:
    """Give the same database as another process sees it, with nothing kept of before."""
    other = Database(database.url.render_as_string(hide_password=False))
    yield other
    other.dispose()


def test_what_was_read_once_is_not_read_again(database):
    first = read(database)
    assert read(database) is first
    assert read(database, ELSEWHERE) is not first


@pytest.mark.parametrize("what", WRITES)
def test_what_is_written_shows_at_once_in_this_process_and_in_the_other(database, fresh, enter_as, today, what):
    before, there = read(database), read(fresh)
    abroad = read(database, ELSEWHERE)
    for write in WRITES[what]:
        with database.transaction() as session:
            write(session, enter_as(session, Role.REFERENT, HOME), today)
    after = told(read(database))
    assert after != told(before)
    assert told(read(fresh)) == after
    assert told(there) == told(before)
    with database.writing() as session:  # nothing is kept for who writes
        organisation = organisations.by_slug(session, HOME)
        assert after == told(portfolio(session, organisation))
    assert read(database, ELSEWHERE) is abroad


def test_what_no_figure_is_made_of_leaves_what_was_kept(database, enter_as):
    kept = read(database)
    with database.transaction() as session:
        assert followings.follow(session, enter_as(session, Role.ELU, HOME), QUIET, "oui")
    assert read(database) is kept


def test_what_was_given_up_changes_nothing(database, enter_as, today):
    before = stamp(database)
    with database.writing() as session, session.begin():
        WRITES["practice"][0](session, enter_as(session, Role.REFERENT, HOME), today)
        session.flush()
        session.rollback()
    assert stamp(database) == before


def test_a_change_of_what_all_share_is_everybody_s(database):
    before = [stamp(database, slug) for slug in (HOME, ELSEWHERE)]
    with database.transaction() as session:
        session.scalars(select(models.Indicator)).first().name_fr = "Autre nom"
    after = [stamp(database, slug) for slug in (HOME, ELSEWHERE)]
    assert not set(before) & set(after)
    with database.transaction() as session:
        session.execute(update(models.Indicator).values(name_fr="Un nom"))
    assert not set(after) & {stamp(database, slug) for slug in (HOME, ELSEWHERE)}


def test_many_rows_changed_at_once_that_no_figure_is_made_of_leave_the_stamp(database):
    before = stamp(database)
    with database.transaction() as session:
        session.execute(delete(models.Assignment))
    assert stamp(database) == before


def test_a_stamp_never_comes_back(database, enter_as, today):
    met = {stamp(database)}
    for before, month in ((12, "6"), (6, "12"), (12, "6")):
        draft = replace(PRACTICE, months=month, seen=before)
        with database.transaction() as session:
            practices.set_practice(session, enter_as(session, Role.REFERENT, HOME), QUIET, draft)
        assert stamp(database) not in met
        met.add(stamp(database))


def test_nothing_that_a_portfolio_is_made_of_is_left_aside(database):
    asked: list[str] = []

    def note(connection, cursor, sql, parameters, context, executemany):
        asked.append(sql)

    database.dispose()  # nothing kept of before
    event.listen(database.engine, "before_cursor_execute", note)
    read(database)
    event.remove(database.engine, "before_cursor_execute", note)
    tables = set(re.findall(r"\b(?:FROM|JOIN) (\w+)", " ".join(asked)))
    assert {"measurement", "measurement_step", "target_point", "finding", "indicator_method", "aim"} <= tables
    assert not tables & {kind.__tablename__ for kind in ASIDE}


def test_the_past_is_kept_beside_the_present(database):
    with database.reading() as session:
        organisation = organisations.by_slug(session, HOME)
        now = portfolio(session, organisation)
        moment = datetime(2025, 6, 30, 23, 59, tzinfo=UTC)
        then = portfolio(session, organisation, until=moment)
        assert then is not now
        assert portfolio(session, organisation, until=moment) is then
        assert portfolio(session, organisation) is now


def test_drafts_are_never_kept(database):
    with database.reading() as session:
        organisation = organisations.by_slug(session, HOME)
        assert portfolio(session, organisation, with_drafts=True) is not portfolio(
            session, organisation, with_drafts=True
        )


def test_what_is_kept_outlives_the_session_that_read_it(database):
    known = read(database)
    code = known.commitments[0].aims[0].indicator.code
    assert known.figures.rows[code].code == known.figures.indicator(code).code


def test_the_last_used_are_kept_and_no_more():
    kept = Kept()
    for number in range(CAPACITY + 1):
        kept.get(number, 1, lambda number=number: number)
        kept.get(0, 1, lambda: pytest.fail("0 was used last but one"))
    made = []
    kept.get(1, 1, lambda: made.append(1))
    kept.get(2, 1, lambda: made.append(2))
    assert made == [1, 2]  # each was the eldest in turn
    kept.get(0, 2, lambda: made.append(0))
    assert made[-1] == 0
