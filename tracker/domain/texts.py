"""Texts as they are kept: one form for one text, nothing invisible that could mislead."""

import unicodedata

_KEPT = {"\n", "\t"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def tidy(text: str) -> str:
    """Give ``text`` composed (NFC), with plain line ends, without control characters or changes of direction."""
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter for letter in composed if letter in _KEPT or not _is_hidden(letter)).strip()


def _is_hidden(letter: str) -> bool:
    """Control characters, and the marks that reverse the direction of a line."""
    return unicodedata.category(letter) == "Cc" or letter in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def inert(text: str) -> str:
    """Give ``text`` an apostrophe in front where a spreadsheet that opens a CSV would run it as a formula."""
    return f"'{text}" if text.lstrip("'").startswith(_FORMULA) else text


def without_guard(text: str) -> str:
    """Give back what ``inert`` was given."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_FORMULA) else text
