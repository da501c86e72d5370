"""Screens: axes."""
