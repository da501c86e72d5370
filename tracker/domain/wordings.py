"""Two versions of a text side by side: what stays, what goes, what comes, paragraph by paragraph, then word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

MOST_WORDS = 4000
"""The longest paragraphs whose words are compared, both together: longer ones are told as replaced whole."""


class Change(StrEnum):
    """What became of a stretch of text."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of words, and what became of it."""

    change: Change
    text: str


def differences(before: str, after: str) -> Sequence[Sequence[Stretch]]:
    """List the paragraphs that are not the same in both, each as stretches of words, in their order; none when equal.

    Spaces and line ends inside a paragraph do not count.
    """
    old, new = _paragraphs(before), _paragraphs(after)
    found: list[Sequence[Stretch]] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        shared = min(i2 - i1, j2 - j1)
        found += [_words(old[i1 + rank], new[j1 + rank]) for rank in range(shared)]
        found += [[Stretch(Change.GONE, one)] for one in old[i1 + shared : i2]]
        found += [[Stretch(Change.NEW, one)] for one in new[j1 + shared : j2]]
    return found


def _paragraphs(text: str) -> list[str]:
    """Cut a text at its blank lines and before each item of a list."""
    cut = re.split(r"\n\s*\n|\n(?=\s*(?:[-*+]|\d+[.)])\s)", text)
    return [" ".join(one.split()) for one in cut if one.strip()]


def _words(before: str, after: str) -> Sequence[Stretch]:
    old, new = before.split(), after.split()
    if len(old) + len(new) > MOST_WORDS:
        return [Stretch(Change.GONE, before), Stretch(Change.NEW, after)]
    return list(_stretches(old, new))


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[Stretch]:
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Stretch(Change.SAME, " ".join(old[i1:i2]))
            continue
        if i2 > i1:
            yield Stretch(Change.GONE, " ".join(old[i1:i2]))
        if j2 > j1:
            yield Stretch(Change.NEW, " ".join(new[j1:j2]))
