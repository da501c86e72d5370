"""The report: the order that an authority gives its sections, and what it writes in them."""

import sqlalchemy as sa
from alembic import op

from tracker.store.migrations.history import protect

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "report_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(length=40), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("is_hidden", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_report_place_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_place")),
        sa.UniqueConstraint("organisation_id", "section", name=op.f("uq_report_place_organisation_id_section")),
    )
    op.create_table(
        "report_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text_fr", sa.Text(), nullable=False),
        sa.Column("is_draft", sa.Boolean(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("year BETWEEN 2000 AND 2100", name=op.f("ck_report_text_year_range")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_report_text_account_id_account")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_report_text_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_text")),
        sa.UniqueConstraint(
            "organisation_id",
            "year",
            "section",
            "version",
            name=op.f("uq_report_text_organisation_id_year_section_version"),
        ),
    )
    protect("report_text")


def downgrade() -> None:
    """Take the schema back; the order of the report and its texts are lost."""
    for table in ("report_text", "report_place"):
        op.drop_table(table)
