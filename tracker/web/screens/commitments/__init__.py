"""The register of commitments, and one commitment."""
