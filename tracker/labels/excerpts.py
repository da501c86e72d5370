"""Excerpts: the part of a text that answers a query, with the words that were found."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.domain.search import Query, Sought, Word, words
from tracker.labels.stems import forms

LENGTH = 240
BEFORE = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; ``is_found`` when it is a word that was looked for."""

    text: str
    is_found: bool = False


def pieces(text: str, query: Query) -> Sequence[Piece]:
    """Cut ``text`` at the words that ``query`` finds in it."""
    cut, place = list[Piece](), 0
    for start, end in _found(text, query):
        cut += [Piece(text[place:start]), Piece(text[start:end], is_found=True)]
        place = end
    return [piece for piece in (*cut, Piece(text[place:])) if piece.text]


def excerpt(text: str, query: Query) -> Sequence[Piece]:
    """Give some `LENGTH` characters of ``text`` around the first word found, cut between words, as pieces."""
    told = list(words(text))
    first = next((start for start, _ in _found(text, query)), 0)
    begin = 0
    if len(text) > LENGTH and first > BEFORE:
        begin = min(next(word.start for word in told if word.start >= first - BEFORE), first)
    end = len(text)
    if end - begin > LENGTH:
        end = max((word.end for word in told if begin < word.end <= begin + LENGTH), default=begin + LENGTH)
    shown = list(pieces(text[begin:end], query))
    before, after = [Piece("… ")] if begin else [], [Piece(" …")] if end < len(text) else []
    return before + shown + after


def _found(text: str, query: Query) -> Sequence[tuple[int, int]]:
    """Give where the words found begin and end; of a word in parts, the whole or those that are looked for."""
    spans = list[tuple[int, int]]()
    for word in words(text):
        if any(_answers(word, one) for one in query.sought):
            spans.append((word.start, word.end))
        else:
            told = [part for part in word.parts if any(_answers(part, one) for one in query.sought)]
            spans += [(part.start, part.end) for part in told]
    return spans


def _answers(word: Word, sought: Sought) -> bool:
    tokens = dict.fromkeys(forms(word), 1)
    alone = Sought(sought.forms, sought.beginnings, foreign=sought.foreign)
    return alone.weight(tokens) > 0 or any(_answers(word, part) for part in sought.parts)
