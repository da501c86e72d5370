"""What an inventory of equipment is about, in words: what was understood of its file, what it would change."""

from collections.abc import Iterator, Mapping

from tracker.domain.equipment_words import RuleField
from tracker.domain.estate import EquipmentCategory, EquipmentState
from tracker.domain.inventories import Understood
from tracker.labels.estate import count
from tracker.labels.imports import named_delimiter, named_encoding
from tracker.labels.language import N_, plural, text
from tracker.labels.words import word

_LANGUAGES = {"fr": N_("titres en français"), "en": N_("titres en anglais")}
_TELLS: Mapping[RuleField, str] = {
    RuleField.CATEGORY: N_("catégorie"),
    RuleField.STATE: N_("état"),
    RuleField.DEPARTMENT: N_("service"),
}
_FIELDS: Mapping[str, str] = {
    "category": N_("catégorie"),
    "read_category": N_("type écrit"),
    "quantity": N_("quantité"),
    "model": N_("modèle"),
    "maker": N_("fabricant"),
    "department_id": N_("service"),
    "origin": N_("origine"),
    "state": N_("état"),
    "read_state": N_("statut écrit"),
    "ordered_on": N_("date de commande"),
    "purchased_on": N_("date d'achat"),
    "delivered_on": N_("date de livraison"),
    "started_on": N_("date de mise en service"),
    "retired_on": N_("date de réforme"),
    "destination": N_("destination"),
    "warranty_months": N_("durée de garantie"),
}


def understood_phrases(found: Understood) -> Iterator[str]:
    """Say how a file was read: its encoding, its separator, the language of its headings, the order of its days."""
    yield text("encodage {name}", name=named_encoding(found.encoding))
    yield text("séparateur : {name}", name=named_delimiter(found.delimiter))
    yield text(_LANGUAGES[found.language])
    if found.order is not None:
        yield text("dates : {order}", order=word(found.order))


def counts_phrase(created: int, changed: int, unchanged: int, refused: int) -> str:
    """Say what becomes of each row that was read: the four add up to all of them."""
    return text(
        "{created}, {changed}, {unchanged}, {refused}",
        created=plural("{n} nouvel équipement", "{n} nouveaux équipements", created, n=count(created)),
        changed=plural("{n} modifié", "{n} modifiés", changed, n=count(changed)),
        unchanged=plural("{n} sans changement", "{n} sans changement", unchanged, n=count(unchanged)),
        refused=plural("{n} ligne refusée", "{n} lignes refusées", refused, n=count(refused)),
    )


def rows_phrase(read: int) -> str:
    """Say how many rows were read."""
    return plural("{n} ligne lue", "{n} lignes lues", read, n=count(read))


def told_by(field: RuleField) -> str:
    """Name what a word of an inventory tells."""
    return text(_TELLS[field])


def changed_field(name: str) -> str:
    """Name what changes of a piece of equipment."""
    return text(_FIELDS[name])


def category_name(category: EquipmentCategory | EquipmentState | None) -> str:
    """Name a category or what is left out of them all, or that a word still has to tell it."""
    return text("à classer") if category is None else word(category)


def reading_name(code: str) -> str:
    """Name what a word of an inventory was said to mean; a department is named by its code."""
    found = next((one for kind in (EquipmentCategory, EquipmentState) for one in kind if one == code), None)
    return word(found) if found is not None else code
