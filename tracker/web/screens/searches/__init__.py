"""Screens: searches."""
