"""The forms of the publications: what of a year to show and from when on, and why to take it back."""

from html import escape

from wtforms import BooleanField, Form, HiddenField, RadioField, StringField, TextAreaField

from tracker.domain.numbers import whole_number
from tracker.domain.vocabulary import PublicationScope
from tracker.labels import word
from tracker.services.publications import Preparation, PublicationDraft

FRAME_HEIGHT = 320
"""Pixels: enough for a sentence of four lines on a phone."""


class PublishingForm(Form):
    """What strangers will read of a year; its fields hold what they read today when nothing was typed."""

    scope = RadioField(validate_choice=False)
    has_values = BooleanField(false_values=("",))
    visible_from = StringField()
    note = TextAreaField()
    seen = HiddenField()

    def offer(self) -> None:
        """Fill the choices of scope."""
        self.scope.choices = [(one.value, word(one)) for one in PublicationScope]

    def draft(self) -> PublicationDraft:
        """Give what was typed."""
        return PublicationDraft(
            scope=self.scope.data or "",
            has_values=bool(self.has_values.data),
            visible_from=self.visible_from.data or "",
            note=self.note.data or "",
            seen=number(self.seen.data),
        )


class WithdrawalForm(Form):
    """Why a year is taken back."""

    reason = TextAreaField()
    seen = HiddenField()


def stored(found: Preparation) -> PublishingForm:
    """Give the form as the last version left it; the flagships alone for a year that has none."""
    last = found.history[0] if found.history else None
    scope = last.scope if last else PublicationScope.FLAGSHIPS
    return PublishingForm(
        data={"scope": scope.value, "has_values": bool(last and last.has_values), "seen": str(found.seen)}
    )


def number(written: str | None) -> int:
    """Read the version that was on the screen; 0 for anything else."""
    return whole_number((written or "").strip()) or 0


def frame(address: str, title: str) -> str:
    """Write the code that shows a figure on another site."""
    size = f'width="100%" height="{FRAME_HEIGHT}"'
    return f'<iframe src="{escape(address)}" title="{escape(title)}" {size} loading="lazy"></iframe>'
