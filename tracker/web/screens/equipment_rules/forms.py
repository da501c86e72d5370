"""The form of a rule: a word of an inventory, and how it is read."""

from collections.abc import Sequence

from wtforms import Form, HiddenField, SelectField, StringField

from tracker.domain.equipment_words import RuleField
from tracker.domain.numbers import whole_number
from tracker.labels import text, typeset, word
from tracker.services.equipment_rules import RuleDraft
from tracker.services.estate import NO_DEPARTMENT
from tracker.services.rule_versions import CODES
from tracker.store.models import Department

MOST_DIGITS = 6


class RuleForm(Form):
    """A word, and what it reads as: the name of its field and a code, with a colon between; ``seen`` is its version."""

    seen = HiddenField()
    word = StringField()
    reads = SelectField(validate_choice=False)

    def offer(self, departments: Sequence[Department]) -> None:
        """Fill the choices, by field."""
        groups = {text("une catégorie"): RuleField.CATEGORY, text("un état"): RuleField.STATE}
        self.reads.choices = {
            "": [("", text("à choisir"))],
            **{name: [(f"{field}:{code}", word(code)) for code in CODES[field]] for name, field in groups.items()},
            text("un service"): [
                *((f"{RuleField.DEPARTMENT}:{row.code}", typeset(row.name)) for row in departments),
                (f"{RuleField.DEPARTMENT}:{NO_DEPARTMENT}", text("aucun service")),
            ],
        }

    def draft(self) -> RuleDraft:
        """Give what was typed."""
        field, _, code = (self.reads.data or "").partition(":")
        seen = whole_number(self.seen.data or "0", MOST_DIGITS)
        return RuleDraft(field, self.word.data or "", code, -1 if seen is None else seen)
