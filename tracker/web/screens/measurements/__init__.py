"""Entering the values of a year."""
