"""What the page of validation sends: the revisions that were looked at, and why some go back."""

from collections.abc import Sequence

from wtforms import Form, TextAreaField

from tracker.domain.numbers import whole_number


class ReturnForm(Form):
    """Why the ticked values go back to their officers."""

    reason = TextAreaField()


def marks(sent: Sequence[str]) -> list[tuple[str, int]]:
    """Read the revisions that were ticked, written « SOB-06:3 »; what is not one of them is dropped."""
    found = {}
    for mark in sent:
        code, _, revision = mark.rpartition(":")
        number = whole_number(revision)
        if code and number is not None:
            found[code] = number
    return list(found.items())
