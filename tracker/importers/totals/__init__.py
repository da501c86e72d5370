"""Reads the totals that other tools reckoned: a table of amounts of footprint."""
