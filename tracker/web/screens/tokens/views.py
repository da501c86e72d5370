"""One's tokens of the API: made and shown once, listed, revoked once it is confirmed."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask import session as cookie
from werkzeug.wrappers import Response

from tracker.domain.errors import Invalid, Problem
from tracker.labels import text
from tracker.services import api_tokens
from tracker.store.models import Account
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.guards import signed_in
from tracker.web.platform.refusals import by_field, status_of
from tracker.web.platform.sign_in import account
from tracker.web.screens.tokens.forms import TokenForm

area = Blueprint("tokens", __name__)
NEW_TOKEN = "api_token"


@area.context_processor
def _words() -> dict[str, Any]:
    """Give the templates what a token is judged by."""
    return {"is_alive": api_tokens.is_alive, "today": today(), "limit": api_tokens.NAME_LIMIT}


@area.get("/compte/jetons")
@signed_in
def list_() -> str:
    """Show one's tokens; to whoever has just made one, the token itself, once."""
    return _page(TokenForm(), {})


@area.post("/compte/jetons")
@signed_in
def create() -> Response:
    """Make a token, or show the form again with what was typed and what is wrong."""
    form, known = TokenForm(request.form), _account()
    try:
        token = api_tokens.create(session(), known, form.name.data or "", form.life(), form.latest_seen(), today())
    except Invalid as refused:
        return make_response(_page(form, by_field(refused.problems)), status_of(refused))
    cookie[NEW_TOKEN] = [known.id, token]
    flash(text("Votre jeton est prêt : copiez-le, il n'est montré qu'une fois."))
    return redirect(url_for("tokens.list_"))


@area.get("/compte/jetons/<int:number>/revocation")
@signed_in
def confirm(number: int) -> str:
    """Ask whether a token is to be revoked."""
    return render_template("screens/tokens/revocation.html", token_=api_tokens.one(session(), _account(), number))


@area.post("/compte/jetons/<int:number>/revocation")
@signed_in
def revoke(number: int) -> Response:
    """Revoke a token."""
    is_done = api_tokens.revoke(session(), _account(), number)
    flash(text("Ce jeton est révoqué : il n'ouvre plus rien.") if is_done else text("Aucune modification."))
    return redirect(url_for("tokens.list_"))


def _page(form: TokenForm, problems: Mapping[str, Problem]) -> str:
    known = _account()
    tokens = api_tokens.listed(session(), known)
    form.offer()
    form.seen.data = str(tokens[0].id if tokens else 0)
    return render_template(
        "screens/tokens/tokens.html",
        alive=[one for one in tokens if api_tokens.is_alive(one, today())],
        ended=[one for one in tokens if not api_tokens.is_alive(one, today())][: api_tokens.MOST],
        form=form,
        new=_new_token(known),
        problems=problems,
    )


def _new_token(known: Account) -> str:
    """Give once the token that was just made, empty the next time and to anybody else."""
    owner, token = cookie.pop(NEW_TOKEN, (0, ""))
    return str(token) if owner == known.id else ""


def _account() -> Account:
    known = account()
    assert known is not None  # noqa: S101 - the guard let somebody in
    return known
