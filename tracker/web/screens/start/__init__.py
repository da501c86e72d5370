"""The first hour of an organisation."""
