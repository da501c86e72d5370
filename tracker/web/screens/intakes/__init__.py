"""Taking in a deliberation that is dropped as a file."""
