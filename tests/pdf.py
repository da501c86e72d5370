"""A small reader of the PDF files that the press makes: how many pages, what is wrong with them, what they say."""

import re
import zlib
from collections.abc import Iterator, Mapping

from page import validate_pdf_bytes

_OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\s(.*?)\sendobj", re.DOTALL)
# A string holds its parentheses bare where they come in pairs.
_PLAIN = rb"\\.|[^\\()]"
_NESTED = rb"(?:" + _PLAIN + rb"|\((?:" + _PLAIN + rb"|\((?:" + _PLAIN + rb")*\))*\))*"
_STRING = re.compile(rb"/(f\d+) [\d.]+ Tf|\((" + _NESTED + rb")\)|<([0-9A-Fa-f]+)>(?!>)|(ET)", re.DOTALL)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def page_count(content: bytes) -> int:
    """Count the pages."""
    return int(validate_pdf_bytes(content, profile="ua1").document.page_count)


def faults(content: bytes, profile: str = "ua1") -> list[str]:
    """List what breaks PDF/UA-1, or another profile."""
    return [f"{one.rule_id}: {one.message}" for one in validate_pdf_bytes(content, profile=profile).failures]


def text(content: bytes) -> str:
    """Give what the only page says, in the order in which it is drawn, without spaces: a line may break at any."""
    objects = {int(number): body for number, body in _OBJECT.findall(content)}
    fonts = {}
    for named in re.findall(rb"/Font<<(.*?)>>", content):
        for name, number in re.findall(rb"/(f\d+) (\d+) 0 R", named):
            unicode = re.search(rb"/ToUnicode (\d+) 0 R", objects[int(number)])
            assert unicode
            fonts[name] = _letters(_stream(objects[int(unicode[1])]))
    pages = [body for body in objects.values() if re.search(rb"/Type\s*/Page\b", body)]
    assert len(pages) == 1
    contents = re.search(rb"/Contents (\d+) 0 R", pages[0])
    assert contents
    return squeezed("".join(_said(_stream(objects[int(contents[1])]), fonts)))


def squeezed(told: str) -> str:
    """Give ``told`` without spaces, as `text` gives what a page says."""
    return "".join(told.split())


def _stream(body: bytes) -> bytes:
    start = re.search(rb"stream\r?\n", body)
    assert start
    raw = body[start.end() : body.rindex(b"endstream")]
    return zlib.decompressobj().decompress(raw) if b"FlateDecode" in body[: start.start()] else raw


def _letters(table: bytes) -> Mapping[int, str]:
    """Read which letters each glyph stands for."""
    found = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for glyph, letters in re.findall(rb"<(\w+)>\s*<(\w+)>", block):
            found[int(glyph, 16)] = bytes.fromhex(letters.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, letters in re.findall(rb"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            for step in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + step] = chr(int(letters, 16) + step)
    return found


def _said(drawn: bytes, fonts: Mapping[bytes, Mapping[int, str]]) -> Iterator[str]:
    font: Mapping[int, str] = {}
    for name, literal, digits, end in _STRING.findall(drawn):
        if name:
            font = fonts[name]
        elif end:
            yield " "
        else:
            raw = bytes.fromhex(digits.decode()) if digits else _ESCAPED.sub(_unescaped, literal)
            yield "".join(font.get(int.from_bytes(raw[at : at + 2], "big"), "") for at in range(0, len(raw) - 1, 2))


def _unescaped(found: re.Match[bytes]) -> bytes:
    told = found[1]
    return bytes([int(told, 8)]) if told[:1].isdigit() else _NAMED.get(told, told)
