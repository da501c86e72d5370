"""What looks odd in a value put into sentences: what was seen, and what to check. They inform, and blame nobody."""

from collections.abc import Mapping
from decimal import Decimal

from tracker.domain.plausibility import CommentReason, Oddity, OddityCode
from tracker.domain.records import IndicatorRecord
from tracker.domain.slips import OtherUnit
from tracker.labels.formats import number, percent, quantity
from tracker.labels.language import N_, plural, text
from tracker.labels.sentences import gap_phrase
from tracker.labels.targets import telling_decimals

ODDITIES: Mapping[OddityCode, str] = {
    OddityCode.JUMP: N_(
        "{value}, contre {last} en {year} : un écart de {distance}, quand il est d'ordinaire de {usual} "
        "d'une année à l'autre. À vérifier."
    ),
    OddityCode.UNIT_SLIP: N_(
        "Cette valeur vaut {times} fois celle de {year} ({last}). Serait-elle {unit} ({typed}, soit {reading}) ?"
    ),
    OddityCode.ZERO_AFTER_VALUES: N_(
        "Zéro, alors que les valeurs d'avant vont de {low} à {high}. "
        "Si rien n'a été mesuré, videz la valeur et choisissez un motif d'absence."
    ),
    OddityCode.OVER_WHOLE: N_(
        "{value} : plus que le tout. Si le numérateur est une part du dénominateur, cela ne se peut pas : "
        "vérifiez les deux."
    ),
    OddityCode.SAME_AS_BEFORE: N_(
        "Exactement la valeur de {year} ({value}). A-t-elle été mesurée à nouveau, ou reprise telle quelle ?"
    ),
    OddityCode.COVERAGE_DROP: N_(
        "La couverture passe de {before} en {year} à {after} : la valeur ne porte plus sur le même ensemble. "
        "Vérifiez-la, ou dites en commentaire ce qui a changé."
    ),
}
_MANY_TIMES = N_("Cette valeur vaut {times} fois celle de {year} ({last}). À vérifier.")
_FEW_TIMES = N_("Cette valeur est {times} fois plus petite que celle de {year} ({last}). À vérifier.")
_SMALL_SLIP = N_(
    "Cette valeur est {times} fois plus petite que celle de {year} ({last}). "
    "Serait-elle {unit} ({typed}, soit {reading}) ?"
)
_ZERO_AFTER_ONE = N_(
    "Zéro, contre {low} en {year}. Si rien n'a été mesuré, videz la valeur et choisissez un motif d'absence."
)
_OVER_WITH_TERMS = N_(
    "{value} : le numérateur ({numerator}) dépasse le dénominateur ({denominator}). "
    "Si l'un est une part de l'autre, cela ne se peut pas : vérifiez les deux."
)

OTHER_UNITS: Mapping[OtherUnit, tuple[str, str, str]] = {
    OtherUnit.MONTHS: (N_("en mois"), N_("{n} mois"), N_("{n} mois")),
    OtherUnit.DAYS: (N_("en jours"), N_("{n} jour"), N_("{n} jours")),
    OtherUnit.HOURS: (N_("en heures"), N_("{n} heure"), N_("{n} heures")),
    OtherUnit.MINUTES: (N_("en minutes"), N_("{n} minute"), N_("{n} minutes")),
    OtherUnit.GRAMS: (N_("en grammes"), N_("{n} g"), N_("{n} g")),
    OtherUnit.GRAMS_PER_PERSON: (N_("en grammes"), N_("{n} g par agent"), N_("{n} g par agent")),
    OtherUnit.KG_CO2E: (N_("en kilogrammes"), N_("{n} kg CO₂e"), N_("{n} kg CO₂e")),
    OtherUnit.T_CO2E_PER_PERSON: (N_("en tonnes"), N_("{n} t CO₂e par agent"), N_("{n} t CO₂e par agent")),
    OtherUnit.KWH: (N_("en kilowattheures"), N_("{n} kWh"), N_("{n} kWh")),
    OtherUnit.GWH: (N_("en gigawattheures"), N_("{n} GWh"), N_("{n} GWh")),
    OtherUnit.CENTS: (N_("en centimes"), N_("{n} centime"), N_("{n} centimes")),
    OtherUnit.THOUSAND_EUROS: (N_("en milliers d'euros"), N_("{n} k€"), N_("{n} k€")),
    OtherUnit.SHARE_OF_ONE: (N_("une part de 1"), N_("{n}"), N_("{n}")),
    OtherUnit.PERCENT: (N_("en pourcentage"), N_("{n} %"), N_("{n} %")),
    OtherUnit.PER_HUNDRED_PEOPLE: (N_("pour cent personnes"), N_("{n} pour 100"), N_("{n} pour 100")),
    OtherUnit.OUT_OF_HUNDRED: (N_("sur 100"), N_("{n} sur 100"), N_("{n} sur 100")),
    OtherUnit.BYTES: (N_("en octets"), N_("{n} octet"), N_("{n} octets")),
    OtherUnit.MEGABYTES: (N_("en mégaoctets"), N_("{n} Mo"), N_("{n} Mo")),
    OtherUnit.MEGABYTES_PER_PERSON: (N_("en mégaoctets"), N_("{n} Mo par agent"), N_("{n} Mo par agent")),
    OtherUnit.TERABYTES_PER_PERSON: (N_("en téraoctets"), N_("{n} To par agent"), N_("{n} To par agent")),
    OtherUnit.THOUSANDS: (N_("en milliers"), N_("{n} millier"), N_("{n} milliers")),
}
"""How each is named in the question, and a number with it (one, many)."""

