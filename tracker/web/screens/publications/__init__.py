"""Screens: publications."""
