"""Every address declares who may open it: a permission in an organisation, any account, or everyone."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import current_app, g

from tracker.domain.permissions import Permission
from tracker.services import visitor as visitors
from tracker.services.visitor import Visitor
from tracker.web.platform.database import session
from tracker.web.platform.sign_in import account

View = Callable[..., Any]
EVERYONE = "everyone"
SIGNED_IN = "signed_in"


def everyone(view: View) -> View:
    """Declare an address that anyone may open."""
    view.access = EVERYONE  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Declare an address for whoever is signed in."""

    @wraps(view)
    def guarded(*args: Any, **values: Any) -> Any:
        if account() is None:
            return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
        return view(*args, **values)

    guarded.access = SIGNED_IN  # type: ignore[attr-defined]
    return guarded


def requires(permission: Permission) -> Callable[[View], View]:
    """Declare an address of an organisation for those who hold ``permission`` there.

    The view gets the visitor instead of the organisation's address. A stranger is asked to sign in; an
    account without a role there gets the same 404 as for an organisation that does not exist.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(*, slug: str, **values: Any) -> Any:
            known = account()
            if known is None:
                return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
            visitor = visitors.enter(session(), known, slug)
            g.visitor = visitor
            visitor.require(permission)
            return view(visitor=visitor, **values)

        guarded.access = permission  # type: ignore[attr-defined]
        return guarded

    return declare


def current_visitor() -> Visitor | None:
    """Give the visitor of the organisation being shown, None outside one."""
    found: Visitor | None = g.get("visitor")
    return found
