"""What a page is like to those who read it: axe with nothing left out and no sideways scroll, in each way of looking.

A page is opened once; its theme, forced colours and width change under it.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from typing import Any, Literal

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Browser, Page

WIDE, NARROW, HEIGHT = 1280, 320, 900


@dataclass(frozen=True)
class Look:
    """One way of looking at a page."""

    scheme: Literal["light", "dark"]
    forced: Literal["active", "none"]
    width: int

    def __str__(self) -> str:
        return f"{self.scheme} {self.width}" + (" forced" if self.forced == "active" else "")


QUICK = (Look("light", "none", WIDE), Look("dark", "none", NARROW), Look("light", "active", WIDE))
WHOLE = tuple(
    Look(scheme, forced, width)  # type: ignore[arg-type]
    for scheme, forced, width in product(("light", "dark"), ("none", "active"), (WIDE, NARROW))
)
LOOKS: Sequence[Look] = WHOLE if os.environ.get("PROFILE") == "thorough" else QUICK

AXE = AXE_FILE_PATH.read_text(encoding="utf-8")
RUN = """async () => (await axe.run(document, { resultTypes: ["violations"] })).violations.map(
  (one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.target.join(" ")).join(", ")}`)"""
MOVES = """() => document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime > 5000).map(
  (one) => `moves by itself: ${one.effect.target.localName}`)"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


RULES = """() => ({ version: axe.version, tags: axe.getRules().flatMap((one) => one.tags) })"""


def rules(page: Page) -> Mapping[str, Any]:
    """Give the version of axe, and the criteria of the RGAA that its rules cite, as « 1.1 »."""
    page.evaluate(AXE)
    told = page.evaluate(RULES)
    cited = {tag.removeprefix("RGAA-").rpartition(".")[0] for tag in told["tags"] if tag.startswith("RGAA-")}
    return {
        "version": told["version"],
        "criteria": sorted(cited, key=lambda one: tuple(map(int, one.split(".")))),
    }


@contextmanager
def reader(browser: Browser, cookies: Any = (), **options: Any) -> Iterator[Page]:
    """Open a page that can be looked at in every way, signed in by ``cookies``."""
    context = browser.new_context(
        **{"viewport": {"width": WIDE, "height": HEIGHT}, "locale": "fr-FR", "bypass_csp": True, **options}
    )
    context.add_cookies(cookies)
    page = context.new_page()
    page.set_default_timeout(30_000)
    try:
        yield page
    finally:
        context.close()


def seen(page: Page, looks: Sequence[Look] = LOOKS) -> Mapping[str, Sequence[str]]:
    """Tell what is wrong with the page that is open, by way of looking: nothing, on a good page."""
    faults: dict[str, Sequence[str]] = {}
    if moving := page.evaluate(MOVES):
        faults["motion"] = moving
    page.evaluate(AXE)
    for look in looks:
        page.emulate_media(color_scheme=look.scheme, forced_colors=look.forced)
        page.set_viewport_size({"width": look.width, "height": HEIGHT})
        found = page.evaluate(RUN)
        if found:
            faults[f"axe {look}"] = found
        if look.width != NARROW:
            page.set_viewport_size({"width": NARROW, "height": HEIGHT})
        if (wide := page.evaluate(SIDEWAYS)) > 0:
            faults[f"sideways {look}"] = [f"{wide} px at {NARROW}"]
    return faults


def look(browser: Browser, url: str, cookies: Any) -> Mapping[str, Sequence[str]]:
    """Open ``url`` and tell what is wrong with it, by way of looking."""
    with reader(browser, cookies) as page:
        page.goto(url)
        return seen(page)
