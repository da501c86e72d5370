"""Ecodesign of digital services."""
