"""What an authority writes in its report: Markdown that every file can carry, as blocks; anything else is refused."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tracker.domain.errors import Invalid, Problem, ProblemCode
from tracker.exports.paper import Block, Bullets, Heading, Paragraph, Span, Weight
from tracker.labels import typeset

LIMIT = 20_000
"""The characters of the longest text."""
_WEIGHTS = {"strong_open": Weight.STRONG, "em_open": Weight.EMPHASIS}
_BREAKS = {"softbreak": " ", "hardbreak": "\n"}
_LEVELS = {"h3": 2, "h4": 3}
"""The levels of a document for the headings that may be written: the title of the section is above them."""
_REFUSED: Mapping[str, ProblemCode] = {
    "image": ProblemCode.REPORT_IMAGE,
    "table_open": ProblemCode.REPORT_TABLE,
    "fence": ProblemCode.REPORT_CODE,
    "code_block": ProblemCode.REPORT_CODE_INDENTED,
    "code_inline": ProblemCode.REPORT_CODE,
    "html_block": ProblemCode.REPORT_HTML,
    "html_inline": ProblemCode.REPORT_HTML,
    "blockquote_open": ProblemCode.REPORT_QUOTE,
    "hr": ProblemCode.REPORT_RULE,
    "s_open": ProblemCode.REPORT_STRUCK,
}


def read(text: str, where: str = "text") -> tuple[Block, ...]:
    """Read paragraphs, lists, headings (### and ####), strong, emphasis, and links with their address.

    Nothing is ever rendered as HTML: it is only recognised, to be refused.

    Raises:
        Invalid: with every thing that a document cannot hold, at the line where it stands.
    """
    reader = _Reader(where)
    reader.read(_markdown().parse(text))
    if reader.problems:
        raise Invalid(*reader.problems)
    return tuple(reader.found)


def _markdown() -> MarkdownIt:
    """Give a parser that sees everything, links as they were typed."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.validateLink = _any_link  # type: ignore[method-assign]
    parser.normalizeLink = _as_typed  # type: ignore[method-assign]
    return parser


def _any_link(url: str) -> bool:  # noqa: ARG001
    return True


def _as_typed(url: str) -> str:
    return url


class _Reader:
    """Keeps the blocks, the items of the list that is open, and what is refused."""

    def __init__(self, where: str) -> None:
        self.found: list[Block] = []
        self.problems: list[Problem] = []
        self._where = where
        self._lists = 0
        self._items: list[list[Span]] = []
        self._number = ""
        self._heading = ""
        self._level = 0

    def read(self, tokens: Sequence[Token]) -> None:
        line = 1
        for token in tokens:
            line = token.map[0] + 1 if token.map else line
            match token.type:
                case "heading_open":
                    self._open_heading(token, line)
                case "heading_close":
                    self._heading = ""
                case "bullet_list_open" | "ordered_list_open":
                    self._open_list(line)
                case "bullet_list_close" | "ordered_list_close":
                    self._close_list()
                case "list_item_open":
                    self._items.append([])
                    self._number = f"{token.info}{token.markup} " if token.info else ""
                case "inline":
                    self._keep(self._spans(token.children or (), line))
                case refused if refused in _REFUSED:
                    self._refuse(_REFUSED[refused], line)

    def _open_heading(self, token: Token, line: int) -> None:
        self._heading = token.tag
        if self._lists or token.tag not in _LEVELS:
            self._refuse(ProblemCode.REPORT_HEADING, line)
        elif (level := _LEVELS[token.tag]) > 2 > self._level:
            self._refuse(ProblemCode.REPORT_HEADING_SKIPPED, line)
        else:
            self._level = level

    def _open_list(self, line: int) -> None:
        self._lists += 1
        if self._lists > 1:
            self._refuse(ProblemCode.REPORT_LIST_NESTED, line)
        else:
            self._items = []

    def _close_list(self) -> None:
        self._lists -= 1
        items = tuple(tuple(item) for item in self._items if item)
        if not self._lists and items:
            is_sentence = len(items) == 1 and bool(self._number)  # « 2025. Une année de transition. » is no list
            self.found.append(Paragraph(items[0]) if is_sentence else Bullets(items))

    def _keep(self, spans: Sequence[Span]) -> None:
        if not spans:
            return
        if self._heading:
            if self._heading in _LEVELS:
                self.found.append(Heading(_LEVELS[self._heading], "".join(span.text for span in spans)))
        elif self._lists:
            item = self._items[-1]
            item += [Span("\n"), *spans] if item else _after(self._number, spans)
        else:
            self.found.append(Paragraph(tuple(spans)))

    def _spans(self, children: Sequence[Token], line: int) -> Sequence[Span]:
        told: list[Span] = []
        weights: list[Weight] = []
        links: list[tuple[str, int]] = []
        for token in children:
            weight = weights[-1] if weights else Weight.PLAIN
            if token.type in _REFUSED:
                self._refuse(_REFUSED[token.type], line)
            elif token.type in _BREAKS:
                line += 1
                _say(told, _BREAKS[token.type], weight)
            elif token.type == "link_open":
                links.append((self._address(token, line), len(_letters(told))))
            elif token.type == "link_close":
                address, start = links.pop()
                if _letters(told)[start:].strip() != address:
                    _say(told, f" ({address})", weight)
            elif token.nesting:
                weights = [*weights, _WEIGHTS[token.type]] if token.nesting > 0 else weights[:-1]
            else:
                _say(told, token.content if links else typeset(token.content), weight)
        return told

    def _address(self, token: Token, line: int) -> str:
        """Give the address of a link as it is written, without « mailto: »."""
        given = str(token.attrs.get("href", ""))
        try:
            parts = urlsplit(given)
        except ValueError:
            parts = urlsplit("")
        is_web = parts.scheme in {"http", "https"} and parts.netloc
        is_mail = parts.scheme == "mailto" and "@" in parts.path
        if not (is_web or is_mail) or any(letter.isspace() for letter in given):
            self._refuse(ProblemCode.REPORT_LINK, line, address=given[:80] or "…")
        return parts.path if is_mail else given

    def _refuse(self, code: ProblemCode, line: int, **values: object) -> None:
        problem = Problem(self._where, code, {"line": line, **values})
        if problem not in self.problems:
            self.problems.append(problem)


def _after(number: str, spans: Sequence[Span]) -> Sequence[Span]:
    """Write the number of an item before its words: the text may point at it, and no file counts for itself."""
    told = [Span(number)] if number else []
    for span in spans:
        _say(told, span.text, span.weight)
    return told


def _letters(spans: Sequence[Span]) -> str:
    return "".join(span.text for span in spans)


def _say(told: list[Span], text: str, weight: Weight) -> None:
    """Add words, to the stretch before when they have its weight."""
    if told and told[-1].weight is weight:
        told[-1] = Span(told[-1].text + text, weight)
    elif text:
        told.append(Span(text, weight))
