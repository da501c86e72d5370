"""Addresses of the web that are typed in a form."""

import re

from tracker.domain.errors import ProblemCode
from tracker.services.typed import Typed

LIMIT = 500
_WEB = re.compile(r"https?://[^\s/?#@.]+(?:\.[^\s/?#@.]+)*(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)


def web_address(typed: Typed, where: str, text: str) -> str:
    """Read the address of a page or of a site, http or https; blank is empty."""
    written = typed.words(where, text, limit=LIMIT)
    if written and not typed.is_refused(where) and not _WEB.fullmatch(written):
        typed.refuse(where, ProblemCode.WEB_ADDRESS_UNREADABLE, text=written[:40])
    return written
