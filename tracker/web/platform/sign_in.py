"""Who is signed in: the account behind the session cookie, as long as its stamp is the one it was opened with."""

from flask import Flask, Response, jsonify, make_response, redirect, render_template, request, url_for
from flask_login import LoginManager, current_user, login_user, logout_user

from tracker.labels import text
from tracker.store.models import Account
from tracker.store.queries import accounts
from tracker.web.platform.database import session
from tracker.web.platform.resuming import keep
from tracker.web.platform.scripts import wants_json

LONGEST = 2000
"""Characters of an address that is gone back to after signing in: a stranger's longer one is not sent back."""


class SignedIn:
    """An account as Flask-Login sees it."""

    is_authenticated = True
    is_anonymous = False

    def __init__(self, account: Account) -> None:
        self.account = account
        self.is_active = account.is_active

    def get_id(self) -> str:
        """Name the account and its stamp: a changed password or a closed account ends the session."""
        return f"{self.account.id}:{self.account.stamp}"


def init_app(app: Flask) -> None:
    """Load the account of each request, and send strangers to sign in."""
    manager = LoginManager(app)
    manager.session_protection = None
    manager.user_loader(_load)
    manager.unauthorized_handler(_ask)


def _load(identity: str) -> SignedIn | None:
    number, _, stamp = identity.partition(":")
    account = accounts.by_id(session(), int(number)) if number.isdigit() else None
    return SignedIn(account) if account and account.is_active and account.stamp == stamp else None


def _ask() -> Response:
    if wants_json():
        sentence = text("Votre session est fermée : reconnectez-vous dans un autre onglet, votre saisie reste ici.")
        return make_response(jsonify(message=sentence, problems=[]), 401)
    if request.method == "POST" and (typed := keep()):
        page = render_template(
            "screens/signin/sign_in.html", suite=request.path, email="", typed=typed, is_refused=False, readable=None
        )
        return make_response(page, 401)
    wanted = request.full_path.rstrip("?") if request.method == "GET" else request.path
    return redirect(url_for("signin.sign_in", suite=wanted if len(wanted) <= LONGEST else None))  # type: ignore[return-value]


def account() -> Account | None:
    """Give the account that is signed in, None for a stranger."""
    return current_user.account if current_user.is_authenticated else None


def open_session(found: Account) -> None:
    """Sign ``found`` in."""
    login_user(SignedIn(found))


def close_session() -> None:
    """Sign out."""
    logout_user()
