"""The forms of the memberships: an association to follow, and what is known of a year."""

from typing import Any

from wtforms import BooleanField, Field, Form, HiddenField, SelectField, StringField, TextAreaField

from tracker.domain.dates import typed_day
from tracker.domain.numbers import typed_text
from tracker.domain.vocabulary import TaxRegime
from tracker.labels import current, say, short_day, text, word
from tracker.services.membership_years import LINE_LIMITS, YearDraft, YearSheet
from tracker.services.memberships import MembershipDraft

MOST_DIGITS = 6


class MembershipForm(Form):
    """An association to follow."""

    name = StringField()
    url = StringField()

    def draft(self) -> MembershipDraft:
        """Give what was typed."""
        return MembershipDraft(self.name.data or "", self.url.data or "")


class YearForm(Form):
    """What is known of a year; ``seen`` is the version that was on the screen."""

    seen = HiddenField()
    amount = StringField()
    tax = SelectField(validate_choice=False)
    renew_before = StringField()
    is_given_up = BooleanField(false_values=("",))
    deliberation = SelectField(validate_choice=False)
    decided_on = StringField()
    decided_by = StringField()
    paid_on = StringField()
    commitment = SelectField(validate_choice=False)
    line_budget = StringField()
    line_section = StringField()
    line_chapter = StringField()
    line_function = StringField()
    line_nature = StringField()
    line_policy = StringField()
    line_programme = StringField()
    line_manager = StringField()
    served = TextAreaField()
    tools = TextAreaField()
    evidence = TextAreaField()

    def offer(self, sheet: YearSheet) -> None:
        """Fill the choices: the tax regimes, the texts, latest first, the renewals."""
        self.tax.choices = [(code.value, word(code)) for code in TaxRegime]
        texts = [
            (row.reference, text("Délibération {number} du {on}", number=row.number, on=short_day(row.adopted_on)))
            for row in reversed(sheet.deliberations)
        ]
        self.deliberation.choices = [("", text("une autre décision, dite ci-dessous, ou aucune")), *texts]
        served = [(one.code, f"{one.code}, {say(one.title)}") for one in sheet.renewals]
        self.commitment.choices = [("", text("aucun")), *served]

    @property
    def line_fields(self) -> dict[str, Field]:
        """Give the fields of the budget line by their names."""
        return {name: self[f"line_{name}"] for name in LINE_LIMITS}

    def draft(self) -> YearDraft:
        """Give what was typed."""
        written = self.seen.data or "0"
        is_number = written.isascii() and written.isdigit() and len(written) <= MOST_DIGITS
        names = ("amount", "renew_before", "deliberation", "decided_on", "decided_by", "paid_on", "commitment")
        told = {name: self[name].data or "" for name in (*names, "served", "tools", "evidence")}
        return YearDraft(
            **told,
            tax=self.tax.data or TaxRegime.UNSTATED,
            is_given_up=bool(self.is_given_up.data),
            line={name: field.data or "" for name, field in self.line_fields.items()},
            seen=int(written) if is_number else -1,
            has_comma_groups=current() == "en",
        )


def stored(sheet: YearSheet) -> dict[str, Any]:
    """Give the fields that show what is known of a year; a text of the store tells its own day."""
    year = sheet.year
    voted = {row.reference: row.adopted_on for row in sheet.deliberations}
    is_voted = year.deliberation != "" and voted.get(year.deliberation) == year.decided_on
    line = {f"line_{name}": getattr(year.line, name) for name in LINE_LIMITS} if year.line is not None else {}
    days = {"renew_before": year.renew_before, "paid_on": year.paid_on}
    days["decided_on"] = None if is_voted else year.decided_on
    return {
        "seen": str(sheet.seen),
        "amount": "" if year.fee.amount is None else typed_text(year.fee.amount),
        "tax": year.fee.tax.value,
        "is_given_up": year.is_given_up,
        "deliberation": year.deliberation if is_voted else "",
        "decided_by": "" if is_voted else year.decided_by,
        "commitment": year.commitment,
        "served": year.served,
        "tools": year.tools,
        "evidence": year.evidence,
        **line,
        **{name: typed_day(on) for name, on in days.items()},
    }
