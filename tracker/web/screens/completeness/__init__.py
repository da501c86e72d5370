"""What the texts ask of the report, item by item."""
