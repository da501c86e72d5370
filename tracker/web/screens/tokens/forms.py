"""The form of a new token."""

from wtforms import Form, HiddenField, SelectField, StringField

from tracker.domain.numbers import whole_number
from tracker.labels import plural
from tracker.services import api_tokens


class TokenForm(Form):
    """What a token is for, and how long it lives."""

    name = StringField()
    days = SelectField(validate_choice=False, default=str(api_tokens.USUAL_LIFE))
    seen = HiddenField()

    def offer(self) -> None:
        """Fill the choices of days."""
        self.days.choices = [(str(days), plural("{n} jour", "{n} jours", days, n=days)) for days in api_tokens.LIVES]

    def life(self) -> int:
        """Give the days that were chosen, 0 for what is no number."""
        return whole_number(self.days.data or "") or 0

    def latest_seen(self) -> int:
        """Give the number of the latest token that was on the screen, 0 for none."""
        return whole_number(self.seen.data or "") or 0
