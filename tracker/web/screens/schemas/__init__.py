"""The schemas of the files that the product gives."""
