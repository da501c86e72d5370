"""What a person follows and asks."""
