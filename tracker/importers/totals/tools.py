"""The tables that tools are known to export, added up: NumEcoEval by lot, the carbon plugin of GLPI over its assets."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from tracker.domain.errors import ProblemCode
from tracker.domain.footprint import AmountScope, AmountTool
from tracker.domain.texts import tidy
from tracker.domain.totals import LeftOut, ReadTotal
from tracker.importers.totals.headings import Column, bare
from tracker.importers.totals.quantities import kilograms, kilowatt_hours, written
from tracker.importers.totals.rows import Rows
from tracker.labels import number, plural, speaking, text

_CLIMATE = {"climatechange", "changementclimatique"}
_CARBON_UNIT, _RESOURCES_UNIT = "kgco2eq", "kgsbeq"
_SOUND = {"", "ok"}
_USE = {"utilisation", "using", "use"}
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)", re.ASCII)
_QUOTED = 40


@dataclass(slots=True)
class _Sum:
    """What was added up so far; None where no row told any."""

    carbon: Decimal | None = None
    resources: Decimal | None = None
    energy: Decimal | None = None
    rows: int = 0
    versions: dict[str, None] = field(default_factory=dict)
    days: dict[str, None] = field(default_factory=dict)

    def add(
        self, *, carbon: Decimal | None = None, resources: Decimal | None = None, energy: Decimal | None = None
    ) -> None:
        """Add what a row tells."""
        self.carbon = _plus(self.carbon, carbon)
        self.resources = _plus(self.resources, resources)
        self.energy = _plus(self.energy, energy)


def numecoeval(rows: Rows) -> Sequence[ReadTotal]:
    """Add up the physical equipment of each lot: its impact already counts the quantity of the row.

    Rows whose status is not OK have no impact to add; the electricity is that of the rows of use of one criterion,
    since NumEcoEval repeats it under each.
    """
    lots: dict[str, _Sum] = {}

    def take(_: Rows, row: int, told: Mapping[Column, str]) -> None:
        if bare(told.get(Column.STATUS, "")) not in _SOUND:
            rows.left[LeftOut.IN_ERROR] += 1
            return
        unit, is_climate = bare(told[Column.UNIT]), bare(told[Column.CRITERION]) in _CLIMATE
        if is_climate and unit != _CARBON_UNIT:
            rows.refuse(
                row,
                Column.UNIT,
                ProblemCode.TOTAL_UNIT_DIFFERS,
                text=told[Column.UNIT].strip()[:_QUOTED],
                expected="kg CO2 eq",
            )
            return
        if not is_climate and unit != _RESOURCES_UNIT:
            rows.left[LeftOut.OTHER_CRITERION] += 1
            return
        impact = rows.quantity(row, Column.IMPACT, told, written)
        if impact is None:
            if not told[Column.IMPACT].strip():
                rows.left[LeftOut.NOT_EVALUATED] += 1
            return
        lot = lots.setdefault(tidy(told.get(Column.LOT, "")), _Sum())
        if is_climate:
            is_use = bare(told.get(Column.STAGE, "")) in _USE
            lot.add(carbon=impact, energy=rows.quantity(row, Column.ENERGY, told, written) if is_use else None)
        else:
            lot.add(resources=impact)
        lot.rows += 1
        rows.read += 1
        _note(lot, told)

    rows.each(take)
    return [
        _total(AmountTool.NUMECOEVAL, _lot_name(name), lot, "NumEcoEval", rows)
        for name, lot in lots.items()
        if lot.carbon is not None
    ]


def glpi_emissions(rows: Rows) -> Sequence[ReadTotal]:
    """Add up the emissions of the days of the year, asset by asset: what the use of the estate emitted."""
    use = _Sum()

    def take(_: Rows, row: int, told: Mapping[Column, str]) -> None:
        found = _YEAR.search(told[Column.DAY])
        if found is None:
            rows.refuse(row, Column.DAY, ProblemCode.ASSET_DAY_UNREADABLE)
            return
        if found[0] != str(rows.year):
            rows.left[LeftOut.OTHER_YEAR] += 1
            return
        emitted = rows.quantity(row, Column.EMISSION, told, kilograms)
        if emitted is None:
            rows.left[LeftOut.NOT_EVALUATED] += 0 if told[Column.EMISSION].strip() else 1
            return
        use.add(carbon=emitted, energy=rows.quantity(row, Column.ENERGY, told, kilowatt_hours))
        use.rows += 1
        rows.read += 1
        _note(use, {column: value for column, value in told.items() if column is not Column.DAY})

    rows.each(take)
    with speaking("fr"):
        name = text("GLPI Carbon : usage du parc en {year}", year=rows.year)
    return [_total(AmountTool.GLPI_CARBON, name, use, "GLPI Carbon", rows)] if use.carbon is not None else []


def glpi_embodied(rows: Rows) -> Sequence[ReadTotal]:
    """Add up what the making of the assets emitted, once and for all: it is not that of a year."""
    made = _Sum()

    def take(_: Rows, row: int, told: Mapping[Column, str]) -> None:
        emitted = rows.quantity(row, Column.EMBODIED, told, kilograms)
        if emitted is None:
            rows.left[LeftOut.NOT_EVALUATED] += 0 if told[Column.EMBODIED].strip() else 1
            return
        made.add(carbon=emitted)
        made.rows += 1
        rows.read += 1
        _note(made, told)

    rows.each(take)
    with speaking("fr"):
        name = text("GLPI Carbon : fabrication du parc, toute à la fois, et non celle d'une année")
    return [_total(AmountTool.GLPI_CARBON, name, made, "GLPI Carbon", rows)] if made.carbon is not None else []


def _note(one: _Sum, told: Mapping[Column, str]) -> None:
    """Note the version and the day of a row, where it tells them."""
    names = (tidy(told.get(column, "")) for column in (Column.TOOL, Column.VERSION))
    if version := " ".join(filter(None, names)):
        one.versions.setdefault(version[:_QUOTED])
    if day := told.get(Column.DAY, "").strip()[:10]:
        one.days.setdefault(day)


def _total(tool: AmountTool, name: str, one: _Sum, named: str, rows: Rows) -> ReadTotal:
    with speaking("fr"):
        parts = [named]
        if one.versions:
            parts.append(text("version {version}", version=_few(one.versions)))
        if one.days:
            parts.append(text("lot du {day}", day=_few(one.days)))
        parts.append(plural("{n} ligne additionnée", "{n} lignes additionnées", one.rows, n=number(Decimal(one.rows))))
        if failed := rows.left[LeftOut.IN_ERROR]:
            parts.append(
                plural("{n} ligne en erreur, non comptée", "{n} lignes en erreur, non comptées", failed, n=failed)
            )
    carbon = one.carbon or Decimal(0)
    return ReadTotal(AmountScope.WHOLE, tool, name, carbon, None, None, one.resources, one.energy, ", ".join(parts))


def _lot_name(lot: str) -> str:
    with speaking("fr"):
        return text("NumEcoEval : lot {name}", name=lot)[:120] if lot else "NumEcoEval"


def _few(told: Mapping[str, None]) -> str:
    """Name the first three of several."""
    names = list(told)
    return ", ".join(names[:3]) + (", …" if len(names) > 3 else "")


def _plus(known: Decimal | None, more: Decimal | None) -> Decimal | None:
    return known if more is None else more if known is None else known + more
