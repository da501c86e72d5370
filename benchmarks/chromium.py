"""A real Chromium that visits pages as a first-time visitor and says what they cost."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tracker.cli.chromium import chromium, figures

__all__ = ["chromium", "revisit", "sign_in", "visit", "visiting"]


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
    with visiting(browser, url, cookies) as (_, found):
        return found


@contextmanager
def visiting(browser: Browser, url: str, cookies: Any = None) -> Iterator[tuple[Page, Mapping[str, Any]]]:
    """Open ``url`` as a first visit, give its page and its figures, and keep it open meanwhile."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="fr-FR")
    try:
        if cookies:
            context.add_cookies(cookies)
        page = context.new_page()
        yield page, figures(context, page, url)
    finally:
        context.close()


def revisit(page: Page, url: str) -> Mapping[str, Any]:
    """Open ``url`` once more beside ``page``, in the same browser, which keeps what it was allowed to keep."""
    second = page.context.new_page()
    try:
        return figures(page.context, second, url)
    finally:
        second.close()
