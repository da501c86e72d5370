"""What the list of deadlines is narrowed to."""

from collections.abc import Mapping

from flask_wtf import FlaskForm
from wtforms import SelectField

from tracker.domain.deadlines import DeadlineKind
from tracker.labels import plural, text, typeset
from tracker.labels.deadlines import deadline_kind
from tracker.services.deadlines import Wanted

DAYS = (30, 90, 180, 365)


class NarrowingForm(FlaskForm):  # type: ignore[misc]
    """The days ahead, the department, the kind; read from the address, so it needs no token."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """No token: nothing is written."""

        csrf = False

    jours = SelectField(validate_choice=False)
    service = SelectField(validate_choice=False)
    nature = SelectField(validate_choice=False)

    def offer(self, departments: Mapping[str, str]) -> None:
        """Fill the choices; ``departments`` gives names by code."""
        ahead = [(str(days), plural("{n} jour", "{n} jours", days, n=days)) for days in DAYS]
        self.jours.choices = [("", text("Sans limite")), *ahead]
        self.service.choices = [
            ("", text("Tous les services")),
            *((code, typeset(name)) for code, name in departments.items()),
        ]
        self.nature.choices = [
            ("", text("Toutes les natures")),
            *((one.value, deadline_kind(one)) for one in DeadlineKind),
        ]

    def wanted(self) -> Wanted:
        """Give what is asked for; what is not on offer counts as all, but a department that does not exist has none."""
        return Wanted(
            days=int(self.jours.data) if self.jours.data in set(map(str, DAYS)) else None,
            department=self.service.data or "",
            kind=DeadlineKind(self.nature.data) if self.nature.data in set(DeadlineKind) else None,
        )
