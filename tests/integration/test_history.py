"""History is only ever added to, a reading session cannot write, and a transaction is written whole or not at all."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, InvalidRequestError

from tests.integration.helpers import everything, number_of, written
from tracker.domain.entries import Draft
from tracker.domain.journal_actions import JournalAction
from tracker.domain.vocabulary import Absence, OrganisationKind
from tracker.services import journal, measurements
from tracker.store import models
from tracker.store.models import (
    Base,
    Baseline,
    Commitment,
    Department,
    Finding,
    IndicatorMethod,
    IndicatorSetting,
    JournalEntry,
    Measurement,
    MeasurementPart,
    Organisation,
    TargetPoint,
    TargetVersion,
)
from tracker.store.session import WriteInReadRequest

CHANGES = {
    "measurement": "SET comment = 'réécrit'",
    "measurement_part": "SET value = '1'",
    "finding": "SET evidence_fr = 'réécrit'",
    "baseline": "SET value = '1'",
    "target_version": "SET value = 1",
    "target_point": "SET value = '1'",
    "indicator_setting": "SET reason_fr = 'réécrit'",
    "indicator_method": "SET formula = ''",
    "journal_entry": "SET actor = 'réécrit'",
}
INSERT = "INSERT INTO source_note (subject, source) VALUES ('intrus', 'aucune')"
RELATIONSHIPS = sorted(str(one) for mapper in Base.registry.mappers for one in mapper.relationships)


def town(slug="ailleurs"):
    return Organisation(slug=slug, name="Ailleurs", kind=OrganisationKind.COMMUNE)


def measurement_like_the_first(session, **changes):
    row = session.scalars(select(Measurement).order_by(Measurement.id).limit(1)).one()
    copied = {column.key: getattr(row, column.key) for column in inspect(Measurement).columns if column.key != "id"}
    return Measurement(**{**copied, "value": None, "absence": None, **changes})


@pytest.fixture
def lived_in(database):
    """Give a database with a row in each table of history, also those that the seeds leave empty."""
    with database.transaction() as session:
        told = {"version": 2, "reason_fr": "Revu", "author": "test", "recorded_at": datetime(2026, 3, 2, tzinfo=UTC)}
        row = session.scalars(select(Measurement).order_by(Measurement.id).limit(1)).one()
        where = {"organisation_id": row.organisation_id, "indicator_id": row.indicator_id}
        department = session.scalars(select(Department).order_by(Department.id).limit(1)).one()
        target = session.scalars(select(TargetVersion).order_by(TargetVersion.id).limit(1)).one()
        session.add(IndicatorSetting(**where, **told, tolerance=Decimal("0.05")))
        session.add(IndicatorMethod(**where, **told, in_force_from=2026, formula="SOB-01"))
        session.add(MeasurementPart(measurement_id=row.id, department_id=department.id, value=Decimal(3)))
        session.add(TargetPoint(target_version_id=target.id, year=2020, value=Decimal(3)))
    return database


# Append-only tables


@pytest.mark.parametrize("table", CHANGES)
@pytest.mark.parametrize("where", ["WHERE id = (SELECT MIN(id) FROM {table})", ""], ids=["one row", "every row"])
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_itself_refuses_to_change_or_delete_history(lived_in, table, where, verb):
    change = {"update": f"UPDATE {table} {CHANGES[table]}", "delete": f"DELETE FROM {table}"}[verb]  # noqa: S608
    before = everything(lived_in)
    with pytest.raises(DBAPIError, match=f"{table} is append-only"), lived_in.transaction() as session:
        session.execute(text(f"{change} {where.format(table=table)}"))
    assert everything(lived_in) == before


@pytest.mark.parametrize(
    ("model", "attribute", "value"),
    [
        (Measurement, "comment", "réécrit"),
        (MeasurementPart, "value", Decimal(1)),
        (Finding, "evidence_fr", "réécrit"),
        (Baseline, "source_fr", "réécrit"),
        (TargetVersion, "reason_fr", "réécrit"),
        (TargetPoint, "value", Decimal(1)),
        (IndicatorSetting, "tolerance", Decimal(1)),
        (IndicatorMethod, "formula", "réécrit"),
        (JournalEntry, "actor", "réécrit"),
    ],
)
def test_history_is_refused_to_the_models_as_well(lived_in, model, attribute, value):
    before = everything(lived_in)
    with pytest.raises(DBAPIError, match="append-only"), lived_in.transaction() as session:
        setattr(session.scalars(select(model).limit(1)).one(), attribute, value)
    with pytest.raises(DBAPIError, match="append-only"), lived_in.transaction() as session:
        session.delete(session.scalars(select(model).limit(1)).one())
    assert everything(lived_in) == before


@pytest.mark.parametrize("table", CHANGES)
def test_an_insertion_that_turns_into_a_change_on_conflict_is_refused(lived_in, table):
    before = everything(lived_in)
    itself = f"INSERT INTO {table} SELECT * FROM {table} WHERE true"  # noqa: S608
    with pytest.raises(DBAPIError, match=f"{table} is append-only"), lived_in.transaction() as session:
        session.execute(text(f"{itself} ON CONFLICT (id) DO UPDATE {CHANGES[table]}"))
    assert everything(lived_in) == before


def test_history_cannot_be_replaced_or_emptied_by_the_statements_that_pass_row_triggers_by(lived_in):
    statement = {"sqlite": "REPLACE INTO {0} SELECT * FROM {0}", "postgresql": "TRUNCATE {0} CASCADE"}
    before, let_through = everything(lived_in), []
    for table in CHANGES:
        with lived_in.writing() as session:
            try:
                session.execute(text(statement[lived_in.url.get_backend_name()].format(table)))
                let_through.append(table)
            except DBAPIError as error:
                assert f"{table} is append-only" in str(error)  # noqa: PT017 - let_through tells the rest
    assert let_through == []
    assert everything(lived_in) == before


@pytest.mark.parametrize(("value", "absence"), [(Decimal(1), Absence.NOT_MEASURED), (None, None)])
def test_a_value_and_the_reason_for_none_are_never_both_there_nor_both_missing(database, value, absence):
    with pytest.raises(DBAPIError, match="value_or_absence"), database.transaction() as session:
        session.add(measurement_like_the_first(session, year=2026, value=value, absence=absence))


@pytest.mark.parametrize("year", [1999, 2101])
def test_a_year_out_of_all_reason_is_refused_by_the_database_too(database, year):
    with pytest.raises(DBAPIError, match="year_range"), database.transaction() as session:
        session.add(measurement_like_the_first(session, year=year, value=Decimal(1)))


def test_one_value_cannot_have_the_same_revision_twice(database):
    with pytest.raises(IntegrityError), database.transaction() as session:
        session.add(measurement_like_the_first(session, value=Decimal(1)))


def test_a_row_cannot_point_to_nothing(database):
    with pytest.raises(DBAPIError, match=r"(?i)foreign key"), database.transaction() as session:
        session.execute(
            text("INSERT INTO department (organisation_id, position, code, name) VALUES (999, 0, 'X', 'X')")
        )


# Reading sessions


def test_a_reading_session_refuses_to_flush_an_addition_a_change_and_a_deletion(database):
    before = everything(database)
    with database.reading() as session:
        session.add(town())
        with pytest.raises(WriteInReadRequest):
            session.flush()
    with database.reading() as session:
        session.scalars(select(Organisation).limit(1)).one().name = "Ailleurs"
        with pytest.raises(WriteInReadRequest):
            session.commit()
    with database.reading() as session:
        session.delete(session.scalars(select(Organisation).limit(1)).one())
        with pytest.raises(WriteInReadRequest):
            session.flush()
    assert everything(database) == before


def test_a_reading_session_refuses_raw_sql_that_writes(database):
    before = everything(database)
    for statement in (
        INSERT,
        "UPDATE organisation SET name = 'Ailleurs'",
        "DELETE FROM assignment",
        "CREATE TABLE intruder (id INTEGER)",
    ):
        with database.reading() as session, pytest.raises(DBAPIError, match=r"(?i)read-?only"):
            session.execute(text(statement))
    assert everything(database) == before


def test_a_connection_that_has_written_does_not_let_the_next_reader_write_nor_the_other_way_round(database):
    for number in range(3):
        with database.transaction() as session:
            session.add(town(f"ailleurs-{number}"))
        with database.reading() as session, pytest.raises(DBAPIError, match=r"(?i)read-?only"):
            session.execute(text(INSERT))
    assert number_of(database, Organisation) == 6


# Transactions


def test_a_transaction_that_fails_leaves_neither_the_value_nor_its_journal_line(database, enter_as, today):
    before = everything(database)
    with pytest.raises(ZeroDivisionError), database.transaction() as session:  # noqa: PT012
        measurements.record(session, enter_as(session), 2025, [Draft("SOB-06", value="5,4")], today)
        raise ZeroDivisionError
    assert everything(database) == before


def test_what_is_written_but_not_committed_is_not_kept(database, enter_as, today):
    before = written(database)
    with database.writing() as session:
        measurements.record(session, enter_as(session), 2025, [Draft("SOB-06", value="5,4")], today)
        session.flush()
    assert written(database) == before


def test_a_journal_line_alone_is_rolled_back_with_its_transaction(database):
    before = written(database)
    with database.writing() as session:
        journal.write(session, JournalAction.LOADED, organisation_id=None, actor="test", subject="rien")
        session.flush()
        session.rollback()
    assert written(database) == before


# What a query did not load


@pytest.mark.parametrize("name", RELATIONSHIPS)
def test_no_relationship_is_ever_loaded_behind_the_back_of_a_query(name):
    model, attribute = name.split(".")
    assert inspect(getattr(models, model)).relationships[attribute].lazy == "raise"


def test_reading_a_relationship_that_was_not_asked_for_raises(database):
    with database.reading() as session:
        row = session.scalars(select(Commitment).limit(1)).one()
        for name in inspect(Commitment).relationships.keys():  # noqa: SIM118 - not a mapping
            with pytest.raises(InvalidRequestError, match="lazy='raise'"):
                getattr(row, name)
