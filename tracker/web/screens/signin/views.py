"""Signing in and out."""

from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from tracker.domain.errors import NotFound
from tracker.services import published
from tracker.services.accounts import authenticate
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.guards import everyone, signed_in
from tracker.web.platform.resuming import hidden, kept, shows_again
from tracker.web.platform.sign_in import close_session, open_session
from tracker.web.screens.signin.forms import SignInForm

area = Blueprint("signin", __name__)


@area.get("/connexion")
@everyone
def sign_in() -> str:
    """Show the form."""
    suite = request.args.get("suite", "")
    return _page(suite=suite, email="", typed="", is_refused=False)


@area.post("/connexion")
@everyone
def open_() -> Answer:
    """Open a session, or show the form again with the address still there."""
    form = SignInForm()
    found = authenticate(session(), form.email.data or "", form.password.data or "")
    if found is None:
        told = {"suite": form.suite.data, "email": form.email.data, "typed": form.typed.data}
        return make_response(_page(**told, is_refused=True), 422)
    open_session(found)
    typed = kept(form.typed.data or "", found.id)
    if typed:
        page = render_template("screens/signin/typed.html", typed=typed, fields=hidden(typed), again=shows_again(typed))
        return make_response(page)
    return redirect(_local(form.suite.data or "") or url_for("home.organisations"))


@area.post("/deconnexion")
@signed_in
def sign_out() -> Answer:
    """Close the session."""
    close_session()
    return redirect(url_for("home.organisations"))


def _page(**told: Any) -> str:
    readable = _readable(str(told["suite"] or ""))
    return render_template("screens/signin/sign_in.html", readable=readable, **told)


def _readable(wanted: str) -> str | None:
    """Give the address of what can be read without an account: of the organisation that was asked for, else of all."""
    slug = urlsplit(_local(wanted)).path.strip("/").split("/")[0]
    with suppress(NotFound):
        if slug and published.find(session(), slug, today()).visible:
            return url_for("publications.public", slug=slug)
    return url_for("home.organisations") if published.listed(session(), today()) else None


def _local(address: str) -> str:
    """Keep an address only if it stays on this service."""
    is_local = address.startswith("/") and not address.startswith(("//", "/\\")) and "\\" not in address
    return address if is_local and address.isprintable() else ""
