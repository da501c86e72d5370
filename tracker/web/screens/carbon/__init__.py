"""The footprint of the estate."""
