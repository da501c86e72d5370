"""``make bench``: one JSON line a figure; a speed is a ratio against a reference that runs in the same minute."""

import http.cookiejar
import json
import re
import statistics
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Callable

from plotly.graph_objects import Figure, Scatter

from benchmarks import estates, imports, inventories, reports
from benchmarks.judgement import best_ms
from benchmarks.organisations import found, multiply
from benchmarks.server import PASSWORD, demonstration, free_port, running

ROUNDS = 60


def line(name: str, value: float, unit: str, budget: float | None, against: str) -> None:
    """Print one figure."""
    print(json.dumps({"name": name, "value": round(value, 2), "unit": unit, "budget": budget, "against": against}))


def median_ms(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Time ``work`` and give the median, in milliseconds."""
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def signed_in(base: str) -> Callable[[str], bytes]:
    """Give the function that reads an address of ``base`` as the referent of the demonstration."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def read(address: str) -> bytes:
        with opener.open(base + address) as answer:
            found: bytes = answer.read()
            return found

    token = re.search(r'name="csrf_token" value="([^"]+)"', read("/connexion").decode())
    assert token  # noqa: S101 - the form always carries one
    form = {"email": "referent@demonstration.example", "password": PASSWORD, "csrf_token": token[1], "suite": ""}
    with opener.open(f"{base}/connexion", urllib.parse.urlencode(form).encode()):
        pass
    return read


def taken_in_turn(first: Callable[[], object], second: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Give how many times longer ``second`` takes than ``first``, timed in turn: a busy minute weighs on both."""
    for work in (first, second, first, second):
        work()
    pairs = [(median_ms(first, 1), median_ms(second, 1)) for _ in range(rounds)]
    return statistics.median(slow for _, slow in pairs) / statistics.median(quick for quick, _ in pairs)


def dashboards() -> None:
    """Hold the dashboard of 60 indicators over 15 years against a Flask hello world, alone and among 500 others."""
    port = free_port()
    hello = running([sys.executable, "-m", "benchmarks.hello", str(port)], port)
    alone = demonstration(prepare=lambda session: found(session, 60, 15))
    crowded = demonstration(prepare=lambda session: multiply(session, found(session, 60, 15), 500))
    with hello as light, alone as one, crowded as many:
        page, crowd = signed_in(one), signed_in(many)

        def greet() -> None:
            with urllib.request.urlopen(f"{light}/healthz") as answer:  # noqa: S310 - our own server
                answer.read()

        ratio = taken_in_turn(greet, lambda: page("/banc/"))
        line("dashboard, 60 indicators x 15 years", ratio, "×", 25, "a Flask hello world under the same server")
        ratio = taken_in_turn(lambda: page("/banc/"), lambda: crowd("/banc/"))
        line("dashboard among 500 organisations", ratio, "×", 1.2, "the same dashboard alone")


def figures() -> None:
    """Time one figure built by Plotly: why the product has none built for a page that is only read."""
    years, values = list(range(2011, 2026)), [1500 - 20 * number for number in range(15)]
    line(
        "one figure by the Python of Plotly",
        median_ms(lambda: Figure([Scatter(x=years, y=values), Scatter(x=years, y=values)]).to_json()),
        "ms",
        None,
        "none is built when a page is read",
    )


def main() -> None:
    """Measure pages against the lightest answer, the judgement and an import alone, and the start."""
    judged = best_ms(60, 15)
    line("judgement", judged, "ms", 20, "60 indicators x 15 years, one core")
    line("judgement, twice the indicators", best_ms(120, 15) / judged, "×", 2.5, "judgement")
    line("judgement, twice the years", best_ms(60, 30) / judged, "×", 2.5, "judgement")
    imported, raw = imports.seconds()
    line("import, 5,000 rows", imported, "s", 10, "")
    line("import, 5,000 rows against raw", imported / raw, "×", 40, "one INSERT of the same rows")
    inventory = inventories.cost()
    line("inventory, 200,000 assets", inventory.seconds, "s", 60, "")
    line("inventory, memory of a process", inventory.megabytes, "MB", 500, "200,000 assets")
    for one in estates.costs():
        line(f"{one.name}, 200,000 pieces, cold", one.cold, "s", 3, "")
        line(f"{one.name}, cold", one.cold / one.reference, "×", 30, "the database adding the same rows up")
        line(f"{one.name}, kept", one.kept / one.reference, "×", 1, "the database adding the same rows up")
    report = reports.cost()
    line("report as PDF, 60 indicators", report.pdf, "s", 5, f"{report.drawings} drawings")
    line("report as HTML, 60 indicators", 1000 * report.page, "ms", 500, f"{report.drawings} drawings")
    line("report as PDF, memory of a process", report.megabytes, "MB", 400, "60 indicators")
    line("report as PDF, its drawings", report.printed / report.bare, "×", 20, "printing the same words without them")
    dashboards()
    figures()
    with demonstration() as base:
        read = signed_in(base)
        reference = median_ms(lambda: read("/healthz"))
        line("healthz", reference, "ms", None, "")
        for name, address, budget in (
            ("dashboard", "/amp/", 40),
            ("register", "/amp/engagements", 40),
            ("commitment", "/marseille/engagements/VDM22-S23", 20),
            ("grid", "/demonstration/saisie/2025", 40),
            ("report", "/demonstration/rapport/2025", 50),
        ):
            line(name, median_ms(lambda address=address: read(address)) / reference, "×", budget, "healthz")
    ours = [sys.executable, "-c", "from tracker.web import create_app"]
    empty = [sys.executable, "-c", "import flask; flask.Flask('x')"]
    timed = [median_ms(lambda command=command: subprocess.run(command, check=True), 5) for command in (ours, empty)]
    line("import", timed[0] / timed[1], "×", 6, "an empty Flask")


if __name__ == "__main__":
    main()
