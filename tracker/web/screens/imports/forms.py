"""The file that is sent, and the reason that a correction asks for."""

import re

from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField

from tracker.domain.errors import Invalid, Problem, ProblemCode
from tracker.domain.periods import FIRST_YEAR

LAST_YEAR = 2100


class SendForm(FlaskForm):  # type: ignore[misc]
    """A file and, where its rows do not say one, the year that they are about."""

    year = StringField()

    def asked_year(self) -> int | None:
        """Give the year that was typed, None for none.

        Raises:
            Invalid: for what is not a year.
        """
        typed = (self.year.data or "").strip()
        if not typed:
            return None
        if re.fullmatch("[0-9]{4}", typed) and FIRST_YEAR <= int(typed) <= LAST_YEAR:
            return int(typed)
        values = {"text": typed[:40], "first": FIRST_YEAR, "last": LAST_YEAR}
        raise Invalid(Problem("year", ProblemCode.YEAR_OUT_OF_RANGE, values))


class ConfirmForm(FlaskForm):  # type: ignore[misc]
    """The one confirmation of an import."""

    reason = TextAreaField()
