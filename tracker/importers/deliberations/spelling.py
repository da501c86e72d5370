"""Compares French texts without regard to accents, capitals or marks, and reads the slips of scanned texts."""

import re
import unicodedata

_PLAIN = str.maketrans(
    {
        "\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u00b4": "'",
        "\u201c": '"', "\u201d": '"', "\u201e": '"',
        "\u2010": "-", "\u2011": "-", "\u2026": "...", "\u00ad": None, "\u200b": None, "\ufeff": None,
        "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
    }
)  # fmt: skip
_MARKUP = re.compile(r"</?(?:sup|sub|b|i|u|br|strong|em) ?/?>|\*\*|__|^#{1,6} ", re.MULTILINE)
_SLIPS = (
    (re.compile(r"\b(R|r)enouv(?!ellement)[a-zé]*lement(s?)\b"), r"\1enouvellement\2"),
    (re.compile(r"\bAGECE\b"), "AGEC"),
    (re.compile(r"\b([Nn])um[ée]rique ?- ?([Rr])esponsable\b"), r"\1umérique \2esponsable"),
)


def plain(text: str) -> str:
    """Give ``text`` composed, on one line, with plain spaces, apostrophes and hyphens, without ligatures or markup."""
    composed = unicodedata.normalize("NFC", _MARKUP.sub("", text)).translate(_PLAIN)
    shown = "".join(letter if unicodedata.category(letter) not in {"Cc", "Cf", "Cs"} else " " for letter in composed)
    return " ".join(shown.split())


def folded(text: str) -> str:
    """Give ``text`` in lower case without accents, letter for letter: what is found in it is at the same place."""
    return text.translate(_BARE)


class _Bare(dict[int, str]):
    """Gives the lower case of a letter without its accents, one letter for one."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        lowered = unicodedata.normalize("NFKD", letter)[:1].lower()
        self[code] = lowered if len(lowered) == 1 else letter
        return self[code]


_BARE = _Bare()


def mended(text: str) -> str:
    """Give ``text`` with the known slips of scanning read as the words that they stand for."""
    for slip, meant in _SLIPS:
        text = slip.sub(meant, text)
    return text
