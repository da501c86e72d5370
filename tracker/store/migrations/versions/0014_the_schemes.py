"""Accessibility statements that were published, the scheme, its yearly plans, the complaints."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "access_complaint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_access_complaint_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["digital_service.id"], name=op.f("fk_access_complaint_service_id_digital_service")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_complaint")),
        sa.UniqueConstraint("organisation_id", "number", name=op.f("uq_access_complaint_organisation_id_number")),
    )
    op.create_index(op.f("ix_access_complaint_service_id"), "access_complaint", ["service_id"], unique=False)
    op.create_table(
        "access_statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("rgaa", sa.String(length=20), nullable=False),
        sa.Column("conformity", sa.String(length=40), nullable=False),
        sa.Column("is_correction", sa.Boolean(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_access_statement_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["digital_service.id"], name=op.f("fk_access_statement_service_id_digital_service")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_statement")),
        sa.UniqueConstraint("service_id", "position", name=op.f("uq_access_statement_service_id_position")),
    )
    op.create_index(op.f("ix_access_statement_organisation_id"), "access_statement", ["organisation_id"], unique=False)
    op.create_table(
        "access_scheme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_access_scheme_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_scheme")),
        sa.UniqueConstraint("organisation_id", "number", name=op.f("uq_access_scheme_organisation_id_number")),
    )
    op.create_table(
        "access_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("review", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_access_plan_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_plan")),
        sa.UniqueConstraint("organisation_id", "year", name=op.f("uq_access_plan_organisation_id_year")),
    )
    op.create_table(
        "access_action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=True),
        sa.Column("action_code", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["access_plan.id"], name=op.f("fk_access_action_plan_id_access_plan")),
        sa.ForeignKeyConstraint(
            ["service_id"], ["digital_service.id"], name=op.f("fk_access_action_service_id_digital_service")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_action")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_access_action_plan_id_number")),
    )
    op.create_index(op.f("ix_access_action_service_id"), "access_action", ["service_id"], unique=False)


def downgrade() -> None:
    """Take the schema back; the schemes, the plans, the complaints and what was published are lost."""
    for table in ("access_action", "access_plan", "access_scheme", "access_statement", "access_complaint"):
        op.drop_table(table)
