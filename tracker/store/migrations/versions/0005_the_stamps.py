"""The stamps: what was read of an organisation holds as long as its stamp does."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.add_column("organisation", sa.Column("stamp", sa.BigInteger(), server_default="0", nullable=False))


def downgrade() -> None:
    """Take the schema back."""
    op.drop_column("organisation", "stamp")
