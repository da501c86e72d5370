"""What the cells of an audit say: results, numbers of criteria, headings, in the words that tools and people write."""

import re
import unicodedata
from collections.abc import Mapping

from tracker.domain.rgaa import Result
from tracker.domain.texts import tidy

_RESULTS: Mapping[str, Result] = {
    "c": Result.COMPLIANT,
    "conforme": Result.COMPLIANT,
    "compliant": Result.COMPLIANT,
    "nc": Result.NOT_COMPLIANT,
    "non conforme": Result.NOT_COMPLIANT,
    "not compliant": Result.NOT_COMPLIANT,
    "na": Result.NOT_APPLICABLE,
    "n a": Result.NOT_APPLICABLE,
    "non applicable": Result.NOT_APPLICABLE,
    "not applicable": Result.NOT_APPLICABLE,
    "nt": Result.NOT_TESTED,
    "n t": Result.NOT_TESTED,
    "non teste": Result.NOT_TESTED,
    "not tested": Result.NOT_TESTED,
}
_CRITERION = re.compile(r"(?:crit[eè]re )?(\d{1,2})\.(\d{1,2})", re.IGNORECASE)
_SHARED = ("elements transverses", "elements communs", "elements transversaux")
_MAIL = re.compile(r"\S+@\S+")


def result_of(cell: str) -> Result | None:
    """Give the result that a cell says; a blank one was not tested; None for what is no result."""
    return _RESULTS.get(bare(cell)) if cell.strip() else Result.NOT_TESTED


def criterion_of(cell: str) -> str:
    """Give the number of a criterion as « 1.10 »; "" for what is none."""
    found = _CRITERION.fullmatch(" ".join(cell.split()))
    return f"{int(found[1])}.{int(found[2])}" if found else ""


def is_shared(name: str) -> bool:
    """Tell whether a page is what all pages share, as Ara and the grids name it."""
    return bare(name).startswith(_SHARED)


def bare(written: str) -> str:
    """Keep letters and digits only, in words without accents nor capitals."""
    apart = unicodedata.normalize("NFD", written[:300].casefold())
    plain = (one if one.isalnum() else " " for one in apart if not unicodedata.combining(one))
    return " ".join("".join(plain).split())


def line(written: str, limit: int) -> str:
    """Give a text on one line, cut to what is kept of it; an address of mail in it is left out."""
    return _MAIL.sub("", " ".join(tidy(written).split()))[:limit].strip()
