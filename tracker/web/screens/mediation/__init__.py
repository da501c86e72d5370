"""Places of digital mediation, and the people that they help."""
