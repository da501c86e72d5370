"""Complaints about the accessibility of services."""
