"""Lifetimes in words: the one line of a year, why two figures disagree, why the estate gives no value."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from tracker.domain.estate import Destination
from tracker.domain.estate_values import METHOD, EstateValue, Withheld
from tracker.domain.lifetimes import Ages, Agreement, Lifetimes, in_years
from tracker.domain.survival import Curve
from tracker.labels.formats import number, percent, quantity
from tracker.labels.language import N_, plural, semicolon, speaking, text
from tracker.labels.words import word

SOURCE = "calculé d'après le parc"
"""What the values that the estate gives say of where they come from; it is kept with them, in French."""

DECIMALS = 1

AGREEMENTS: Mapping[Agreement, str] = {
    Agreement.AGREES: N_("concorde"),
    Agreement.LONGER: N_("plus long de plus de 20 %"),
    Agreement.SHORTER: N_("plus court de plus de 20 %"),
}
WITHHELD: Mapping[Withheld, str] = {
    Withheld.NOTHING_RETIRED: N_("Aucune sortie datée de l'année."),
    Withheld.NOTHING_DATED: N_("Aucun équipement dont l'âge soit connu."),
    Withheld.UNDATED: N_("Des équipements n'ont pas de date de début : {n} en ont une, sur {whole}."),
    Withheld.UNKNOWN_DESTINATION: N_("Des sorties n'ont pas de destination connue : {n} en ont une, sur {whole}."),
    Withheld.UNKNOWN_TAKER: N_("Le parc ne dit pas si qui reçoit ou achète est un acteur du réemploi."),
    Withheld.STOCK_MISSING: N_("Il manque le stock au 1er janvier, à donner ci-dessous."),
    Withheld.STOCK_EMPTY: N_("Rien en stock au 1er janvier : un taux sur zéro ne se calcule pas."),
}


def counted(pieces: int) -> str:
    """Write how many pieces there are."""
    return number(Decimal(pieces))


def age_phrase(days: Fraction | int | None) -> str:
    """Say an age or a length of service: « 5,4 ans »; a dash where it is not known."""
    return "–" if days is None else quantity(in_years(days), "years", DECIMALS)


def count_phrase(ages: Ages) -> str:
    """Say on how many pieces a figure rests: « 40 sur 50 (80 %) »; a dash where there is none."""
    if ages.coverage is None:
        return "–"
    if ages.n == ages.whole:
        return counted(ages.n)
    told = {"n": counted(ages.n), "whole": counted(ages.whole), "share": percent(ages.coverage, 0)}
    return text("{n} sur {whole} ({share})", **told)


def agreement_phrase(found: Lifetimes) -> str:
    """Say how the cross-check stands to the mean age at exit; a dash where one of them is missing."""
    return "–" if found.agreement is None else text(AGREEMENTS[found.agreement])


def lifetimes_reading(found: Lifetimes, year: int) -> str:
    """Say in one line how long the equipment that was retired in ``year`` was kept, and on how much it rests."""
    exits = found.at_exit
    if exits.mean is None:
        if not exits.whole:
            return text("Aucune sortie du parc n'est datée de {year}.", year=year)
        return plural(
            "{n} équipement est sorti du parc en {year}, sans date de début : sa durée n'est pas connue.",
            "{n} équipements sont sortis du parc en {year}, sans date de début : leur durée n'est pas connue.",
            exits.whole,
            n=counted(exits.whole),
            year=year,
        )
    return plural(
        "{n} équipement sorti en {year} : gardé {mean}. Son âge est connu pour {share} des sorties.",
        "{n} équipements sortis en {year} : gardés {mean} en moyenne. L'âge est connu pour {share} des sorties.",
        exits.whole,
        n=counted(exits.whole),
        year=year,
        mean=age_phrase(exits.mean),
        share=percent(exits.coverage or Decimal(0), 0),
    )


def lifetimes_line(name: str, found: Lifetimes) -> str:
    """Say in one line how long a category is kept and how old it is, each with what it rests on."""
    left, here = found.at_exit, found.in_service
    if left.mean is None:
        told = text("aucune sortie datée")
    else:
        told = text("gardé {mean} (sorties datées : {n})", mean=age_phrase(left.mean), n=count_phrase(left))
    if found.curve.median is not None:
        told += semicolon() + text("médiane de survie {median}", median=age_phrase(found.curve.median))
    if here.mean is not None:
        told += semicolon() + text("en service depuis {mean} ({n})", mean=age_phrase(here.mean), n=count_phrase(here))
    return text("{name} : {told}", name=name, told=told)


def aside_notes(found: Lifetimes) -> list[str]:
    """Say what is counted apart: retired without a day, or retired before it began."""
    notes = []
    if found.undated:
        notes.append(
            plural(
                "{n} équipement réformé sans date est compté à part : il n'entre dans aucune durée.",
                "{n} équipements réformés sans date sont comptés à part : ils n'entrent dans aucune durée.",
                found.undated,
                n=counted(found.undated),
            )
        )
    if found.contradictory:
        notes.append(
            plural(
                "{n} équipement est réformé avant d'avoir commencé : ses dates sont à corriger.",
                "{n} équipements sont réformés avant d'avoir commencé : leurs dates sont à corriger.",
                found.contradictory,
                n=counted(found.contradictory),
            )
        )
    return notes


def ages_reading(ages: Ages) -> str:
    """Say how old what is in service is, on the average."""
    mean = age_phrase(ages.mean)
    return plural(
        "{n} équipement daté, de {mean}.",
        "{n} équipements datés, de {mean} en moyenne.",
        ages.n,
        n=counted(ages.n),
        mean=mean,
    )


def exits_sentence(destinations: Mapping[Destination | None, int], year: int) -> str:
    """Say where what was retired in a year went."""
    told = [
        text("{where} : {n}", where=word(where) if where else text("sans destination connue"), n=counted(count))
        for where, count in destinations.items()
    ]
    return text("Sorties de {year}, par destination ; {told}.", year=year, told=semicolon().join(told))


def survival_reading(curve: Curve) -> str:
    """Say what a survival curve comes to: the age that half of the equipment outlives, or that it is not reached."""
    if not curve.lives:
        return text("Aucun équipement daté : il n'y a pas de courbe.")
    told = {"n": counted(curve.lives), "ended": counted(curve.ended)}
    if curve.median is None:
        return text("Plus de la moitié est encore là à tout âge observé (sorties : {ended} sur {n}).", **told)
    median = age_phrase(curve.median)
    return text("La moitié est sortie à {median} (sorties : {ended} sur {n}).", median=median, **told)


def withheld_sentence(value: EstateValue) -> str:
    """Say why the estate gives no value; empty where it gives one."""
    if value.withheld is None:
        return ""
    told = {"n": counted(value.n), "whole": counted(value.whole)}
    return text(WITHHELD[value.withheld], **told)


def value_comment(value: EstateValue, undated: int) -> str:
    """Give the comment that is kept with a value of the estate, in French: by which method, on how many pieces."""
    with speaking("fr"):
        told = text("Méthode {method} du parc : {n} sur {whole}.", method=METHOD, n=value.n, whole=value.whole)
        if not undated:
            return told
        rest = plural("{n} réformé sans date, à part.", "{n} réformés sans date, à part.", undated, n=undated)
        return f"{told} {rest}"


def period_source(ages: Ages, first: int, last: int) -> str:
    """Give where a baseline that the estate proposes comes from, in French, as it is kept with it."""
    with speaking("fr"):
        told = {"first": first, "last": last, "n": ages.n, "whole": ages.whole}
        if first == last:
            return text("Parc : âge moyen à la sortie en {last}, sorties datées : {n} sur {whole}.", **told)
        return text("Parc : âge moyen à la sortie de {first} à {last}, sorties datées : {n} sur {whole}.", **told)
