"""The words of an inventory: what they may tell of equipment, and how two of them are compared."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class RuleField(StrEnum):
    """What a word of an inventory tells."""

    CATEGORY = "category"
    STATE = "state"
    DEPARTMENT = "department"


@dataclass(frozen=True, slots=True)
class EquipmentRuleRecord:
    """How a word is read since ``recorded_at``: ``word`` as it is compared, ``reads_as`` a code of its field."""

    field: RuleField
    word: str
    reads_as: str
    version: int
    author: str
    recorded_at: datetime


def compared(word: str) -> str:
    """Give a word as it is compared: without accents, capitals nor double spaces."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    return " ".join("".join(letter for letter in apart if not unicodedata.combining(letter)).split())
