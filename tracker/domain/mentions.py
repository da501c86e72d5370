"""Mentions: who is called by « @Prénom Nom » or « @adresse » in a message."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

_CALL = re.compile(r"(?<!\w)@")
_GOES_ON = re.compile(r"\w|[-.'@]\w")  # « @Anne-Marie » is not Anne, « @anne@ville.fr.example » not anne@ville.fr
_ASIDE = re.compile(r"\s*\([^)]*\)$")


def mentioned(body: str, people: Mapping[int, Sequence[str]]) -> frozenset[int]:
    """Give who is called in ``body`` among ``people``, each with the names that they answer to.

    Case and accents do not count. Where one name begins another, the longest one is meant; two people of the same
    name are both called. What stands in brackets after a name may be left out.
    """
    answers: dict[str, set[int]] = {}
    for number, names in people.items():
        for name in names:
            for form in {_folded(name), _ASIDE.sub("", _folded(name))} - {""}:
                answers.setdefault(form, set()).add(number)
    longest_first = sorted(answers, key=len, reverse=True)
    text, found = _folded(body), set[int]()
    for call in _CALL.finditer(text):
        rest = text[call.end() :]
        name = next((one for one in longest_first if _begins(rest, one)), "")
        found |= answers.get(name, set())
    return frozenset(found)


def _begins(rest: str, name: str) -> bool:
    return rest.startswith(name) and not _GOES_ON.match(rest[len(name) :])


def _folded(text: str) -> str:
    """Give ``text`` without case nor accents, its apostrophes and spaces plain."""
    bare = "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return " ".join(bare.casefold().replace("’", "'").split())
