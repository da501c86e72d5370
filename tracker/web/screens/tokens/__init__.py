"""The tokens with which one's programs read the API."""
