"""Units: how a number is said with each, and how one says that it was measured."""

from dataclasses import dataclass

from tracker.labels.language import N_, plural, text


@dataclass(frozen=True, slots=True)
class Unit:
    """Phrases of a unit: a number with it (one, many), and that number found for a year (one, many)."""

    name: str
    one: str
    many: str
    found_one: str
    found_many: str


SYMBOL = 10  # a unit no longer than « kg Sb éq. » stays on one line with its number
_MEASURED = (N_("{value} mesuré en {year}"), N_("{value} mesurés en {year}"))
_COUNTED = (N_("{value} compté en {year}"), N_("{value} comptés en {year}"))
_COUNTED_F = (N_("{value} comptée en {year}"), N_("{value} comptées en {year}"))
_PAID = (N_("{value} payé en {year}"), N_("{value} payés en {year}"))
_REACHED = (N_("{value} en {year}"), N_("{value} en {year}"))

UNITS = {
    "years": Unit(N_("ans"), N_("{n} an"), N_("{n} ans"), *_MEASURED),
    "percent": Unit(N_("%"), N_("{n} %"), N_("{n} %"), *_MEASURED),
    "t_co2e": Unit(N_("t CO₂e"), N_("{n} t CO₂e"), N_("{n} t CO₂e"), *_REACHED),
    "kg_co2e_per_person": Unit(
        N_("kg CO₂e par agent"), N_("{n} kg CO₂e par agent"), N_("{n} kg CO₂e par agent"), *_REACHED
    ),
    "kg_sb_eq": Unit(N_("kg Sb éq."), N_("{n} kg Sb éq."), N_("{n} kg Sb éq."), *_REACHED),
    "mwh": Unit(N_("MWh"), N_("{n} MWh"), N_("{n} MWh"), *_MEASURED),
    "devices": Unit(N_("équipements"), N_("{n} équipement"), N_("{n} équipements"), *_COUNTED),
    "devices_per_person": Unit(
        N_("équipements par agent"), N_("{n} équipement par agent"), N_("{n} équipements par agent"), *_REACHED
    ),
    "screens_per_person": Unit(
        N_("écrans par utilisateur"), N_("{n} écran par utilisateur"), N_("{n} écrans par utilisateur"), *_REACHED
    ),
    "kg_per_person": Unit(N_("kg par agent"), N_("{n} kg par agent"), N_("{n} kg par agent"), *_REACHED),
    "gb_per_person": Unit(N_("Go par agent"), N_("{n} Go par agent"), N_("{n} Go par agent"), *_REACHED),
    "unitless": Unit(N_("sans unité"), N_("{n}"), N_("{n}"), *_REACHED),
    "kb": Unit(N_("Ko"), N_("{n} Ko"), N_("{n} Ko"), *_MEASURED),
    "days": Unit(N_("jours"), N_("{n} jour"), N_("{n} jours"), *_MEASURED),
    "hours": Unit(N_("heures"), N_("{n} heure"), N_("{n} heures"), *_REACHED),
    "score_10": Unit(N_("sur 10"), N_("{n} sur 10"), N_("{n} sur 10"), *_REACHED),
    "score_1000": Unit(N_("sur 1 000"), N_("{n} sur 1 000"), N_("{n} sur 1 000"), *_REACHED),
    "people": Unit(N_("personnes"), N_("{n} personne"), N_("{n} personnes"), *_COUNTED_F),
    "operations": Unit(N_("opérations"), N_("{n} opération"), N_("{n} opérations"), *_COUNTED_F),
    "datasets": Unit(N_("jeux de données"), N_("{n} jeu de données"), N_("{n} jeux de données"), *_COUNTED),
    "contributions": Unit(N_("contributions"), N_("{n} contribution"), N_("{n} contributions"), *_COUNTED_F),
    "meetings": Unit(N_("réunions"), N_("{n} réunion"), N_("{n} réunions"), *_COUNTED_F),
    "eur": Unit(N_("€"), N_("{n} €"), N_("{n} €"), *_PAID),
    "fte": Unit(N_("ETP"), N_("{n} ETP"), N_("{n} ETP"), *_COUNTED),
    "services": Unit(N_("services"), N_("{n} service"), N_("{n} services"), *_COUNTED),
    "actions": Unit(N_("actions"), N_("{n} action"), N_("{n} actions"), *_COUNTED_F),
    "yes_no": Unit(N_("oui ou non"), N_("{n}"), N_("{n}"), *_REACHED),
}


def unit_name(code: str) -> str:
    """Give the name of a unit as a column heading; a code that is not ours stands for itself."""
    unit = UNITS.get(code)
    return text(unit.name) if unit else code


def with_unit(shown: str, count: object, code: str) -> str:
    """Say the number ``shown`` (whose value is ``count``) with its unit."""
    unit = UNITS.get(code)
    told = plural(unit.one, unit.many, count, n=shown) if unit else f"{shown} {code}"
    symbol = told.removeprefix(shown)
    return told.replace(" ", "\u00a0") if len(symbol) <= SYMBOL else told.replace(f"{shown} ", f"{shown}\u00a0", 1)


def found(value: str, count: object, code: str, year: int) -> str:
    """Say that ``value`` was found for ``year``: « 5,4 ans mesurés en 2025 »."""
    unit = UNITS.get(code)
    one, many = (unit.found_one, unit.found_many) if unit else _REACHED
    return plural(one, many, count, value=value, year=year)
