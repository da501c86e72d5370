"""What users think of digital services, year by year."""
