"""A real Chromium that visits pages as a first-time visitor and says what they cost."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tracker.domain.ecoindex import ecoindex

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# What is asked for once it comes into sight is asked for by the second frame after it.
TO_THE_END = """() => {
  window.scrollTo(0, document.body.scrollHeight);
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""
PATIENCE = 50


@contextmanager
def chromium() -> Iterator[Browser]:
    """Open the browser that CHROMIUM names, else Debian's: the one without windows costs two thirds of the other."""
    found = (os.environ.get("CHROMIUM"), shutil.which("chromium-headless-shell"), shutil.which("chromium"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=next(filter(None, found), None), args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def sign_in(context: BrowserContext, base: str, email: str, password: str) -> None:
    """Sign in through the form."""
    page = context.new_page()
    page.goto(f"{base}/connexion")
    page.fill("#email", email)
    page.fill("#password", password)
    page.press("#password", "Enter")
    page.wait_for_url(lambda url: "/connexion" not in url)
    page.close()


def visit(browser: Browser, url: str, cookies: Any = None) -> Mapping[str, Any]:
    """Open ``url`` with an empty cache: requests, kilobytes over the wire, DOM without SVG's inside, faults."""
    with visiting(browser, url, cookies) as (_, figures):
        return figures


@contextmanager
def visiting(browser: Browser, url: str, cookies: Any = None) -> Iterator[tuple[Page, Mapping[str, Any]]]:
    """Open ``url`` as a first visit, give its page and its figures, and keep it open meanwhile."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="fr-FR")
    try:
        if cookies:
            context.add_cookies(cookies)
        page = context.new_page()
        yield page, _figures(context, page, url)
    finally:
        context.close()


def revisit(page: Page, url: str) -> Mapping[str, Any]:
    """Open ``url`` once more beside ``page``, in the same browser, which keeps what it was allowed to keep."""
    second = page.context.new_page()
    try:
        return _figures(page.context, second, url)
    finally:
        second.close()


def _figures(context: BrowserContext, page: Page, url: str) -> Mapping[str, Any]:
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
    answer = page.goto(url, wait_until="load")
    page.evaluate(TO_THE_END)
    for _ in range(PATIENCE):
        page.wait_for_timeout(40)
        if asked.keys() <= sizes.keys() | failed:
            break
    network.detach()
    web = {key: address for key, address in asked.items() if address.startswith("http")}
    dom = page.evaluate("document.querySelectorAll('*').length - document.querySelectorAll('svg *').length")
    kilobytes = round(sum(sizes.get(key, 0) for key in web) / 1000, 1)
    found = ecoindex(dom, len(web), Decimal(str(kilobytes)))
    return {
        "url": url,
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
