"""Judgements put into sentences: the one line an elected official reads, and the reasons behind it."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol

from tracker.domain.judgement import AimJudgement, Judgement, Reason, ReasonCode
from tracker.domain.numbers import MAX_DECIMALS
from tracker.domain.records import Aim, CommitmentRecord, Finding, IndicatorRecord
from tracker.domain.scorecard import Card, Scorecard
from tracker.domain.targets import Target, in_force, resolve
from tracker.domain.vocabulary import (
    Absence,
    CommitmentKind,
    Comparator,
    DuePrecision,
    Quality,
    Status,
    TargetBasis,
    TaxRegime,
)
from tracker.labels.formats import day, due_phrase, found_quantity, number, percent, quantity, round_to
from tracker.labels.language import N_, plural, say, semicolon, text
from tracker.labels.words import word


class YearValue(Protocol):
    """A year of a series: its value and its target, None where there is none."""

    @property
    def year(self) -> int:
        """Give the year."""
        ...

    @property
    def value(self) -> Decimal | None:
        """Give the value."""
        ...

    @property
    def target(self) -> Decimal | None:
        """Give the threshold in force."""
        ...


REASONS: Mapping[ReasonCode, str] = {
    ReasonCode.TARGET_MET: N_("La valeur {value} atteint l'objectif ({target})."),
    ReasonCode.STRICT_NOT_MET: N_("La valeur est égale à {target}, or le vote demande davantage."),
    ReasonCode.HORIZON_PASSED: N_("L'échéance de {year} est atteinte sans que l'objectif le soit."),
    ReasonCode.AHEAD_OF_LINE: N_("La valeur {value} est au niveau attendu en {year} ({expected}, interpolé)."),
    ReasonCode.JUST_BEHIND_LINE: N_(
        "La valeur {value} est juste en retrait du niveau attendu en {year} ({expected}, interpolé)."
    ),
    ReasonCode.BEHIND_LINE: N_("La valeur {value} est loin du niveau attendu en {year} ({expected}, interpolé)."),
    ReasonCode.NO_HORIZON: N_("Le vote ne fixe pas d'échéance : seule la progression est jugée."),
    ReasonCode.NO_LINE: N_("Sans valeur de départ datée, seule la progression est jugée."),
    ReasonCode.IMPROVES: N_("La situation s'améliore : {value}, contre {since} en {since_year}."),
    ReasonCode.STANDS_STILL: N_("La situation ne bouge pas : {value}, comme en {since_year}."),
    ReasonCode.MOVES_AWAY: N_("La situation se dégrade : {value}, contre {since} en {since_year}."),
    ReasonCode.FIRST_VALUE: N_("{year} est la première année mesurée : la progression se lira à la suivante."),
    ReasonCode.BASELINE_MISSING: N_("Valeur de référence à établir : aucun progrès n'est affiché d'ici là."),
    ReasonCode.BASELINE_ZERO: N_("Un pourcentage d'une référence nulle n'est pas calculable."),
    ReasonCode.NO_VALUE: N_("Aucun relevé pour {year}."),
    ReasonCode.NO_VALUE_BECAUSE: N_("Pas de valeur pour {year} : {absence}."),
    ReasonCode.LAST_VALUE: N_("Dernière valeur connue : {value} en {year}."),
    ReasonCode.TREND_NEEDS_TWO: N_("{year} est la première année mesurée : il en faut deux pour juger une direction."),
    ReasonCode.TARGET_LATER: N_("L'objectif ne vaut qu'à partir de {year}."),
    ReasonCode.VOTED_LATER: N_("L'engagement a été voté le {on}."),
    ReasonCode.MILESTONE_DONE: N_("Jalon atteint le {on}."),
    ReasonCode.MILESTONE_DONE_LATE: N_("Jalon atteint le {on}, {delay} après l'échéance."),
    ReasonCode.MILESTONE_LATE: N_("Échéance ({on}) dépassée de {delay}, jalon constaté non réalisé."),
    ReasonCode.MILESTONE_UNKNOWN: N_("Échéance passée ({on}) ; réalisation non constatée à ce jour, à mettre à jour."),
    ReasonCode.MILESTONE_DONE_AFTER: N_("Échéance du {due} dépassée ; jalon atteint depuis, le {on}."),
    ReasonCode.MILESTONE_DUE: N_("Attendu : {on}."),
    ReasonCode.MILESTONE_UNDATED: N_("Jalon sans échéance votée ; aucun constat enregistré."),
    ReasonCode.MILESTONE_NOT_DONE: N_("Jalon sans échéance votée, constaté non réalisé."),
    ReasonCode.MILESTONE_DECIDED: N_("Décidé le {on} ; réalisation à confirmer."),
    ReasonCode.RENEWAL_PAID: N_("Fait pour {year}{amount}."),
    ReasonCode.RENEWAL_DECIDED: N_("Décidé pour {year} le {on}{amount} ; exécution à confirmer."),
    ReasonCode.RENEWAL_DUE: N_("À renouveler pour {year} avant le {on} ; rien d'enregistré à ce jour."),
    ReasonCode.RENEWAL_UNKNOWN: N_("Aucune décision enregistrée pour {year}."),
    ReasonCode.RENEWAL_DROPPED: N_("Non renouvelé pour {year}."),
    ReasonCode.ALL_APPROVED: N_("Tout est homologué en {year}."),
    ReasonCode.SHARE_MEASURED: N_("Part homologuée en {year} : {value} ; le vote ne fixe pas de seuil."),
    ReasonCode.OBSERVED: N_("Constaté le {on}."),
    ReasonCode.MEASURED: N_("Suivi en {year} par un relevé."),
    ReasonCode.MEASURED_NONE: N_("Le relevé de {year} ne montre aucune réalisation."),
    ReasonCode.GONE_QUIET: N_("Aucun signe depuis {year}."),
    ReasonCode.YEAR_RUNNING: N_("{year} n'est pas finie : relevé ou constat à venir."),
    ReasonCode.NO_SIGN: N_("Aucun relevé ni constat à ce jour pour {year}."),
}

_TARGETS = {
    Comparator.GREATER: N_("plus de {value}"),
    Comparator.AT_LEAST: N_("{value}"),
    Comparator.LESS: N_("moins de {value}"),
    Comparator.AT_MOST: N_("{value} au plus"),
    Comparator.EXACTLY: N_("exactement {value}"),
}


def reason_sentence(reason: Reason, indicator: IndicatorRecord | None) -> str:
    """Put one step of a judgement into words, its numbers in the indicator's unit."""
    told: dict[str, object] = {name: _told(value, indicator) for name, value in reason.values.items()}
    told["amount"] = ""
    if "precision" in reason.values:
        told["on"] = due_phrase(_date(reason.values["on"]), _precision(reason.values["precision"]))
    if "days" in reason.values:
        days = int(str(reason.values["days"]))
        told["delay"] = plural("{n} jour", "{n} jours", days, n=number(Decimal(days)))
    if isinstance(amount := reason.values.get("amount"), Decimal):
        tax = reason.values.get("tax")
        told["amount"] = f" ({money(amount, tax if isinstance(tax, TaxRegime) else None)})"
    return text(REASONS[reason.code], **told)


