"""The register's filters, and the form that records a dated fact."""

from collections.abc import Iterable
from enum import StrEnum

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField

from tracker.domain.vocabulary import Axis, CommitmentKind, FindingState, Status, Strength
from tracker.labels import text, word
from tracker.services.register import Filter
from tracker.web.platform.choices import member

OVERDUE = "passee"
PROMISED = "promis"
"""In the address, the strengths that bind: what every count of promises holds."""


def choices(codes: Iterable[StrEnum], everything: str) -> list[tuple[str, str]]:
    """List ``codes`` with their words, after a choice for all of them."""
    return [("", everything), *((code.value, word(code)) for code in codes)]


class FilterForm(FlaskForm):  # type: ignore[misc]
    """What the register is narrowed to; read from the address, so it needs no token."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """No token: nothing is written."""

        csrf = False

    axe = SelectField(validate_choice=False)
    nature = SelectField(validate_choice=False)
    portee = SelectField(validate_choice=False)
    etat = SelectField(validate_choice=False)
    document = SelectField(validate_choice=False)
    echeance = SelectField(validate_choice=False)

    def offer(self, documents: Iterable[tuple[str, str]]) -> None:
        """Fill the choices; ``documents`` are (reference, number) pairs."""
        self.axe.choices = choices(Axis, text("Tous les axes"))
        self.nature.choices = choices(CommitmentKind, text("Toutes les natures"))
        everything, *strengths = choices(Strength, text("Toutes les portées"))
        self.portee.choices = [everything, (PROMISED, text("Sans les rappels et facultés")), *strengths]
        self.etat.choices = choices(Status, text("Tous les états"))
        self.document.choices = [("", text("Tous les textes")), *documents]
        self.echeance.choices = [("", text("Toutes")), (OVERDUE, text("Jalons échus, réalisation non constatée"))]

    def wanted(self) -> Filter:
        """Give the filter; a choice that does not exist counts as all."""
        return Filter(
            axis=member(Axis, self.axe.data),
            kind=member(CommitmentKind, self.nature.data),
            strength=member(Strength, self.portee.data),
            status=member(Status, self.etat.data),
            document=self.document.data or None,
            is_overdue=self.echeance.data == OVERDUE,
            is_promised=self.portee.data == PROMISED,
        )


class FindingForm(FlaskForm):  # type: ignore[misc]
    """A dated fact: what, when, for which year and amount or until when, and what shows it."""

    state = SelectField(validate_choice=False)
    on = StringField()
    year = StringField()
    amount = StringField()
    valid_until = StringField()
    evidence = TextAreaField()

    def offer(self, states: Iterable[FindingState]) -> None:
        """Fill the choices of the fact."""
        self.state.choices = [(state.value, word(state)) for state in states]
