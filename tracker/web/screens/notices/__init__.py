"""What one is told."""