def _date(value: object) -> date:
    if not isinstance(value, date):
        raise TypeError(value)
    return value


def _precision(value: object) -> DuePrecision | None:
    return value if isinstance(value, DuePrecision) else None


def _told(value: object, indicator: IndicatorRecord | None) -> object:
    if isinstance(value, Decimal) and indicator:
        return quantity(value, indicator.unit, indicator.decimals)
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, date):
        return day(value)
    return word(value) if isinstance(value, Absence) else value


def money(amount: Decimal, tax: TaxRegime | None) -> str:
    """Write an amount in euros with its tax regime: « 4 000 € TTC »."""
    shown = quantity(amount, "eur")
    return f"{shown} {word(tax)}" if tax in {TaxRegime.INCLUSIVE, TaxRegime.EXCLUSIVE} else shown


def reasons(judgement: Judgement | AimJudgement) -> list[str]:
    """Put all the steps of a judgement into words."""
    if isinstance(judgement, AimJudgement):
        return [reason_sentence(reason, judgement.aim.indicator) for reason in judgement.reasons]
    leading = judgement.leading
    return [reason_sentence(reason, leading.aim.indicator if leading else None) for reason in judgement.reasons]


def target_phrase(target: Target, aim: Aim) -> str:
    """Say a target as it was voted, and what it comes to: « +25 % par rapport à 2018, soit plus de 6,3 ans »."""
    unit, decimals = aim.indicator.unit, aim.indicator.decimals
    if target.basis is TargetBasis.ABSOLUTE:
        return text(_TARGETS[target.comparator], value=quantity(target.value, unit, decimals))
    if target.basis is TargetBasis.RELATIVE_PERCENT:
        change = percent(abs(target.value))
    else:
        change = quantity(abs(target.value), unit, decimals)
    if target.comparator in {Comparator.GREATER, Comparator.LESS}:
        change = text("plus de {value}", value=change)
    threshold = resolve(target, aim.baseline)
    if threshold is None or aim.baseline is None:
        return text(
            N_("{change} sous la référence") if target.value < 0 else N_("{change} au-dessus de la référence"),
            change=change,
        )
    reached = text(_TARGETS[threshold.comparator], value=quantity(threshold.value, unit, decimals))
    base = quantity(aim.baseline.value, unit, decimals) if aim.baseline.value is not None else ""
    message = (
        N_("{change} sous la référence ({base}), soit {value}")
        if target.value < 0
        else N_("{change} au-dessus de la référence ({base}), soit {value}")
    )
    return text(message, change=change, base=base, value=reached)


