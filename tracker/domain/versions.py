"""Versions: what is decided once and never rewritten, each from a year on."""

from collections.abc import Iterable
from typing import Protocol, TypeVar


class Versioned(Protocol):
    """Something that has a version and a first year judged with it."""

    @property
    def version(self) -> int:
        """Give its rank, from 1."""
        ...

    @property
    def in_force_from(self) -> int:
        """Give the first year that it is used for."""
        ...


Version = TypeVar("Version", bound=Versioned)


def in_force(versions: Iterable[Version], year: int) -> Version | None:
    """Give the version that ``year`` is judged with: the last decided one in force by then, None before the first."""
    found: Version | None = None
    for one in versions:
        if one.in_force_from <= year and (found is None or one.version > found.version):
            found = one
    return found
