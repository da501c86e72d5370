"""How many notices the person signed in has not read: the header of every page tells it."""

from flask import g

from tracker.services import notices
from tracker.web.platform.database import session
from tracker.web.platform.sign_in import account


def unread() -> int:
    """Count them; none on the page of an error, which asks nothing of a database that may be what failed."""
    known = account()
    return 0 if known is None or g.get("is_refused") else notices.unread(session(), known)
