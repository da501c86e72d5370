"""« Pourquoi ce chiffre ? », the judgement: target version, baseline, way done, value expected, what is ahead."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from tracker.domain.forecast import Forecast
from tracker.domain.judgement import AimJudgement, ReasonCode
from tracker.domain.numbers import MAX_DECIMALS
from tracker.domain.outlook import changed_since, outlook, rebound_of
from tracker.domain.records import Aim, CommitmentRecord
from tracker.domain.revisions import changes
from tracker.domain.targets import HUNDRED, ZERO, Baseline, Target, Threshold, stated_departure
from tracker.domain.trajectory import waypoint
from tracker.domain.vocabulary import BaselineState, Origin
from tracker.labels.arithmetic import line_sum, operand, outcome, progress_sum, threshold_sum
from tracker.labels.explanations import Explanation, Line, baseline_text, shown_decimals
from tracker.labels.formats import day, number, percent, quantity
from tracker.labels.language import N_, say, semicolon, text
from tracker.labels.outlooks import (
    break_sentence,
    forecast_method,
    forecast_sentences,
    forecast_sum,
    rebound_sentence,
)
from tracker.labels.reasons import reasons
from tracker.labels.sentences import gap_phrase
from tracker.labels.targets import rate, target_phrase, telling_decimals, threshold_phrase, voted_quantity
from tracker.labels.words import word

_TRENDS = frozenset({ReasonCode.TREND_BETTER, ReasonCode.TREND_FLAT, ReasonCode.TREND_WORSE})
_BY_LINE = frozenset({ReasonCode.AHEAD_OF_LINE, ReasonCode.JUST_BEHIND_LINE, ReasonCode.BEHIND_LINE})


def explain_judgement(commitment: CommitmentRecord, said: AimJudgement, year: int) -> Explanation:
    """Say how one indicator was judged in ``commitment`` for ``year``, step by step."""
    lines = [Line(text("État"), word(said.status), " ".join(reasons(said)))]
    if said.target is not None:
        lines += [_target(said, said.target), _version(said.aim, said.target, said.departure)]
    lines += _baseline(said, year)
    lines += _threshold(said)
    lines += _progress(said, year)
    lines += _expected(said, year)
    lines += _trend(said)
    lines += _ahead(said, year)
    return Explanation(say(commitment.title), tuple(lines))


def _target(said: AimJudgement, target: Target) -> Line:
    aim = replace(said.aim, baselines=(said.departure,)) if said.departure else said.aim
    told = target_phrase(target, aim)
    if target.horizon_year:
        return Line(text("Objectif"), text("{target} en {year}", target=told, year=target.horizon_year))
    return Line(text("Objectif"), told, text("le vote ne fixe pas d'échéance"))


def _version(aim: Aim, target: Target, departure: Baseline | None) -> Line:
    """Say which version of the target judges the year, what set it, and what it did to the one before."""
    before = max(
        (one for one in aim.targets if one.version < target.version), key=lambda one: one.version, default=None
    )
    last = max(one.version for one in aim.targets)
    told = text(
        "version {n} sur {last}, en vigueur depuis {year}", n=target.version, last=last, year=target.in_force_from
    )
    decided = text("décidée le {on}", on=day(target.decided_on))
    if target.decision:
        decided = text("décidée le {on} ({decision})", on=day(target.decided_on), decision=target.decision)
    changed = ", ".join(word(one) for one in changes(before, target, departure)) if before else ""
    details = [decided, target.author and text("saisie par {author}", author=target.author), changed]
    return Line(text("Version de l'objectif"), told, semicolon().join(filter(None, details)), target.reason)


def _baseline(said: AimJudgement, year: int) -> Iterator[Line]:
    base = said.aim.departure(year)
    if base is None:
        if said.target is not None and said.target.is_relative:
            yield Line(text("Valeur de référence"), text("à établir"))
        return
    indicator = said.aim.indicator
    if said.target is not None and stated_departure(said.target) == base and base.value is not None:
        value = quantity(base.value, indicator.unit, shown_decimals(base.value, indicator))
        yield Line(text("Valeur de référence"), value, text("énoncée par l'objectif voté lui-même"))
        return
    details = []
    if base.is_known:
        details.append(text("version {n} sur {last}", n=base.version, last=max(b.version for b in said.aim.baselines)))
    if base.state is BaselineState.VALIDATED:
        details.append(text("gelée : une autre version la remplacerait, avec sa raison"))
    if base.method is not None:
        details.append(text("obtenue par la méthode {n}", n=base.method))
    if base.author:
        details.append(text("saisie par {author}", author=base.author))
    quote = " ".join(filter(None, (base.source, base.reason)))
    yield Line(text("Valeur de référence"), baseline_text(base, indicator), semicolon().join(details), quote)


def _threshold(said: AimJudgement) -> Iterator[Line]:
    """Write the threshold only where it is not simply the number voted."""
    base = said.departure.value if said.departure else None
    if said.target is None or said.threshold is None or not said.target.is_relative or base is None:
        return
    yield Line(text("Seuil"), threshold_sum(said.target, base), threshold_phrase(said.threshold, said.aim.indicator))


def _progress(said: AimJudgement, year: int) -> Iterator[Line]:
    value = said.reading.value if said.reading else None
    if said.target is None or said.threshold is None or value is None:
        return
    base = said.departure.value if said.departure and said.departure.is_known else None
    if said.progress is not None and base is not None:
        share = percent(said.progress * HUNDRED)
        done = progress_sum(value, base, said.threshold.value)
        yield Line(text("Chemin fait"), text("{sum}, soit {share}", sum=done, share=share))
    else:
        yield Line(text("Chemin fait"), text("non calculé"), _without_progress(said, said.threshold, base, year))
    if said.gap:
        low, high = sorted((value, said.threshold.edge(value)))
        gap = f"{number(high)} − {operand(low)} {outcome(Fraction(high) - Fraction(low))}"
        yield Line(text("Écart à l'objectif"), gap_phrase(said.gap, said.aim.indicator, MAX_DECIMALS), gap)


def _without_progress(said: AimJudgement, threshold: Threshold, base: Decimal | None, year: int) -> str:
    known = said.aim.departure(year)
    if known and known.is_known and not said.aim.compares(known, year):
        return text("la référence a été obtenue par une autre méthode")
    if base is None:
        return text("sans valeur de référence, il n'y a pas de chemin à mesurer")
    if threshold.is_met(base) or base == threshold.value:
        return text("la référence est déjà à l'objectif : il s'agit de tenir, non de progresser")
    return text("l'objectif est un point ou une plage : seul compte l'écart")


def _expected(said: AimJudgement, year: int) -> Iterator[Line]:
    if said.expected is None or said.origin is None or said.target is None or said.threshold is None:
        return
    indicator = said.aim.indicator
    value = said.reading.value if said.reading else None
    if said.origin in {Origin.VOTED, Origin.STEP}:
        shown = voted_quantity(said.expected, indicator)
    else:
        beside = [said.expected] if value is None else [said.expected, value]
        shown = quantity(said.expected, indicator.unit, telling_decimals(indicator, beside))
    told = text("{value} en {year}, {origin}", value=shown, year=year, origin=word(said.origin))
    detail = _steps(said, said.target, said.threshold, year) if said.origin is Origin.INTERPOLATED else ""
    yield Line(text("Niveau attendu"), told, detail)
    if value is not None and any(reason.code in _BY_LINE for reason in said.reasons):
        yield _tolerance(said, said.threshold, value, said.expected)


def _steps(said: AimJudgement, target: Target, threshold: Threshold, year: int) -> str:
    """Write the straight line between the two dated values that surround ``year``."""

    def at(one: int) -> tuple[Decimal, Origin, int] | None:
        found = waypoint(target, threshold, said.departure, one)
        return (found.value, found.origin, found.since) if found else None

    here = at(year)
    start = at(here[2]) if here else None
    last = max([point.year for point in target.points] + [target.horizon_year or 0])
    ends = ((one, at(one)) for one in range(year + 1, last + 1))
    after = next(((one, end[0]) for one, end in ends if end and end[2] == one), None)
    if here is None or start is None or after is None:
        return ""
    return text("en ligne droite, non voté : {sum}", sum=line_sum((here[2], start[0]), after, year))


def _tolerance(said: AimJudgement, threshold: Threshold, value: Decimal, expected: Decimal) -> Line:
    base = said.departure.value if said.departure and said.departure.is_known else None
    way = threshold.gap(expected if base is None else base)
    behind = threshold.gap(value) - threshold.gap(expected)
    indicator, allowed = said.aim.indicator, way * said.aim.tolerance
    decimals = telling_decimals(indicator, [ZERO, allowed, *([behind] if behind > 0 else [])])
    share, shown = percent(said.aim.tolerance * HUNDRED), gap_phrase(allowed, indicator, decimals)
    message = N_("{share} de ce qui reste, soit {allowed}") if base is None else N_("{share} du chemin, soit {allowed}")
    if behind <= 0:
        return Line(text("Tolérance"), text(message, share=share, allowed=shown))
    late = text("le retard sur le niveau attendu est de {behind}", behind=gap_phrase(behind, indicator, decimals))
    return Line(text("Tolérance"), text(message, share=share, allowed=shown), late)


def _trend(said: AimJudgement) -> Iterator[Line]:
    for reason in said.reasons:
        slope = reason.values.get("slope")
        if reason.code in _TRENDS and isinstance(slope, Decimal):
            detail = text(
                "médiane des pentes entre {count} années lues depuis {since} (Theil-Sen), peu sensible à une année "
                "hors norme",
                count=reason.values["count"],
                since=reason.values["since_year"],
            )
            yield Line(text("Tendance"), rate(slope, said.aim.indicator), detail)


def _ahead(said: AimJudgement, year: int) -> Iterator[Line]:
    told = outlook(said, year)
    if told is not None and said.target is not None:
        indicator = said.aim.indicator
        sentences = " ".join(forecast_sentences(told, indicator, said.target.horizon_year, said.threshold))
        yield Line(text("Prévision"), sentences)
        if isinstance(told, Forecast) and said.threshold is not None:
            yield Line("", forecast_sum(told, said.threshold), forecast_method(told, indicator))
    since = changed_since(said.aim, year)
    if since is not None:
        yield Line(text("Rupture"), break_sentence(said.aim, since))
    found = rebound_of(said.aim, year)
    if found is not None:
        yield Line(text("Rebond"), rebound_sentence(found, said.aim))
