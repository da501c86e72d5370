"""Inventories of equipment: sent, previewed with the words to settle, confirmed once."""
