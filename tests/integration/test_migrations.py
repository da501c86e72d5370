"""The schema goes up and down whole, and is the one that the models describe."""

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Inspector, event, inspect, text

from tests.integration.helpers import everything, number_of
from tracker.config.paths import bundled
from tracker.services import instance
from tracker.store import schema
from tracker.store.models import Base, Commitment
from tracker.store.session import Database

OURS = {
    "account",
    "aim",
    "assignment",
    "baseline",
    "commitment",
    "deliberation",
    "deliberation_relation",
    "department",
    "finding",
    "indicator",
    "journal_entry",
    "measurement",
    "organisation",
    "role_grant",
    "source_note",
    "target_version",
}
LEFT_BEHIND = {
    "sqlite": "SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_autoindex%' AND name <> 'alembic_version'",
    "postgresql": """
        SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
        WHERE nspname = 'public' AND relname NOT LIKE 'alembic_version%'
        UNION ALL
        SELECT proname FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace WHERE nspname = 'public'
        UNION ALL
        SELECT tgname FROM pg_trigger WHERE NOT tgisinternal
    """,
}


def revisions() -> list[str]:
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    return [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()][::-1]


def tables(database: Database) -> set[str]:
    return set(inspect(database.engine).get_table_names()) - {"alembic_version"}


def left_behind(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(text(LEFT_BEHIND[database.url.get_backend_name()])))


def described(database: Database) -> dict[str, Any]:
    """Describe all that the engine knows of our tables: columns, keys, constraints, indexes."""
    seen: Inspector = inspect(database.engine)
    return {
        table: {
            "columns": {
                column["name"]: (str(column["type"]), column["nullable"], column["default"])
                for column in seen.get_columns(table)
            },
            "key": seen.get_pk_constraint(table),
            "foreign keys": sorted(seen.get_foreign_keys(table), key=lambda key: str(key["name"])),
            "unique": sorted(seen.get_unique_constraints(table), key=lambda unique: str(unique["name"])),
            "checks": sorted(seen.get_check_constraints(table), key=lambda check: str(check["name"])),
            "indexes": sorted(seen.get_indexes(table), key=lambda index: str(index["name"])),
        }
        for table in sorted(tables(database))
    }


def test_a_new_database_has_no_revision_and_an_upgraded_one_has_the_last(empty_database):
    assert schema.current(empty_database) is None
    assert not instance.is_current(empty_database)
    schema.upgrade(empty_database)
    assert schema.current(empty_database) == schema.head() == revisions()[-1]
    assert instance.is_current(empty_database)
    assert tables(empty_database) == OURS


def test_upgrading_twice_changes_nothing(database):
    before = everything(database)
    schema.upgrade(database)
    assert everything(database) == before


def test_the_schema_goes_up_down_and_up_again_with_data_in_between(database):
    assert number_of(database, Commitment) > 147
    schema.downgrade(database, "base")
    assert schema.current(database) is None
    schema.upgrade(database)
    assert tables(database) == OURS
    assert all(rows == [] for rows in everything(database).values())
    instance.initialise(database, bundled("seeds"), demo=False, password=None)
    assert number_of(database, Commitment) == 147


def test_going_down_to_the_base_leaves_no_table_no_index_no_trigger_and_no_function(database):
    assert left_behind(database) != []
    schema.downgrade(database, "base")
    assert tables(database) == set()
    assert left_behind(database) == []


def test_each_revision_goes_up_down_to_the_one_before_and_up_again(empty_database):
    before: str | None = None
    for revision in revisions():
        schema.upgrade(empty_database, revision)
        there = described(empty_database)
        assert schema.current(empty_database) == revision
        schema.downgrade(empty_database, before or "base")
        assert schema.current(empty_database) == before
        schema.upgrade(empty_database, revision)
        assert described(empty_database) == there
        before = revision


def test_constraints_carry_the_names_that_the_models_give_them(database):
    """Reflection tells them on both engines; a name that differs cannot be dropped by a later migration."""
    assert {check["name"] for table in described(database).values() for check in table["checks"]} == {
        "ck_assignment_one_holder",
        "ck_measurement_value_or_absence",
        "ck_measurement_year_range",
    }


def test_alembic_finds_nothing_to_change_between_the_models_and_the_migrated_schema(database):
    with database.engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def test_the_migrated_schema_is_column_for_column_the_one_that_the_models_would_create(database, source):
    with source.empty() as created:
        with created.transaction() as session:
            Base.metadata.create_all(session.connection())
        migrated, modelled = described(database), described(created)
    assert migrated.keys() == modelled.keys() == OURS
    assert [table for table in sorted(OURS) if migrated[table] != modelled[table]] == []


@pytest.mark.parametrize("statement", ["CREATE TABLE aim", "CREATE TRIGGER journal_entry"])
def test_a_migration_that_breaks_half_way_leaves_nothing_behind_and_can_be_run_again(empty_database, statement):
    def fail(connection, cursor, sql, parameters, context, executemany):
        if statement in sql:
            raise OSError("no space left on device")

    event.listen(empty_database.engine, "before_cursor_execute", fail)
    with pytest.raises(OSError, match="no space left"):
        schema.upgrade(empty_database)
    event.remove(empty_database.engine, "before_cursor_execute", fail)
    assert left_behind(empty_database) == []
    schema.upgrade(empty_database)
    assert tables(empty_database) == OURS
