"""The entrance."""
