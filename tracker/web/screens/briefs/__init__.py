"""Screens: briefs."""
