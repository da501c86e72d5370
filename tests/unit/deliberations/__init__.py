"""Deliberations read from their text: texts of our own, all invented, and the real ones where they stand."""
