"""Frozen reports: sealing the draft, what is recorded of a version, two reports side by side."""
