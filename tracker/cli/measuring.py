"""The command ``tracker measure``: pages opened here in Chromium when somebody asks for it, and never otherwise."""

import json
import socket
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib.metadata import version
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from tracker.cli.chromium import BrowserMissing, chromium, figures
from tracker.cli.shell import acting, reading, refuse, writing
from tracker.domain.ecoindex import WINDOW, centilitres, ecoindex, grams
from tracker.domain.errors import Invalid, NotFound, Problem, ProblemCode
from tracker.domain.page_files import PageFile, PageRow
from tracker.domain.permissions import Permission
from tracker.domain.service_problems import ServiceProblem
from tracker.labels import number, plural, quantity, text
from tracker.labels.formats import PARIS
from tracker.labels.problems import problem_sentence
from tracker.services import page_measures
from tracker.services.ecodesign import service_row

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

TOOL = "tracker measure"
WAIT = 3_000
"""Milliseconds that EcoIndex waits before it scrolls a page, and after."""


@click.command()
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@click.option("--local", is_flag=True, help="Admet les adresses privées : cette machine, le réseau interne.")
@click.option("--json", "as_json", is_flag=True, help="Écrit les mesures dans le JSON d'EcoIndex CLI.")
@click.option("--organisation", metavar="SLUG", help="Enregistre les mesures dans cette organisation.")
@click.option("--service", type=int, metavar="N", help="Le service numérique dont ce sont les pages.")
@click.option("--as", "email", metavar="EMAIL", help="Le compte qui enregistre.")
def measure(
    urls: tuple[str, ...],
    organisation: str | None,
    service: int | None,
    email: str | None,
    *,
    local: bool,
    as_json: bool,
) -> None:
    """Mesure des pages dans Chromium : éléments, requêtes, poids, EcoIndex."""
    stored = [one is not None for one in (organisation, service, email)]
    if any(stored) and not all(stored):
        raise click.UsageError(text("--organisation, --service et --as vont ensemble."))
    if organisation is not None and service is not None:
        _check_right(organisation, service, email)
    now = datetime.now(PARIS)
    tool, found = _measures(urls, is_local=local)
    for one in found:
        if _page(one["reached"]) != _page(one["url"]):
            told = text(
                "{url} mène à {reached} : c'est cette page qui est mesurée.", url=one["url"], reached=one["reached"]
            )
            click.echo(told, err=True)
    count = None
    if organisation is not None and service is not None:
        count = _store(organisation, service, email, _file(found, tool, now.date()), now.date())
    if as_json:
        click.echo(json.dumps([_told(one, tool, now) for one in found], ensure_ascii=False, indent=1))
        return
    for one in found:
        click.echo("\t".join(_line(one)))
    if count is not None:
        click.echo(plural("{n} mesure enregistrée.", "{n} mesures enregistrées.", count, n=count))


def _measures(urls: Sequence[str], *, is_local: bool) -> tuple[str, Sequence[Mapping[str, Any]]]:
    """Open each page, once all addresses were checked; give what measured them, and the figures."""
    try:
        for url in urls:
            check_address(url, is_local=is_local)
        with chromium() as browser:
            tool = f"{version('parole-tenue')}, Chromium {browser.version.split('.')[0]}"
            return tool, [_measured(browser, url, is_local=is_local) for url in urls]
    except BrowserMissing:
        refuse(
            text(
                "Chromium manque : installez Playwright (pip install playwright) et un Chromium "
                "(apt-get install chromium-headless-shell), ou nommez le vôtre dans CHROMIUM."
            )
        )
    except Invalid as refused:
        refuse(*map(problem_sentence, refused.problems))


def check_address(url: str, *, is_local: bool) -> None:
    """Refuse what is no page of the web and, unless ``is_local``, what lies inside of a network.

    Raises:
        Invalid: with the reason.
    """
    try:
        parts = urlsplit(url)
        is_web = parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.username
    except ValueError:
        is_web = False
    if not is_web:
        raise Invalid(Problem("url", ProblemCode.WEB_ADDRESS_UNREADABLE, {"text": url[:40]}))
    if not is_local and not _is_public(str(parts.hostname)):
        raise Invalid(Problem("url", ServiceProblem.MEASURE_PRIVATE, {"text": url[:80]}))


