"""The figures of ``make measure`` that the product carries with it and shows."""

import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tracker.config.settings import read
from tracker.exports import seeds
from tracker.web import create_app

FILE = Path(__file__).parents[1] / "seeds" / "page_costs.yaml"
SOURCE = (
    "make measure : pages de la démonstration, servies par l'application elle-même, ouvertes par un référent "
    "dans un navigateur de 1920 × 1080 au cache vide, puis une seconde fois ; Ko de 1 000 octets, compressés."
)


CHECKS = FILE.with_name("access_checks.yaml")
CHECKED = (
    "make measure : règles automatiques d'axe, toutes, sur chaque page de la démonstration, et défilement horizontal "
    "à 320 pixels ; critères du RGAA que ces règles citent."
)


def store_checks(rules: Mapping[str, Any], pages: int, looks: Sequence[str], faults: int, browser: str) -> None:
    """Write what the automatic rules found: ``faults`` pages with a fault, among ``pages``."""
    document = {
        "schema": "access-checks/1",
        "source": CHECKED,
        "on": datetime.now(UTC).date().isoformat(),
        "version": version("parole-tenue"),
        "tool": f"axe-core {rules['version']}",
        "browser": browser,
        "pages": pages,
        "looks": list(looks),
        "faults": faults,
        "criteria": list(rules["criteria"]),
    }
    CHECKS.write_bytes(seeds.write(document))


def store(weighed: Mapping[str, Mapping[str, Any]], browser: str) -> None:
    """Write ``weighed``, the figures of each address, in the order of the addresses' patterns."""
    with tempfile.TemporaryDirectory() as folder:
        adapter = create_app(read({"TRACKER_INSTANCE": folder})).url_map.bind("localhost")
    rows = []
    for address, figures in weighed.items():
        rule, _ = adapter.match(urlsplit(address).path, return_rule=True)
        rows.append(
            {
                "pattern": rule.rule,
                "screen": rule.endpoint,
                "address": address,
                "requests": figures["requests"],
                "kilobytes": str(figures["kilobytes"]),
                "again_requests": figures["again_requests"],
                "again_kilobytes": str(figures["again_kilobytes"]),
                "elements": figures["dom"],
                "ecoindex": str(figures["ecoindex"]),
                "grade": figures["grade"],
            }
        )
    document = {
        "schema": "page-costs/1",
        "source": SOURCE,
        "on": datetime.now(UTC).date().isoformat(),
        "version": version("parole-tenue"),
        "browser": browser,
        "pages": sorted(rows, key=lambda row: (row["pattern"], row["address"])),
    }
    FILE.write_bytes(seeds.write(document))
