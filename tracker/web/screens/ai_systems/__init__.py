"""The register of AI systems: its list, one of them, what changes it, what strangers read of it."""
