"""The memberships, one of them, and the form of a year."""
