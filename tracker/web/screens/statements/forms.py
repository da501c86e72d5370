"""The form that tells when and where a statement was put online."""

from wtforms import BooleanField, Form, HiddenField, StringField

from tracker.domain.numbers import whole_number
from tracker.services.statements import PublicationDraft, StatementSheet

MOST_DIGITS = 9


class PublicationForm(Form):
    """A publication; ``seen`` is the version of the service that was on the screen."""

    seen = HiddenField()
    published_on = StringField()
    url = StringField()
    is_correction = BooleanField(false_values=("", None))

    def draft(self) -> PublicationDraft:
        """Give what was typed."""
        seen = whole_number(self.seen.data or "0", MOST_DIGITS)
        return PublicationDraft(
            published_on=self.published_on.data or "",
            url=self.url.data or "",
            is_correction=bool(self.is_correction.data),
            seen=-1 if seen is None else seen,
        )


def stored(found: StatementSheet) -> dict[str, str]:
    """Give the fields of a publication that is still to be told: the address stays where it was."""
    return {"seen": str(found.seen), "url": found.last.url if found.last is not None else ""}
