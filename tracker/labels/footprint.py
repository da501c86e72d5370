"""The footprint in words: quantities with their range, what a total rests on, what it leaves out."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Literal

from tracker.domain.assessments import Frozen, ProposalFate
from tracker.domain.estate import EquipmentCategory
from tracker.domain.factors import ELECTRICITY_UNIT, THOUSAND, UNITS, Factor, Measure, Span, electricity_year
from tracker.domain.footprint import Accounting, CategoryYear, Footprint
from tracker.domain.totals import LeftOut, ReadTotals, TotalFate
from tracker.labels.formats import day, moment, number, percent, quantity
from tracker.labels.language import N_, colon, plural, text, typeset
from tracker.labels.words import word

FACTOR_UNITS: Mapping[str, str] = {
    UNITS[Measure.MAKING]: N_("{value} kg CO₂e"),
    UNITS[Measure.RESOURCES]: N_("{value} kg Sb éq."),
    UNITS[Measure.POWER]: N_("{value} W"),
    UNITS[Measure.HOURS]: N_("{value} h par an"),
    UNITS[Measure.ENERGY]: N_("{value} kWh par an"),
    UNITS[Measure.LIFE]: N_("{value} ans"),
    ELECTRICITY_UNIT: N_("{value} kg CO₂e/kWh"),
}
_UNDATED = (
    N_("{n} équipement sans date d'arrivée est compté selon son état d'aujourd'hui."),
    N_("{n} équipements sans date d'arrivée sont comptés selon leur état d'aujourd'hui."),
)
_UNPLACED = (
    N_("{n} équipement sans date d'arrivée : sa fabrication n'est comptée dans aucune année."),
    N_("{n} équipements sans date d'arrivée : leur fabrication n'est comptée dans aucune année."),
)
_UNTOLD = (
    N_("{n} équipement réformé sans date de sortie n'est pas compté."),
    N_("{n} équipements réformés sans date de sortie ne sont pas comptés."),
)
_IN_STOCK = (
    N_("{n} équipement en stock n'est pas compté."),
    N_("{n} équipements en stock ne sont pas comptés."),
)
_RECONDITIONED = (
    N_("{n} équipement reconditionné compte comme un neuf, faute de facteur : c'est une borne haute."),
    N_("{n} équipements reconditionnés comptent comme des neufs, faute de facteur : c'est une borne haute."),
)
_SPREAD = (
    N_("{n} équipement est amorti : sa fabrication ne compte plus, son usage compte."),
    N_("{n} équipements sont amortis : leur fabrication ne compte plus, leur usage compte."),
)
FATES: Mapping[ProposalFate, str] = {
    ProposalFate.NEW: N_("à enregistrer"),
    ProposalFate.REPLACES: N_("à enregistrer, remplace une valeur qui n'est pas validée"),
    ProposalFate.SAME: N_("déjà enregistré"),
    ProposalFate.SETTLED: N_("gardé : une valeur validée ou publiée ne se remplace pas"),
    ProposalFate.CLOSED: N_("gardé : la campagne est close"),
    ProposalFate.UNFOLLOWED: N_("sans suite : l'indicateur n'est pas suivi, ou se calcule"),
}
_TOTAL_FATES: Mapping[TotalFate, str] = {
    TotalFate.NEW: N_("nouveau montant"),
    TotalFate.CHANGED: N_("nouvelle version"),
    TotalFate.SAME: N_("déjà enregistré"),
}
_LEFT: Mapping[LeftOut, tuple[str, str]] = {
    LeftOut.IN_ERROR: (
        N_("{n} ligne que l'outil dit en erreur n'est pas comptée."),
        N_("{n} lignes que l'outil dit en erreur ne sont pas comptées."),
    ),
    LeftOut.OTHER_CRITERION: (
        N_("{n} ligne d'un autre critère que le climat et les ressources n'est pas lue."),
        N_("{n} lignes d'autres critères que le climat et les ressources ne sont pas lues."),
    ),
    LeftOut.OTHER_YEAR: (
        N_("{n} ligne d'une autre année n'est pas comptée."),
        N_("{n} lignes d'une autre année ne sont pas comptées."),
    ),
    LeftOut.NOT_EVALUATED: (
        N_("{n} ligne sans valeur n'est pas comptée : elle n'est pas nulle, elle manque."),
        N_("{n} lignes sans valeur ne sont pas comptées : elles ne sont pas nulles, elles manquent."),
    ),
}


def weight(kilograms: Decimal) -> str:
    """Write kgCO2e in tonnes, « 12,4 t CO₂e », and what is under a tonne in kilograms, « 79,5 kg CO₂e »."""
    if kilograms >= THOUSAND:
        return quantity(kilograms / THOUSAND, "t_co2e", 1)
    return text("{value} kg CO₂e", value=number(kilograms, 1)).replace(" ", "\u00a0")


def range_phrase(span: Span) -> str:
    """Write the range of a quantity of kgCO2e in the unit that `weight` writes it in: « de 9,8 à 31 »."""
    by = THOUSAND if span.value >= THOUSAND else Decimal(1)
    return text("de {low} à {high}", low=number(span.low / by, 1), high=number(span.high / by, 1))


def weight_phrase(span: Span | None) -> str:
    """Write a quantity with its range: « 12,4 t CO₂e (de 9,8 à 31) »; what is missing is said to be unknown."""
    if span is None:
        return text("inconnu")
    return weight(span.value) if span.low == span.high else f"{weight(span.value)} ({range_phrase(span)})"


def method_phrase(accounting: Accounting, method: str) -> str:
    """Name the method that a figure is told by: « méthode de stock, facteurs 2026-11 »."""
    return text("{accounting}, facteurs {method}", accounting=word(accounting), method=method)


def footprint_reading(found: Footprint) -> str:
    """Say the footprint of a year in one sentence, with its range and its method."""
    how = method_phrase(found.accounting, found.method)
    if found.carbon is None:
        return text("Aucune empreinte n'est chiffrée pour {year} ({how}).", year=found.year, how=how)
    if found.is_without_use:
        return text(
            "En {year}, ce qui est connu du numérique pèse {weight}, {range} selon les facteurs ({how}). "
            "L'usage manque, faute de facteur d'électricité : l'empreinte entière est inconnue.",
            year=found.year,
            weight=weight(found.carbon.value),
            range=range_phrase(found.carbon),
            how=how,
        )
    return text(
        "En {year}, le numérique pèse {weight}, {range} selon les facteurs ({how}).",
        year=found.year,
        weight=weight(found.carbon.value),
        range=range_phrase(found.carbon),
        how=how,
    )


def per_head_sentence(found: Footprint, staff: Decimal | None) -> str:
    """Say the footprint a staff member, or what it lacks."""
    share = found.per_head(staff)
    if staff is None:
        return text("Par agent : inconnu, le nombre d'agents équipés de {year} n'est pas saisi.", year=found.year)
    if share is None:
        return text("Par agent : inconnu, aucune empreinte n'est chiffrée.")
    if found.is_without_use:
        return text("Par agent : inconnu, puisque l'usage l'est.")
    return text(
        "Par agent équipé : {value}, de {low} à {high} ({staff}).",
        value=quantity(share.value, "kg_co2e_per_person", 1),
        low=number(share.low, 1),
        high=number(share.high, 1),
        staff=quantity(staff, "people", 0),
    )


def others_sentence(found: Footprint) -> str:
    """Say the electricity and the depletion of resources of the year, and what has none known."""
    return f"{_energy_sentence(found)} {_resources_sentence(found)}"


def _energy_sentence(found: Footprint) -> str:
    if found.energy is None:
        return text("Électricité : inconnue.")
    value, names = quantity(found.energy.value / THOUSAND, "mwh", 1), _without(found, "energy")
    if names:
        return text("Électricité : {value}, sans {names}.", value=value, names=names)
    return text("Électricité : {value}.", value=value)


def _resources_sentence(found: Footprint) -> str:
    if found.resources is None:
        return text("Épuisement des ressources : inconnu.")
    value, names = quantity(found.resources.value, "kg_sb_eq", 2), _without(found, "resources")
    if names:
        return text("Épuisement des ressources : {value}, sans {names}.", value=value, names=names)
    return text("Épuisement des ressources : {value}.", value=value)


def _without(found: Footprint, what: Literal["energy", "resources"]) -> str:
    """Name the categories and the amounts whose electricity, or whose resources, nobody told."""
    categories = [word(one.category) for one in found.categories if one.in_use and getattr(one, what) is None]
    return ", ".join([*categories, *(typeset(one.name) for one in found.amounts if getattr(one, what) is None)])


def chart_sentence(found: Footprint) -> str:
    """Say what weighs most in a year, for who does not see the drawing."""
    known = [(word(one.category), one.carbon.value) for one in found.categories if one.carbon is not None]
    known += [(typeset(one.name), one.carbon.value) for one in found.amounts]
    if not known or found.carbon is None or not found.carbon.value:
        return text("Aucune catégorie n'est chiffrée.")
    name, value = max(known, key=lambda pair: pair[1])
    return text(
        "Le plus lourd en {year} : {name}, {weight}, soit {share} du total.",
        year=found.year,
        name=name,
        weight=weight(value),
        share=percent(100 * value / found.carbon.value, 0),
    )


def years_sentence(years: Sequence[Footprint]) -> str:
    """Say how the devices' footprint moved from the first whole year to the last; one without its use is left out."""
    known = [(one.year, one.carbon.value) for one in years if one.carbon is not None and one.electricity is not None]
    if len(known) < 2:
        return text("Une seule année est entière.") if known else text("Aucune année n'est entière.")
    (first, before), (last, after) = known[0], known[-1]
    return text(
        "Le parc seul, à méthode constante : {before} en {first}, {after} en {last}.",
        before=weight(before),
        first=first,
        after=weight(after),
        last=last,
    )


