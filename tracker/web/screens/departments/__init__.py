"""The departments of an organisation, each with what it has on its hands."""
