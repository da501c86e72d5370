"""What the page of validation sends: the revisions that were looked at, and why some go back."""

from collections.abc import Sequence

from wtforms import Form, TextAreaField

MOST_DIGITS = 6


class ReturnForm(Form):
    """Why the ticked values go back to their officers."""

    reason = TextAreaField()


def marks(sent: Sequence[str]) -> list[tuple[str, int]]:
    """Read the revisions that were ticked, written « SOB-06:3 »; what is not one of them is dropped."""
    found = {}
    for mark in sent:
        code, _, revision = mark.rpartition(":")
        if code and revision.isascii() and revision.isdigit() and len(revision) <= MOST_DIGITS:
            found[code] = int(revision)
    return list(found.items())
