"""The dashboard of an organisation."""
