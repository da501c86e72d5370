"""A served demonstration and a Chromium to walk through it."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from benchmarks.chromium import chromium as open_chromium
from benchmarks.chromium import sign_in
from benchmarks.server import PASSWORD, demonstration
from tracker.cli.chromium import figures

Walk = Callable[..., Page]
FirstVisit = Callable[[str], tuple[Page, Mapping[str, Any]]]
SignedIn = Callable[[str], Any]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the journeys as what drives a browser."""
    for item in items:
        if "journeys" in Path(str(item.path)).parts:
            item.add_marker(pytest.mark.browser)


expect.set_options(timeout=30_000)  # a machine that does something else beside must not fail a journey


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory, instance_model: Path) -> Iterator[str]:
    """Give the address of a demonstration that the tests of one file share."""
    with demonstration(tmp_path_factory.mktemp("served"), model=instance_model) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Give the browser."""
    with open_chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def cookies(chromium: Browser, base: str) -> SignedIn:
    """Give the function that says by what a role of the demonstration is known, signed in once a server."""

    @cache
    def known(role: str) -> Any:
        context = chromium.new_context()
        sign_in(context, base, f"{role}@demonstration.example", PASSWORD)
        found = context.cookies()
        context.close()
        return found

    return known


@pytest.fixture(scope="module")
def first_visit(chromium: Browser, base: str, cookies: SignedIn) -> Iterator[FirstVisit]:
    """Give the function that opens an address as the lead who keeps nothing of any visit: the page and its figures.

    One page without a cache serves them all: one of its own would cost each a process of the browser.
    """
    screen = {"width": 1920, "height": 1080}
    context = chromium.new_context(viewport=screen, locale="fr-FR")
    context.add_cookies(cookies("referent"))
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def opened(address: str) -> tuple[Page, Mapping[str, Any]]:
        page.emulate_media(color_scheme="light", forced_colors="none")
        page.set_viewport_size(screen)
        return page, figures(context, page, base + address)

    yield opened
    context.close()


@pytest.fixture
def walk(chromium: Browser, base: str, cookies: SignedIn) -> Iterator[Walk]:
    """Give the function that opens a page as a signed-in person; console errors fail the test at its end."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def start(role: str, address: str = "/", **options: Any) -> Page:
        context = chromium.new_context(base_url=base, locale="fr-FR", **options)
        contexts.append(context)
        context.add_cookies(cookies(role))
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(address)
        return page

    yield start
    for context in contexts:
        context.close()
    assert not faults
