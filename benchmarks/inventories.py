"""Importing an inventory of 200,000 assets: read in its child, previewed, stored; its seconds and its memory."""

import csv
import io
import random
import resource
import tempfile
import time
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from benchmarks.server import PASSWORD
from tracker.config.paths import bundled
from tracker.domain.inventories import InventoryScope
from tracker.domain.vocabulary import Role
from tracker.services import demonstration, estate_intakes, instance
from tracker.services.visitor import acting_as
from tracker.store.session import Database

ASSETS = 200_000
TODAY = date(2026, 11, 22)
_FIRST = date(2012, 1, 1)
_HEADINGS = (
    *("Nom", "ID", "Entité", "Statut", "Fabricant", "Numéro de série", "Type", "Modèle", "Lieu", "Utilisateur"),
    *("Dernière modification", "Numéro d'inventaire", "Date d'achat", "Date de mise en service", "Date de réforme"),
    "Durée de garantie",
)


@dataclass(frozen=True, slots=True)
class Cost:
    """What an import took: seconds on the clock and of the processors, and the most memory of one process, in MB."""

    seconds: float
    processor_seconds: float
    megabytes: float


def cost(assets: int = ASSETS) -> Cost:
    """Give what it takes to read an inventory and store it, on SQLite: what a person does in two clicks."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'inventory.sqlite3'}")
        instance.initialise(database, bundled("seeds"), demo=True, password=PASSWORD)
        content = inventory(assets)
        began, used = time.perf_counter(), _processor_seconds()
        drafts = estate_intakes.read(content, InventoryScope.COMPUTERS, None, TODAY)
        with database.transaction() as session:
            visitor = acting_as(session, "marseille", demonstration.address(Role.REFERENT))
            row = estate_intakes.send(
                session, visitor, "glpi.csv", content, drafts, InventoryScope.COMPUTERS, TODAY, TODAY
            )
            found = estate_intakes.preview(session, visitor, row)
        with database.transaction() as session:
            visitor = acting_as(session, "marseille", demonstration.address(Role.REFERENT))
            stored = estate_intakes.confirm(session, visitor, row.id, (), found.mark)
        if stored.created != assets:
            raise RuntimeError(f"{stored.created} of {assets} assets were stored")
        elapsed, processors = time.perf_counter() - began, _processor_seconds() - used
        database.dispose()
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return Cost(elapsed, processors, most / 1024)


def inventory(assets: int) -> bytes:
    """Draw the inventory of a large authority as GLPI exports it: 60 % of its days are told."""
    drawn, stream = random.Random(1), io.StringIO()  # noqa: S311 - an invented inventory
    writer = csv.writer(stream, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow(_HEADINGS)
    for number in range(1, assets + 1):
        bought = _FIRST + timedelta(days=drawn.randrange(5_000))
        started = bought + timedelta(days=drawn.randrange(60))
        end = started + timedelta(days=drawn.randrange(1_500, 2_500))
        is_gone = end < TODAY
        writer.writerow(
            (
                f"PC-{number:06}",
                number,
                f"Ville > Direction {drawn.randrange(40)}",
                "Réformé" if is_gone else "En service",
                "Dell",
                f"SN{number:08}",
                drawn.choice(("Portable", "Desktop", "Tower")),
                f"Latitude {drawn.randrange(5_000, 5_600)}",
                f"Bâtiment {drawn.randrange(30)} > Bureau {number % 300}",
                f"Personne {number}",
                "2026-09-01 10:00",
                f"INV{number:07}",
                f"{bought:%d-%m-%Y}" if drawn.random() < 0.6 else "",
                f"{started:%d-%m-%Y}" if drawn.random() < 0.6 else "",
                f"{end:%d-%m-%Y}" if is_gone else "",
                "36",
            )
        )
    return stream.getvalue().encode()


def _processor_seconds() -> float:
    told = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in told)