def _page(url: str) -> tuple[str, str]:
    """Give what tells a page from another: its site and its path, whatever the protocol and what follows."""
    parts = urlsplit(url)
    return parts.netloc, parts.path.rstrip("/")


@cache
def _is_public(host: str) -> bool:
    """Tell whether all that a name stands for lies in the open; a name that nobody knows does not."""
    try:
        found = {info[4][0] for info in socket.getaddrinfo(host, None)}
    except (OSError, UnicodeError):
        return False
    return bool(found) and all(ip_address(str(one).partition("%")[0]).is_global for one in found)


def _measured(browser: "Browser", url: str, *, is_local: bool) -> Mapping[str, Any]:
    """Open a page in a window of its own; what it asks for is held to the same rule as its address.

    Raises:
        Invalid: when it does not open, answers an error, or leads inside of a network.
    """
    from playwright.sync_api import Error  # noqa: PLC0415 - optional, and there: the browser is open

    width, height = WINDOW
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="fr-FR", service_workers="block", accept_downloads=False
    )
    try:
        if not is_local:
            context.route("**/*", _only_public)
        found = figures(context, context.new_page(), url, WAIT, WAIT)
    except Error:
        raise Invalid(Problem("url", ServiceProblem.MEASURE_UNREACHABLE, {"text": url[:80]})) from None
    finally:
        context.close()
    if found["status"] >= 400:
        raise Invalid(Problem("url", ServiceProblem.MEASURE_REFUSED, {"text": url[:80], "status": found["status"]}))
    return found


def _only_public(route: "Route") -> None:
    parts = urlsplit(route.request.url)
    if parts.scheme in {"http", "https"} and not _is_public(parts.hostname or ""):
        route.abort()
    else:
        route.continue_()


def _check_right(organisation: str, service: int, email: str | None) -> None:
    """Leave with one sentence, before any page is opened, when nothing could be stored."""
    with reading() as session:
        visitor = acting(session, organisation, email, Permission.KEEP_SERVICES, ServiceProblem.KEEPS_NO_SERVICES)
        try:
            service_row(session, visitor, service)
        except NotFound:
            refuse(problem_sentence(Problem("service", ServiceProblem.SERVICE_UNKNOWN, {"number": service})))


def _store(organisation: str, service: int, email: str | None, file: PageFile, today: date) -> int:
    with writing() as session:
        visitor = acting(session, organisation, email, Permission.KEEP_SERVICES, ServiceProblem.KEEPS_NO_SERVICES)
        found = page_measures.plan(session, visitor, service, file, "", today)
        return page_measures.load(session, visitor, service, "", found)


def _file(found: Sequence[Mapping[str, Any]], tool: str, on: date) -> PageFile:
    return PageFile(
        tuple(
            PageRow(row, one["url"], on, one["dom"], one["requests"], Decimal(str(one["kilobytes"])), None, TOOL, tool)
            for row, one in enumerate(found, 1)
        )
    )


def _told(one: Mapping[str, Any], tool: str, now: datetime) -> Mapping[str, Any]:
    """Write a measure as EcoIndex CLI does, which is read back by the import."""
    index = ecoindex(one["dom"], one["requests"], Decimal(str(one["kilobytes"])))
    return {
        "width": WINDOW[0],
        "height": WINDOW[1],
        "url": one["url"],
        "size": one["kilobytes"],
        "nodes": one["dom"],
        "requests": one["requests"],
        "grade": index.grade,
        "score": float(index.score),
        "ges": float(round(grams(index.score), 2)),
        "water": float(round(centilitres(index.score), 2)),
        "date": now.replace(tzinfo=None).isoformat(" ", "seconds"),
        "page_type": None,
        "tool": TOOL,
        "ecoindex_version": tool,
    }


def _line(one: Mapping[str, Any]) -> Sequence[str]:
    index = ecoindex(one["dom"], one["requests"], Decimal(str(one["kilobytes"])))
    return (
        one["url"],
        text("EcoIndex {score} ({grade})", score=number(index.score, 1), grade=index.grade),
        plural("{n} élément", "{n} éléments", one["dom"], n=number(Decimal(one["dom"]))),
        plural("{n} requête", "{n} requêtes", one["requests"], n=one["requests"]),
        quantity(Decimal(str(one["kilobytes"])), "kb", 1),
    )
