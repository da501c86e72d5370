"""Addresses that are kept: of a site, of a form, of a mailbox that no single person reads."""

import re

from tracker.domain.errors import AnyProblem, ProblemCode
from tracker.domain.service_problems import ServiceProblem
from tracker.importers.deliberations.first_names import ALSO_WORDS, FIRST_NAMES
from tracker.importers.deliberations.names import person_in
from tracker.services.typed import Typed

ADDRESS_LIMIT = 500
_WEB = re.compile(r"https?://[^\s/?#@.]+(?:\.[^\s/?#@.]+)*(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
_MAILBOX = re.compile(r"(?P<who>[\w.+-]+)@[\w-]+(?:\.[\w-]+)+")


def web_address(typed: Typed, where: str, text: str) -> str:
    """Read the address of a page or of a site, http or https; blank is empty."""
    written = typed.words(where, text, limit=ADDRESS_LIMIT)
    if written and not typed.is_refused(where) and not _WEB.fullmatch(written):
        typed.refuse(where, ProblemCode.WEB_ADDRESS_UNREADABLE, text=written[:40])
    return written


def shared_contact(typed: Typed, where: str, text: str) -> str:
    """Read where one writes: the address of a form, or a mailbox that is named after nobody; blank is empty."""
    written = typed.words(where, text, limit=ADDRESS_LIMIT)
    if not written or typed.is_refused(where) or _WEB.fullmatch(written):
        return written
    mailbox = _MAILBOX.fullmatch(written)
    if mailbox is None:
        typed.refuse(where, ServiceProblem.CONTACT_UNREADABLE, text=written[:40])
    elif _names_somebody(mailbox["who"]):
        typed.refuse(where, ServiceProblem.CONTACT_PERSONAL, text=written[:60])
    return written


def nameless(typed: Typed, where: str, text: str, limit: int, missing: AnyProblem | None = None) -> str:
    """Read a text in which nobody is named; blank is empty, and refused with ``missing`` if given."""
    written = typed.words(where, text, missing, limit)
    if not typed.is_refused(where) and (named := person_in(text)):
        typed.refuse(where, ProblemCode.PERSON_NAMED, text=named)
    return written


def _names_somebody(who: str) -> bool:
    """Tell whether a mailbox begins like « prenom.nom » or « p.nom »."""
    parts = [part for part in re.split(r"[._+-]", who.casefold()) if part]
    has_first_name = any(part in FIRST_NAMES and part not in ALSO_WORDS for part in parts)
    return has_first_name or (len(parts) > 1 and len(parts[0]) == 1 and parts[0].isalpha())
