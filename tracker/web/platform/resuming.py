"""What somebody typed while their session had ended: kept in the sign-in form, signed, and shown again afterwards."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.exceptions import HTTPException

LIMIT = 64_000
"""Characters: no comment is longer, and the sign-in form that carries it stays light."""
SECONDS = 3600
TYPED_BY = "typed_by"
RESUMED = "resumed"
_ASIDE = frozenset({"csrf_token", TYPED_BY, RESUMED})

View = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Kept:
    """A form that was sent too late: where to, by which account, and its fields in their order."""

    address: str
    account: str
    fields: tuple[tuple[str, str], ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """Give what was written in words, to be read again."""
        return tuple(text for _, text in self.fields if " " in text.strip())


def resumable(view: View) -> View:
    """Declare a view that shows the form filled again, instead of saving, when it is sent with ``RESUMED``."""
    view.resumes = True  # type: ignore[attr-defined]
    return view


def sent() -> Sequence[tuple[str, str]] | None:
    """Give the fields of the form of this request; None when there is none of ours, or it is too long to be kept.

    A page of another site could send one too: only what our own pages send is kept.
    """
    origin = request.headers.get("Origin")
    is_ours = origin is None or origin == request.host_url.rstrip("/")
    is_plain = request.mimetype == "application/x-www-form-urlencoded"
    if not (is_ours and is_plain and request.form.get(TYPED_BY)):
        return None
    fields = [(name, text) for name, text in request.form.items(multi=True) if name not in _ASIDE]
    return fields if sum(len(name) + len(text) for name, text in fields) <= LIMIT else None


def keep() -> str:
    """Give the form of this request, signed; empty when there is none of ours to keep."""
    fields = sent()
    if fields is None:
        return ""
    return _signer().dumps([request.full_path.rstrip("?"), request.form[TYPED_BY], fields])


def kept(signed: str, account_id: int) -> Kept | None:
    """Read what ``keep`` gave; None when it is not ours, too old, or was typed by another account."""
    try:
        address, account, fields = _signer().loads(signed, max_age=SECONDS)
    except BadData:
        return None
    if account != str(account_id):
        return None
    return Kept(address, account, tuple((name, text) for name, text in fields))


def shows_again(found: Kept) -> bool:
    """Tell whether the page that the form goes to shows it again before anything is saved."""
    adapter = current_app.create_url_adapter(request)
    try:
        endpoint, _ = adapter.match(found.address.partition("?")[0], method="POST") if adapter else ("", {})
    except HTTPException:
        return False
    return bool(getattr(current_app.view_functions.get(endpoint), "resumes", False))


def is_resumed() -> bool:
    """Tell whether this form is one to show again, not to save."""
    return RESUMED in request.form


def hidden(found: Kept) -> Sequence[tuple[str, str]]:
    """Give the fields of the form that leads back to the page."""
    return (*found.fields, (RESUMED, "1")) if shows_again(found) else found.fields


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="typed-before-sign-in")
