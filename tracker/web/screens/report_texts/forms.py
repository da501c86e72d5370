"""The form of the text of a section."""

from wtforms import Form, HiddenField, TextAreaField

from tracker.domain.numbers import whole_number
from tracker.services.report_texts import SectionSheet, TextDraft

MOST_DIGITS = 6


class TextForm(Form):
    """A text; ``seen`` is the version that was on the screen."""

    seen = HiddenField()
    text = TextAreaField()

    @property
    def typed(self) -> str:
        """Give what was typed, with plain line ends."""
        return (self.text.data or "").replace("\r\n", "\n")

    def draft(self, *, is_draft: bool) -> TextDraft:
        """Give what was typed, to be stored."""
        seen = whole_number(self.seen.data or "0", MOST_DIGITS)
        return TextDraft(self.typed, is_draft, -1 if seen is None else seen)


def stored(found: SectionSheet) -> TextForm:
    """Give the form filled with the last version, a draft or not."""
    return TextForm(data={"seen": str(found.seen), "text": found.last.text if found.last else ""})
