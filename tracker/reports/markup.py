"""The words of a section's template as blocks: a closed part of HTML is read, and anything else is refused."""

from collections.abc import Sequence
from html.parser import HTMLParser

from tracker.exports.paper import Block, Bullets, Heading, Paragraph, Span, Table, Weight

_WEIGHTS = {"b": Weight.STRONG, "strong": Weight.STRONG, "em": Weight.EMPHASIS}
_PASSED = frozenset({"a", "div", "span", "thead", "tbody", "br"})
"""Parts that change nothing of what is said."""
_NARROWEST, _WIDEST, _WIDEST_NUMBER = 6, 44, 14
"""Letters of the narrowest column, and of a cell beyond which its column grows no wider, less for numbers."""
_PAGE = 112
"""Letters that stand side by side on a page of the PDF, the sides of the cells among them."""


class MarkupError(ValueError):
    """A template holds what a document cannot."""


def blocks(markup: str) -> tuple[Block, ...]:
    """Read h3, h4, p, ul, table, b, strong and em; the title of the section is level 1, so that h3 is level 2.

    Raises:
        MarkupError: for any other element, or for words outside them.
    """
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return tuple(reader.found)


class _Reader(HTMLParser):
    """Keeps the spans of the part that is open, and the rows of a table until it ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Block] = []
        self._spans: list[Span] | None = None
        self._weights: list[Weight] = []
        self._items: list[tuple[Span, ...]] = []
        self._caption = ""
        self._rows: list[list[str]] = []
        self._numbers: set[int] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _WEIGHTS:
            self._weights.append(_WEIGHTS[tag])
        elif tag in {"p", "li", "h3", "h4", "caption", "th", "td"}:
            self._spans = []
            if tag in {"th", "td"} and "n" in (dict(attrs).get("class") or "").split():
                self._numbers.add(len(self._rows[-1]))
        elif tag == "ul":
            self._items = []
        elif tag == "tr":
            self._rows.append([])
        elif tag == "table":
            self._caption, self._rows, self._numbers = "", [], set()
        elif tag not in _PASSED:
            raise MarkupError(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _WEIGHTS:
            self._weights.pop()
            return
        told = _tidied(self._spans or [])
        match tag:
            case "p" if told:
                self.found.append(Paragraph(told))
            case "li":
                self._items.append(told)
            case "ul" if self._items:
                self.found.append(Bullets(tuple(self._items)))
            case "h3" | "h4":
                self.found.append(Heading(int(tag[1]) - 1, _text(told)))
            case "caption":
                self._caption = _text(told)
            case "th" | "td":
                self._rows[-1].append(_text(told) or "–")
            case "table":
                self.found.append(_table(self._caption, self._rows, self._numbers))
        if tag in {"p", "li", "h3", "h4", "caption", "th", "td"}:
            self._spans = None

    def handle_data(self, data: str) -> None:
        if self._spans is not None:
            self._spans.append(Span(data, self._weights[-1] if self._weights else Weight.PLAIN))
        elif data.strip():
            raise MarkupError(data.strip())


def _tidied(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Join the spaces as a browser shows them: one between words, none at the ends."""
    told: list[Span] = []
    for span in spans:
        text = _spaced(span.text)
        if not told or told[-1].text.endswith(" "):
            text = text.lstrip(" ")
        if not text:
            continue
        if told and told[-1].weight is span.weight:
            told[-1] = Span(told[-1].text + text, span.weight)
        else:
            told.append(Span(text, span.weight))
    if told:
        last = Span(told[-1].text.rstrip(" "), told[-1].weight)
        told[-1:] = [last] if last.text else []
    return tuple(told)


def _spaced(text: str) -> str:
    """Make one plain space of each run of them; those that do not break stay."""
    parts = text.replace("\t", " ").replace("\r", " ").replace("\n", " ").split(" ")
    inside = " ".join(part for part in parts if part)
    return f"{'' if parts[0] else ' '}{inside}{'' if parts[-1] or not inside else ' '}"


def _text(spans: Sequence[Span]) -> str:
    return "".join(span.text for span in spans)


def _table(caption: str, rows: Sequence[Sequence[str]], numbers: set[int]) -> Table:
    """Give a table, each column as wide as its longest cell asks, within limits."""
    columns = tuple(zip(*rows, strict=True))
    widest = [_WIDEST_NUMBER if at in numbers else _WIDEST for at in range(len(columns))]
    least = [_whole(column) for column in columns]
    widths = _fitted([_width(column, most) for column, most in zip(columns, widest, strict=True)], least)
    headings, *told = map(tuple, rows)
    return Table(caption, headings, tuple(told), widths, frozenset(numbers))


def _width(cells: Sequence[str], widest: int) -> int:
    """Give the letters of the longest cell, ``widest`` at most, with room for what does not break."""
    return max(_whole(cells), min(widest, max(map(len, cells))))


def _whole(cells: Sequence[str]) -> int:
    """Give the letters of the longest run that does not break, « 1 180 agents », with the sides of its cell."""
    return max(_NARROWEST, 2 + max(len(part) for cell in cells for part in cell.split(" ")))


def _fitted(widths: Sequence[int], least: Sequence[int]) -> tuple[int, ...]:
    """Take what is more than a page from the columns that can break, so that no figure runs into its neighbour."""
    excess = sum(widths) - _PAGE
    spare = [width - whole for width, whole in zip(widths, least, strict=True)]
    if excess <= 0 or not any(spare):
        return tuple(widths)
    taken = min(excess, sum(spare))
    return tuple(width - taken * one // sum(spare) for width, one in zip(widths, spare, strict=True))
