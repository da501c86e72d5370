"""Screens: open_data."""
