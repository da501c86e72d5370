"""Where a commitment stands in its text, and which text a citation means: both are told in words, compared by form."""

import re
from collections.abc import Iterable

_NUMBERED = re.compile(r"articles?\s+(unique|\d+(?:er)?(?!\w)(?:\s*(?:,|et|à)\s*\d+(?!\w))*)")
_DISPOSITIVE = re.compile(r"dispositif,\s*(\w+ alinéa)")
RECITAL = "considérant"
REPORT = "exposé"


def places(locator: str, labels: Iterable[str]) -> tuple[str, ...]:
    """Give the parts of a text that a locator names: those of the articles ``labels`` that it names, in their order.

    Where it names none of them, its own first word is the part: « exposé », « considérant »; "" for anything else.
    """
    written = locator.lower()
    wanted = {f"article {number}" for found in _NUMBERED.findall(written) for number in _numbers(found)}
    wanted |= set(_DISPOSITIVE.findall(written))
    named = tuple(label for label in labels if label.lower() in wanted)
    if named:
        return named
    return (next((part for part in (RECITAL, REPORT) if written.startswith(part)), ""),)


def _numbers(written: str) -> Iterable[str]:
    """Give the numbers of « 1 », « 1 et 2 », « 1 à 3 » or « unique »."""
    told = re.findall(r"unique|\d+", written)
    if "à" in written and len(told) > 1:
        low, high = int(told[0]), min(int(told[-1]), int(told[0]) + 99)
        return [str(number) for number in range(low, high + 1)]
    return told


def bare_number(number: str) -> str:
    """Give the number of a deliberation as it is compared: « HN 001-8073/20/CM » and « HN001-8073/20/cm » are one."""
    return re.sub(r"\s+", "", number).lower()


def as_reference(number: str) -> str:
    """Make the reference of an address from a number: letters without accents, digits, dots and dashes."""
    return re.sub(r"[^A-Za-z0-9.]+", "-", number).strip("-.")[:60]
