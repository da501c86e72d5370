"""Reads the text of a deliberation: a file in, what it proposes out, without the name of anybody."""
