"""How long equipment is kept."""