def coverage_sentence(found: Footprint) -> str:
    """Say how much of the estate is counted, and on which day."""
    on = day(found.on)
    if found.coverage is None:
        return text("Aucun équipement en service au {on} n'est compté.", on=on)
    told = plural(
        "{n} équipement en service", "{n} équipements en service", found.in_use, n=number(Decimal(found.in_use))
    )
    return text(
        "{counted} au {on} ; {share} ont un facteur de fabrication et d'usage.",
        counted=told,
        on=on,
        share=percent(found.coverage, 1),
    )


def gaps(found: Footprint) -> Sequence[str]:
    """List what the total leaves out or takes for granted, one sentence each."""
    told = []
    bare = [one for one in found.categories if one.in_use and not one.is_covered and missing_phrase(one)]
    if bare:
        names = ", ".join(f"{word(one.category)} ({missing_phrase(one)})" for one in bare)
        told.append(text("Sans facteur complet, donc incomplets ou absents du total : {names}.", names=names))
    endless = [one for one in found.categories if one.in_use and one.carbon is not None and one.end is None]
    if endless:
        told.append(text("Sans facteur de fin de vie : {names}.", names=_names(endless)))
    if found.replaced:
        told.append(
            text("Comptés par un montant saisi, et pas une seconde fois : {names}.", names=_names(found.replaced))
        )
    for (one, many), count in (
        (_UNDATED, found.count("undated")),
        (_UNPLACED, found.count("undated") if found.accounting is Accounting.FLOW else 0),
        (_UNTOLD, found.count("untold")),
        (_IN_STOCK, found.count("in_stock")),
        (_RECONDITIONED, found.count("reconditioned")),
        (_SPREAD, found.count("spread") if found.accounting is Accounting.STOCK else 0),
    ):
        if count:
            told.append(plural(one, many, count, n=number(Decimal(count))))
    if found.electricity is None:
        told.append(text("Aucun facteur d'électricité n'est connu pour {year} : l'usage manque.", year=found.year))
    elif found.electricity != found.year:
        told.append(text("L'électricité est comptée au facteur de {year}.", year=found.electricity))
    return told


