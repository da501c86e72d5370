"""The officer's year: campaigns and their steps, reminders, evidence, discussion, imports, chosen indicators."""

import sqlalchemy as sa
from alembic import op

from tracker.store.migrations.history import protect, unprotect

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = (
    "imported_value",
    "import_batch",
    "indicator_choice",
    "notice",
    "message",
    "evidence",
    "measurement_step",
    "reminder",
    "reopening",
    "campaign",
)
HISTORY = ("imported_value", "indicator_choice", "message", "evidence", "measurement_step", "reopening")


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "campaign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("debate_on", sa.Date(), nullable=True),
        sa.Column("reminders_on", sa.JSON(), nullable=False),
        sa.Column("has_four_eyes", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("opened_by", sa.String(length=120), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("closed_by", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("year BETWEEN 2000 AND 2100", name=op.f("ck_campaign_year_range")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_campaign_organisation_id_organisation"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_campaign"),
        sa.UniqueConstraint("organisation_id", "year", name="uq_campaign_organisation_id_year"),
    )
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(40), nullable=False),
        sa.Column("subject_code", sa.String(length=40), nullable=False),
        sa.Column("subject_year", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_evidence_not_empty")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_evidence_account_id_account"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_evidence_organisation_id_organisation"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_evidence"),
        sa.UniqueConstraint(
            "organisation_id",
            "subject_kind",
            "subject_code",
            "subject_year",
            "position",
            "revision",
            name="one_row_a_revision",
        ),
    )
    op.create_index("ix_evidence_organisation_id_sha256", "evidence", ["organisation_id", "sha256"], unique=False)
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("seen", sa.JSON(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.Column("undone_by", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_import_batch_account_id_account"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_import_batch_organisation_id_organisation"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_import_batch"),
    )
    op.create_index("ix_import_batch_organisation_id", "import_batch", ["organisation_id"], unique=False)
    op.create_table(
        "indicator_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_followed", sa.Boolean(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name="fk_indicator_choice_indicator_id_indicator"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_indicator_choice_organisation_id_organisation"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_indicator_choice"),
        sa.UniqueConstraint(
            "organisation_id",
            "indicator_id",
            "version",
            name="uq_indicator_choice_organisation_id_indicator_id_version",
        ),
    )
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(40), nullable=False),
        sa.Column("subject_code", sa.String(length=40), nullable=False),
        sa.Column("subject_year", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_message_account_id_account"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_message_organisation_id_organisation"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_message"),
    )
    op.create_index(
        "ix_message_subject",
        "message",
        ["organisation_id", "subject_kind", "subject_code", "subject_year"],
        unique=False,
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("subject_kind", sa.String(40), nullable=False),
        sa.Column("subject_code", sa.String(length=40), nullable=False),
        sa.Column("subject_year", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("read_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_notice_account_id_account"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_notice_organisation_id_organisation"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_notice"),
    )
    op.create_index("ix_notice_account_id_read_at", "notice", ["account_id", "read_at"], unique=False)
    op.create_table(
        "imported_value",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("measurement_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name="fk_imported_value_batch_id_import_batch"),
        sa.ForeignKeyConstraint(
            ["measurement_id"], ["measurement.id"], name="fk_imported_value_measurement_id_measurement"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_imported_value"),
        sa.UniqueConstraint("measurement_id", name="uq_imported_value_measurement_id"),
    )
    op.create_index("ix_imported_value_batch_id", "imported_value", ["batch_id"], unique=False)
    op.create_table(
        "measurement_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measurement_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(40), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_measurement_step_account_id_account"),
        sa.ForeignKeyConstraint(
            ["measurement_id"], ["measurement.id"], name="fk_measurement_step_measurement_id_measurement"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_measurement_step"),
        sa.UniqueConstraint("measurement_id", "position", name="uq_measurement_step_measurement_id_position"),
    )
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("mailed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_reminder_account_id_account"),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name="fk_reminder_campaign_id_campaign"),
        sa.PrimaryKeyConstraint("id", name="pk_reminder"),
        sa.UniqueConstraint("campaign_id", "account_id", "on", name="uq_reminder_campaign_id_account_id_on"),
    )
    op.create_table(
        "reopening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_reopening_account_id_account"),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name="fk_reopening_campaign_id_campaign"),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name="fk_reopening_indicator_id_indicator"),
        sa.PrimaryKeyConstraint("id", name="pk_reopening"),
    )
    op.create_index("ix_reopening_campaign_id", "reopening", ["campaign_id"], unique=False)
    for table in HISTORY:
        protect(table)


def downgrade() -> None:
    """Take the schema back; a value that was withdrawn becomes one that is not available.

    Drafts and submitted values count again as soon as they are recorded: the code of before knows no campaign.
    """
    for table in TABLES:
        op.drop_table(table)
    unprotect("measurement")
    op.execute("UPDATE measurement SET absence = 'not_available' WHERE absence = 'withdrawn'")
    protect("measurement")
