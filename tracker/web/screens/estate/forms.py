"""What the register of equipment is narrowed to, and the forms that add or correct a line of it."""

from collections.abc import Sequence

from werkzeug.datastructures import MultiDict
from wtforms import Form, HiddenField, SelectField, StringField, TextAreaField

from tracker.domain.dates import typed_day
from tracker.domain.equipment_faults import LIFE
from tracker.domain.estate import Destination, EquipmentCategory, EquipmentOrigin, EquipmentState
from tracker.domain.numbers import typed_text, whole_number
from tracker.labels import current, text
from tracker.services.equipment_bulk import BulkDraft, Choice
from tracker.services.equipment_changes import EquipmentDraft
from tracker.services.estate import NO_DEPARTMENT, EstateFilter, EstateLine
from tracker.store.models import Department
from tracker.web.platform.choices import coded, member, named

MOST_DIGITS = 9
MOST_TICKED = 100


class FilterForm(Form):
    """What the register is narrowed to, read from the address."""

    categorie = SelectField(validate_choice=False)
    etat = SelectField(validate_choice=False)
    service = SelectField(validate_choice=False)
    origine = SelectField(validate_choice=False)
    mots = StringField()

    def offer(self, departments: Sequence[Department]) -> None:
        """Fill the choices."""
        self.categorie.choices = [("", text("Toutes les catégories")), *coded(EquipmentCategory)]
        self.etat.choices = [("", text("Tous les états")), *coded(EquipmentState)]
        without = (NO_DEPARTMENT, text("aucun service"))
        self.service.choices = [("", text("Tous les services")), *named(departments), without]
        self.origine.choices = [("", text("Toutes les origines")), *coded(EquipmentOrigin)]

    def wanted(self) -> EstateFilter:
        """Give the filter; a choice that does not exist counts as all."""
        return EstateFilter(
            category=member(EquipmentCategory, self.categorie.data),
            state=member(EquipmentState, self.etat.data),
            origin=member(EquipmentOrigin, self.origine.data),
            department=self.service.data or "",
            words=self.mots.data or "",
        )


class EquipmentForm(Form):
    """A line of the register; ``seen`` is the version that was on the screen."""

    seen = HiddenField()
    category = SelectField(validate_choice=False)
    quantity = StringField()
    model = StringField()
    maker = StringField()
    department = SelectField(validate_choice=False)
    origin = SelectField(validate_choice=False)
    state = SelectField(validate_choice=False)
    ordered_on = StringField()
    purchased_on = StringField()
    delivered_on = StringField()
    started_on = StringField()
    retired_on = StringField()
    destination = SelectField(validate_choice=False)
    warranty_months = StringField()
    repairability = StringField()
    note = TextAreaField()

    def offer(self, departments: Sequence[Department]) -> None:
        """Fill the choices."""
        self.category.choices = [("", text("à choisir")), *coded(EquipmentCategory)]
        self.department.choices = [("", text("aucun service")), *named(departments)]
        self.origin.choices = coded([EquipmentOrigin.UNKNOWN, *list(EquipmentOrigin)[:-1]])
        self.state.choices = coded([EquipmentState.IN_USE, EquipmentState.IN_STOCK, *list(EquipmentState)[2:]])
        self.destination.choices = [("", text("inconnue, ou aucune")), *coded(Destination)]

    def draft(self) -> EquipmentDraft:
        """Give what was typed."""
        told = {field.short_name: field.data or "" for field in self if field.short_name != "seen"}
        seen = whole_number(self.seen.data or "0", MOST_DIGITS)
        return EquipmentDraft(**told, seen=-1 if seen is None else seen, has_comma_groups=current() == "en")


class BulkForm(Form):
    """What many lines are to say; ``shown`` is the mark of what was previewed."""

    shown = HiddenField()
    category = SelectField(validate_choice=False)
    origin = SelectField(validate_choice=False)
    department = SelectField(validate_choice=False)
    state = SelectField(validate_choice=False)
    retired_on = StringField()
    destination = SelectField(validate_choice=False)

    def offer(self, departments: Sequence[Department]) -> None:
        """Fill the choices, each after that of changing nothing."""
        same = ("", text("ne pas changer"))
        self.category.choices = [same, *coded(EquipmentCategory)]
        self.origin.choices = [same, *coded(EquipmentOrigin)]
        self.department.choices = [same, (NO_DEPARTMENT, text("aucun service")), *named(departments)]
        self.state.choices = [same, *coded(EquipmentState)]
        self.destination.choices = [same, *coded(Destination)]

    def draft(self) -> BulkDraft:
        """Give what was typed."""
        return BulkDraft(**{field.short_name: field.data or "" for field in self if field.short_name != "shown"})


def chosen(asked: MultiDict[str, str]) -> Choice | None:
    """Read from the address which lines are meant: those that are ticked, or all that answer its filters."""
    if asked.get("tout") == "1":
        return Choice(wanted=FilterForm(asked).wanted())
    read = {whole_number(written, MOST_DIGITS) for written in asked.getlist("choisi")[:MOST_TICKED]}
    numbers = tuple(sorted(number for number in read if number))
    return Choice(numbers=numbers) if numbers else None


def stored(line: EstateLine) -> dict[str, str]:
    """Give the fields that show what is known of a line."""
    one = line.record
    days = {name: getattr(one, name) for name in (*LIFE, "retired_on")}
    return {
        "seen": str(line.version),
        "category": one.category.value,
        "quantity": str(one.quantity),
        "model": one.model,
        "maker": one.maker,
        "department": one.department,
        "origin": one.origin.value,
        "state": one.state.value,
        **{name: typed_day(on) for name, on in days.items()},
        "destination": one.destination.value if one.destination is not None else "",
        "warranty_months": "" if one.warranty_months is None else str(one.warranty_months),
        "repairability": "" if one.repairability is None else typed_text(one.repairability),
        "note": one.note,
    }
