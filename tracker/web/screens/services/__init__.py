"""The register of digital services: its list, one of them, what changes it."""
