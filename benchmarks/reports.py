"""The report of 60 indicators with 40 charts: what its page and its PDF take, in a process of its own."""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

from benchmarks.organisations import LAST_YEAR, SLUG, found
from benchmarks.server import PASSWORD
from tracker.config.paths import bundled
from tracker.exports.paper import Figure
from tracker.labels.language import speak
from tracker.reports.formats import FORMATS
from tracker.reports.report import compose, paper
from tracker.services import exporting, instance, reviews
from tracker.store.session import Database

INDICATORS, YEARS = 60, 15
TODAY = date(2026, 11, 22)
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of a processor from the database to the page and to the PDF, and the memory of the process, in MB.

    ``bare`` is printing the same words without a drawing, ``printed`` printing all of it; ``drawings`` counts them.
    """

    page: float
    pdf: float
    printed: float
    bare: float
    drawings: int
    megabytes: float


def cost() -> Cost:
    """Make an organisation with its values, and measure its report in a process that knows nothing of it."""
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{Path(folder) / 'report.sqlite3'}"
        first = Database(address)
        instance.initialise(first, bundled("seeds"), demo=True, password=PASSWORD)
        with first.transaction() as session:
            found(session, INDICATORS, YEARS)
        first.dispose()
        command = [sys.executable, "-m", "benchmarks.reports", address]
        run = subprocess.run(command, check=True, capture_output=True, text=True)
    return Cost(**json.loads(run.stdout))


def measured(address: str) -> Cost:
    """Measure the report in the database at ``address``: its PDF cold, the rest as a server has it."""
    speak("fr")
    store = Database(address)
    with store.reading() as session:
        began = time.process_time()
        review = reviews.review(session, exporting.operator(session, SLUG), LAST_YEAR, TODAY)
        gathering = time.process_time() - began

        def pdf() -> None:
            made = compose(review)
            FORMATS["pdf"].write(made, paper(made))

        def page() -> None:
            made = compose(reviews.review(session, exporting.operator(session, SLUG), LAST_YEAR, TODAY))
            FORMATS["html"].write(made, paper(made))

        seconds = {"pdf": gathering + _best(pdf, 1)}
        made = compose(review)
        told = paper(made)
        bare = replace(told, blocks=tuple(one for one in told.blocks if not isinstance(one, Figure)))
        seconds |= {
            "page": _best(page),
            "printed": _best(lambda: FORMATS["pdf"].write(made, told)),
            "bare": _best(lambda: FORMATS["pdf"].write(made, bare)),
        }
    store.dispose()
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Cost(**seconds, drawings=len(made.figures), megabytes=megabytes)


def _best(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    best = float("inf")
    for _ in range(rounds):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best


if __name__ == "__main__":
    print(json.dumps(asdict(measured(sys.argv[1]))))
