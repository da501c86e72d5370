"""A real Chromium that opens pages as a first-time visitor and says what they cost; it is there only when installed."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tracker.domain.ecoindex import ecoindex

if TYPE_CHECKING:  # an optional dependency: see `chromium`
    from playwright.sync_api import Browser, BrowserContext, Page

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ELEMENTS = "document.querySelectorAll('*').length - document.querySelectorAll('svg *').length"
# What is asked for once it comes into sight is asked for by the second frame after it.
TO_THE_END = """() => {
  window.scrollTo(0, document.body.scrollHeight);
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""
PATIENCE = 50  # times 40 milliseconds
TIMEOUT = 30_000  # milliseconds for a page to load


class BrowserMissing(Exception):
    """Neither Playwright nor a browser that it can drive is installed."""


@contextmanager
def chromium() -> Iterator["Browser"]:
    """Open the browser that CHROMIUM names, else Debian's: the one without windows costs two thirds of the other.

    Raises:
        BrowserMissing: without Playwright, or without a browser.
    """
    try:
        from playwright.sync_api import Error, sync_playwright  # noqa: PLC0415 - optional
    except ImportError:
        raise BrowserMissing("playwright") from None
    found = (os.environ.get("CHROMIUM"), shutil.which("chromium-headless-shell"), shutil.which("chromium"))
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=next(filter(None, found), None), args=list(FLAGS))
        except Error:
            raise BrowserMissing("chromium") from None
        try:
            yield browser
        finally:
            browser.close()


def figures(
    context: "BrowserContext", page: "Page", url: str, wait: int = 0, settle: int | None = None
) -> Mapping[str, Any]:
    """Open ``url``: requests, kilobytes over the wire, DOM without SVG's inside, EcoIndex, faults.

    It waits ``wait`` milliseconds once the page is loaded, and ``settle`` once it was scrolled to its end, or
    until all that it asked for has come where nothing is said.
    """
    sizes: dict[str, float] = {}
    asked: dict[str, str] = {}
    failed: set[str] = set()
    faults: list[str] = []
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.requestWillBeSent", lambda event: asked.update({event["requestId"]: event["request"]["url"]}))
    network.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    network.on("Network.loadingFailed", lambda event: failed.add(event["requestId"]))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    answer = page.goto(url, wait_until="load", timeout=TIMEOUT)
    is_error = answer is not None and answer.status >= 400  # not a page that one waits for
    page.wait_for_timeout(0 if is_error else wait)
    page.evaluate(TO_THE_END)
    if settle is not None:
        page.wait_for_timeout(0 if is_error else settle)
    for _ in range(PATIENCE if settle is None else 0):
        page.wait_for_timeout(40)
        if asked.keys() <= sizes.keys() | failed:
            break
    network.detach()
    web = {key: address for key, address in asked.items() if address.startswith("http")}
    dom = page.evaluate(ELEMENTS)
    kilobytes = round(sum(sizes.get(key, 0) for key in web) / 1000, 1)
    found = ecoindex(dom, len(web), Decimal(str(kilobytes)))
    return {
        "url": url,
        "reached": page.url,
        "status": answer.status if answer else 0,
        "requests": len(web),
        "transfers": sum(1 for key in web if sizes.get(key)),
        "kilobytes": kilobytes,
        "dom": dom,
        "ecoindex": float(found.score),
        "grade": found.grade,
        "other_hosts": sorted({urlsplit(address).netloc for address in web.values()} - {urlsplit(url).netloc}),
        "faults": faults[:],
    }
