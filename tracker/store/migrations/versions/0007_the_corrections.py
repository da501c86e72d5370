"""Corrected deliberations: their budget lines have versions, as history is never rewritten."""

import sqlalchemy as sa
from alembic import op

from tracker.store.migrations.history import protect, unprotect

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.add_column("deliberation", sa.Column("lines_version", sa.Integer(), server_default="1", nullable=False))
    op.add_column("budget_line", sa.Column("version", sa.Integer(), server_default="1", nullable=False))


def downgrade() -> None:
    """Take the schema back; a line that was corrected stays for what stands on it, and is no text's any more."""
    unprotect("budget_line")
    op.execute(
        """
        UPDATE budget_line SET deliberation_id = NULL
        WHERE deliberation_id IS NOT NULL AND version <> (
            SELECT lines_version FROM deliberation WHERE deliberation.id = budget_line.deliberation_id
        )
        """
    )
    protect("budget_line")
    op.drop_column("budget_line", "version")
    op.drop_column("deliberation", "lines_version")
