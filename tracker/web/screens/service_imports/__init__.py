"""Digital services taken in from a table."""
