"""Audits as Ara exports them and as auditors fill the grid, made for tests; every name in them is invented."""

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

import xlsxwriter

from tracker.config.paths import bundled
from tracker.domain.rgaa import AuditKind, RgaaVersion
from tracker.importers.rgaa import read

VERSIONS: Mapping[str, RgaaVersion] = {one.code: one for one in read(bundled("seeds") / "rgaa.yaml")}
STATES = {"C": "COMPLIANT", "NC": "NOT_COMPLIANT", "NA": "NOT_APPLICABLE", "NT": "NOT_TESTED"}
SHARED = "Éléments transverses"
Pages = Mapping[str, Sequence[str]]
"""The results of each page by its name, in the order of the criteria."""


def criteria(kind: AuditKind = AuditKind.FULL, version: str = "4.1") -> tuple[str, ...]:
    return VERSIONS[version].looked_at(kind)


def cells(told: str, kind: AuditKind = AuditKind.FULL) -> list[str]:
    """Give results in a round: « C C NC NA » again and again, to the last criterion."""
    asked = told.split()
    return [asked[place % len(asked)] for place in range(len(criteria(kind)))]


def ara_csv(pages: Pages, kind: AuditKind = AuditKind.FULL, delimiter: str = ",") -> bytes:
    made = io.StringIO(newline="")
    out = csv.writer(made, delimiter=delimiter, lineterminator="\n")
    out.writerow(["Critères", *pages])
    out.writerows(zip(criteria(kind), *pages.values(), strict=True))
    return made.getvalue().encode()


def ara_json(
    pages: Pages, kind: AuditKind = AuditKind.FULL, reference: str = "RGAA Version 4.1", **told: object
) -> bytes:
    """Give a report; ``told`` replaces what it says of itself. What was never tested has no line."""
    samples = [
        {"id": 40 + place, "number": place + 1, "order": place, "name": name, "url": f"https://ville.example/{place}"}
        for place, name in enumerate(pages)
    ]
    results = [
        {
            "pageId": sample["id"],
            "topic": int(one.split(".")[0]),
            "criterium": int(one.split(".")[1]),
            "status": STATES[cell],
        }
        for sample, page in zip(samples, pages.values(), strict=True)
        for one, cell in zip(criteria(kind), page, strict=True)
        if cell != "NT"
    ]
    report = {
        "consultUniqueId": "abc",
        "contactEmail": "contact.personne@ville.example",
        "procedureName": "Site de la ville",
        "procedureUrl": "https://ville.example",
        "auditType": {"rapid": "FAST", "complementary": "COMPLEMENTARY", "full": "FULL"}[kind],
        "creationDate": "2024-02-01T10:00:00.000Z",
        "publishDate": "2024-03-01T23:30:00.000Z",  # 2 March in Paris
        "statementPublicationDate": "2024-03-15T09:00:00.000Z",
        "accessibilityRate": 50,
        "context": {
            "referencial": reference,
            "auditorName": "Prénom Nom",
            "auditorEmail": "prenom.nom@cabinet.example",
            "auditorOrganisation": "Cabinet fictif",
            "samples": samples,
            "tools": ["Contrast checker", "Validateur HTML"],
            "environments": [
                {
                    "platform": "Ordinateur",
                    "operatingSystem": "Windows 11",
                    "assistiveTechnology": "NVDA",
                    "browser": "Firefox",
                }
            ],
        },
        "results": results,
    }
    return json.dumps({**report, **told}, ensure_ascii=False).encode()


def model(pages: Pages, day: str = "01/06/2024", spare: int = 2) -> Mapping[str, list[list[str]]]:
    """Give the sheets of the model of grid, filled, with ``spare`` sheets of pages that nobody used."""
    heading = [
        "Thématique",
        "Critère",
        "Recommandation",
        "Statut",
        "Dérogation",
        "Modifications à apporter",
        "Commentaires",
    ]
    names = [f"P{place:02}" for place in range(1, len(pages) + spare + 1)]
    sample = [
        ["RGAA 4.1.1 – GRILLE D'ÉVALUATION"],
        [],
        [f"Date : {day}"],
        ["Auditeur : PERSONNE Une"],
        ["Contexte : visite initiale"],
        ["Site :", "Site de la ville"],
        [],
        ["N° page", "Titre de la page", "URL"],
    ]
    told = [*pages, *[""] * spare]
    sample += [
        [name, title, f"https://ville.example/{name}" if title else ""] for name, title in zip(names, told, strict=True)
    ]
    sheets = {"Mode d'emploi": [["Comment remplir"]], "Échantillon": sample}
    sheets["Critères"] = [["Thématique", "Critère", "Recommandation"], *([["", one, "…"] for one in criteria()])]
    for name, page in zip(names, [*pages.values(), *[cells("NT")] * spare], strict=True):
        rows = [["", one, "…", cell, "N", "", ""] for one, cell in zip(criteria(), page, strict=True)]
        sheets[name] = [["RGAA 4.1.1 – GRILLE D'ÉVALUATION"], [name], heading, *rows]
    sheets["BaseDeCalcul"] = [["Critères", *[f"{name} {said}" for name in names for said in ("C", "NC", "NA")]]]
    return sheets


def xlsx(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as workbook:
        for name, rows in sheets.items():
            page = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
    return made.getvalue()


def ods(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """Give an ODS as LibreOffice names its parts, every cell a text."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    tables = "".join(
        f'<table:table table:name="{escape(name)}">'
        + "".join(
            "<table:table-row>"
            + "".join(
                f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
                if cell
                else "<table:table-cell/>"
                for cell in row or [""]
            )
            + "</table:table-row>"
            for row in rows
        )
        + "</table:table>"
        for name, rows in sheets.items()
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{office}:office:1.0"'
        f' xmlns:table="{office}:table:1.0" xmlns:text="{office}:text:1.0" office:version="1.3"><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="{office}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), kind)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return made.getvalue()
