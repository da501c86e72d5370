"""What the first hour sends: the ticks of a list, and a file that travels back once it was shown."""

from werkzeug.datastructures import MultiDict

from tracker.domain.numbers import whole_number
from tracker.domain.vocabulary import Axis

AXIS = "axe"
CODES = "codes"
SEEN = "seen"
FILE = "file"
SHOWN = "shown"


def ticked(form: MultiDict[str, str]) -> frozenset[str]:
    """Give the codes whose box is ticked."""
    return frozenset(form.getlist(CODES))


def axis_of(form: MultiDict[str, str]) -> Axis | None:
    """Give the axis that a page was narrowed to, None for all of them."""
    written = form.get(AXIS, "")
    return Axis(written) if written in set(Axis) else None


def seen(form: MultiDict[str, str]) -> int:
    """Give the number of the last choice that was on the page; one that is no number was on no page."""
    number = whole_number(form.get(SEEN))
    return -1 if number is None else number
