"""What a form offers to choose from, in words, and the choice that came back."""

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from tracker.labels import typeset, word
from tracker.store.models import Department

Code = TypeVar("Code", bound=StrEnum)


def coded(codes: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """Offer ``codes`` by their words."""
    return [(code.value, word(code)) for code in codes]


def named(departments: Iterable[Department]) -> list[tuple[str, str]]:
    """Offer departments by their names."""
    return [(row.code, typeset(row.name)) for row in departments]


def member(codes: type[Code], given: str | None) -> Code | None:
    """Give the one of ``codes`` that was chosen, None for anything else."""
    return codes(given) if given in set(codes) else None
