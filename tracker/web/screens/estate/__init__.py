"""The register of equipment: its list, one line of it, and what changes it."""
