"""The frozen reports that anyone reads."""
