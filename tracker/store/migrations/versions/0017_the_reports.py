"""Frozen reports: their versions, their debates and their publications."""

import sqlalchemy as sa
from alembic import op

from tracker.store.migrations.history import protect

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

TABLES = ("frozen_report", "report_debate", "report_publication")


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "frozen_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("schema", sa.String(length=80), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.CheckConstraint("year BETWEEN 2000 AND 2100", name=op.f("ck_frozen_report_year_range")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_frozen_report_account_id_account")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_frozen_report_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frozen_report")),
        sa.UniqueConstraint(
            "organisation_id", "year", "version", name=op.f("uq_frozen_report_organisation_id_year_version")
        ),
    )
    op.create_table(
        "report_debate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("debate_on", sa.Date(), nullable=False),
        sa.Column("deliberation", sa.String(length=80), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=True),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        *_keys("report_debate"),
    )
    op.create_table(
        "report_publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("visible_from", sa.Date(), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        *_keys("report_publication"),
    )
    for table in ("report_debate", "report_publication"):
        op.create_index(op.f(f"ix_{table}_organisation_id"), table, ["organisation_id"], unique=False)
    for table in TABLES:
        protect(table)


def downgrade() -> None:
    """Take the schema back; the frozen reports are lost."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _keys(table: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f(f"fk_{table}_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["report_id"], ["frozen_report.id"], name=op.f(f"fk_{table}_report_id_frozen_report")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("report_id", "position", name=op.f(f"uq_{table}_report_id_position")),
    )
