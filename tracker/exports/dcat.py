"""Catalogues that data portals harvest: DCAT as JSON-LD, with absolute addresses."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tracker.exports.packages import LICENCE

JSON_LD = "application/ld+json"
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
FRENCH = "http://publications.europa.eu/resource/authority/language/FRA"
YEARLY = "http://publications.europa.eu/resource/authority/frequency/ANNUAL"
_MEDIA = "https://www.iana.org/assignments/media-types/"


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file of a dataset, at an absolute address; ``media`` is its kind: « text/csv »."""

    title: str
    address: str
    media: str


@dataclass(frozen=True, slots=True)
class Dataset:
    """What an authority publishes: the page that tells of it, since when it is there and as it is, its files."""

    title: str
    description: str
    page: str
    authority: str
    home: str
    issued: datetime
    modified: datetime
    keywords: Sequence[str]
    files: Sequence[DataFile]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A list of datasets at an address of its own, told of by the page ``home``."""

    title: str
    description: str
    address: str
    home: str
    publisher: str
    datasets: Sequence[Dataset]


def catalogue(told: Catalogue) -> bytes:
    """Write a catalogue as DCAT in JSON-LD."""
    written = {
        "@context": CONTEXT,
        "@id": told.address,
        "@type": "dcat:Catalog",
        "dct:title": _french(told.title),
        "dct:description": _french(told.description),
        "dct:language": {"@id": FRENCH},
        "dct:license": {"@id": LICENCE["path"]},
        "dct:publisher": _agent(told.publisher, told.home),
        "foaf:homepage": {"@id": told.home},
        "dcat:dataset": [_dataset(one) for one in told.datasets],
    }
    return json.dumps(written, ensure_ascii=False, indent=1).encode()


def _dataset(one: Dataset) -> Mapping[str, Any]:
    return {
        "@id": one.page,
        "@type": "dcat:Dataset",
        "dct:identifier": one.page,
        "dct:title": _french(one.title),
        "dct:description": _french(one.description),
        "dct:language": {"@id": FRENCH},
        "dct:license": {"@id": LICENCE["path"]},
        "dct:publisher": _agent(one.authority, one.home),
        "dct:issued": _moment(one.issued),
        "dct:modified": _moment(one.modified),
        "dct:accrualPeriodicity": {"@id": YEARLY},
        "dcat:keyword": [_french(word) for word in one.keywords],
        "dcat:landingPage": {"@id": one.page},
        "dcat:distribution": [_file(file) for file in one.files],
    }


def _file(file: DataFile) -> Mapping[str, Any]:
    return {
        "@id": file.address,
        "@type": "dcat:Distribution",
        "dct:title": _french(file.title),
        "dct:license": {"@id": LICENCE["path"]},
        "dcat:accessURL": {"@id": file.address},
        "dcat:downloadURL": {"@id": file.address},
        "dcat:mediaType": {"@id": f"{_MEDIA}{file.media}"},
    }


def _agent(name: str, home: str) -> Mapping[str, Any]:
    return {"@type": "foaf:Organization", "@id": f"{home}#publisher", "foaf:name": name}


def _french(words: str) -> Mapping[str, str]:
    return {"@value": words, "@language": "fr"}


def _moment(at: datetime) -> Mapping[str, str]:
    return {"@value": at.isoformat(), "@type": "xsd:dateTime"}
