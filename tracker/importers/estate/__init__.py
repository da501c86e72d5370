"""The inventories of equipment that GLPI and other tools export as CSV."""
