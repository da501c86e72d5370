"""The language being spoken, its catalogue, and French typography.

French is the source: a message is written in French in the code, and ``translations/en.po`` gives its English.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po
from markupsafe import Markup

from tracker.domain.bilingual import Bilingual

LANGUAGES = ("fr", "en")
TRANSLATIONS = Path(__file__).parent / "translations"
_spoken: ContextVar[str] = ContextVar("spoken", default="fr")

_RULES = (
    (re.compile("'"), "’"),
    (re.compile("« ?"), "«\u202f"),
    (re.compile(" ?»"), "\u202f»"),
    (re.compile(r"(?<=\S) (?=[;!?%€])"), "\u202f"),
    (re.compile(r"(?<=\S) (?=:)"), "\u00a0"),
    (re.compile(r"(?<=\bno) (?=\d)|(?<=\bart\.) (?=\d)|(?<=\d) (?=(?:ans?|euros?)\b)"), "\u00a0"),
)


def current() -> str:
    """Give the language being spoken: "fr" or "en"."""
    return _spoken.get()


def speak(language: str) -> None:
    """Speak ``language`` from now on in this context; French when it is not one of ours."""
    _spoken.set(language if language in LANGUAGES else "fr")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak ``language`` inside the block."""
    token = _spoken.set(language if language in LANGUAGES else "fr")
    try:
        yield
    finally:
        _spoken.reset(token)


@lru_cache(maxsize=8_192)
def typeset(text: str) -> str:
    """Give ``text`` its French typography: curved apostrophes, no-break spaces before ; : ! ? % € and in « »."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def N_(message: str) -> str:  # noqa: N802
    """Mark ``message`` for translation where it is written; it is translated where it is shown."""
    return message


def text(message: str, **values: Any) -> str:
    """Give ``message`` in the language being spoken, with its ``{values}``; markup in a value stays markup."""
    return _fill(_translate(message), values)


def plural(one: str, many: str, count: Any, **values: Any) -> str:
    """Give the form that ``count`` asks for: French says « 1,5 an » and « 0 relevé », English "0 values".

    The number stays on the line of the word after it.
    """
    if current() == "fr":
        return _fill(_bound(typeset(one if abs(count) < 2 else many)), values)
    forms = _catalogue(current()).get((one, many)) or (_translate(one), _translate(many))
    return _fill(_bound(forms[0] if abs(count) == 1 else forms[1]), values)


def _bound(message: str) -> str:
    return message.replace("{n} ", "{n}\u00a0")


def in_french() -> Markup:
    """Mark, on a page in another language, an element whose text is held in French only."""
    return Markup("") if current() == "fr" else Markup(' lang="fr"')


def french(content: str) -> str:
    """Typeset what is held in French only, marked as such inside a sentence of another language."""
    if current() == "fr" or not content:
        return typeset(content)
    return Markup('<span lang="fr">{}</span>').format(typeset(content))


def colon() -> str:
    """Give the colon between two parts of a line, as the language spaces it."""
    return "\u00a0: " if current() == "fr" else ": "


def semicolon() -> str:
    """Give the semicolon between two parts of a line, as the language spaces it."""
    return "\u202f; " if current() == "fr" else "; "


def say(content: Bilingual) -> str:
    """Give a bilingual text in the language being spoken, typeset if it is French."""
    chosen = content.in_language(current())
    return typeset(chosen) if chosen == content.fr else chosen


def _translate(message: str) -> str:
    if current() == "fr":
        return typeset(message)
    found = _catalogue(current()).get(message)
    return found[0] if found else message


def _fill(message: str, values: dict[str, Any]) -> str:
    if not values:
        return message
    if any(isinstance(value, Markup) for value in values.values()):
        return Markup(message).format(**values)  # noqa: S704 - messages are ours; format() escapes the values
    return message.format(**values)


@cache
def _catalogue(language: str) -> dict[str | tuple[str, str], tuple[str, ...]]:
    with (TRANSLATIONS / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    forms: dict[str | tuple[str, str], tuple[str, ...]] = {}
    for message in catalogue:
        given = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.id and all(given):
            told = tuple(map(str, given))
            if isinstance(message.id, str):
                forms[message.id] = told
            else:  # each form also stands alone: a unit names its two phrases one by one
                one, many = message.id[0], message.id[1]
                forms |= {(one, many): told, one: told[:1], many: told[1:]}
    return forms
