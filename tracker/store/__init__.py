"""The only SQL: models, queries, migrations, and the session that carries a transaction."""
