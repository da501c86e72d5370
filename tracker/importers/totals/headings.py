"""The headings of the tables of totals that are read, by their names, whatever their case, accents and order.

NumEcoEval: the columns of ``ind_indicateur_impact_equipement_physique``, also as G4IT exports them, in English. Carbon,
the plugin of GLPI: the search options of its tables of emissions and of embodied impacts, in French and in English.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.totals import TotalsTable

QUOTED = 60  # letters of a heading that are shown


class Column(StrEnum):
    """What a column of a table of totals tells; its value names it in the plain table."""

    NAME = "libelle"
    SCOPE = "objet"
    STAGE = "etape"
    CARBON = "kgco2e"
    LOW = "kgco2e_bas"
    HIGH = "kgco2e_haut"
    RESOURCES = "kgsbeq"
    ENERGY = "kwh"
    TOOL = "outil"
    VERSION = "version"
    SOURCE = "source"
    YEAR = "annee"
    CRITERION = "critere"
    IMPACT = "impact_unitaire"
    UNIT = "unite"
    STATUS = "statut_indicateur"
    LOT = "nom_lot"
    DAY = "date"
    EMISSION = "emission"
    EMBODIED = "embodied"


_PLAIN: Mapping[Column, tuple[str, ...]] = {
    Column.NAME: ("libelle", "intitule", "label", "name"),
    Column.SCOPE: ("objet", "scope"),
    Column.STAGE: ("etape", "stage"),
    Column.CARBON: ("kgco2e", "kgco2eq"),
    Column.LOW: ("kgco2e_bas", "kgco2e_low"),
    Column.HIGH: ("kgco2e_haut", "kgco2e_high"),
    Column.RESOURCES: ("kgsbeq", "kgsbe"),
    Column.ENERGY: ("kwh",),
    Column.TOOL: ("outil", "tool"),
    Column.VERSION: ("version",),
    Column.SOURCE: ("source",),
    Column.YEAR: ("annee", "year"),
}
_NUMECOEVAL: Mapping[Column, tuple[str, ...]] = {
    Column.CRITERION: ("critere", "criteria"),
    Column.IMPACT: ("impact_unitaire", "unitImpact"),
    Column.UNIT: ("unite", "unit"),
    Column.STAGE: ("etapeacv", "acvStep"),
    Column.STATUS: ("statut_indicateur", "indicatorStatus"),
    Column.VERSION: ("version_calcul", "calculationVersion"),
    Column.LOT: ("nom_lot", "batchName"),
    Column.DAY: ("date_lot", "batchDate"),
    Column.ENERGY: ("conso_elec_moyenne", "averagePowerConsumption"),
}
_ENGINE = {Column.TOOL: ("Engine", "Moteur"), Column.VERSION: ("Engine version", "Version du moteur")}
_NAMES: Mapping[TotalsTable, Mapping[Column, tuple[str, ...]]] = {
    TotalsTable.NUMECOEVAL: _NUMECOEVAL,
    TotalsTable.GLPI_EMISSIONS: {
        Column.DAY: ("Date",),
        Column.EMISSION: ("Emission", "Émission"),
        Column.ENERGY: ("Energy", "Énergie"),
        **_ENGINE,
    },
    TotalsTable.GLPI_EMBODIED: {
        Column.EMBODIED: (
            "Embodied Global warming potential",
            "Potentiel de réchauffement climatique incorporé",
            "Global Warming Potential",
        ),
        **_ENGINE,
    },
    TotalsTable.PLAIN: _PLAIN,
}
NEEDED: Mapping[TotalsTable, tuple[Column, ...]] = {
    TotalsTable.NUMECOEVAL: (Column.CRITERION, Column.IMPACT, Column.UNIT),
    TotalsTable.GLPI_EMISSIONS: (Column.DAY, Column.EMISSION),
    TotalsTable.GLPI_EMBODIED: (Column.EMBODIED,),
    TotalsTable.PLAIN: (Column.NAME, Column.CARBON, Column.TOOL, Column.SOURCE),
}
_ALLOCATED = ("nom_equipement_virtuel", "virtualEquipmentName", "nom_application", "applicationName")
"""Headings of the tables in which NumEcoEval shares the impact of the equipment out again."""


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of a table: the place of each column (from 1), those that are ignored, those that come twice."""

    table: TotalsTable
    places: Mapping[Column, int]
    ignored: tuple[str, ...]
    twice: Mapping[int, int]
    is_allocated: bool

    @property
    def missing(self) -> Sequence[Column]:
        """List the columns without which the table says nothing."""
        return [column for column in NEEDED[self.table] if column not in self.places]


def bare(written: str) -> str:
    """Keep letters and digits only: ``impact_unitaire``, "impactUnitaire" and « Impact unitaire » are one."""
    apart = unicodedata.normalize("NFKD", written[:100].casefold())
    return "".join(letter for letter in apart if letter.isalnum())


_KNOWN: Mapping[TotalsTable, Mapping[str, Column]] = {
    table: {bare(name): column for column, names in columns.items() for name in names}
    for table, columns in _NAMES.items()
}
_SHARED_OUT = frozenset(map(bare, _ALLOCATED))


def read(cells: Sequence[str]) -> Headings | None:
    """Make out the table whose headings these are: one that lacks nothing, else the one that is named most.

    None where no table has two of its columns, or the only one that it needs.
    """
    found = [_of(table, cells) for table in _NAMES]
    whole = [one for one in found if not one.missing and not _is_undated(one, cells)]
    if whole:
        return max(whole, key=lambda one: len(one.places))
    most = max(found, key=lambda one: len(one.places))
    return most if len(most.places) > 1 else None


def _is_undated(one: Headings, cells: Sequence[str]) -> bool:
    """Tell a table of the use of assets: « Global Warming Potential » beside a date is over a time that none tells."""
    return one.table is TotalsTable.GLPI_EMBODIED and any(bare(cell) == "date" for cell in cells)


def _of(table: TotalsTable, cells: Sequence[str]) -> Headings:
    places: dict[Column, int] = {}
    ignored, twice = [], {}
    for at, cell in enumerate(cells, 1):
        column = _KNOWN[table].get(bare(cell))
        if column is None:
            ignored += [cell.strip()[:QUOTED]] if cell.strip() else []
        elif column in places:
            twice[at] = places[column]
        else:
            places[column] = at
    is_allocated = not _SHARED_OUT.isdisjoint(map(bare, cells))
    return Headings(table, places, tuple(ignored), twice, is_allocated)
