"""AI systems, what users think of services, and the places where people are helped with what is digital."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

EXACT = sa.Numeric().with_variant(sa.String(40), "sqlite")


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "mediation_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("postcode", sa.String(length=10), nullable=False),
        sa.Column("town", sa.String(length=120), nullable=False),
        sa.Column("hours", sa.Text(), nullable=False),
        sa.Column("website", sa.String(length=500), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_mediation_place_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediation_place")),
        sa.UniqueConstraint("organisation_id", "number", name=op.f("uq_mediation_place_organisation_id_number")),
    )
    op.create_table(
        "mediation_year",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("people >= 0", name=op.f("ck_mediation_year_people_count")),
        sa.CheckConstraint("year BETWEEN 2000 AND 2100", name=op.f("ck_mediation_year_year_range")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_mediation_year_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["mediation_place.id"], name=op.f("fk_mediation_year_place_id_mediation_place")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediation_year")),
        sa.UniqueConstraint("place_id", "year", name=op.f("uq_mediation_year_place_id_year")),
    )
    op.create_index(op.f("ix_mediation_year_organisation_id"), "mediation_year", ["organisation_id"], unique=False)
    op.create_table(
        "ai_system",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("supplier", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("data_used", sa.Text(), nullable=False),
        sa.Column("risk", sa.String(length=40), nullable=False),
        sa.Column("is_conversational", sa.String(length=40), nullable=False),
        sa.Column("notice", sa.String(length=40), nullable=False),
        sa.Column("recourse", sa.Text(), nullable=False),
        sa.Column("evaluated_on", sa.Date(), nullable=True),
        sa.Column("evaluation_method", sa.Text(), nullable=False),
        sa.Column("evaluation_result", sa.Text(), nullable=False),
        sa.Column("charter_on", sa.Date(), nullable=True),
        sa.Column("charter_opinion", sa.String(length=40), nullable=False),
        sa.Column("decides", sa.String(length=40), nullable=False),
        sa.Column("rules_url", sa.String(length=500), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("is_published", sa.Boolean(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_ai_system_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["digital_service.id"], name=op.f("fk_ai_system_service_id_digital_service")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ai_system")),
        sa.UniqueConstraint("organisation_id", "number", name=op.f("uq_ai_system_organisation_id_number")),
    )
    op.create_index(op.f("ix_ai_system_service_id"), "ai_system", ["service_id"], unique=False)
    op.create_table(
        "service_evaluation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(length=500), nullable=False),
        sa.Column("respondents", sa.Integer(), nullable=True),
        sa.Column("score", EXACT, nullable=True),
        sa.Column("low", EXACT, nullable=False),
        sa.Column("high", EXACT, nullable=False),
        sa.Column("lessons", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("year BETWEEN 2000 AND 2100", name=op.f("ck_service_evaluation_year_range")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_service_evaluation_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["digital_service.id"], name=op.f("fk_service_evaluation_service_id_digital_service")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_evaluation")),
        sa.UniqueConstraint("service_id", "year", name=op.f("uq_service_evaluation_service_id_year")),
    )
    op.create_index(
        op.f("ix_service_evaluation_organisation_id"), "service_evaluation", ["organisation_id"], unique=False
    )


def downgrade() -> None:
    """Take the schema back; AI systems, evaluations and places of mediation are lost."""
    for table in ("service_evaluation", "ai_system", "mediation_year", "mediation_place"):
        op.drop_table(table)