COMMENTS: Mapping[CommentReason, str] = {
    CommentReason.ABSENT: N_("Sans valeur, un commentaire est attendu : dites pourquoi, et quand elle viendra."),
    CommentReason.ESTIMATED: N_("Une estimation se commente : dites comment elle a été faite."),
    CommentReason.OFF_TARGET: N_("Cette valeur est hors trajectoire : dites en commentaire ce qui l'explique."),
}


def oddity_sentence(oddity: Oddity, indicator: IndicatorRecord) -> str:
    """Say what looks odd in a value of ``indicator``, its numbers in its unit, and what to check."""
    values = oddity.values
    told: dict[str, object] = {**values, **_quantities(oddity, indicator)}
    times = values.get("times")
    if isinstance(times, Decimal):
        told["times"] = _times(times)
    if isinstance(unit := values.get("unit"), OtherUnit) and isinstance(value := values["value"], Decimal):
        name, one, many = OTHER_UNITS[unit]
        told |= {"unit": text(name), "typed": plural(one, many, value, n=number(value)).replace(" ", "\u00a0")}
    if isinstance(distance := values.get("distance"), Decimal) and isinstance(usual := values["usual"], Decimal):
        told["distance"] = gap_phrase(distance, indicator, telling_decimals(indicator, [distance, Decimal(0)]))
        told["usual"] = gap_phrase(usual, indicator, telling_decimals(indicator, [usual, Decimal(0)]))
    return text(_message(oddity), **told)


def comment_sentence(reason: CommentReason) -> str:
    """Say why a comment is expected, and what it should tell."""
    return text(COMMENTS[reason])


def _message(oddity: Oddity) -> str:
    values, times = oddity.values, oddity.values.get("times")
    is_small = isinstance(times, Decimal) and times < 1
    match oddity.code:
        case OddityCode.UNIT_SLIP if is_small:
            return _SMALL_SLIP
        case OddityCode.JUMP if "distance" not in values:
            return _FEW_TIMES if is_small else _MANY_TIMES
        case OddityCode.ZERO_AFTER_VALUES if values["low"] == values["high"]:
            return _ZERO_AFTER_ONE
        case OddityCode.OVER_WHOLE if values["denominator"] is not None:
            return _OVER_WITH_TERMS
    return ODDITIES[oddity.code]


def _quantities(oddity: Oddity, indicator: IndicatorRecord) -> dict[str, str]:
    """Write the numbers in the indicator's unit, so that two that differ look different; terms are plain numbers."""
    numbers = {name: value for name, value in oddity.values.items() if isinstance(value, Decimal)}
    if oddity.code is OddityCode.COVERAGE_DROP:
        return {name: percent(value) for name, value in numbers.items()}
    compared = {name: value for name, value in numbers.items() if name in {"value", "last", "low", "high"}}
    decimals = telling_decimals(indicator, compared.values())
    told = {name: quantity(value, indicator.unit, decimals) for name, value in compared.items()}
    told |= {name: number(numbers[name]) for name in ("numerator", "denominator") if name in numbers}
    if "reading" in numbers:
        told["reading"] = quantity(
            numbers["reading"], indicator.unit, telling_decimals(indicator, [numbers["reading"]])
        )
    return told


def _times(times: Decimal) -> str:
    """Write how many times, larger or smaller, as roughly as one says it: « 12 », « 3,5 »."""
    size = times if times >= 1 else 1 / times
    return number(size, 0 if size >= 10 else 1)
