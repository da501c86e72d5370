"""The form of a complaint."""

from collections.abc import Iterable

from wtforms import Form, HiddenField, SelectField, StringField, TextAreaField

from tracker.domain.complaints import Complaint, ComplaintOutcome
from tracker.domain.dates import typed_day
from tracker.domain.digital_services import ServiceRecord
from tracker.domain.numbers import whole_number
from tracker.labels import text, typeset, word
from tracker.services.complaints import ComplaintDraft

MOST_DIGITS = 9


class ComplaintForm(Form):
    """A complaint; ``seen`` is the version that was on the screen."""

    seen = HiddenField()
    service = SelectField(validate_choice=False)
    received_on = StringField()
    subject = TextAreaField()
    answered_on = StringField()
    outcome = SelectField(validate_choice=False)

    def offer(self, services: Iterable[ServiceRecord]) -> None:
        """Fill the choices."""
        self.service.choices = [("", text("à choisir")), *((str(one.number), typeset(one.name)) for one in services)]
        outcomes = ((one.value, word(one)) for one in ComplaintOutcome)
        self.outcome.choices = [("", text("pas encore de réponse")), *outcomes]

    def draft(self) -> ComplaintDraft:
        """Give what was typed."""
        told = {field.short_name: field.data or "" for field in self if field.short_name != "seen"}
        seen = whole_number(self.seen.data or "0", MOST_DIGITS)
        return ComplaintDraft(**told, seen=-1 if seen is None else seen)


def stored(one: Complaint) -> dict[str, str]:
    """Give the fields that show what is known of a complaint."""
    return {
        "seen": str(one.version),
        "service": str(one.service),
        "received_on": typed_day(one.received_on),
        "subject": one.subject,
        "answered_on": typed_day(one.answered_on),
        "outcome": one.outcome or "",
    }
