"""Validating what was submitted."""
