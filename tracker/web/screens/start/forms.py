"""What the first hour sends: the ticks of a list, and a file that travels back once it was shown."""

import zlib
from base64 import b64decode, b64encode
from binascii import Error

from werkzeug.datastructures import FileStorage, MultiDict

from tracker.domain.numbers import whole_number
from tracker.domain.vocabulary import Axis
from tracker.importers.nodes import MAX_BYTES

AXIS = "axe"
CODES = "codes"
SEEN = "seen"
FILE = "file"
SHOWN = "shown"


def ticked(form: MultiDict[str, str]) -> frozenset[str]:
    """Give the codes whose box is ticked."""
    return frozenset(form.getlist(CODES))


def axis_of(form: MultiDict[str, str]) -> Axis | None:
    """Give the axis that a page was narrowed to, None for all of them."""
    written = form.get(AXIS, "")
    return Axis(written) if written in set(Axis) else None


def seen(form: MultiDict[str, str]) -> int:
    """Give the number of the last choice that was on the page; one that is no number was on no page."""
    number = whole_number(form.get(SEEN))
    return -1 if number is None else number


def sent(file: FileStorage | None) -> bytes:
    """Give the bytes of the file that was chosen, at most one more than a pack may have."""
    if not file:
        return b""
    with file.stream as stream:  # a large one lies in a file of its own, to be closed
        content: bytes = stream.read(MAX_BYTES + 1)
    return content


def folded(content: bytes) -> str:
    """Fold a file into a hidden field, so that confirming sends it again."""
    return b64encode(zlib.compress(content, 9)).decode("ascii")


def unfolded(text: str) -> bytes:
    """Give back what was folded; it is then read and checked as if it had just come."""
    try:
        return zlib.decompressobj().decompress(b64decode(text, validate=True), MAX_BYTES + 1)
    except (Error, ValueError, zlib.error):
        return b""
