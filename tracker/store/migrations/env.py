"""Runs a migration on the database that ``tracker.store.schema`` hands over."""

from alembic import context

from tracker.store.models import Base

with context.config.attributes["database"].engine.execution_options(writes=True).connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
