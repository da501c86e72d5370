"""Frozen reports in words: their seal, what was rectified since, what differs from one to another."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from tracker.domain.frozen_reports import Rectification
from tracker.domain.vocabulary import Role
from tracker.labels.formats import day, moment, number
from tracker.labels.language import N_, text, typeset
from tracker.labels.words import word

FIELDS: Mapping[str, str] = {
    "etat": N_("état"),
    "valeur": N_("valeur"),
    "motif_absence": N_("motif d'absence"),
    "reference": N_("référence"),
    "annee_reference": N_("année de la référence"),
    "cible": N_("cible"),
    "cible_haute": N_("haut de la cible"),
    "annee_cible": N_("échéance de la cible"),
    "seuil": N_("seuil du texte"),
}
"""The columns of the report that are compared, as they are read."""


def report_title(year: int, version: int) -> str:
    """Name a frozen version."""
    return text("Rapport {year}, version {n}", year=year, n=version)


def seal_sentence(version: int, frozen_at: datetime, role: Role, as_of: date) -> str:
    """Say which version this is, who froze it and when."""
    return text(
        "Version {n}, figée le {at} (fonction : {role}), d'après les données du {as_of}.",
        n=version,
        at=moment(frozen_at),
        role=word(role),
        as_of=day(as_of),
    )


def digest_sentence(schema: str, digest: str) -> str:
    """Give what a frozen version is checked by."""
    return text("Schéma {schema}. SHA-256 : {digest}", schema=schema, digest=digest)


def field_phrase(field: str, unit: str = "") -> str:
    """Name what is compared: « valeur (année) »."""
    named = text(FIELDS[field])
    return text("{field} ({unit})", field=named, unit=unit) if unit and field in _QUANTITIES else named


def cell_phrases(before: object, after: object) -> tuple[str, str]:
    """Write what two cells of the report hold, with two decimals, or all where these would hide what differs."""
    told = (cell_phrase(before, _SHORT), cell_phrase(after, _SHORT))
    return told if told[0] != told[1] else (cell_phrase(before), cell_phrase(after))


def cell_phrase(cell: object, decimals: int | None = None) -> str:
    """Write what a cell of the report holds; what is missing is said to be."""
    match cell:
        case None:
            return text("rien")
        case Decimal():
            return number(cell, decimals)
        case date():
            return day(cell)
        case _:
            return str(cell)


def rectified_phrase(one: Rectification) -> str:
    """Say what was rectified: « valeur (année) : au lieu de 5,2, lire 5,4 »."""
    was, now = cell_phrases(one.before, one.after)
    return text("{field} : au lieu de {was}, lire {now}", field=field_phrase(one.field, one.unit), was=was, now=now)


def reason_phrase(one: Rectification) -> str:
    """Give the reason of a rectification, or say that none was given."""
    return typeset(one.reason) if one.reason else text("aucune raison n'a été donnée")


def who_phrase(one: Rectification) -> str:
    """Say when it was rectified and in which function, never by whom: « 3 avril 2025, référent »."""
    if one.at is None:
        return "–"
    told = day(one.at.date())
    return text("{on}, {role}", on=told, role=word(one.role)) if one.role else told


_SHORT = 2  # decimals
_QUANTITIES = {"valeur", "reference", "cible", "cible_haute", "seuil"}
