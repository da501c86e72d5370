"""Importing values from a file, and the workbook to fill."""