def short_target(aim: Aim, year: int) -> str:
    """Say the threshold in force for ``year`` in the indicator's unit, as shortly as can be; empty if none."""
    target = in_force(aim.targets, year)
    if target is None:
        return ""
    threshold = resolve(target, aim.baseline)
    if threshold is None:
        return text("référence à établir")
    unit, decimals = aim.indicator.unit, aim.indicator.decimals
    return text(_TARGETS[threshold.comparator], value=quantity(threshold.value, unit, decimals))


def headline(card: Card, year: int) -> str:
    """Say where a commitment stands in one line: objective, value found, what is missing."""
    said = card.judgement.leading
    if said is None or said.target is None:
        return _without_target(card, said, year)
    target = target_phrase(said.target, said.aim)
    horizon = said.target.horizon_year
    parts = [
        text("Objectif {target} en {year}", target=target, year=horizon)
        if horizon
        else text("Objectif {target}", target=target)
    ]
    parts += _found(said, year)
    return _joined(parts)


def _found(said: AimJudgement, year: int) -> list[str]:
    indicator, reading = said.aim.indicator, said.reading
    if said.status is Status.BASELINE_NEEDED:
        shown = []
        if reading and reading.value is not None:
            shown = [_value(reading.value, indicator, year, reading.quality)]
        return [*shown, text("valeur de référence à établir")]
    if reading is None or reading.value is None:
        return [reason_sentence(reason, indicator).rstrip(".") for reason in said.reasons]
    decimals = _telling_decimals(said)
    parts = [_value(reading.value, indicator, year, reading.quality, decimals)]
    if said.status is Status.ACHIEVED:
        return [*parts, text("objectif atteint")]
    if said.gap:
        gap = gap_phrase(said.gap, indicator, decimals)
        is_short = said.threshold is not None and said.threshold.comparator in {
            Comparator.GREATER,
            Comparator.AT_LEAST,
        }
        parts.append(text("il manque {gap}", gap=gap) if is_short else text("{gap} de trop", gap=gap))
    elif said.gap == 0:
        parts.append(text("le vote demande davantage"))
    return parts


def _telling_decimals(said: AimJudgement) -> int:
    """Give as many decimals as it takes for a value short of its target not to look equal to it."""
    decimals = said.aim.indicator.decimals
    if said.reading is None or said.reading.value is None or said.threshold is None or not said.gap:
        return decimals
    while decimals < MAX_DECIMALS and round_to(said.reading.value, decimals) == round_to(
        said.threshold.value, decimals
    ):
        decimals += 1
    return decimals


def gap_phrase(gap: Decimal, indicator: IndicatorRecord, decimals: int) -> str:
    """Say what is missing or too much: « 0,6 an »; percentages differ by points."""
    if indicator.unit == "percent":
        shown = number(gap, decimals or 1)
        return plural("{n} point", "{n} points", gap, n=shown).replace(" ", "\u00a0")
    return quantity(gap, indicator.unit, decimals)


def _value(
    value: Decimal, indicator: IndicatorRecord, year: int, quality: Quality | None, decimals: int | None = None
) -> str:
    shown = indicator.decimals if decimals is None else decimals
    return found_quantity(value, indicator.unit, shown, year, quality)


def _without_target(card: Card, said: AimJudgement | None, year: int) -> str:
    sentences = reasons(card.judgement)
    if said and said.reading and said.reading.value is not None:
        shown = _value(said.reading.value, said.aim.indicator, year, said.reading.quality)
        if card.commitment.kind in {CommitmentKind.CONTINUOUS, CommitmentKind.RENEWAL}:
            return text("{indicator} : {value}.", indicator=say(said.aim.indicator.name), value=shown)
        return " ".join([f"{shown[0].upper()}{shown[1:]}.", *sentences])
    return sentences[0]


