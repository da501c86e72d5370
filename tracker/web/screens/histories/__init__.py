"""The history of a value, and what is attached to or said about a value or a commitment."""
