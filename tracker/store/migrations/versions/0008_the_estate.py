"""The digital estate: equipment, how the words of an inventory are read, the inventories that were sent."""

import sqlalchemy as sa
from alembic import op

from tracker.store.migrations.history import protect

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

EXACT = sa.Numeric().with_variant(sa.String(40), "sqlite")


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "equipment_intake",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("drafts", sa.LargeBinary(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("dated", sa.Integer(), nullable=False),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_equipment_intake_account_id_account")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_equipment_intake_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_equipment_intake")),
    )
    op.create_index(op.f("ix_equipment_intake_organisation_id"), "equipment_intake", ["organisation_id"], unique=False)
    op.create_table(
        "equipment_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=20), nullable=False),
        sa.Column("word", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reads_as", sa.String(length=40), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_equipment_rule_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_equipment_rule")),
        sa.UniqueConstraint(
            "organisation_id",
            "field",
            "word",
            "version",
            name=op.f("uq_equipment_rule_organisation_id_field_word_version"),
        ),
    )
    op.create_table(
        "equipment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("read_category", sa.String(length=200), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(length=200), nullable=False),
        sa.Column("maker", sa.String(length=120), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("origin", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("read_state", sa.String(length=200), nullable=False),
        sa.Column("ordered_on", sa.Date(), nullable=True),
        sa.Column("purchased_on", sa.Date(), nullable=True),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("destination", sa.String(length=40), nullable=True),
        sa.Column("warranty_months", sa.Integer(), nullable=True),
        sa.Column("repairability", EXACT, nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=True),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_equipment_quantity_counts")),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_equipment_department_id_department")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_equipment_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_equipment")),
    )
    op.create_index("ix_equipment_category", "equipment", ["organisation_id", "category", "state"], unique=False)
    op.create_index(op.f("ix_equipment_department_id"), "equipment", ["department_id"], unique=False)
    op.create_index("ix_equipment_organisation_id_id", "equipment", ["organisation_id", "id"], unique=False)
    op.create_index(
        "ix_equipment_key",
        "equipment",
        ["organisation_id", "source", "key"],
        unique=True,
        sqlite_where=sa.literal_column("key <> ''"),
        postgresql_where=sa.literal_column("key <> ''"),
    )
    protect("equipment_rule")


def downgrade() -> None:
    """Take the schema back; the estate is lost."""
    for table in ("equipment", "equipment_rule", "equipment_intake"):
        op.drop_table(table)
