"""The REEN review: scorecards in, documents out."""
