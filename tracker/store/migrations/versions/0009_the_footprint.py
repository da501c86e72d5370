"""The footprint: an authority's own factors, the amounts it enters, the assessments it froze."""

import sqlalchemy as sa
from alembic import op

from tracker.store.migrations.history import protect

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

EXACT = sa.Numeric().with_variant(sa.String(40), "sqlite")
TABLES = ("factor_override", "footprint_amount", "footprint_assessment")


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "factor_override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("value", EXACT, nullable=True),
        sa.Column("low", EXACT, nullable=True),
        sa.Column("high", EXACT, nullable=True),
        sa.Column("source_fr", sa.Text(), nullable=False),
        sa.Column("reason_fr", sa.Text(), nullable=False),
        *_signed("factor_override"),
        sa.UniqueConstraint(
            "organisation_id", "code", "version", name=op.f("uq_factor_override_organisation_id_code_version")
        ),
    )
    op.create_table(
        "footprint_amount",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("tool", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("carbon", EXACT, nullable=True),
        sa.Column("low", EXACT, nullable=True),
        sa.Column("high", EXACT, nullable=True),
        sa.Column("resources", EXACT, nullable=True),
        sa.Column("energy", EXACT, nullable=True),
        sa.Column("source_fr", sa.Text(), nullable=False),
        *_signed("footprint_amount"),
        sa.CheckConstraint("year BETWEEN 2000 AND 2100", name=op.f("ck_footprint_amount_year_range")),
        sa.UniqueConstraint(
            "organisation_id",
            "year",
            "number",
            "version",
            name=op.f("uq_footprint_amount_organisation_id_year_number_version"),
        ),
    )
    op.create_table(
        "footprint_assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("accounting", sa.String(length=40), nullable=False),
        sa.Column("method", sa.String(length=60), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        *_signed("footprint_assessment"),
        sa.CheckConstraint("year BETWEEN 2000 AND 2100", name=op.f("ck_footprint_assessment_year_range")),
        sa.UniqueConstraint(
            "organisation_id", "year", "version", name=op.f("uq_footprint_assessment_organisation_id_year_version")
        ),
    )
    for table in TABLES:
        protect(table)


def _signed(table: str) -> list[sa.schema.SchemaItem]:
    """Give the columns and keys that the three tables share: whose it is, who wrote it, when."""
    return [
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f(f"fk_{table}_account_id_account")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f(f"fk_{table}_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def downgrade() -> None:
    """Take the schema back; the footprint is lost."""
    for table in reversed(TABLES):
        op.drop_table(table)
