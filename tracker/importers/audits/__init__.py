"""The audits against the RGAA that Ara exports, and the grids that auditors fill."""
