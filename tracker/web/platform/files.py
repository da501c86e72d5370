"""Answers that are files to keep."""

from flask import Response


def attached(content: bytes, mimetype: str, name: str) -> Response:
    """Give ``content`` as a file called ``name`` (letters, digits, dots and dashes)."""
    answer = Response(content, mimetype=mimetype)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
