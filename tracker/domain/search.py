"""Search: the words of a text, what is looked for, and how well something answers; in no language, in no database."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

LONGEST = 60
"""Letters of a token: no word is longer, and no database is given one that it refuses."""
SHORTEST_BEGINNING = 3
_LETTERS = r"(?:[^\W_][\u0300-\u036f]*)+"
_WORD = re.compile(rf"{_LETTERS}(?:[-\u2010\u2011/]{_LETTERS})*")
_PART = re.compile(_LETTERS)
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word where it stands in a text; ``parts`` are those of « éco-conception » or « SOB-06 », none elsewhere."""

    text: str
    start: int
    parts: tuple["Word", ...] = ()

    @property
    def end(self) -> int:
        """Give where the word ends."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Sought:
    """A word that is looked for: one of ``forms``, what begins by one of ``beginnings``, or all of ``parts``.

    ``foreign`` are the forms that the word would have in the language that is not being spoken.
    """

    forms: tuple[str, ...]
    beginnings: tuple[str, ...] = ()
    parts: tuple["Sought", ...] = ()
    foreign: tuple[str, ...] = ()

    def weight(self, tokens: Mapping[str, int]) -> int:
        """Give how well ``tokens``, each with its weight, answer: a whole word thrice as well as a beginning."""
        own = max((tokens.get(form, 0) for form in self.forms), default=0)
        other = max((tokens.get(form, 0) for form in self.foreign), default=0)
        whole = max(3 * own, 2 * other)
        apart = min((part.weight(tokens) for part in self.parts), default=0)
        if whole or apart or not self.beginnings:
            return max(whole, apart)
        return max((weight for token, weight in tokens.items() if token.startswith(self.beginnings)), default=0)


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: every word, or any of them."""

    sought: tuple[Sought, ...]
    is_any: bool = False

    def rank(self, tokens: Mapping[str, int]) -> tuple[int, int]:
        """Give how many words ``tokens`` answer, then how well: the greatest comes first."""
        weights = [one.weight(tokens) for one in self.sought]
        return sum(map(bool, weights)), sum(weights)


def words(text: str) -> Iterator[Word]:
    """Give the words of ``text``: an apostrophe parts two words, a hyphen or a slash the parts of one."""
    for found in _WORD.finditer(text):
        parts = tuple(Word(part[0], found.start() + part.start()) for part in _PART.finditer(found[0]))
        yield Word(found[0], found.start(), parts if len(parts) > 1 else ())


def folded(word: str) -> str:
    """Give ``word`` without case, accents, ligatures, hyphens or slashes."""
    bare = unicodedata.normalize("NFKD", word.casefold().translate(_LIGATURES))
    return "".join(letter for letter in bare if letter.isalnum())[:LONGEST]