def _joined(parts: list[str]) -> str:
    """Join the parts of a sentence, each after the first beginning in lower case."""
    lowered = [part if part[:1].isdigit() else part[:1].lower() + part[1:] for part in parts[1:]]
    return semicolon().join([parts[0], *lowered]) + "."


def finding_sentence(fact: Finding, commitment: CommitmentRecord) -> str:
    """Say a dated fact: « Décidé pour 2025 le 27 février 2025 (4 000 € TTC) »."""
    told = word(fact.state)
    told = told[:1].upper() + told[1:]
    amount = f" ({money(fact.amount, fact.tax)})" if fact.amount is not None else ""
    if commitment.kind is CommitmentKind.RENEWAL and fact.year:
        return text("{state} pour {year}, le {on}{amount}", state=told, year=fact.year, on=day(fact.on), amount=amount)
    return text("{state} le {on}{amount}", state=told, on=day(fact.on), amount=amount)


def statuses_summary(counts: Mapping[Status, int]) -> str:
    """List counts in words: « 11 tenus, 14 en trajectoire »."""
    return ", ".join(status_count(status, count) for status, count in counts.items())


_COUNTED = {
    Status.ACHIEVED: (N_("{n} tenu"), N_("{n} tenus")),
    Status.ON_TRACK: (N_("{n} en trajectoire"), N_("{n} en trajectoire")),
    Status.WATCH: (N_("{n} à surveiller"), N_("{n} à surveiller")),
    Status.OFF_TRACK: (N_("{n} hors trajectoire"), N_("{n} hors trajectoire")),
    Status.UPCOMING: (N_("{n} à venir"), N_("{n} à venir")),
    Status.BASELINE_NEEDED: (N_("{n} dont la référence est à établir"), N_("{n} dont la référence est à établir")),
    Status.NOT_MEASURED: (N_("{n} pas encore mesuré"), N_("{n} pas encore mesurés")),
    Status.NOT_APPLICABLE: (N_("{n} sans objet"), N_("{n} sans objet")),
}


def status_count(status: Status, count: int) -> str:
    """Say how many commitments stand at ``status``."""
    one, many = _COUNTED[status]
    return plural(one, many, count, n=count)


def year_reading(scorecard: Scorecard) -> str:
    """Read the year in a few sentences: what was promised, where it stands, what changed, what is only recalled."""
    counts, year = scorecard.counts, scorecard.year
    total = sum(counts.values())
    if not total:
        return text("Aucun engagement n'était voté à la fin de {year}.", year=year)
    opening = plural("Sur {n} engagement voté : ", "Sur {n} engagements votés : ", total, n=total)
    parts = [opening + statuses_summary(counts) + "."]
    if scorecard.is_running:
        parts.append(text("{year} n'est pas finie : des relevés sont à venir.", year=year))
    else:
        parts.append(_change(counts.get(Status.ACHIEVED, 0), scorecard.counts_before.get(Status.ACHIEVED, 0), year - 1))
    aside = len(scorecard.cards) - total
    if aside:
        parts.append(
            plural(
                "{n} rappel ou faculté du texte est suivi à part.",
                "{n} rappels et facultés du texte sont suivis à part.",
                aside,
                n=aside,
            )
        )
    return " ".join(filter(None, parts))


def _change(kept: int, before: int, year: int) -> str:
    if kept > before:
        more = kept - before
        return plural(
            "C'est {n} tenu de plus qu'en {year}.", "C'est {n} tenus de plus qu'en {year}.", more, n=more, year=year
        )
    if kept < before:
        fewer = before - kept
        return plural(
            "C'est {n} tenu de moins qu'en {year}.", "C'est {n} tenus de moins qu'en {year}.", fewer, n=fewer, year=year
        )
    return text("C'est autant de tenus qu'en {year}.", year=year) if kept else ""


def series_summary(points: Sequence[YearValue], indicator: IndicatorRecord) -> str:
    """Say in one sentence what a chart shows: where the values start, where they are, what is aimed at."""
    known = [point for point in points if point.value is not None]
    if not known:
        return text("Aucune valeur n'est encore enregistrée.")
    first, last = known[0], known[-1]
    unit, decimals = indicator.unit, indicator.decimals
    now = quantity(last.value or Decimal(0), unit, decimals)
    if first is last:
        told = text("{value} en {year}", value=now, year=last.year)
    else:
        begin = quantity(first.value or Decimal(0), unit, decimals)
        told = text("De {begin} en {start} à {now} en {end}", begin=begin, start=first.year, now=now, end=last.year)
    if last.target is not None:
        told = text("{told}, pour un objectif de {target}", told=told, target=quantity(last.target, unit, decimals))
    return f"{told}."
