"""The deliberations of an authority as open data has them: the SCDL schema 2.1, its columns and one row."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

VERSION = "2.1.5"
SOURCE = "https://schema.data.gouv.fr/scdl/deliberations/latest.html"


class CellKind(StrEnum):
    """What a column holds, in the words of Table Schema."""

    STRING = "string"
    DATE = "date"
    INTEGER = "integer"


@dataclass(frozen=True, slots=True)
class PublishedDeliberation:
    """One row: texts are "" and the rest None where nothing is known. ``budget_years`` is « 2025 » or « 2025/2026 »."""

    authority: str
    siret: str
    identifier: str
    adopted_on: date
    subject: str
    matter_code: str = ""
    matter: str = ""
    budget_years: str = ""
    budget: str = ""
    control: str = ""
    sent_on: date | None = None
    members: int | None = None
    voters: int | None = None
    in_favour: int | None = None
    against: int | None = None
    abstentions: int | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class ScdlColumn:
    """A column: its name in the schema, the field of the row, its kind, the form of its cells, what the schema asks."""

    name: str
    field: str
    kind: CellKind = CellKind.STRING
    pattern: str = ""
    example: str = ""
    is_required: bool = False

    def admits(self, text: str) -> bool:
        """Tell whether ``text`` has the form of this column's cells."""
        return not self.pattern or re.fullmatch(self.pattern, text) is not None


COLUMNS = (
    ScdlColumn("COLL_NOM", "authority", example="Ville de Démonstration", is_required=True),
    ScdlColumn("COLL_SIRET", "siret", pattern=r"[0-9]{14}", example="21860194600013", is_required=True),
    ScdlColumn("DELIB_ID", "identifier", example="2025-02-27-12", is_required=True),
    ScdlColumn("DELIB_DATE", "adopted_on", CellKind.DATE, example="2025-02-27", is_required=True),
    ScdlColumn("DELIB_MATIERE_CODE", "matter_code", pattern=r"[0-9]\.[0-9]{1,2}", example="8.4", is_required=True),
    ScdlColumn("DELIB_MATIERE_NOM", "matter", example="URBANISME", is_required=True),
    ScdlColumn("DELIB_OBJET", "subject", example="Plan de sobriété numérique", is_required=True),
    ScdlColumn("BUDGET_ANNEE", "budget_years", pattern=r"[0-9]{4}(?:/[0-9]{4})?", example="2025"),
    ScdlColumn("BUDGET_NOM", "budget", example="Budget principal"),
    ScdlColumn("PREF_ID", "control", example="PREF013"),
    ScdlColumn("PREF_DATE", "sent_on", CellKind.DATE, example="2025-03-03"),
    ScdlColumn("VOTE_EFFECTIF", "members", CellKind.INTEGER, example="43"),
    ScdlColumn("VOTE_REEL", "voters", CellKind.INTEGER, example="40"),
    ScdlColumn("VOTE_POUR", "in_favour", CellKind.INTEGER, example="25"),
    ScdlColumn("VOTE_CONTRE", "against", CellKind.INTEGER, example="10"),
    ScdlColumn("VOTE_ABSTENTION", "abstentions", CellKind.INTEGER, example="5"),
    ScdlColumn("DELIB_URL", "address", pattern=r"https?://[^\s<>\"]{3,500}", example="https://ville.example/1.pdf"),
)
NEEDED = ("DELIB_ID", "DELIB_DATE", "DELIB_OBJET")
"""The columns without which a row says nothing: many files leave the others of the schema empty."""


def lacking(row: PublishedDeliberation) -> Sequence[str]:
    """Name the columns that the schema asks for and that ``row`` leaves empty: nothing is invented to fill them."""
    known = {field.name: getattr(row, field.name) for field in fields(row)}
    return [column.name for column in COLUMNS if column.is_required and not known[column.field]]
