"""The schema goes up and down whole, and is the one that the models describe."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Inspector, MetaData, Table, event, insert, inspect, select, text
from sqlalchemy.exc import DBAPIError

from tests.integration.first_rows import FIRST_ROWS
from tests.integration.helpers import everything, number_of
from tracker.config.paths import bundled
from tracker.domain.vocabulary import TargetPath
from tracker.services import instance
from tracker.store import schema
from tracker.store.models import Base, Commitment, Organisation, TargetVersion
from tracker.store.queries import commitments
from tracker.store.session import Database

OURS = {
    "access_action",
    "access_complaint",
    "access_gap",
    "access_plan",
    "access_scheme",
    "access_statement",
    "account",
    "action",
    "action_commitment",
    "action_contributor",
    "action_effect",
    "action_plan",
    "action_step",
    "action_version",
    "ai_system",
    "agenda_item",
    "aim",
    "answer",
    "api_token",
    "approval_decision",
    "article",
    "assignment",
    "audit",
    "audit_page",
    "baseline",
    "budget_line",
    "calendar_key",
    "campaign",
    "commission_session",
    "commitment",
    "deliberation",
    "deliberation_relation",
    "department",
    "digest",
    "digest_choice",
    "digital_service",
    "ecodesign_assessment",
    "ecodesign_reply",
    "equipment",
    "equipment_intake",
    "equipment_rule",
    "evidence",
    "factor_override",
    "finding",
    "following",
    "footprint_amount",
    "footprint_assessment",
    "frozen_report",
    "import_batch",
    "imported_value",
    "indicator",
    "indicator_choice",
    "indicator_method",
    "indicator_setting",
    "intake",
    "journal_entry",
    "measured_page",
    "measurement",
    "measurement_part",
    "measurement_step",
    "mediation_place",
    "mediation_year",
    "membership",
    "membership_year",
    "message",
    "minutes_rectification",
    "notice",
    "organisation",
    "plan_step",
    "publication",
    "question",
    "reminder",
    "reopening",
    "report_debate",
    "report_place",
    "report_publication",
    "report_text",
    "role_grant",
    "scenario",
    "search_entry",
    "service_evaluation",
    "source_note",
    "target_point",
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
    names = set(inspect(database.engine).get_table_names()) - {"alembic_version"}
    return {name for name in names if not name.startswith("search_index")}  # what SQLite's full-text index is made of


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
            # The condition of a partial index is an object of its own at each reflection: its words are compared.
            "indexes": sorted(str(sorted(index.items(), key=str)) for index in map(_worded, seen.get_indexes(table))),
        }
        for table in sorted(tables(database))
    }


def _worded(index: Mapping[str, Any]) -> dict[str, Any]:
    options = {name: str(value) for name, value in index.get("dialect_options", {}).items()}
    return {**index, "dialect_options": options}


def add_rows(database: Database, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """Insert rows as the tables stand, whatever the models say: the schema may be an earlier one."""
    with database.transaction() as session:
        for table, listed in rows.items():
            session.execute(insert(Table(table, MetaData(), autoload_with=session.connection())), listed)


def as_they_stand(database: Database) -> dict[str, list[dict[str, Any]]]:
    """Give every row of every table, by the names of the columns that there are."""
    with database.reading() as session:
        found = {name: Table(name, MetaData(), autoload_with=session.connection()) for name in tables(database)}
        return {
            name: [dict(row._mapping) for row in session.execute(select(table).order_by(*table.primary_key))]
            for name, table in found.items()
        }


def is_append_only(database: Database, table: str) -> bool:
    try:
        with database.writing() as session:
            session.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - ours, and never committed
    except DBAPIError as error:
        return f"{table} is append-only" in str(error)
    return False


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
    def whole(database: Database) -> tuple[dict[str, Any], list[str]]:
        return described(database), sorted(left_behind(database))

    before: str | None = None
    was = whole(empty_database)
    for revision in revisions():
        schema.upgrade(empty_database, revision)
        there = whole(empty_database)
        assert schema.current(empty_database) == revision
        schema.downgrade(empty_database, before or "base")
        assert schema.current(empty_database) == before
        assert whole(empty_database) == was
        schema.upgrade(empty_database, revision)
        assert whole(empty_database) == there
        before, was = revision, there


def test_constraints_carry_the_names_that_the_models_give_them(database):
    """Reflection tells them on both engines; a name that differs cannot be dropped by a later migration."""
    assert {check["name"] for table in described(database).values() for check in table["checks"]} == {
        "ck_action_plan_year_range",
        "ck_assignment_one_holder",
        "ck_audit_page_position_counts",
        "ck_campaign_year_range",
        "ck_equipment_quantity_counts",
        "ck_evidence_not_empty",
        "ck_footprint_amount_year_range",
        "ck_footprint_assessment_year_range",
        "ck_frozen_report_year_range",
        "ck_indicator_method_after_the_catalogue",
        "ck_measurement_value_or_absence",
        "ck_measurement_year_range",
        "ck_mediation_year_people_count",
        "ck_mediation_year_year_range",
        "ck_membership_year_year_range",
        "ck_publication_year_range",
        "ck_report_text_year_range",
        "ck_scenario_horizon_range",
        "ck_service_evaluation_year_range",
    }


def is_ours(name, kind, parents):
    return not (kind == "table" and name.startswith("search_index"))


def test_alembic_finds_nothing_to_change_between_the_models_and_the_migrated_schema(database):
    with database.engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True, "include_name": is_ours}
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


# The rows of the first tables


@pytest.fixture
def first(empty_database):
    """Give a database of the first revision, with rows in each of its tables."""
    schema.upgrade(empty_database, "0001")
    add_rows(empty_database, FIRST_ROWS)
    assert all(as_they_stand(empty_database).values())
    return empty_database


def test_the_rows_of_the_first_tables_survive_the_way_up_down_and_up_again(first):
    before = as_they_stand(first)
    schema.upgrade(first)
    up = as_they_stand(first)
    for table, rows in before.items():
        assert [{key: row[key] for key in known} for row, known in zip(up[table], rows, strict=True)] == rows
    assert [table for table in up.keys() - before.keys() if up[table]] == []
    schema.downgrade(first, "0001")
    assert as_they_stand(first) == before
    schema.upgrade(first)
    assert as_they_stand(first) == up


def test_a_first_baseline_counts_for_every_year_and_a_first_target_runs_straight(first):
    schema.upgrade(first)
    rows = as_they_stand(first)
    kept = [{"version": 1, "in_force_from": 0, "method": None, "reason_fr": "", "author": "", "recorded_at": None}]
    assert [{key: row[key] for key in kept[0]} for row in rows["baseline"]] == kept * 2
    assert [row["method"] for row in rows["measurement"]] == [1, 1, 1]
    formula = "100 × (SOB-01 − référence(SOB-01)) / référence(SOB-01)"
    assert [row["formula"] for row in rows["indicator"]] == ["", "", formula]
    with first.reading() as session:
        versions = session.scalars(select(TargetVersion).order_by(TargetVersion.id)).all()
        town = session.scalars(select(Organisation)).one()
        (commitment,) = commitments.of_organisation(session, town.id)
    assert {version.path for version in versions} == {TargetPath.LINEAR}
    assert [version.decision for version in versions] == ["DEMO-1", "", "DEMO-1"], "what was decided later is not told"
    assert [base.value for aim in commitment.aims for base in aim.baselines] == [Decimal("4.05"), None]


def test_history_stays_append_only_on_the_way_up_down_and_up_again(first):
    always, later = ("measurement", "finding", "target_version", "journal_entry"), ("baseline",)
    for revision, protected in (("0002", always + later), ("0001", always), ("0002", always + later)):
        (schema.downgrade if revision == "0001" else schema.upgrade)(first, revision)
        assert [table for table in always + later if is_append_only(first, table)] == list(protected)


def test_the_way_down_keeps_the_latest_baseline_of_each_aim(first):
    schema.upgrade(first)
    told = {**FIRST_ROWS["baseline"][0], "reason_fr": "", "author": "Alix", "in_force_from": 2024}
    third = {**told, "version": 3, "value": "4.25", "in_force_from": 2023}
    add_rows(first, {"baseline": [{**told, "version": 2, "value": "4.5"}, third]})
    schema.downgrade(first, "0001")
    kept = {(row["aim_id"], str(row["value"])) for row in as_they_stand(first)["baseline"]}
    assert kept == {(1, "4.25"), (2, "None")}


def test_on_the_way_down_the_departure_that_a_target_states_becomes_the_baseline_that_is_missing(first):
    schema.upgrade(first)
    stated = {"basis": "from_to", "start": "4", "start_year": 2021, "path": "linear", "reason_fr": "de 4 à 7 ans"}
    target = {**FIRST_ROWS["target_version"][0], **stated, "value": "7", "decision": "", "author": ""}
    rows = {
        "aim": [{"commitment_id": 1, "indicator_id": 3, "position": 2}],
        "target_version": [{**target, "aim_id": 3}, {**target, "aim_id": 1, "version": 3}],
    }
    add_rows(first, rows)
    schema.downgrade(first, "0001")
    after = as_they_stand(first)
    assert {row["basis"] for row in after["target_version"]} == {"absolute"}
    assert [str(row["value"]) for row in after["target_version"]] == ["5.5", "6", "3", "7", "7"]
    assert [(row["aim_id"], str(row["value"]), row["year"], row["source_fr"]) for row in after["baseline"]] == [
        (1, "4.05", 2016, "Inventaire"),
        (2, "None", None, "À mesurer"),
        (3, "4", 2021, "de 4 à 7 ans"),
    ]


def test_on_the_way_down_a_value_that_was_withdrawn_becomes_one_that_is_not_available(first):
    schema.upgrade(first)
    withdrawn = {**FIRST_ROWS["measurement"][0], "value": None, "quality": None, "absence": "withdrawn"}
    add_rows(first, {"measurement": [{**withdrawn, "revision": 9, "method": 1}]})
    schema.downgrade(first, "0002")
    assert [row["absence"] for row in as_they_stand(first)["measurement"] if row["revision"] == 9] == ["not_available"]
    assert is_append_only(first, "measurement")


@pytest.mark.parametrize("statement", ["UPDATE target_version", "CREATE TRIGGER measurement_part"])
def test_the_second_migration_breaking_half_way_leaves_the_first_as_it_was_and_can_be_run_again(first, statement):
    def fail(connection, cursor, sql, parameters, context, executemany):
        if statement in sql:
            raise OSError("no space left on device")

    before, there = as_they_stand(first), sorted(left_behind(first))
    event.listen(first.engine, "before_cursor_execute", fail)
    with pytest.raises(OSError, match="no space left"):
        schema.upgrade(first)
    event.remove(first.engine, "before_cursor_execute", fail)
    assert schema.current(first) == "0001"
    assert (as_they_stand(first), sorted(left_behind(first))) == (before, there)
    schema.upgrade(first)
    assert tables(first) == OURS


def test_on_the_way_down_a_line_that_was_corrected_stays_but_is_no_text_s_any_more(first):
    schema.upgrade(first)
    with first.transaction() as session:
        session.execute(text("UPDATE deliberation SET lines_version = 2 WHERE id = 1"))
    told = {"organisation_id": 1, "deliberation_id": 1, "position": 1, "budget": "", "section": "", "chapter": "011"}
    told |= {"function": "", "policy": "", "programme": "", "manager": "", "tax": "unstated"}
    lines = [{**told, "nature": "6281", "version": 1}, {**told, "nature": "6282", "version": 2}]
    add_rows(first, {"budget_line": lines})
    schema.downgrade(first, "0006")
    rows = as_they_stand(first)["budget_line"]
    assert [(row["nature"], row["deliberation_id"]) for row in rows] == [("6281", None), ("6282", 1)]
    assert is_append_only(first, "budget_line")
    schema.upgrade(first)
    assert [row["version"] for row in as_they_stand(first)["budget_line"]] == [1, 1]
