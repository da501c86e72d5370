"""Requests drawn from the description of the API: no error of the server, no row to whoever may not read it."""

import pytest
from flask import Flask

from benchmarks.fuzz_api import askers, fuzz
from tests.conftest import PROFILE
from tracker.store.session import Database

REQUESTS = 5_000 if PROFILE == "thorough" else 320
"""50,000 are asked by ``python -m benchmarks.fuzz_api``."""


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
def test_what_is_drawn_from_the_description_meets_neither_an_error_nor_a_row_too_many(app: Flask, store: Database):
    report = fuzz(app, askers(store), REQUESTS)
    assert report.faults == []
    assert report.requests >= REQUESTS
    assert report.rows > 100
    assert set(report.statuses) <= {200, 304, 401, 404, 406, 422}
    assert {200, 401, 404, 422} <= set(report.statuses)


def test_a_row_too_many_would_be_seen(app: Flask, store: Database):
    """The search is one that finds: with nothing allowed, what is published is a leak."""
    stranger = askers(store)[0]
    report = fuzz(app, [type(stranger)("marseille", {}, {})], 160)
    assert any(fault.startswith("leak to marseille") for fault in report.faults)
