"""Every message of the code and the templates is in the English catalogue, and says the same things."""

import re
import tomllib
from functools import cache
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from tracker.labels.language import speaking, text

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "tracker/labels/translations/en.po"
KEYWORDS = {"_": None, "text": None, "N_": None, "plural": (1, 2)}
PLACEHOLDER = re.compile(r"\{\w*\}")


@cache
def extracted() -> frozenset[str | tuple[str, ...]]:
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["babel"]["mappings"]
    methods = [(mapping["pattern"], mapping["method"]) for mapping in mappings]
    options = {m["pattern"]: {k: v for k, v in m.items() if k not in {"method", "pattern"}} for m in mappings}
    found: set[str | tuple[str, ...]] = set()
    for folder in ("tracker", "templates"):
        here = [(pattern.removeprefix(f"{folder}/"), method) for pattern, method in methods if folder in pattern]
        known = {pattern.removeprefix(f"{folder}/"): value for pattern, value in options.items()}
        for row in extract_from_dir(ROOT / folder, here, known, keywords=KEYWORDS):
            found.add(row[2])
    return frozenset(found)


def catalogue() -> dict[str | tuple[str, ...], tuple[str, ...]]:
    with CATALOGUE.open("rb") as file:
        messages = [message for message in read_po(file, locale="en") if message.id]
    assert not [message.id for message in messages if message.fuzzy]
    known: dict[str | tuple[str, ...], tuple[str, ...]] = {}
    for message in messages:
        if isinstance(message.id, str):
            known[message.id] = (message.string,)
        else:
            known[tuple(message.id)] = tuple(message.string)
    return known


def test_every_message_has_its_english():
    known = catalogue()
    alone = {
        form: (told,)
        for forms, said in known.items()
        if isinstance(forms, tuple)
        for form, told in zip(forms, said, strict=True)
    }
    missing = {message for message in extracted() if not all(known.get(message) or alone.get(message, ("",)))}
    assert not missing


def test_no_english_is_left_for_a_message_that_is_gone():
    assert not set(catalogue()) - extracted()


def test_french_and_english_fill_the_same_blanks():
    for message, forms in catalogue().items():
        for french, english in zip([message] if isinstance(message, str) else message, forms, strict=True):
            assert set(PLACEHOLDER.findall(english)) == set(PLACEHOLDER.findall(french)), message


def test_french_gets_its_typography_and_english_does_not():
    with speaking("fr"):
        assert text("Que garder ?") == "Que garder\u202f?"
        assert text("L'objectif ne vaut qu'à partir de {year}.", year=2025).startswith("L’objectif")
    with speaking("en"):
        assert "\u202f" not in text("Que garder ?")


def test_no_message_is_written_outside_the_catalogue():
    """French words in a template stand inside a call: what is left between tags has no accented letter."""
    for template in (ROOT / "templates").rglob("*.html"):
        source = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", "", template.read_text(), flags=re.DOTALL)
        left = re.sub(r'<[^>]*>|[\w-]+="[^"]*"', " ", source)
        words = set(re.findall("[A-Za-zÀ-ÿ]{3,}", left)) - {"Parole", "tenue", "Français", "English"}
        assert not words, template.name
