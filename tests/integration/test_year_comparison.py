"""Two years of an organisation side by side, against figures worked out by hand."""

from decimal import Decimal

import pytest

from tracker.domain.comparison import Direction, Uncompared
from tracker.domain.entries import Draft
from tracker.domain.errors import Invalid, NotFound, ProblemCode
from tracker.domain.vocabulary import Axis, Collection, Role
from tracker.services import measurements
from tracker.services.comparisons import comparison, whole


@pytest.fixture
def record(database, enter_as, today):
    def go(year, *drafts):
        with database.transaction() as session:
            measurements.record(session, enter_as(session, Role.REFERENT), year, drafts, today)

    return go


@pytest.fixture
def compare(database, enter_as, today):
    def go(earlier=2024, later=2025, slug="marseille", axis=None, page=1):
        with database.reading() as session:
            return comparison(session, enter_as(session, Role.ELU, slug), (earlier, later), axis, page, today)

    return go


def row(found, code):
    return next(one for one in found.rows if one.aim.indicator.code == code)


def test_the_difference_the_percentage_and_the_way_are_those_worked_out_by_hand(record, compare):
    record(2024, Draft("SOB-06", value="5"), Draft("SOB-01", value="1 600"), Draft("SOB-10", value="40"))
    record(2025, Draft("SOB-06", value="5,4"), Draft("SOB-01", value="1 200"), Draft("SOB-10", value="52,5"))
    found = compare()
    age, carbon, reuse = row(found, "SOB-06"), row(found, "SOB-01"), row(found, "SOB-10")
    assert (age.difference, age.relative, age.direction) == (Decimal("0.4"), Decimal(8), Direction.BETTER)
    assert (carbon.difference, carbon.relative, carbon.direction) == (Decimal(-400), Decimal(-25), Direction.BETTER)
    assert (reuse.difference, reuse.direction) == (Decimal("12.5"), Direction.BETTER)
    assert found.counts[Direction.BETTER] == 3


def test_the_years_may_be_given_in_any_order_and_a_missing_value_is_no_zero(record, compare):
    record(2025, Draft("SOB-06", value="5,4"))
    record(2024, Draft("SOB-07", precision="not_measured"), Draft("SOB-10", value="0"))
    record(2025, Draft("SOB-10", value="10"))
    found = compare(2025, 2024)
    assert (found.earlier, found.later) == (2024, 2025)
    age, phones, reuse = row(found, "SOB-06"), row(found, "SOB-07"), row(found, "SOB-10")
    assert (age.difference, age.direction, age.reason) == (None, Direction.UNKNOWN, Uncompared.NO_EARLIER)
    assert (phones.difference, phones.reason) == (None, Uncompared.NO_VALUE)
    assert (reuse.difference, reuse.relative, reuse.relative_reason) == (Decimal(10), None, Uncompared.ZERO_BEFORE)


def test_the_pages_of_all_axes_hold_every_indicator_with_yearly_values_once(database, enter_as, today, compare):
    with database.reading() as session:
        everything = whole(session, enter_as(session, Role.ELU, "demonstration"), (2024, 2025), today)
    shown = []
    for axis in Axis:
        pages = compare(slug="demonstration", axis=axis).pages
        for page in range(1, pages + 1):
            found = compare(slug="demonstration", axis=axis, page=page)
            assert len(found.rows) <= 20
            shown += [one.aim.indicator.code for one in found.rows]
    assert sorted(shown) == sorted(one.aim.indicator.code for one in everything)
    assert len(shown) == len(set(shown)) > 30
    assert all(one.aim.indicator.collection is not Collection.FINDING for one in everything)


def test_the_same_year_twice_a_year_to_come_and_a_page_that_is_not_there_are_refused(compare):
    with pytest.raises(Invalid) as refused:
        compare(2025, 2025)
    assert [problem.code for problem in refused.value.problems] == [ProblemCode.SAME_YEAR_TWICE]
    for years in ((2025, 2027), (1999, 2025)):
        with pytest.raises(NotFound):
            compare(*years)
    with pytest.raises(NotFound):
        compare(page=9)
