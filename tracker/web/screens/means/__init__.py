"""What the commitments cost."""
