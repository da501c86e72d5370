"""A served demonstration and a Chromium to walk through it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from benchmarks.chromium import chromium as open_chromium
from benchmarks.chromium import sign_in
from benchmarks.server import PASSWORD, demonstration

Walk = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the journeys on one worker: they share a browser and a server."""
    for item in items:
        if "journeys" in Path(str(item.path)).parts:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("journeys"))


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a demonstration that the tests of one file share."""
    with demonstration(tmp_path_factory.mktemp("served")) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Give the browser."""
    with open_chromium() as browser:
        yield browser


@pytest.fixture
def walk(chromium: Browser, base: str) -> Iterator[Walk]:
    """Give the function that opens a page as a signed-in person; console errors fail the test at its end."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def start(role: str, address: str = "/", **options: Any) -> Page:
        context = chromium.new_context(base_url=base, locale="fr-FR", **options)
        contexts.append(context)
        sign_in(context, base, f"{role}@demonstration.example", PASSWORD)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(address)
        return page

    yield start
    for context in contexts:
        context.close()
    assert not faults
