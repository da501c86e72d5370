"""Answers that are files to keep."""

import unicodedata
from collections.abc import Iterator
from urllib.parse import quote

from flask import Response, stream_with_context

SANDBOX = "default-src 'none'; sandbox"


def attached(content: bytes, mimetype: str, name: str) -> Response:
    """Give ``content`` as a file called ``name``: plainly where ASCII is enough, else also as RFC 6266 has it."""
    answer = Response(content, mimetype=mimetype)
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    names = {"filename": plain}
    if plain != name:
        names["filename*"] = f"UTF-8''{quote(name, safe='')}"
    answer.headers.set("Content-Disposition", "attachment", **names)
    return answer


def streamed(content: Iterator[bytes], mimetype: str, name: str) -> Response:
    """Give as a file what is made while it leaves, with the session of the request; ``name`` is plain ASCII."""
    answer = Response(stream_with_context(content), mimetype=mimetype)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def untrusted(content: bytes, media_type: str, name: str) -> Response:
    """Give what somebody sent us as a file to keep: a browser that opens it all the same runs nothing of it."""
    answer = attached(content, media_type, name)
    answer.headers["Content-Type"] = media_type  # without the charset, which we do not know
    answer.headers["Content-Security-Policy"] = SANDBOX
    return answer
