"""Where to go from a page that says no: what whoever looks may open, and what they had typed."""

from collections.abc import Sequence

from flask import request, url_for

from tracker.labels import text
from tracker.web.platform.guards import current_visitor
from tracker.web.platform.resuming import sent
from tracker.web.platform.sign_in import account

Way = tuple[str, str]


def ways() -> Sequence[Way]:
    """Give the words and the address of each way on, the nearest first."""
    here, found = current_visitor(), list[Way]()
    if here is not None:
        slug = here.organisation.slug
        found.append((text("Le tableau de bord"), url_for("dashboard.show", slug=slug)))
        found.append((text("Tous les engagements"), url_for("commitments.list_", slug=slug)))
    if account() is None:
        wanted = request.path if request.method == "GET" and request.endpoint else None
        found.append((text("Se connecter"), url_for("signin.sign_in", suite=wanted)))
        found.append((text("L'accueil"), url_for("home.organisations")))
    else:
        found.append((text("Vos organisations"), url_for("home.organisations")))
    return [*found, (text("Aide et méthode"), url_for("pages.help_"))]


def ways_after_failure() -> Sequence[Way]:
    """Give the ways on when something broke: nothing here asks who looks, nor anything of the database."""
    again = [(text("Réessayer"), _here())] if request.method == "GET" else []
    return [*again, (text("L'accueil"), url_for("home.organisations"))]


def texts_typed() -> Sequence[str]:
    """Give what was written in words in the form that was refused, to be copied."""
    return [told for name, told in sent() or () if " " in told.strip() and "password" not in name]


def _here() -> str:
    """Give the address of this request inside the application: one that begins by two slashes would lead elsewhere."""
    return "/" + request.full_path.rstrip("?").lstrip("/\\")
