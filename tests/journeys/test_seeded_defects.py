"""Defects put into real pages on purpose: each is caught by the very checks that every page goes through."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from benchmarks.looks import QUICK, reader, seen
from tests.journeys.conftest import SignedIn
from tests.journeys.tour import tour
from tests.screens.lint import PageError, lint

FORM = "/demonstration/saisie/2025/SOB-06"
DASHBOARD = "/demonstration/"
REPORT = "/demonstration/rapport/2025"


def sheet(rule: str) -> str:
    """Write what adds ``rule`` to the style of a page."""
    return f"const sheet = new CSSStyleSheet(); sheet.replaceSync(`{rule}`); document.adoptedStyleSheets = [sheet]"


def added(markup: str) -> str:
    """Write what adds ``markup`` to the end of the main part."""
    return f"main.insertAdjacentHTML('beforeend', `{markup}`)"


SEEDED = {
    "a field without a label": (FORM, "without a label", "page.querySelector('label[for=SOB-06-value]').remove()"),
    "a field tied to nothing": (FORM, "points to no", "value.setAttribute('aria-describedby', 'nowhere')"),
    "a wrong field that does not say why": (
        FORM,
        "is invalid without saying why",
        "value.setAttribute('aria-invalid', 'true'); value.removeAttribute('aria-describedby')",
    ),
    "a heading that skips a level": (
        DASHBOARD,
        "heading jumps",
        "main.querySelector('h2').outerHTML = '<h4>Axes</h4>'",
    ),
    "two main titles": (DASHBOARD, "2 h1", "main.querySelector('h2').outerHTML = '<h1>Axes</h1>'"),
    "no title": (DASHBOARD, "no title", "page.title = ''"),
    "no language": (DASHBOARD, "no language", "page.documentElement.removeAttribute('lang')"),
    "a language that is none": (DASHBOARD, "html-lang-valid", "page.documentElement.lang = 'français'"),
    "an identifier twice": (FORM, "twice", "main.querySelector('h1').id = value.id"),
    "an image without a text": (DASHBOARD, "img without alt", "main.append(new Image())"),
    "a drawing without a name": (DASHBOARD, "svg-img-alt", added('<svg role="img"><path d="M0 0h9v9z"/></svg>')),
    "a table without a caption": (REPORT, "without a caption", "main.querySelector('table caption').remove()"),
    "a header cell without a scope": (REPORT, "without a scope", "main.querySelector('th').removeAttribute('scope')"),
    "a link without words": (DASHBOARD, "a without words", "main.querySelector('a').textContent = ''"),
    "a button without words": (FORM, "button without words", "main.querySelector('button').textContent = ''"),
    "a state told by a colour alone": (
        DASHBOARD,
        "state without words",
        "main.querySelectorAll('.st').forEach((node) => { node.lastChild.textContent = '' })",
    ),
    "a link told by its colour alone": (
        FORM,
        "link-in-text-block",
        added('<p>Une phrase avec <a class="bare" href="/aide">un lien</a> dedans.</p>')
        + ";"
        + sheet(".bare { text-decoration: none; color: #5a5a5a }"),
    ),
    "words too pale in the light theme": (
        DASHBOARD,
        "axe light 1280: color-contrast",
        sheet("@media (prefers-color-scheme: light) { :root { --soft: #b8bcc0 } }"),
    ),
    "words too pale in the dark theme": (
        DASHBOARD,
        "axe dark 320: color-contrast",
        sheet("@media (prefers-color-scheme: dark) { :root { --soft: #4a4f55 } }"),
    ),
    "focus that does not show": (DASHBOARD, "focus does not show", sheet(":focus-visible { outline: none }")),
    "focus that shows in one theme only": (
        DASHBOARD,
        "dark none: focus shows at",
        sheet("@media (prefers-color-scheme: dark) { :focus-visible { outline-color: #222 !important } }"),
    ),
    "focus that is lost in forced colours": (
        DASHBOARD,
        "light active: focus does not show",
        sheet("@media (forced-colors: active) { :focus-visible { outline: none } }"),
    ),
    "a stop out of sight": (
        DASHBOARD,
        "focus out of sight",
        added('<a class="far" href="/aide">Loin</a>') + ";" + sheet(".far { position: fixed; left: -9999px }"),
    ),
    "a trap for the keyboard": (
        FORM,
        "never comes to the end",
        "value.addEventListener('keydown', (event) => { if (event.key === 'Tab') event.preventDefault() })",
    ),
    "focus that is sent back": (
        FORM,
        "focus comes back to",
        "main.querySelector('button').addEventListener('focus', () => value.focus())",
    ),
    "a link that Tab does not reach": (
        DASHBOARD,
        "not reached by Tab",
        "main.querySelector('a').tabIndex = -1",
    ),
    "a control for the mouse alone": (
        DASHBOARD,
        "not reached by Tab",
        added('<span role="button">Voir</span>'),
    ),
    "stops out of order": (DASHBOARD, "out of order", "main.querySelector('a').tabIndex = 3"),
    "a page wider than a narrow screen": (
        DASHBOARD,
        "sideways",
        added('<p class="wide">Large</p>') + ";" + sheet(".wide { width: 500px }"),
    ),
    "something that moves by itself": (
        DASHBOARD,
        "moves by itself",
        "main.querySelector('h2').animate([{ opacity: 1 }, { opacity: .5 }], { duration: 900, iterations: Infinity })",
    ),
    "words that cannot be made larger": (
        DASHBOARD,
        "meta-viewport",
        "page.querySelector('meta[name=viewport]').content = 'width=device-width, user-scalable=no'",
    ),
    "a page that leaves by itself": (
        DASHBOARD,
        "meta-refresh",
        "page.head.insertAdjacentHTML('beforeend', '<meta http-equiv=\"refresh\" content=\"300; url=/\">')",
    ),
    "no main part": (DASHBOARD, "not one main", "main.replaceWith(...main.childNodes)"),
    "two menus of the same name": (
        DASHBOARD,
        "landmark-unique",
        "page.querySelector('header').append(page.querySelector('nav').cloneNode(true))",
    ),
}


def caught(page: Page) -> list[str]:
    """Run every check on the page that is open; give what they say."""
    faults = [f"{look}: {one}" for look, found in seen(page, QUICK).items() for one in found]
    try:
        lint(page.url, "<!doctype html>" + page.evaluate("document.documentElement.outerHTML"))
    except PageError as error:
        faults.append(str(error))
    page.set_viewport_size({"width": 1280, "height": 900})
    return [*faults, *tour(page)]


@pytest.fixture(scope="module")
def page(chromium: Browser, base: str, cookies: SignedIn) -> Iterator[Page]:
    """Give one page for all of the defects: each opens its address anew."""
    with reader(chromium, cookies("referent"), base_url=base) as opened:
        yield opened


@pytest.mark.parametrize("address", [FORM, DASHBOARD, REPORT])
def test_the_pages_that_get_the_defects_have_none(page: Page, address: str):
    page.goto(address)
    assert caught(page) == []


@pytest.mark.parametrize("defect", list(SEEDED))
def test_a_defect_is_caught(page: Page, defect: str):
    address, told, seed = SEEDED[defect]
    page.goto(address)
    names = "page = document, main = page.querySelector('main'), value = page.querySelector('#SOB-06-value')"
    page.evaluate(f"() => {{ const {names}; {seed}; }}")
    found = caught(page)
    assert any(told in fault for fault in found), found
