"""Stems: the words of a French or English text as search compares them, without case, accents or endings."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer  # type: ignore[import-untyped]

from tracker.domain.search import SHORTEST_BEGINNING, Query, Sought, Word, folded, words
from tracker.labels.language import current

_STEMMERS = {"fr": ("french", "1"), "en": ("english", "2")}
"""The stemmer of each language, and the digit that its stems end by: "durée" is then not found by "during"."""
_MUTE = re.compile("(?<=[gq])u$")
"""« homologuer » loses its ending and keeps its mute u, « homologation » loses both."""
_SMALL = (
    "a ai au aux avec c ce ces cet cette d dans de des du elle elles en est et eux il ils j l la le les leur leurs lui "
    "m mais me mes n ne nos notre nous on ou par pas pour qu que qui s sa se ses son sont sur t te un une vos votre "
    "vous y an and are as at by for from in is it its of or that the their this to with"
)
_EMPTY = frozenset(_SMALL.split())
"""Words that say nothing of what is looked for, unless nothing else was typed."""


@dataclass(frozen=True, slots=True)
class Told:
    """A text to index, in its language ("fr" or "en"); ``weight`` says how much its words count."""

    text: str
    language: str
    weight: int = 1


def stems(*told: Told) -> str:
    """Give the tokens of some texts, each as many times as it counts, the first texts' first."""
    weights: dict[str, int] = {}
    for one in told:
        for token in _tokens(one):
            weights[token] = max(weights.get(token, 0), one.weight)
    return " ".join(token for token, weight in weights.items() for _ in range(weight))


def weighed(tokens: str) -> Mapping[str, int]:
    """Read what `stems` gave: each token with its weight."""
    return Counter(tokens.split())


def query(typed: str) -> Query:
    """Give what ``typed`` asks for, in the language being spoken first.

    It has no syntax, and its last word may be only begun.
    """
    told = _plain(typed)
    found = {token: word for word in words(told) if (token := folded(word.text))}
    kept = [word for token, word in found.items() if token not in _EMPTY] or list(found.values())
    last = max((word.start for word in kept), default=0)
    return Query(tuple(_sought(word, is_last=word.start == last and word.end == len(told)) for word in kept))


def forms(word: Word) -> frozenset[str]:
    """Give all the tokens that ``word`` of a text may be found by, in either language."""
    return frozenset(form for language in _STEMMERS for form in _forms(word.text, language))


def _plain(typed: str) -> str:
    """Give ``typed`` composed, without the characters that nobody sees."""
    composed = unicodedata.normalize("NFC", typed)
    return "".join(letter for letter in composed if unicodedata.category(letter) != "Cf").strip()


def _tokens(told: Told) -> Iterator[str]:
    for word in words(unicodedata.normalize("NFC", told.text)):
        for part in (word, *word.parts):
            yield from _forms(part.text, told.language)


def _sought(word: Word, *, is_last: bool, is_part: bool = False) -> Sought:
    token = folded(word.text)
    spoken = current()
    own = _forms(word.text, spoken)
    other = [form for language in _STEMMERS for form in _forms(word.text, language) if form not in own]
    begins = is_last and (is_part or len(token) >= SHORTEST_BEGINNING)
    parts = [part for part in word.parts if folded(part.text)]
    apart = tuple(_sought(part, is_last=is_last and part is parts[-1], is_part=True) for part in parts)
    return Sought(own, (token,) if begins else (), apart, tuple(other))


@lru_cache(maxsize=50_000)
def _forms(text: str, language: str) -> tuple[str, ...]:
    """Give a word bare, and its stem as it is written and as who leaves out the accents writes it: durée, duree."""
    token = folded(text)
    if not token.isalpha():
        return (token,) if token else ()
    # A stemmer keeps what it works on in itself, and requests run in threads: each call has its own.
    name, mark = _STEMMERS[language]
    stemmer = snowballstemmer.stemmer(name)
    stemmed = (folded(stemmer.stemWord(text.casefold())), stemmer.stemWord(token))
    return tuple(dict.fromkeys((token, *(_MUTE.sub("", stem) + mark for stem in stemmed))))
