"""What the register of equipment is narrowed to, and the forms that add or correct a line of it."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TypeVar

from wtforms import Form, SelectField, StringField

from tracker.domain.estate import EquipmentCategory, EquipmentOrigin, EquipmentState
from tracker.labels import text, typeset, word
from tracker.services.estate import NO_DEPARTMENT, EstateFilter
from tracker.store.models import Department

Code = TypeVar("Code", bound=StrEnum)


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
            category=_member(EquipmentCategory, self.categorie.data),
            state=_member(EquipmentState, self.etat.data),
            origin=_member(EquipmentOrigin, self.origine.data),
            department=self.service.data or "",
            words=self.mots.data or "",
        )


def coded(codes: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """Offer ``codes`` by their words."""
    return [(code.value, word(code)) for code in codes]


def named(departments: Iterable[Department]) -> list[tuple[str, str]]:
    """Offer departments by their names."""
    return [(row.code, typeset(row.name)) for row in departments]


def _member(codes: type[Code], given: str | None) -> Code | None:
    return codes(given) if given in set(codes) else None
