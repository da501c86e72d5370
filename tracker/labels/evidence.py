"""Attached files in words: what one weighs, and what kind of file it is."""

from decimal import Decimal

from tracker.domain.evidence import FORMATS, MEGABYTE
from tracker.labels.formats import number
from tracker.labels.language import plural, text

_KILOBYTE = 1024
_NAMES = {form.media_type: form.name for form in FORMATS.values()}


def file_size(size: int) -> str:
    """Write a number of bytes as file managers do: « 340 Ko », « 1,2 Mo »; never more room than there is."""
    if size < _KILOBYTE:
        return plural("{n} octet", "{n} octets", size, n=size)
    if size < MEGABYTE:
        return text("{n} Ko", n=number(Decimal(size // _KILOBYTE)))
    return text("{n} Mo", n=number(Decimal(size * 10 // MEGABYTE) / 10, 1))


def file_kind(media_type: str) -> str:
    """Give the name of a kind of file: « PDF »."""
    return _NAMES.get(media_type, media_type)
