"""The values that the registers of services give to the indicators of a year."""
