"""How a table in text may be encoded, told by its first bytes."""

import codecs
from collections.abc import Sequence


def likely(content: bytes) -> Sequence[str]:
    """Give the encodings to try, the surest first: that of its mark, else UTF-8, then Windows-1252."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    return ("utf-8-sig",) if content.startswith(codecs.BOM_UTF8) else ("utf-8", "cp1252")
