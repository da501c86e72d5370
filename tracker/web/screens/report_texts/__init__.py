"""The words of an authority in its report."""
