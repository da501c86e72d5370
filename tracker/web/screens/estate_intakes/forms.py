"""What is typed about an inventory: the file and what it lists, how its words are read, what is confirmed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import SelectField, StringField

from tracker.domain.equipment_words import RuleField, compared
from tracker.domain.errors import ProblemCode
from tracker.domain.estate import EquipmentCategory
from tracker.domain.inventories import DateOrder, InventoryScope
from tracker.labels import text, word
from tracker.services.estate import NO_DEPARTMENT
from tracker.services.inventory_plans import WordTold
from tracker.services.rule_versions import CODES, Word
from tracker.services.typed import Typed
from tracker.store.models import Department

WORDS = 12
"""Words that one page asks about."""
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Sent:
    """What is said of a file: what it lists, the day it tells of, and how its days are written."""

    scope: InventoryScope
    taken_on: date
    order: DateOrder | None


class SendForm(FlaskForm):  # type: ignore[misc]
    """A file, what it lists, the day of the inventory and, where the file does not tell it, the order of its days."""

    scope = SelectField()
    taken_on = StringField()
    order = SelectField()

    def __init__(self, **given: object) -> None:
        super().__init__(**given)
        self.scope.choices = [(one.value, word(one)) for one in InventoryScope]
        self.order.choices = [("", text("le fichier le montre")), *((one.value, word(one)) for one in DateOrder)]

    def said(self, today: date) -> Sent:
        """Give what was typed; a blank day is today.

        Raises:
            Invalid: with what is wrong, at its field.
        """
        typed = Typed()
        scope = typed.choice("scope", self.scope.data or "", InventoryScope)
        day = typed.any_day("taken_on", self.taken_on.data or "") or today
        if day > today:
            typed.refuse("taken_on", ProblemCode.DAY_TO_COME, on=day)
        order = typed.choice("order", self.order.data, DateOrder) if self.order.data else None
        typed.end()
        return Sent(scope or InventoryScope.EVERYTHING, day, order)


@dataclass(frozen=True, slots=True)
class Settled:
    """What was chosen for the words of a page, and how each read when the page was made."""

    answers: Mapping[Word, str]
    seen: Mapping[Word, str]


def settled(typed: MultiDict[str, str]) -> Settled:
    """Read the words of a page; what names no word is left out."""
    answers: dict[Word, str] = {}
    seen: dict[Word, str] = {}
    for number in range(WORDS):
        field, _, told = typed.get(f"word-{number}", ":").partition(":")
        if field not in set(RuleField) or len(told) > _LONGEST or compared(told) != told:
            continue
        asked = (RuleField(field), told)
        answers[asked] = typed.get(f"reads-{number}", "")
        seen[asked] = typed.get(f"was-{number}", "")
    return Settled(answers, seen)


def retired(typed: MultiDict[str, str]) -> frozenset[EquipmentCategory]:
    """Give the categories whose vanished equipment is ticked."""
    return frozenset(EquipmentCategory(one) for one in typed.getlist("retired") if one in set(EquipmentCategory))


def choices(one: WordTold, departments: Sequence[Department]) -> Sequence[tuple[str, str]]:
    """List what a word may be said to mean, with the blank one while nothing is decided."""
    blank = [] if one.reads_as else [("", text("à dire"))]
    if one.field is not RuleField.DEPARTMENT:
        return [*blank, *((code.value, word(code)) for code in CODES[one.field])]
    named = [(row.code, f"{row.code} – {row.name}") for row in departments]
    return [*blank, (NO_DEPARTMENT, text("aucun service d'ici")), *named]
