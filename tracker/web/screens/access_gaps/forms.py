"""The form of a content that is not accessible."""

from wtforms import Form, HiddenField, SelectField, StringField, TextAreaField

from tracker.domain.dates import typed_day
from tracker.domain.numbers import whole_number
from tracker.domain.rgaa import GapKind
from tracker.labels import word
from tracker.services.access_gaps import GapDraft, GapSheet

MOST_DIGITS = 6


class GapForm(Form):
    """A content that is not accessible; ``seen`` is the version that was on the screen."""

    seen = HiddenField()
    kind = SelectField(validate_choice=False)
    content = TextAreaField()
    criteria = StringField()
    reason = TextAreaField()
    alternative = TextAreaField()
    until = StringField()
    mended_on = StringField()

    def offer(self) -> None:
        """Fill the choices."""
        self.kind.choices = [(code.value, word(code)) for code in GapKind]

    def draft(self) -> GapDraft:
        """Give what was typed."""
        told = {field.short_name: field.data or "" for field in self if field.short_name != "seen"}
        seen = whole_number(self.seen.data or "0", MOST_DIGITS)
        return GapDraft(**told, seen=-1 if seen is None else seen)


def stored(sheet: GapSheet) -> dict[str, str]:
    """Give the fields that show what is known of a gap."""
    gap = sheet.gap
    return {
        "seen": str(sheet.version),
        "kind": gap.kind.value,
        "content": gap.content,
        "criteria": ", ".join(gap.criteria),
        "reason": gap.reason,
        "alternative": gap.alternative,
        "until": typed_day(gap.until),
        "mended_on": typed_day(gap.mended_on),
    }
