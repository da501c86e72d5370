"""What was voted and what is done: articles, budget lines, intakes, action plans, memberships, private calendars."""

import sqlalchemy as sa
from alembic import op

from tracker.store.migrations.history import protect

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

EXACT = sa.Numeric().with_variant(sa.String(40), "sqlite")
TABLES = (
    "action_step",
    "action_effect",
    "action_contributor",
    "action_commitment",
    "membership_year",
    "action_version",
    "plan_step",
    "intake",
    "budget_line",
    "article",
    "action",
    "membership",
    "calendar_key",
    "action_plan",
)
HISTORY = tuple(table for table in TABLES if table != "intake")
COLUMNS = ("votes_for", "votes_against", "abstentions", "url", "recorded_at")


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "action_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("year BETWEEN 2000 AND 2100", name=op.f("ck_action_plan_year_range")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_action_plan_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_plan")),
        sa.UniqueConstraint("organisation_id", "year", name=op.f("uq_action_plan_organisation_id_year")),
    )
    op.create_table(
        "calendar_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_calendar_key_account_id_account")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_calendar_key_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_key")),
        sa.UniqueConstraint(
            "account_id", "organisation_id", "version", name=op.f("uq_calendar_key_account_id_organisation_id_version")
        ),
    )
    op.create_index(op.f("ix_calendar_key_sha256"), "calendar_key", ["sha256"], unique=False)
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_membership_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint("organisation_id", "code", name=op.f("uq_membership_organisation_id_code")),
    )
    op.create_table(
        "action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("carried_from_id", sa.Integer(), nullable=True),
        sa.Column("carry_reason_fr", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["carried_from_id"], ["action.id"], name=op.f("fk_action_carried_from_id_action")),
        sa.ForeignKeyConstraint(["plan_id"], ["action_plan.id"], name=op.f("fk_action_plan_id_action_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_action_plan_id_code")),
    )
    op.create_table(
        "article",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deliberation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("body_fr", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deliberation_id"], ["deliberation.id"], name=op.f("fk_article_deliberation_id_deliberation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("deliberation_id", "position", name=op.f("uq_article_deliberation_id_position")),
    )
    op.create_table(
        "budget_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("deliberation_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("budget", sa.String(length=120), nullable=False),
        sa.Column("section", sa.String(length=60), nullable=False),
        sa.Column("chapter", sa.String(length=20), nullable=False),
        sa.Column("function", sa.String(length=20), nullable=False),
        sa.Column("nature", sa.String(length=20), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("programme", sa.String(length=120), nullable=False),
        sa.Column("manager", sa.String(length=120), nullable=False),
        sa.Column("amount", EXACT, nullable=True),
        sa.Column("tax", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(
            ["deliberation_id"], ["deliberation.id"], name=op.f("fk_budget_line_deliberation_id_deliberation")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_budget_line_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_line")),
    )
    op.create_index(op.f("ix_budget_line_deliberation_id"), "budget_line", ["deliberation_id"], unique=False)
    op.create_index(op.f("ix_budget_line_organisation_id"), "budget_line", ["organisation_id"], unique=False)
    op.create_table(
        "intake",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(40), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("proposal", sa.JSON(), nullable=False),
        sa.Column("deliberation_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_intake_account_id_account")),
        sa.ForeignKeyConstraint(
            ["deliberation_id"], ["deliberation.id"], name=op.f("fk_intake_deliberation_id_deliberation")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_intake_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake")),
    )
    op.create_index(op.f("ix_intake_organisation_id"), "intake", ["organisation_id"], unique=False)
    op.create_table(
        "plan_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("deliberation_id", sa.Integer(), nullable=True),
        sa.Column("note_fr", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_plan_step_account_id_account")),
        sa.ForeignKeyConstraint(
            ["deliberation_id"], ["deliberation.id"], name=op.f("fk_plan_step_deliberation_id_deliberation")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["action_plan.id"], name=op.f("fk_plan_step_plan_id_action_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_step")),
        sa.UniqueConstraint("plan_id", "position", name=op.f("uq_plan_step_plan_id_position")),
    )
    op.create_table(
        "action_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title_fr", sa.Text(), nullable=False),
        sa.Column("description_fr", sa.Text(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("pilot", sa.String(length=120), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("planned", EXACT, nullable=True),
        sa.Column("spent", EXACT, nullable=True),
        sa.Column("tax", sa.String(40), nullable=False),
        sa.Column("fte_planned", EXACT, nullable=True),
        sa.Column("fte_spent", EXACT, nullable=True),
        sa.Column("budget_line_id", sa.Integer(), nullable=True),
        sa.Column("risks_fr", sa.Text(), nullable=False),
        sa.Column("review_fr", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_action_version_account_id_account")),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_action_version_action_id_action")),
        sa.ForeignKeyConstraint(
            ["budget_line_id"], ["budget_line.id"], name=op.f("fk_action_version_budget_line_id_budget_line")
        ),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_action_version_department_id_department")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_version")),
        sa.UniqueConstraint("action_id", "version", name=op.f("uq_action_version_action_id_version")),
    )
    op.create_table(
        "membership_year",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("amount", EXACT, nullable=True),
        sa.Column("tax", sa.String(40), nullable=False),
        sa.Column("renew_before", sa.Date(), nullable=True),
        sa.Column("deliberation_id", sa.Integer(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("is_given_up", sa.Boolean(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=True),
        sa.Column("budget_line_id", sa.Integer(), nullable=True),
        sa.Column("served_fr", sa.Text(), nullable=False),
        sa.Column("tools_fr", sa.Text(), nullable=False),
        sa.Column("evidence_fr", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("year BETWEEN 2000 AND 2100", name=op.f("ck_membership_year_year_range")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_membership_year_account_id_account")),
        sa.ForeignKeyConstraint(
            ["budget_line_id"], ["budget_line.id"], name=op.f("fk_membership_year_budget_line_id_budget_line")
        ),
        sa.ForeignKeyConstraint(
            ["commitment_id"], ["commitment.id"], name=op.f("fk_membership_year_commitment_id_commitment")
        ),
        sa.ForeignKeyConstraint(
            ["deliberation_id"], ["deliberation.id"], name=op.f("fk_membership_year_deliberation_id_deliberation")
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("fk_membership_year_membership_id_membership")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership_year")),
        sa.UniqueConstraint(
            "membership_id", "year", "version", name=op.f("uq_membership_year_membership_id_year_version")
        ),
    )
    op.create_index(op.f("ix_membership_year_commitment_id"), "membership_year", ["commitment_id"], unique=False)
    op.create_table(
        "action_commitment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id"], ["commitment.id"], name=op.f("fk_action_commitment_commitment_id_commitment")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["action_version.id"], name=op.f("fk_action_commitment_version_id_action_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_commitment")),
        sa.UniqueConstraint("version_id", "commitment_id", name=op.f("uq_action_commitment_version_id_commitment_id")),
    )
    op.create_index(op.f("ix_action_commitment_commitment_id"), "action_commitment", ["commitment_id"], unique=False)
    op.create_table(
        "action_contributor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_action_contributor_department_id_department")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["action_version.id"], name=op.f("fk_action_contributor_version_id_action_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_contributor")),
        sa.UniqueConstraint("version_id", "department_id", name=op.f("uq_action_contributor_version_id_department_id")),
    )
    op.create_table(
        "action_effect",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("expected_fr", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_action_effect_indicator_id_indicator")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["action_version.id"], name=op.f("fk_action_effect_version_id_action_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_effect")),
        sa.UniqueConstraint("version_id", "indicator_id", name=op.f("uq_action_effect_version_id_indicator_id")),
    )
    op.create_table(
        "action_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title_fr", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["version_id"], ["action_version.id"], name=op.f("fk_action_step_version_id_action_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_step")),
        sa.UniqueConstraint("version_id", "position", name=op.f("uq_action_step_version_id_position")),
    )
    op.add_column("deliberation", sa.Column("votes_for", sa.Integer(), nullable=True))
    op.add_column("deliberation", sa.Column("votes_against", sa.Integer(), nullable=True))
    op.add_column("deliberation", sa.Column("abstentions", sa.Integer(), nullable=True))
    op.add_column("deliberation", sa.Column("url", sa.String(length=500), server_default="", nullable=False))
    op.add_column("deliberation", sa.Column("recorded_at", sa.DateTime(), nullable=True))
    for table in HISTORY:
        protect(table)


def downgrade() -> None:
    """Take the schema back; plans, memberships and intakes are lost, « modifie » is read as « se réfère à »."""
    for table in TABLES:
        op.drop_table(table)
    for name in COLUMNS:
        op.drop_column("deliberation", name)
    op.execute("UPDATE deliberation_relation SET kind = 'refers_to' WHERE kind = 'amends'")
