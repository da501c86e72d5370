"""A file that was shown travels in a hidden field, so that confirming sends it again; nothing is kept meanwhile."""

import zlib
from base64 import b64decode, b64encode
from binascii import Error

from werkzeug.datastructures import FileStorage

MOST_BYTES = 1_000_000
"""What a file may weigh to travel so; one more byte is kept of a larger one, for whoever refuses it."""


def folded(content: bytes) -> str:
    """Fold a file into a hidden field, so that confirming sends it again."""
    return b64encode(zlib.compress(content, 9)).decode("ascii")


def unfolded(text: str) -> bytes:
    """Give back what was folded; it is then read and checked as if it had just come."""
    try:
        return zlib.decompressobj().decompress(b64decode(text, validate=True), MOST_BYTES + 1)
    except (Error, ValueError, zlib.error):
        return b""


def sent(file: FileStorage | None) -> bytes:
    """Give the bytes of the file that was chosen, at most one more than may travel."""
    if not file:
        return b""
    with file.stream as stream:  # a large one lies in a file of its own, to be closed
        content: bytes = stream.read(MOST_BYTES + 1)
    return content
