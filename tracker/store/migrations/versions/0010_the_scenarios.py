"""The scenarios: what was tried on the estate, and saved."""

import sqlalchemy as sa
from alembic import op

from tracker.store.migrations.history import protect

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "scenario",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("horizon", sa.Integer(), nullable=False),
        sa.Column("levers", sa.Text(), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("horizon BETWEEN 2000 AND 2150", name=op.f("ck_scenario_horizon_range")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_scenario_account_id_account")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_scenario_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenario")),
        sa.UniqueConstraint(
            "organisation_id", "number", "version", name=op.f("uq_scenario_organisation_id_number_version")
        ),
    )
    protect("scenario")


def downgrade() -> None:
    """Take the schema back; the saved scenarios are lost."""
    op.drop_table("scenario")
