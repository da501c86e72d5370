"""The headings of an inventory, in French or in English: those that are read, and those that may name somebody."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from tracker.domain.inventories import InventoryColumn

LONGEST = 80  # letters of a heading that are kept to be shown
_FRENCH, _ENGLISH = "fr", "en"

_NAMES: Mapping[InventoryColumn, tuple[tuple[str, ...], tuple[str, ...]]] = {
    InventoryColumn.IDENTIFIER: (("ID", "Identifiant", "ID GLPI"), ("GLPI ID", "Asset ID")),
    InventoryColumn.NUMBER: (
        ("Numéro d'inventaire", "N° d'inventaire", "N° inventaire", "Numéro inventaire"),
        ("Inventory number", "Asset tag", "Inventory no"),
    ),
    InventoryColumn.KIND: (
        ("Type d'élément", "Type d'objet", "Type d'actif", "Famille"),
        ("Item type", "Itemtype", "Asset type"),
    ),
    InventoryColumn.TYPE: (
        ("Type", "Catégorie", "Type d'ordinateur", "Type de matériel", "Type d'équipement"),
        ("Category", "Computer type", "Device type"),
    ),
    InventoryColumn.STATE: (("Statut", "État"), ("Status", "State")),
    InventoryColumn.DEPARTMENT: (("Entité", "Direction", "Service"), ("Entity", "Department")),
    InventoryColumn.MAKER: (("Fabricant", "Constructeur", "Marque"), ("Manufacturer", "Brand", "Maker")),
    InventoryColumn.MODEL: (("Modèle",), ("Model",)),
    InventoryColumn.QUANTITY: (("Quantité", "Nombre"), ("Quantity",)),
    InventoryColumn.ORIGIN: (("Origine", "Neuf ou reconditionné"), ("Origin", "Condition")),
    InventoryColumn.WARRANTY: (
        ("Durée de garantie", "Garantie (mois)", "Durée de la garantie"),
        ("Warranty duration", "Warranty (months)"),
    ),
    InventoryColumn.ORDERED: (("Date de commande",), ("Order date", "Date of order")),
    InventoryColumn.PURCHASED: (("Date d'achat",), ("Date of purchase", "Purchase date", "Buy date")),
    InventoryColumn.DELIVERED: (("Date de livraison",), ("Delivery date", "Date of delivery")),
    InventoryColumn.STARTED: (
        ("Date de mise en service", "Mise en service"),
        ("Startup date", "Date of implementation", "Start date", "Use date"),
    ),
    InventoryColumn.RETIRED: (
        ("Date de réforme", "Date de mise au rebut", "Date de sortie"),
        ("Decommission date", "Date of reform", "Disposal date"),
    ),
}
_PARTS = (
    "Informations financières et administratives",
    "Information financière et administrative",
    "Gestion",
    "Financial and administrative information",
    "Financial and administrative informations",
    "Management",
    "Infocom",
)
"""What GLPI may put before the heading of a day or a warranty: « Gestion - Date d'achat »."""

# fmt: off
_PERSONAL = frozenset({
    "utilisateur", "utilisatrice", "user", "username", "usager", "groupe", "group", "contact", "technicien",
    "technician", "serie", "serial", "lieu", "location", "emplacement", "localisation", "bureau", "room",
    "commentaire", "commentaires", "comment", "comments", "note", "notes", "nom", "name", "agent", "titulaire",
    "affectation", "affecte", "assigned", "owner", "login", "identite", "mail", "courriel", "email", "telephone",
    "messagerie", "referent", "referente", "responsable", "manager", "beneficiaire", "beneficiary",
    "detenteur", "detentrice", "holder", "matricule", "alias", "prenom",
    "phone", "ligne", "imei", "mac", "ip", "uuid", "hostname", "domaine",
})
# fmt: on
"""Words of the headings of what may name somebody, say where they sit, or lead to them."""


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of a file: the place of each column that is read (from 0), what is left, and how many there are."""

    places: Mapping[InventoryColumn, int]
    written: Sequence[str]
    ignored: tuple[str, ...]
    personal: tuple[str, ...]
    language: str

    def heading(self, column: InventoryColumn) -> str:
        """Give the heading of a column as the file writes it."""
        return shown(self.written[self.places[column]])


def read(cells: Sequence[str]) -> Headings:
    """Make out each heading; of two that mean the same column, the first is read and the other left."""
    places: dict[InventoryColumn, int] = {}
    ignored, personal, languages = [], [], []
    for place, cell in enumerate(cells):
        found = column_of(cell)
        if found is not None and found[0] not in places:
            places[found[0]] = place
            languages.append(found[1])
        elif found is None and _may_name_somebody(cell):
            personal.append(shown(cell))
        elif cell.strip():
            ignored.append(shown(cell))
    language = _ENGLISH if languages.count(_ENGLISH) > languages.count(_FRENCH) else _FRENCH
    return Headings(places, tuple(cells), tuple(ignored), tuple(personal), language)


def column_of(cell: str) -> tuple[InventoryColumn, str] | None:
    """Give the column that a heading means, and the language that it is written in ("" for both)."""
    bare = _bare(cell)
    if bare not in _known():
        start, _, end = cell.rpartition(" - ")
        bare = _bare(end) if _bare(start) in _parts() else ""
    return _known().get(bare)


def shown(cell: str) -> str:
    """Give a heading on one line, as short as it is kept."""
    return " ".join(cell.split())[:LONGEST]


def _may_name_somebody(cell: str) -> bool:
    return not _PERSONAL.isdisjoint(_bare(cell).split())


@cache
def _known() -> Mapping[str, tuple[InventoryColumn, str]]:
    found: dict[str, tuple[InventoryColumn, str]] = {}
    for column, (french, english) in _NAMES.items():
        for language, names in ((_ENGLISH, english), (_FRENCH, french)):
            found |= {_bare(name): (column, language) for name in names}
    # GLPI writes these in both languages.
    return found | {name: (column, "") for name, (column, _) in found.items() if name in {"id", "type"}}


@cache
def _parts() -> frozenset[str]:
    return frozenset(_bare(part) for part in _PARTS)


def _bare(written: str) -> str:
    """Keep letters and digits only, in words without accents nor capitals: « N° d'inventaire » is "n d inventaire"."""
    apart = unicodedata.normalize("NFD", written[:200].casefold())
    plain = (one if one.isalnum() else " " for one in apart if not unicodedata.combining(one))
    return " ".join("".join(plain).split())
