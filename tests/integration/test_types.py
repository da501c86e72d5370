"""What is stored comes back: decimals digit for digit, instants in UTC, codes of closed lists only."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, Table, delete, insert, select, text
from sqlalchemy.exc import StatementError

from tracker.domain.numbers import plain_text
from tracker.store.types import Coded, ExactDecimal, Instant


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


SCRATCH = Table(
    "scratch",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("number", ExactDecimal()),
    Column("moment", Instant()),
    Column("colour", Coded(Colour)),
)
on_the_same_database = settings(
    deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def scratch(empty_database):
    with empty_database.transaction() as session:
        SCRATCH.create(session.connection())
    return empty_database


def there_and_back(database, column, values):
    with database.transaction() as session:
        session.execute(delete(SCRATCH))
        session.execute(insert(SCRATCH), [{"id": place, column: value} for place, value in enumerate(values)])
    with database.reading() as session:
        return list(session.scalars(select(SCRATCH.c[column]).order_by(SCRATCH.c.id)))


# Decimals


@pytest.mark.parametrize(
    ("given_number", "told"),
    [
        (Decimal("0.1") + Decimal("0.2"), "0.3"),
        (Decimal("5.4"), "5.4"),
        (Decimal("5.40"), "5.4"),
        (Decimal("999999999999999.999999"), "999999999999999.999999"),
        (Decimal("-999999999999999.999999"), "-999999999999999.999999"),
        (Decimal(123456789012345), "123456789012345"),
        (Decimal("0.000001"), "0.000001"),
        (Decimal("-0.000001"), "-0.000001"),
        (Decimal(-25), "-25"),
        (Decimal("1E+2"), "100"),
        (Decimal(9007199254740993), "9007199254740993"),
        (Decimal(0), "0"),
        (Decimal("-0.0"), "0"),
    ],
)
def test_a_decimal_comes_back_digit_for_digit(scratch, given_number, told):
    (back,) = there_and_back(scratch, "number", [given_number])
    assert isinstance(back, Decimal)
    assert back == given_number
    assert str(back) == told


@on_the_same_database
@given(
    numbers=st.lists(
        st.decimals("-999999999999999.999999", "999999999999999.999999", allow_nan=False, places=6)
        | st.decimals("-999999999999999", "999999999999999", allow_nan=False, places=0)
        | st.decimals(-100, 100, allow_nan=False, places=1),
        min_size=1,
        max_size=10,
    )
)
def test_any_number_that_can_be_typed_comes_back_as_itself(scratch, numbers):
    back = there_and_back(scratch, "number", numbers)
    assert back == numbers
    assert [str(number) for number in back] == [plain_text(number) for number in numbers]


def test_no_number_is_not_zero(scratch):
    assert there_and_back(scratch, "number", [None, Decimal(0)]) == [None, Decimal(0)]


@pytest.mark.parametrize("number", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_what_is_no_finite_number_is_refused(scratch, number):
    with pytest.raises(StatementError, match="not a finite number"):
        there_and_back(scratch, "number", [Decimal(number)])
    with scratch.reading() as session:
        assert session.scalars(select(SCRATCH.c.id)).all() == []


def test_a_decimal_is_never_kept_as_a_floating_point_number(scratch):
    there_and_back(scratch, "number", [Decimal("0.1")])
    asks = {"sqlite": "typeof(number)", "postgresql": "pg_typeof(number)::text"}
    told = {"sqlite": "text", "postgresql": "numeric"}
    engine = scratch.url.get_backend_name()
    with scratch.reading() as session:
        assert session.scalar(text(f"SELECT {asks[engine]} FROM scratch")) == told[engine]  # noqa: S608 - ours


# Instants


def test_an_instant_comes_back_in_utc_with_its_zone(scratch):
    paris_in_summer = timezone(timedelta(hours=2))
    (back,) = there_and_back(scratch, "moment", [datetime(2026, 3, 29, 3, 30, tzinfo=paris_in_summer)])
    assert back == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert back.tzinfo is UTC


def test_an_instant_keeps_its_microseconds_and_may_change_year_on_the_way_to_utc(scratch):
    (back,) = there_and_back(
        scratch, "moment", [datetime(2027, 1, 1, 0, 30, 0, 123456, tzinfo=timezone(timedelta(hours=1)))]
    )
    assert back.isoformat() == "2026-12-31T23:30:00.123456+00:00"


@on_the_same_database
@given(
    moment=st.datetimes(
        min_value=datetime(1900, 1, 2),  # noqa: DTZ001 - the zone comes from the next line
        max_value=datetime(2999, 12, 30),  # noqa: DTZ001
        timezones=st.integers(-720, 840).map(lambda minutes: timezone(timedelta(minutes=minutes))),
    )
)
def test_any_instant_comes_back_as_the_same_instant(scratch, moment):
    (back,) = there_and_back(scratch, "moment", [moment])
    assert back == moment
    assert back.utcoffset() == timedelta(0)


def test_no_instant_comes_back_as_none(scratch):
    assert there_and_back(scratch, "moment", [None]) == [None]


# Codes


def test_a_code_comes_back_as_its_member_whether_given_as_member_or_text(scratch):
    back = there_and_back(scratch, "colour", [Colour.RED, "blue", None])
    assert back == [Colour.RED, Colour.BLUE, None]
    assert isinstance(back[1], Colour)


def test_an_unknown_code_is_refused_when_written(scratch):
    with pytest.raises(StatementError, match="'green' is not a valid Colour"):
        there_and_back(scratch, "colour", ["green"])


def test_an_unknown_code_found_in_the_database_is_refused_when_read(scratch):
    with scratch.transaction() as session:
        session.execute(text("INSERT INTO scratch (id, colour) VALUES (1, 'green')"))
    with scratch.reading() as session, pytest.raises(ValueError, match="'green' is not a valid Colour"):
        session.scalars(select(SCRATCH.c.colour)).all()
