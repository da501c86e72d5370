"""Writes deliberations as open data (SCDL): the table that programs read, and the schema that describes it."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from tracker.domain.scdl import COLUMNS, SOURCE, VERSION, PublishedDeliberation
from tracker.domain.texts import inert
from tracker.labels import N_, speaking, text

_MEANINGS: Mapping[str, str] = {
    "COLL_NOM": N_("nom officiel de la collectivité"),
    "COLL_SIRET": N_("SIRET de la collectivité, 14 chiffres"),
    "DELIB_ID": N_("numéro de la délibération"),
    "DELIB_DATE": N_("jour du vote"),
    "DELIB_MATIERE_CODE": N_("code de matière de la nomenclature ACTES"),
    "DELIB_MATIERE_NOM": N_("nom de la matière"),
    "DELIB_OBJET": N_("objet de la délibération"),
    "BUDGET_ANNEE": N_("année du budget, ou deux années séparées par une barre oblique"),
    "BUDGET_NOM": N_("nom du budget"),
    "PREF_ID": N_("service du contrôle de légalité"),
    "PREF_DATE": N_("jour de réception au contrôle de légalité"),
    "VOTE_EFFECTIF": N_("nombre de membres de l'assemblée"),
    "VOTE_REEL": N_("nombre de votants"),
    "VOTE_POUR": N_("nombre de voix pour"),
    "VOTE_CONTRE": N_("nombre de voix contre"),
    "VOTE_ABSTENTION": N_("nombre d'abstentions"),
    "DELIB_URL": N_("adresse du document"),
}


def table(rows: Iterable[PublishedDeliberation]) -> bytes:
    """Write a row a deliberation: UTF-8, commas, ISO dates, missing is empty, no text runs as a formula."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([column.name for column in COLUMNS])
    for row in rows:
        writer.writerow([_cell(getattr(row, column.field)) for column in COLUMNS])
    return written.getvalue().encode()


def schema() -> bytes:
    """Describe the columns of ``table`` as a Table Schema, in French as the columns are."""
    with speaking("fr"):
        told: dict[str, Any] = {
            "$schema": "https://specs.frictionlessdata.io/schemas/table-schema.json",
            "name": "deliberations",
            "title": text("Délibérations"),
            "version": VERSION,
            "homepage": SOURCE,
            "missingValues": [""],
            "fields": [
                {
                    "name": column.name,
                    "type": column.kind.value,
                    "description": text(_MEANINGS[column.name]),
                    "example": column.example,
                    "constraints": {
                        "required": column.is_required,
                        **({"pattern": f"^{column.pattern}$"} if column.pattern else {}),
                    },
                }
                for column in COLUMNS
            ],
        }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _cell(value: str | int | date | None) -> str:
    if value is None:
        return ""
    return inert(value) if isinstance(value, str) else str(value)
