"""Data packages (Frictionless, version 2): tables for programs described together, and put in one archive."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tracker.exports.tabular import DataTable, csv_file, schema
from tracker.labels import text

PROFILE = "https://datapackage.org/profiles/2.0"
DESCRIPTOR = "datapackage.json"
LICENCE = {
    "name": "etalab-2.0",
    "title": "Licence Ouverte 2.0",
    "path": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
}
_FIRST = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o100644 << 16
_UNIX = 3


@dataclass(frozen=True, slots=True)
class Package:
    """What a package says of itself: ``name`` in small letters, digits and hyphens; ``home`` an absolute address.

    ``sources`` are titles with their addresses, empty for none. What is not open bears no licence.
    """

    name: str
    title: str
    description: str
    home: str
    authority: str
    version: str
    created: datetime
    sources: Sequence[tuple[str, str]] = ()
    is_open: bool = True


def files(package: Package, tables: Sequence[DataTable]) -> Mapping[str, bytes]:
    """Write the descriptor of ``tables`` and each of them, by their names in the archive; words are French."""
    contents = {f"{table.name}.csv": csv_file(table) for table in tables}
    names = {table.name for table in tables}
    resources = [resource(table, f"{table.name}.csv", contents[f"{table.name}.csv"], names) for table in tables]
    return {DESCRIPTOR: descriptor(package, resources), **contents}


def archive(contents: Mapping[str, bytes]) -> bytes:
    """Put files in a ZIP whose bytes depend on them alone: no date, no machine."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as kept:
        for name, content in contents.items():
            entry = zipfile.ZipInfo(name, _FIRST)
            entry.external_attr, entry.create_system = _READABLE, _UNIX
            kept.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)
    return made.getvalue()


def descriptor(package: Package, resources: Sequence[Mapping[str, Any]]) -> bytes:
    """Describe a package as JSON; what it does not say is left out."""
    told: dict[str, Any] = {
        "$schema": f"{PROFILE}/datapackage.json",
        "name": package.name,
        "title": package.title,
        "description": package.description,
        "homepage": package.home,
        "version": package.version,
        "created": package.created.isoformat(),
        "licenses": [LICENCE] if package.is_open else [],
        "contributors": [{"title": package.authority, "roles": ["publisher"]}],
        "sources": [{"title": title, **({"path": path} if path else {})} for title, path in package.sources],
        "resources": resources,
    }
    return json.dumps({name: one for name, one in told.items() if one}, ensure_ascii=False, indent=1).encode()


def resource(table: DataTable, path: str, content: bytes, others: set[str] | None = None) -> Mapping[str, Any]:
    """Describe a table written as ``content`` at ``path``; it refers to those of ``others`` that it points at."""
    return {
        "$schema": f"{PROFILE}/dataresource.json",
        "name": table.name,
        "type": "table",
        "title": text(table.title),
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {"$schema": f"{PROFILE}/tableschema.json", **schema(table), **_keys(table, others or set())},
    }


def _keys(table: DataTable, others: set[str]) -> Mapping[str, Any]:
    keys = [
        {"fields": list(one.columns), "reference": {"resource": one.table, "fields": list(one.columns)}}
        for one in table.references
        if one.table in others
    ]
    return {"foreignKeys": keys} if keys else {}
