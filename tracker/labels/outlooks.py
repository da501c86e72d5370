"""What lies around a judgement put into sentences: forecast, rebound, change of method, figure over several years."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from tracker.domain.aggregation import Aggregate, AggregateRefusal
from tracker.domain.forecast import CONFIDENCE, Forecast, Unforeseen, UnforeseenReason
from tracker.domain.judgement import AimJudgement, Judgement
from tracker.domain.outlook import changed_since, outlook, rebound_of, rebounds
from tracker.domain.rebound import Rebound
from tracker.domain.records import Aim, CommitmentRecord, IndicatorRecord
from tracker.domain.targets import STRICT, Threshold
from tracker.domain.vocabulary import Aggregation
from tracker.labels.arithmetic import operand
from tracker.labels.formats import number, quantity, round_to
from tracker.labels.language import N_, colon, plural, say, text
from tracker.labels.targets import edges, rate, telling_decimals

UNFORESEEN: Mapping[UnforeseenReason, str] = {
    UnforeseenReason.TOO_FEW: N_("Pas de prévision : {years}, il en faut {minimum}."),
    UnforeseenReason.BROKEN: N_("Pas de prévision : la méthode a changé, {years} depuis, il en faut {minimum}."),
    UnforeseenReason.ALREADY_MET: N_("Rien à prévoir : l'objectif est atteint en {year} ({value})."),
    UnforeseenReason.STANDS_STILL: N_("Pas de prévision : de {since} à {year}, la tendance est nulle."),
    UnforeseenReason.MOVES_AWAY: N_(
        "Pas de prévision : de {since} à {year}, la tendance s'éloigne de l'objectif ({pace})."
    ),
    UnforeseenReason.STALE: N_("Pas de prévision : la dernière valeur est celle de {year}."),
    UnforeseenReason.TOO_FAR: N_(
        "Pas de prévision : à ce rythme ({pace}), l'objectif serait atteint dans plus de {years} ans."
    ),
}

REFUSALS: Mapping[AggregateRefusal, str] = {
    AggregateRefusal.NOTHING_KNOWN: N_("Aucune valeur de {first} à {last}."),
    AggregateRefusal.PARTS_MISSING: N_(
        "Pas de chiffre d'ensemble de {first} à {last} : un numérateur ou un dénominateur manque, "
        "et des rapports ne se moyennent pas."
    ),
    AggregateRefusal.NO_SUCH_AGGREGATE: N_(
        "Pas de chiffre d'ensemble de {first} à {last} : une médiane de médianes n'est pas une médiane."
    ),
    AggregateRefusal.ZERO_DENOMINATOR: N_(
        "Pas de chiffre d'ensemble de {first} à {last} : la somme des dénominateurs est nulle."
    ),
}

TOTALS: Mapping[Aggregation, str] = {
    Aggregation.SUM: N_("Cumul {first}–{last} : {value} ({years})."),
    Aggregation.MEAN: N_("Moyenne {first}–{last} : {value} ({years})."),
    Aggregation.RATIO_OF_SUMS: N_("Ensemble {first}–{last} : {value}, rapport des sommes {sums} ({years})."),
    Aggregation.MEDIAN: N_("Médiane {first}–{last} : {value} ({years})."),
}
"""A latest value is not here: the page says it already."""


def forecast_sentences(
    told: Forecast | Unforeseen, indicator: IndicatorRecord, horizon: int | None, threshold: Threshold | None = None
) -> list[str]:
    """Say when the target would be met at this pace and what it now takes, or plainly why this cannot be told."""
    if isinstance(told, Unforeseen):
        shown = {name: _shown(value, indicator, threshold) for name, value in told.values.items()}
        if "count" in told.values:
            count = int(str(told.values["count"]))
            shown["years"] = plural("{n} année comparable", "{n} années comparables", count, n=count)
        if isinstance(pace := told.values.get("pace"), Decimal):
            shown["pace"] = rate(pace, indicator)
        said = [text(UNFORESEEN[told.reason], **shown)]
    else:
        said = [_reached(told), *_in_time(told, horizon)]
    effort = _effort(told, indicator, horizon)
    return [*said, effort] if effort else said


def forecast_method(told: Forecast, indicator: IndicatorRecord) -> str:
    """Say what a forecast reads and how sure it is, then the name of its method."""
    slope = told.slope
    pace = rate(slope.median, indicator, _pace_decimals(slope.median))
    read = {"method": told.method, "count": slope.count, "since": told.since, "pace": pace}
    if slope.low is None or slope.high is None:
        return text(
            "médiane des pentes entre {count} années lues depuis {since}, {pace} ; "
            "elles sont trop peu pour en donner la marge ; méthode {method}",
            **read,
        )
    return text(
        "médiane des pentes entre {count} années lues depuis {since}, {pace} ; "
        "marge de ce rythme, à {confidence} % : de {low} à {high} ; méthode {method}",
        **read,
        confidence=CONFIDENCE,
        low=rate(slope.low, indicator),
        high=rate(slope.high, indicator),
    )


def forecast_sum(told: Forecast, threshold: Threshold) -> str:
    """Write how the year comes out: « (6 − 5,4) ÷ 0,149065 ≈ 4,03 années après 2025, comptées pleines : 2030 »."""
    value, edge = told.last.value, threshold.edge(told.last.value)
    low, high = sorted((value, edge))
    pace = round_to(abs(told.pace), _pace_decimals(told.pace))
    elapsed = Fraction(high - low) / Fraction(abs(told.pace))
    full = round(elapsed)
    is_full = abs(elapsed - full) < _WHOLE
    shown = Decimal(full) if is_full else _elapsed(elapsed)
    sign = "=" if pace and Fraction(high - low) / Fraction(pace) == Fraction(shown) else "≈"
    way = f"({number(high)} − {operand(low)}) ÷ {number(pace, _pace_decimals(told.pace))} {sign}\u00a0"
    said = {"n": number(shown), "last": told.last.year, "year": told.reached_in}
    if not is_full:
        return way + plural(
            "{n} année après {last}, comptée pleine : {year}",
            "{n} années après {last}, comptées pleines : {year}",
            shown,
            **said,
        )
    if threshold.comparator in STRICT:
        return way + plural(
            "{n} année après {last}, plus une car le vote demande davantage : {year}",
            "{n} années après {last}, plus une car le vote demande davantage : {year}",
            shown,
            **said,
        )
    return way + plural("{n} année après {last} : {year}", "{n} années après {last} : {year}", shown, **said)


_WHOLE = Fraction(1, 10**20)
"""A pace of one third is kept rounded: three years at it are three years all the same."""


def _pace_decimals(pace: Decimal) -> int:
    """Give the decimals that a pace takes for a reader to divide by it: six, or four figures if it is slow."""
    return max(6, 3 - pace.adjusted()) if pace else 6


def _elapsed(years: Fraction) -> Decimal:
    """Round a number of years that is not whole to two decimals, or more where it would look whole."""
    for decimals in range(2, 6):
        shown = Decimal(round(years * 10**decimals)).scaleb(-decimals)
        if shown != shown.to_integral_value():
            return shown
    return Decimal(round(years * 10**6)).scaleb(-6)


def rebound_sentence(found: Rebound, aim: Aim) -> str:
    """Say that a ratio improved while its total worsened."""
    assert aim.companion is not None  # noqa: S101 - without a total there is no rebound
    ratio, total = aim.indicator, aim.companion.indicator
    return text(
        "Effet rebond possible : de {since} à {year}, « {ratio} » s'améliore (de {before} à {after}), "
        "mais « {total} » se dégrade (de {total_before} à {total_after}).",
        since=found.since_year,
        year=found.year,
        ratio=say(ratio.name),
        before=_amount(found.ratio_before, found.ratio_after, ratio),
        after=_amount(found.ratio_after, found.ratio_before, ratio),
        total=say(total.name),
        total_before=_amount(found.total_before, found.total_after, total),
        total_after=_amount(found.total_after, found.total_before, total),
    )


def break_sentence(aim: Aim, since: int) -> str:
    """Say that the method changed, and what does not compare."""
    return text(
        "La méthode de « {indicator} » a changé en {year} : les années d'avant ne s'y comparent pas.",
        indicator=say(aim.indicator.name),
        year=since,
    )


def rebound_notes(commitment: CommitmentRecord, year: int) -> list[str]:
    """Say shortly, for a line of a list, which totals worsened in ``year`` while their ratio improved."""
    totals = (aim.companion for aim, _ in rebounds(commitment, year))
    names = dict.fromkeys(say(total.indicator.name) for total in totals if total)
    return [text("Effet rebond possible : « {total} » se dégrade.", total=name) for name in names]


def rebound_details(commitment: CommitmentRecord, year: int) -> list[str]:
    """Say every rebound of a commitment in ``year`` with its numbers."""
    return [rebound_sentence(found, aim) for aim, found in rebounds(commitment, year)]


def break_notes(commitment: CommitmentRecord, year: int) -> list[str]:
    """Say which indicators of a commitment are cut from their past in ``year``."""
    return [break_sentence(aim, since) for aim in commitment.aims if (since := changed_since(aim, year)) is not None]


def aim_notes(aim: Aim, year: int) -> list[str]:
    """Say what to keep in mind when reading one indicator in ``year``: a rebound, a change of method."""
    found, since = rebound_of(aim, year), changed_since(aim, year)
    rebound = [rebound_sentence(found, aim)] if found else []
    return [*rebound, *([] if since is None else [break_sentence(aim, since)])]


def aim_forecast(said: AimJudgement, year: int) -> list[str]:
    """Say where a judged aim is heading in ``year``; nothing without a target."""
    told = outlook(said, year)
    if told is None or said.target is None:
        return []
    return forecast_sentences(told, said.aim.indicator, said.target.horizon_year, said.threshold)


def forecast_notes(judgement: Judgement, year: int) -> list[str]:
    """Say where the indicators of a judgement are heading, those that are there already left out."""
    notes = []
    for said in judgement.aims:
        told = outlook(said, year)
        is_there = isinstance(told, Unforeseen) and told.reason is UnforeseenReason.ALREADY_MET
        if told and not is_there:
            sentences = " ".join(aim_forecast(said, year))
            name = say(said.aim.indicator.name)
            notes.append(sentences if len(judgement.aims) == 1 else f"{name}{colon()}{sentences}")
    return notes


def years_read(known: int, expected: int) -> str:
    """Say how many years a figure over several rests on: « 9 années sur 10 »."""
    return plural("{n} année sur {expected}", "{n} années sur {expected}", known, n=known, expected=expected)


def total_sentence(made: Aggregate, how: Aggregation, indicator: IndicatorRecord, years: range) -> str:
    """Say what the values of ``years`` come to together, or why to nothing; empty where it would say nothing new."""
    spanned = {"first": years[0], "last": years[-1]}
    if made.value is None:
        return text(REFUSALS[made.reason], **spanned) if made.reason else ""
    if how not in TOTALS or made.expected < 2:
        return ""
    sums = ""
    if made.numerator is not None and made.denominator is not None:
        scale = "100 × " if indicator.unit == "percent" else ""
        sums = f"{scale}{number(made.numerator)} ÷ {number(made.denominator)}"
    value = quantity(made.value, indicator.unit, indicator.decimals)
    return text(TOTALS[how], **spanned, value=value, sums=sums, years=years_read(made.known, made.expected))


def _reached(told: Forecast) -> str:
    year, earliest, latest = told.reached_in, told.earliest, told.latest
    if earliest is None or earliest == latest == year:
        return text("À ce rythme, l'objectif serait atteint en {year}.", year=year)
    if latest is None:
        return text(
            "À ce rythme, l'objectif serait atteint en {year} (dans la marge du rythme : {earliest} au plus tôt, "
            "peut-être jamais).",
            year=year,
            earliest=earliest,
        )
    return text(
        "À ce rythme, l'objectif serait atteint en {year}, "
        "entre {earliest} et {latest} si le rythme reste dans sa marge.",
        year=year,
        earliest=earliest,
        latest=latest,
    )


def _in_time(told: Forecast, horizon: int | None) -> list[str]:
    if horizon is None or told.is_in_time is None:
        return []
    if told.reached_in == horizon:
        return [text("C'est l'année de l'échéance.")]
    message = N_("C'est avant l'échéance de {year}.") if told.is_in_time else N_("C'est après l'échéance de {year}.")
    return [text(message, year=horizon)]


def _effort(told: Forecast | Unforeseen, indicator: IndicatorRecord, horizon: int | None) -> str:
    if told.effort is None:
        return ""
    needed = rate(told.effort, indicator)
    if isinstance(told, Unforeseen):
        return text("Pour atteindre l'objectif en {year}, il faudrait désormais {effort}.", year=horizon, effort=needed)
    message = (
        N_("Il suffirait désormais de {effort}, contre {pace} jusqu'ici.")
        if told.is_in_time
        else N_("Il faudrait désormais {effort}, contre {pace} jusqu'ici.")
    )
    return text(message, effort=needed, pace=rate(told.pace, indicator))


def _shown(value: object, indicator: IndicatorRecord, threshold: Threshold | None) -> object:
    if not isinstance(value, Decimal):
        return value
    return quantity(value, indicator.unit, telling_decimals(indicator, [value], edges(threshold)))


def _amount(value: Decimal, other: Decimal, indicator: IndicatorRecord) -> str:
    """Write ``value`` with as many decimals as it takes not to look equal to ``other``."""
    return quantity(value, indicator.unit, telling_decimals(indicator, [value, other]))
