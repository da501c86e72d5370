"""The REEN review."""