def missing_phrase(one: CategoryYear) -> str:
    """Name the factors that a category lacks."""
    return ", ".join(word(measure) for measure in one.missing if measure not in {Measure.END, Measure.RESOURCES})


def _names(categories: Sequence[CategoryYear]) -> str:
    return ", ".join(word(one.category) for one in categories)


def factor_phrase(factor: Factor) -> str:
    """Write a factor with its unit and its range."""
    shown = text(FACTOR_UNITS[factor.unit], value=number(factor.value))
    if factor.low == factor.high:
        return shown
    return f"{shown} ({text('de {low} à {high}', low=number(factor.low), high=number(factor.high))})"


def factor_value(unit: str, value: Decimal) -> str:
    """Write a number of a factor with its unit."""
    return text(FACTOR_UNITS[unit], value=number(value))


def factor_name(code: str) -> str:
    """Name a factor: « ordinateur portable : fin de vie », « électricité de 2025 »."""
    year = electricity_year(code)
    if year is not None:
        return text("électricité de {year}", year=year)
    category, _, measure = code.partition(".")
    return f"{word(EquipmentCategory(category))}{colon()}{word(Measure(measure))}"


def frozen_sentence(frozen: Frozen) -> str:
    """Say what was frozen of a year, how, by whom and when; that its use is missing; which lives were measured."""
    told = text(
        "Bilan {year}, version {version} : {weight} ({how}), figé par {author} le {at}.",
        year=frozen.year,
        version=frozen.version,
        weight=weight_phrase(frozen.carbon),
        how=method_phrase(frozen.accounting, frozen.method),
        author=frozen.author or "–",
        at=moment(frozen.at),
    )
    without = text("Sans l'usage, inconnu faute de facteur d'électricité.") if frozen.is_without_use else ""
    return " ".join(filter(None, (told, without, measured_sentence(frozen.measured))))


def measured_sentence(lives: Mapping[EquipmentCategory, Decimal]) -> str:
    """Say which service lives are those that the estate itself shows; nothing where none is."""
    if not lives:
        return ""
    told = ", ".join(f"{word(category)} {quantity(years, 'years', 2)}" for category, years in lives.items())
    return text("Durées d'amortissement mesurées sur le parc : {lives}.", lives=told)


def unit_hint(unit: str) -> str:
    """Name the unit that a factor is typed in: « en kg CO₂e »."""
    return text("en {unit}", unit=text(FACTOR_UNITS[unit], value="").strip())


def fate_phrase(fate: ProposalFate) -> str:
    """Say what becomes of a value that an assessment proposes."""
    return text(FATES[fate])


def total_fate(fate: TotalFate) -> str:
    """Say what confirming a file would make of one of its totals."""
    return text(_TOTAL_FATES[fate])


def left_sentences(found: ReadTotals) -> Sequence[str]:
    """Say what the totals of a file leave out, and which of its columns mean nothing here, one sentence each."""
    told = [plural(*_LEFT[why], count, n=number(Decimal(count))) for why, count in found.left.items() if count]
    if found.ignored:
        told.append(text("Colonnes laissées de côté : {names}.", names=", ".join(found.ignored)))
    return told


def count_phrase(count: int) -> str:
    """Write how many: « 2 617 »."""
    return number(Decimal(count))
