"""Pages about the product itself."""
