"""The campaigns: opening a year, following it, reminding, closing, reopening, entrusting the indicators."""
