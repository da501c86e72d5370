"""Reads YAML that a stranger wrote, as plain texts with their lines: no type is guessed, nothing is ever built."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from tracker.domain.errors import AnyProblem, Problem, ProblemCode
from tracker.domain.texts import tidy
from tracker.importers.seeds import LOADER

MAX_BYTES = 1_000_000
MAX_DEPTH = 8  # a point of a target of a commitment lies seven deep
MAX_NODES = 50_000  # forty times the largest deliberation of the seeds
_NOTHING = {"", "~", "null", "Null", "NULL"}


@dataclass(frozen=True, slots=True)
class Located:
    """One thing wrong, and the line of the file to mend."""

    line: int
    problem: Problem


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value as it was written, tidied; empty where nothing was."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of values."""

    line: int
    items: list["Node"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Fields:
    """Values by their keys, in the order of the file; ``twice`` has the keys given again, each with its line."""

    line: int
    entries: dict[str, "Node"] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    twice: list[tuple[int, str]] = field(default_factory=list)


Node = Scalar | Listing | Fields


class Unreadable(Exception):
    """The file stops being readable at ``located``: what follows cannot be judged."""

    def __init__(self, line: int, code: AnyProblem, **values: object) -> None:
        super().__init__(f"{line}: {code}")
        self.located = Located(line, Problem("", code, values))


def read(content: bytes) -> Node:
    """Read one document; aliases, anchors and explicit types are refused, and so is what is too large or too deep.

    Raises:
        Unreadable: at the first line that cannot be read or is not accepted.
    """
    if len(content) > MAX_BYTES:
        raise Unreadable(0, ProblemCode.PACK_TOO_HEAVY, limit=MAX_BYTES // 1_000_000)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(content[: error.start].count(b"\n") + 1, ProblemCode.PACK_NOT_UTF8) from None
    if not text.strip():
        raise Unreadable(0, ProblemCode.FILE_EMPTY)
    try:
        builder = _Builder()
        for event in yaml.parse(text, LOADER):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Unreadable(mark.line + 1 if mark else 0, ProblemCode.PACK_UNREADABLE) from None
    except (yaml.YAMLError, ValueError):  # a control character, an escape that is no letter
        raise Unreadable(_first_strange(text), ProblemCode.PACK_UNREADABLE) from None
    if builder.root is None:
        raise Unreadable(0, ProblemCode.FILE_EMPTY)
    return builder.root


def _first_strange(text: str) -> int:
    """Give the line of the first character that no text file should have, 0 for none."""
    strange = (place for place, letter in enumerate(text) if not letter.isprintable() and letter not in "\n\r\t")
    place = next(strange, None)
    return 0 if place is None else text.count("\n", 0, place) + 1


class _Builder:
    """Puts the events of the parser together, without recursion: depth is counted, not suffered."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.open: list[Listing | Fields] = []
        self.keys: list[Scalar | None] = []
        self.count = 0

    def take(self, event: Any) -> None:
        """Take the next event."""
        line = event.start_mark.line + 1
        if isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            raise Unreadable(line, ProblemCode.PACK_SEVERAL)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Unreadable(line, ProblemCode.PACK_ALIAS)
        if isinstance(event, yaml.CollectionEndEvent):
            self.open.pop()
            self.keys.pop()
        elif isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            self._add(event, line)

    def _add(self, event: Any, line: int) -> None:
        if event.tag is not None:
            raise Unreadable(line, ProblemCode.PACK_TAG)
        self.count += 1
        if self.count > MAX_NODES:
            raise Unreadable(line, ProblemCode.PACK_TOO_LONG, limit=MAX_NODES)
        node = _node(event, line)
        if self.open:
            self._hang(self.open[-1], node)
        else:
            self.root = node
        if isinstance(node, Scalar):
            return
        self.open.append(node)
        self.keys.append(None)
        if len(self.open) > MAX_DEPTH:
            raise Unreadable(line, ProblemCode.PACK_TOO_DEEP, limit=MAX_DEPTH)

    def _hang(self, parent: Listing | Fields, node: Node) -> None:
        """Hang ``node`` on its parent: in a list as it comes, in fields under the key that came before it."""
        if isinstance(parent, Listing):
            parent.items.append(node)
            return
        key = self.keys[-1]
        if key is None:
            if not isinstance(node, Scalar):
                raise Unreadable(node.line, ProblemCode.PACK_UNREADABLE)
            self.keys[-1] = node
            return
        self.keys[-1] = None
        if key.text in parent.entries:
            parent.twice.append((key.line, key.text))
            return
        parent.entries[key.text] = node
        parent.lines[key.text] = key.line


def _node(event: Any, line: int) -> Node:
    if isinstance(event, yaml.SequenceStartEvent):
        return Listing(line)
    if isinstance(event, yaml.MappingStartEvent):
        return Fields(line)
    if any("\ud800" <= letter <= "\udfff" for letter in event.value):  # half a letter: no database stores it
        raise Unreadable(line, ProblemCode.PACK_UNREADABLE)
    is_plain = event.style in {None, ""}
    return Scalar(line, "" if is_plain and event.value in _NOTHING else tidy(event.value))


def entries(node: Fields) -> Mapping[str, Node]:
    """Give the values of ``node`` that say something."""
    return {key: value for key, value in node.entries.items() if not (isinstance(value, Scalar) and not value.text)}
