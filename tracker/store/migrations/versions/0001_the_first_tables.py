"""The first tables, and the triggers that keep history append-only."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

EXACT = sa.Numeric().with_variant(sa.String(40), "sqlite")
APPEND_ONLY = ("measurement", "finding", "target_version", "journal_entry")
TABLES = (
    "target_version",
    "baseline",
    "finding",
    "aim",
    "role_grant",
    "deliberation_relation",
    "commitment",
    "assignment",
    "measurement",
    "journal_entry",
    "department",
    "deliberation",
    "source_note",
    "organisation",
    "indicator",
    "account",
)


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=False),
        sa.Column("stamp", sa.String(length=43), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("email", name="uq_account_email"),
    )
    op.create_table(
        "indicator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("axis", sa.String(40), nullable=False),
        sa.Column("tier", sa.String(40), nullable=False),
        sa.Column("name_fr", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("definition_fr", sa.Text(), nullable=False),
        sa.Column("definition_en", sa.Text(), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("value_kind", sa.String(40), nullable=False),
        sa.Column("numerator_fr", sa.Text(), nullable=False),
        sa.Column("denominator_fr", sa.Text(), nullable=False),
        sa.Column("formula_fr", sa.Text(), nullable=False),
        sa.Column("better", sa.String(40), nullable=False),
        sa.Column("aggregation", sa.String(40), nullable=False),
        sa.Column("collected_by", sa.String(40), nullable=False),
        sa.Column("decimals", sa.Integer(), nullable=False),
        sa.Column("minimum", EXACT, nullable=True),
        sa.Column("maximum", EXACT, nullable=True),
        sa.Column("companion", sa.String(length=40), nullable=False),
        sa.Column("decree_items", sa.JSON(), nullable=False),
        sa.Column("suggestion", sa.JSON(), nullable=True),
        sa.Column("data_sources", sa.JSON(), nullable=False),
        sa.Column("references", sa.JSON(), nullable=False),
        sa.Column("note_fr", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_indicator"),
        sa.UniqueConstraint("code", name="uq_indicator_code"),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("is_fictional", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_organisation"),
        sa.UniqueConstraint("slug", name="uq_organisation_slug"),
    )
    op.create_table(
        "source_note",
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name="pk_source_note"),
    )
    op.create_table(
        "deliberation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("internal_reference", sa.String(length=80), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=False),
        sa.Column("body", sa.String(length=200), nullable=False),
        sa.Column("title_fr", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("rapporteur_role", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("legal_basis", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_deliberation_organisation_id_organisation"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_deliberation"),
        sa.UniqueConstraint("organisation_id", "reference", name="uq_deliberation_organisation_id_reference"),
    )
    op.create_table(
        "department",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_department_organisation_id_organisation"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_department"),
        sa.UniqueConstraint("organisation_id", "code", name="uq_department_organisation_id_code"),
    )
    op.create_table(
        "journal_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.String(length=120), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_journal_entry_organisation_id_organisation"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_journal_entry"),
    )
    op.create_index("ix_journal_entry_organisation_id_id", "journal_entry", ["organisation_id", "id"])
    op.create_table(
        "measurement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("value", EXACT, nullable=True),
        sa.Column("numerator", EXACT, nullable=True),
        sa.Column("denominator", EXACT, nullable=True),
        sa.Column("absence", sa.String(40), nullable=True),
        sa.Column("quality", sa.String(40), nullable=True),
        sa.Column("coverage", EXACT, nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("(value IS NULL) <> (absence IS NULL)", name=op.f("ck_measurement_value_or_absence")),
        sa.CheckConstraint("year BETWEEN 2000 AND 2100", name=op.f("ck_measurement_year_range")),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name="fk_measurement_indicator_id_indicator"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_measurement_organisation_id_organisation"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_measurement"),
        sa.UniqueConstraint(
            "organisation_id",
            "indicator_id",
            "year",
            "revision",
            name="uq_measurement_organisation_id_indicator_id_year_revision",
        ),
    )
    op.create_index("ix_measurement_indicator_id", "measurement", ["indicator_id"])
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(department_id IS NULL) <> (account_id IS NULL)", name=op.f("ck_assignment_one_holder")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_assignment_account_id_account"),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name="fk_assignment_department_id_department"),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name="fk_assignment_indicator_id_indicator"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_assignment_organisation_id_organisation"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_assignment"),
    )
    op.create_index("ix_assignment_organisation_id_indicator_id", "assignment", ["organisation_id", "indicator_id"])
    op.create_table(
        "commitment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("deliberation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("locator", sa.Text(), nullable=False),
        sa.Column("axis", sa.String(40), nullable=False),
        sa.Column("secondary_axes", sa.JSON(), nullable=False),
        sa.Column("title_fr", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("statement_fr", sa.Text(), nullable=False),
        sa.Column("statement_en", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("strength", sa.String(40), nullable=False),
        sa.Column("stage_in_text", sa.String(40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_precision", sa.String(40), nullable=True),
        sa.Column("due_note", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=40), nullable=False),
        sa.Column("steering", sa.Text(), nullable=False),
        sa.Column("decree_items", sa.JSON(), nullable=False),
        sa.Column("legal_references", sa.JSON(), nullable=False),
        sa.Column("ambiguity", sa.Text(), nullable=False),
        sa.Column("is_flagship", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deliberation_id"], ["deliberation.id"], name="fk_commitment_deliberation_id_deliberation"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_commitment_organisation_id_organisation"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_commitment"),
        sa.UniqueConstraint("organisation_id", "code", name="uq_commitment_organisation_id_code"),
    )
    op.create_table(
        "deliberation_relation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deliberation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=True),
        sa.Column("body", sa.String(length=200), nullable=False),
        sa.Column("subject_fr", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deliberation_id"], ["deliberation.id"], name="fk_deliberation_relation_deliberation_id_deliberation"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_deliberation_relation"),
    )
    op.create_index("ix_deliberation_relation_deliberation_id", "deliberation_relation", ["deliberation_id"])
    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_role_grant_account_id_account"),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name="fk_role_grant_department_id_department"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_role_grant_organisation_id_organisation"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_role_grant"),
        sa.UniqueConstraint("account_id", "organisation_id", name="uq_role_grant_account_id_organisation_id"),
    )
    op.create_index("ix_role_grant_organisation_id", "role_grant", ["organisation_id"])
    op.create_table(
        "aim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["commitment_id"], ["commitment.id"], name="fk_aim_commitment_id_commitment"),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name="fk_aim_indicator_id_indicator"),
        sa.PrimaryKeyConstraint("id", name="pk_aim"),
        sa.UniqueConstraint("commitment_id", "indicator_id", name="uq_aim_commitment_id_indicator_id"),
    )
    op.create_index("ix_aim_indicator_id", "aim", ["indicator_id"])
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("amount", EXACT, nullable=True),
        sa.Column("tax", sa.String(40), nullable=True),
        sa.Column("budget_line", sa.Text(), nullable=False),
        sa.Column("evidence_fr", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["commitment_id"], ["commitment.id"], name="fk_finding_commitment_id_commitment"),
        sa.PrimaryKeyConstraint("id", name="pk_finding"),
    )
    op.create_index("ix_finding_commitment_id", "finding", ["commitment_id"])
    op.create_table(
        "baseline",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("aim_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("value", EXACT, nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("source_fr", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["aim_id"], ["aim.id"], name="fk_baseline_aim_id_aim"),
        sa.PrimaryKeyConstraint("id", name="pk_baseline"),
        sa.UniqueConstraint("aim_id", name="uq_baseline_aim_id"),
    )
    op.create_table(
        "target_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("aim_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("basis", sa.String(40), nullable=False),
        sa.Column("comparator", sa.String(40), nullable=False),
        sa.Column("value", EXACT, nullable=False),
        sa.Column("horizon_year", sa.Integer(), nullable=True),
        sa.Column("reason_fr", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("in_force_from", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["aim_id"], ["aim.id"], name="fk_target_version_aim_id_aim"),
        sa.PrimaryKeyConstraint("id", name="pk_target_version"),
        sa.UniqueConstraint("aim_id", "version", name="uq_target_version_aim_id_version"),
    )
    _protect_history()


def _protect_history() -> None:
    """Refuse to change or delete a row of the tables that are history."""
    if op.get_bind().dialect.name == "sqlite":
        for table in APPEND_ONLY:  # with PRAGMA recursive_triggers=ON, REPLACE INTO deletes and is refused too
            for verb in ("update", "delete"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def downgrade() -> None:
    """Take the schema back."""
    for table in TABLES:
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")
