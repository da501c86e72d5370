"""Judgements put into sentences: the one line an elected official reads, and the reasons behind it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Protocol

from tracker.domain.changes import Changes, StateChange, since_last_year
from tracker.domain.comparison import Direction
from tracker.domain.judgement import AimJudgement
from tracker.domain.records import CommitmentRecord, Finding, IndicatorRecord
from tracker.domain.scorecard import Card, Scorecard
from tracker.domain.vocabulary import CommitmentKind, Quality, Status
from tracker.labels.formats import day, found_quantity, number, quantity, round_to
from tracker.labels.language import N_, colon, plural, say, semicolon, text
from tracker.labels.reasons import money, reason_sentence, reasons
from tracker.labels.targets import (
    edges,
    target_phrase,
    telling_decimals,
    threshold_phrase,
    voted_decimals,
    voted_quantity,
)
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


def headline(card: Card, year: int) -> str:
    """Say where a commitment stands in one line: objective, value found, what is missing.

    The indicator that decided is named where others were judged too.
    """
    said = card.judgement.leading
    if said is None or said.target is None:
        return _without_target(card, said, year)
    target = (
        target_phrase(said.target, said.aim, said.departure)
        if said.target.is_relative or said.threshold is None
        else threshold_phrase(said.threshold, said.aim.indicator)
    )
    horizon = said.target.horizon_year
    parts = [
        text("Objectif {target} en {year}", target=target, year=horizon)
        if horizon
        else text("Objectif {target}", target=target)
    ]
    parts += _found(said, year)
    if len(card.judgement.aims) == 1:
        return _joined(parts)
    return f"{say(said.aim.indicator.name)}{colon()}{_lowered(_joined(parts))}"


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
        is_short = said.threshold is not None and reading.value < said.threshold.edge(reading.value)
        parts.append(text("il manque {gap}", gap=gap) if is_short else text("{gap} de trop", gap=gap))
    elif said.gap == 0:
        parts.append(text("le vote demande davantage"))
    return parts


def _telling_decimals(said: AimJudgement) -> int:
    """Give as many decimals as it takes for a value to look as it stands to its target, and for the gap to add up."""
    indicator, threshold = said.aim.indicator, said.threshold
    if said.reading is None or said.reading.value is None or threshold is None:
        return indicator.decimals
    found = telling_decimals(indicator, [said.reading.value], edges(threshold))
    if not said.gap:
        return found
    exponent = round_to(threshold.edge(said.reading.value), voted_decimals(indicator)).normalize().as_tuple().exponent
    return max(found, -exponent) if isinstance(exponent, int) else found


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
        if len(card.judgement.aims) > 1:
            shown = _value(said.reading.value, said.aim.indicator, year, said.reading.quality)
            return " ".join([f"{say(said.aim.indicator.name)}{colon()}{shown}.", *reasons(said)])
        shown = _value(said.reading.value, said.aim.indicator, year, said.reading.quality)
        if card.commitment.kind in {CommitmentKind.CONTINUOUS, CommitmentKind.RENEWAL}:
            return text("{indicator} : {value}.", indicator=say(said.aim.indicator.name), value=shown)
        return " ".join([f"{shown[0].upper()}{shown[1:]}.", *sentences])
    return sentences[0]


def _joined(parts: list[str]) -> str:
    """Join the parts of a sentence, each after the first beginning in lower case."""
    return semicolon().join([parts[0], *map(_lowered, parts[1:])]) + "."


def _lowered(part: str) -> str:
    return part[:1].lower() + part[1:]


def finding_sentence(fact: Finding, commitment: CommitmentRecord) -> str:
    """Say a dated fact: « Décidé pour 2025 le 27 février 2025 (4 000 € TTC) »."""
    told = word(fact.state)
    told = told[:1].upper() + told[1:]
    amount = f" ({money(fact.amount, fact.tax)})" if fact.amount is not None else ""
    if commitment.kind is CommitmentKind.RENEWAL and fact.year:
        return text("{state} pour {year}, le {on}{amount}", state=told, year=fact.year, on=day(fact.on), amount=amount)
    if fact.valid_until is not None:
        until = day(fact.valid_until)
        return text("{state} le {on}, valable jusqu'au {until}", state=told, on=day(fact.on), until=until)
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
    """Read the year in two sentences: where what was promised stands and what is late, then what changed."""
    total = sum(scorecard.counts.values())
    if not total:
        return text("Aucun engagement n'était voté à la fin de {year}.", year=scorecard.year)
    return _reading(scorecard, plural("Sur {n} engagement voté : ", "Sur {n} engagements votés : ", total, n=total))


def axis_reading(scorecard: Scorecard) -> str:
    """Read the year of the commitments of one axis, as `year_reading` does for all of them."""
    total = sum(scorecard.counts.values())
    if not total:
        return text("Aucun engagement de cet axe n'était voté à la fin de {year}.", year=scorecard.year)
    opening = plural("Sur {n} engagement de cet axe : ", "Sur {n} engagements de cet axe : ", total, n=total)
    return _reading(scorecard, opening)


def register_reading(promised: int, aside: int, year: int) -> str:
    """Say how many lines of the register are promises, and how many options and recalls beside them."""
    if not aside:
        return plural(
            "{n} engagement, jugé pour {year}.", "{n} engagements, jugés pour {year}.", promised, n=promised, year=year
        )
    others = plural("{n} rappel ou faculté", "{n} rappels et facultés", aside, n=aside)
    if not promised:
        return text("{others}, à part des engagements, pour {year}.", others=others, year=year)
    told = plural("{n} engagement", "{n} engagements", promised, n=promised)
    return text("{promised} et {others}, jugés pour {year}.", promised=told, others=others, year=year)


def aside_note(scorecard: Scorecard) -> str:
    """Say how many options and recalls of the texts are followed without being counted; empty without any."""
    aside = len(scorecard.cards) - len(scorecard.promises)
    if not aside:
        return ""
    return plural(
        "{n} rappel ou faculté du texte est suivi à part.",
        "{n} rappels et facultés du texte sont suivis à part.",
        aside,
        n=aside,
    )


def _reading(scorecard: Scorecard, opening: str) -> str:
    counted, late = [statuses_summary(scorecard.counts)], len(scorecard.overdue())
    if late:
        on = day(scorecard.today)
        counted.append(plural("{n} jalon en retard au {on}", "{n} jalons en retard au {on}", late, n=late, on=on))
    since = since_last_year(scorecard)
    if since is None:
        told = text("{year} n'est pas finie : des relevés sont à venir.", year=scorecard.year)
    else:
        told = moves_sentence(since)
    return " ".join(filter(None, [opening + semicolon().join(counted) + ".", told]))


NAMED = 2
"""Commitments that a reading names; the others that changed are counted."""


def moves_sentence(found: Changes) -> str:
    """Say what changed since an earlier year, two commitments by name; empty where there is nothing to compare."""
    if not found.moved and not found.unchanged:
        return ""
    parts = []
    if found.more_kept > 0:
        parts.append(plural("{n} tenu de plus", "{n} tenus de plus", found.more_kept, n=found.more_kept))
    elif found.more_kept < 0:
        parts.append(plural("{n} tenu de moins", "{n} tenus de moins", found.more_kept, n=-found.more_kept))
    named = _named(found)
    parts += map(_move, named)
    if rest := len(found.moved) - len(named):
        parts.append(plural("{n} autre change d'état", "{n} autres changent d'état", rest, n=rest))
    if added := len(found.added):
        parts.append(plural("{n} engagement voté depuis", "{n} engagements votés depuis", added, n=added))
    if not parts:
        return text("Aucun n'a changé d'état depuis {year}.", year=found.earlier)
    return text("Par rapport à {year} : {moves}.", year=found.earlier, moves=", ".join(parts))


def _named(found: Changes) -> list[StateChange]:
    """Choose which changes to name: first one of each way, so that good news does not hide bad news or the reverse."""
    ways = (Direction.WORSE, Direction.BETTER)
    firsts = [next((one for one in found.moved if one.direction is way), None) for way in ways]
    chosen = [one for one in firsts if one is not None]
    return (chosen + [one for one in found.moved if one not in chosen])[:NAMED]


def _move(change: StateChange) -> str:
    title = say(change.commitment.title)
    if change.after is Status.ACHIEVED:
        return text("« {title} » est désormais tenu", title=title)
    if change.before is Status.ACHIEVED and change.after is Status.ON_TRACK:  # such as decided, and not yet carried out
        return text("« {title} » est en trajectoire, pas encore tenu", title=title)
    if change.before is Status.ACHIEVED and change.direction is Direction.WORSE:
        return text("« {title} » n'est plus tenu", title=title)
    match change.direction:
        case Direction.BETTER:
            return text("« {title} » progresse", title=title)
        case Direction.WORSE:
            return text("« {title} » recule", title=title)
        case _:
            return text("« {title} » change d'état", title=title)


def series_summary(points: Sequence[YearValue], indicator: IndicatorRecord) -> str:
    """Say in one sentence what a chart shows: where the values start, where they are, what is aimed at."""
    known = [point for point in points if point.value is not None]
    if not known:
        return text("Aucune valeur n'est encore enregistrée.")
    first, last = known[0], known[-1]
    start, end = first.value or Decimal(0), last.value or Decimal(0)
    decimals = telling_decimals(indicator, [start, end], [] if last.target is None else [last.target])
    now = quantity(end, indicator.unit, decimals)
    if first is last:
        told = text("{value} en {year}", value=now, year=last.year)
    else:
        begin = quantity(start, indicator.unit, decimals)
        told = text("De {begin} en {start} à {now} en {end}", begin=begin, start=first.year, now=now, end=last.year)
    if last.target is not None:
        told = text("{told}, pour un objectif de {target}", told=told, target=voted_quantity(last.target, indicator))
    return f"{told}."
