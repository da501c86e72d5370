"""Plain values in, files out."""
