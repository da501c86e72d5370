"""A field of a form that is made of typed texts: what the macros of ``components/forms.html`` show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.labels import text, word

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Box:
    """One field: its name in the form, what is typed in it, and what may be chosen."""

    name: str
    data: str = ""
    choices: Choices = ()

    @property
    def id(self) -> str:
        """Give the mark that ties the field to its label."""
        return self.name


def boxes(told: Mapping[str, str], before: str = "", choices: Mapping[str, Choices] | None = None) -> dict[str, Box]:
    """Make a field of each typed text, its name after ``before``."""
    offered = choices or {}
    return {name: Box(f"{before}{name}", written, offered.get(name, ())) for name, written in told.items()}


def choice_of(codes: Iterable[StrEnum]) -> Choices:
    """Offer ``codes`` by their words, after a choice that is none."""
    return [("", text("à choisir")), *((code.value, word(code)) for code in codes)]
