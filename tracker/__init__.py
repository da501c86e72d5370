"""Parole tenue: what a local authority's council voted, what was measured since, what is kept."""
