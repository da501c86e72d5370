"""Importing thousands of values: read, held against what is stored and written, beside writing the same rows raw."""

import tempfile
import time
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from sqlalchemy import insert

from benchmarks.catalogue import values_csv, widen
from benchmarks.server import PASSWORD
from tracker.config.paths import bundled
from tracker.domain.vocabulary import Quality, Role
from tracker.services import demonstration, imports, instance
from tracker.services.proposals import plan
from tracker.services.visitor import acting_as
from tracker.store.models import Measurement
from tracker.store.queries import indicators
from tracker.store.session import Database

TODAY = date(2026, 11, 22)
INDICATORS = 200
YEARS = range(2000, 2025)


def seconds() -> tuple[float, float]:
    """Give the time that 5,000 rows take: through the product, and as one bare INSERT of the same rows."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'import.sqlite3'}")
        instance.initialise(database, bundled("seeds"), demo=True, password=PASSWORD)
        with database.transaction() as session:
            codes = widen(session, acting_as(session, "marseille", None).organisation, INDICATORS)
        raw = _raw(database)
        began = time.perf_counter()
        content = values_csv(codes, YEARS)
        parsed = imports.read(content, "values.csv")
        with database.transaction() as session:
            visitor = acting_as(session, "marseille", demonstration.address(Role.REFERENT))
            found = plan(session, visitor, parsed, TODAY)
            imports.load(session, visitor, "values.csv", content, None, found)
        elapsed = time.perf_counter() - began
        database.dispose()
        return elapsed, raw


def _raw(database: Database) -> float:
    """Write the rows into another organisation, with nothing asked and nothing told."""
    began = time.perf_counter()
    with database.transaction() as session:
        organisation = acting_as(session, "amp", None).organisation
        numbers = [row.id for row in indicators.everything(session) if row.code.startswith("BEN-")]
        now = datetime.now(UTC)
        rows = [
            {
                "organisation_id": organisation.id,
                "indicator_id": number,
                "year": year,
                "revision": 1,
                "value": Decimal(1000 + number),
                "quality": Quality.MEASURED,
                "source": "",
                "comment": "",
                "author": "",
                "recorded_at": now,
            }
            for year in YEARS
            for number in numbers
        ]
        session.execute(insert(Measurement), rows)
    return time.perf_counter() - began
