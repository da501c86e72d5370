"""The forms of the commission: a session, and what it decides of a service."""

from wtforms import Form, HiddenField, SelectField, StringField, TextAreaField

from tracker.domain.approvals import ApprovalOutcome, Quorum
from tracker.domain.dates import typed_day
from tracker.domain.numbers import whole_number
from tracker.labels import short_day, text, word
from tracker.labels.commission import session_title
from tracker.services.approvals import DecisionDraft, DecisionSheet
from tracker.services.commission import SessionDraft
from tracker.store.models import CommissionSession

MOST_DIGITS = 6


class SessionForm(Form):
    """What is told of a session; ``seen`` is the version that was on the screen."""

    seen = HiddenField()
    held_on = StringField()
    venue = StringField()
    roles = TextAreaField()
    quorum = SelectField(validate_choice=False)
    note = TextAreaField()
    reason = TextAreaField()

    def offer(self) -> None:
        """Fill the choices."""
        codes = (Quorum.NO_RULE, Quorum.MET, Quorum.NOT_MET)
        self.quorum.choices = [(code.value, word(code)) for code in codes]

    def draft(self) -> SessionDraft:
        """Give what was typed."""
        told = {field.short_name: field.data or "" for field in self if field.short_name != "seen"}
        return SessionDraft(**told, seen=number(self.seen.data))


class DecisionForm(Form):
    """What a session decides of a service; ``seen`` is the version that was on the screen."""

    seen = HiddenField()
    outcome = SelectField(validate_choice=False)
    text = TextAreaField()
    corrections = TextAreaField()
    mended = TextAreaField()
    lift_by = StringField()
    limit = StringField()
    adjourned_to = SelectField(validate_choice=False)
    reason = TextAreaField()

    def offer(self, sheet: DecisionSheet) -> None:
        """Fill the choices: the decisions, and the sessions that a service may be put off to."""
        self.outcome.choices = [("", text("à choisir")), *((code.value, word(code)) for code in ApprovalOutcome)]
        later = [(str(one.number), session_title(one.number, short_day(one.held_on))) for one in sheet.later]
        told = sheet.decision
        if told is not None and told.adjourned_to is not None and told.adjourned_on is not None:
            known = (str(told.adjourned_to), session_title(told.adjourned_to, short_day(told.adjourned_on)))
            later = later if known in later else [known, *later]
        self.adjourned_to.choices = [("", text("la prochaine séance, ou sans objet")), *later]

    def draft(self) -> DecisionDraft:
        """Give what was typed."""
        told = {field.short_name: field.data or "" for field in self if field.short_name != "seen"}
        return DecisionDraft(**told, seen=number(self.seen.data))


def number(written: str | None) -> int:
    """Read a version from a hidden field; what is none is that of nothing."""
    found = whole_number(written or "0", MOST_DIGITS)
    return -1 if found is None else found


def stored_session(row: CommissionSession) -> dict[str, str]:
    """Give the fields that show what is told of a session."""
    return {
        "seen": str(row.version),
        "held_on": typed_day(row.held_on),
        "venue": row.venue,
        "roles": row.roles,
        "quorum": row.quorum.value,
        "note": row.note,
    }


def stored_decision(sheet: DecisionSheet) -> dict[str, str]:
    """Give the fields that show what was decided, empty as long as nothing was."""
    told = sheet.decision
    if told is None:
        return {}
    return {
        "seen": str(sheet.seen),
        "outcome": told.outcome.value,
        "text": told.text,
        "corrections": told.corrections,
        "mended": told.mended,
        "lift_by": typed_day(told.lift_by),
        "limit": typed_day(told.limit),
        "adjourned_to": str(told.adjourned_to or ""),
    }
