"""Scorecards in, figures out: small SVG drawn here, interactive ones by Plotly."""
