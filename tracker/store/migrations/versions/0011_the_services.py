"""Digital services: what they are, their audits against the RGAA, what of them is not accessible."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

EXACT = sa.Numeric().with_variant(sa.String(40), "sqlite")


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "digital_service",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("audience", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("supplier", sa.String(length=200), nullable=False),
        sa.Column("hosting", sa.String(length=40), nullable=False),
        sa.Column("host", sa.String(length=200), nullable=False),
        sa.Column("personal_data", sa.String(length=40), nullable=False),
        sa.Column("uses_ai", sa.Boolean(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("redesigned_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("home_mention", sa.String(length=40), nullable=False),
        sa.Column("statement_url", sa.String(length=500), nullable=False),
        sa.Column("statement_on", sa.Date(), nullable=True),
        sa.Column("contact", sa.String(length=500), nullable=False),
        sa.Column("technologies", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_digital_service_department_id_department")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_digital_service_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digital_service")),
        sa.UniqueConstraint("organisation_id", "number", name=op.f("uq_digital_service_organisation_id_number")),
    )
    op.create_index(op.f("ix_digital_service_department_id"), "digital_service", ["department_id"], unique=False)
    op.create_table(
        "access_gap",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("criteria", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("alternative", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("mended_on", sa.Date(), nullable=True),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_access_gap_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["digital_service.id"], name=op.f("fk_access_gap_service_id_digital_service")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_gap")),
        sa.UniqueConstraint("service_id", "number", name=op.f("uq_access_gap_service_id_number")),
    )
    op.create_index(op.f("ix_access_gap_organisation_id"), "access_gap", ["organisation_id"], unique=False)
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("rgaa", sa.String(length=20), nullable=False),
        sa.Column("audited_on", sa.Date(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("auditor", sa.String(length=200), nullable=False),
        sa.Column("environments", sa.Text(), nullable=False),
        sa.Column("tools", sa.Text(), nullable=False),
        sa.Column("told_rate", EXACT, nullable=True),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_audit_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["digital_service.id"], name=op.f("fk_audit_service_id_digital_service")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sa.UniqueConstraint("service_id", "number", name=op.f("uq_audit_service_id_number")),
    )
    op.create_index(op.f("ix_audit_organisation_id"), "audit", ["organisation_id"], unique=False)
    op.create_table(
        "audit_page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("results", sa.String(length=400), nullable=False),
        sa.CheckConstraint("position > 0", name=op.f("ck_audit_page_position_counts")),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_audit_page_audit_id_audit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_page")),
        sa.UniqueConstraint("audit_id", "position", name=op.f("uq_audit_page_audit_id_position")),
    )


def downgrade() -> None:
    """Take the schema back; the register of services and its audits are lost."""
    for table in ("audit_page", "audit", "access_gap", "digital_service"):
        op.drop_table(table)
