"""Ecodesign of digital services: self-assessments against the RGESN, pages measured by EcoIndex."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

EXACT = sa.Numeric().with_variant(sa.String(40), "sqlite")


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "ecodesign_assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rgesn", sa.String(length=20), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=True),
        sa.Column("assessor", sa.String(length=200), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("improvements", sa.Text(), nullable=False),
        sa.Column("is_closed", sa.Boolean(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_ecodesign_assessment_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["digital_service.id"], name=op.f("fk_ecodesign_assessment_service_id_digital_service")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ecodesign_assessment")),
        sa.UniqueConstraint("service_id", "number", name=op.f("uq_ecodesign_assessment_service_id_number")),
    )
    op.create_index(
        op.f("ix_ecodesign_assessment_organisation_id"), "ecodesign_assessment", ["organisation_id"], unique=False
    )
    op.create_table(
        "ecodesign_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(length=8), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["ecodesign_assessment.id"],
            name=op.f("fk_ecodesign_reply_assessment_id_ecodesign_assessment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ecodesign_reply")),
        sa.UniqueConstraint("assessment_id", "criterion", name=op.f("uq_ecodesign_reply_assessment_id_criterion")),
    )
    op.create_table(
        "measured_page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("measured_on", sa.Date(), nullable=False),
        sa.Column("elements", sa.Integer(), nullable=False),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.Column("kilobytes", EXACT, nullable=False),
        sa.Column("tool", sa.String(length=80), nullable=False),
        sa.Column("tool_version", sa.String(length=40), nullable=False),
        sa.Column("told_score", EXACT, nullable=True),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_measured_page_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["digital_service.id"], name=op.f("fk_measured_page_service_id_digital_service")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measured_page")),
        sa.UniqueConstraint(
            "service_id",
            "address",
            "measured_on",
            "tool",
            "tool_version",
            name="uq_measured_page_once",
        ),
    )
    op.create_index(op.f("ix_measured_page_organisation_id"), "measured_page", ["organisation_id"], unique=False)


def downgrade() -> None:
    """Take the schema back; the self-assessments and the measures are lost."""
    for table in ("measured_page", "ecodesign_reply", "ecodesign_assessment"):
        op.drop_table(table)
