"""Files of pages measured by EcoIndex."""
