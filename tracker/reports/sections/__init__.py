"""The sections of the report: one file and one template each, one line in the outline."""
