"""The reasons of a judgement put into sentences: one for each code."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from tracker.domain.judgement import AimJudgement, Judgement, Reason, ReasonCode
from tracker.domain.records import IndicatorRecord
from tracker.domain.targets import Threshold
from tracker.domain.vocabulary import Absence, DuePrecision, Origin, TaxRegime
from tracker.labels.formats import day, due_phrase, number, quantity
from tracker.labels.language import N_, colon, plural, say, text
from tracker.labels.targets import edges, rate, telling_decimals, voted_decimals
from tracker.labels.words import word

REASONS: Mapping[ReasonCode, str] = {
    ReasonCode.TARGET_MET: N_("La valeur {value} atteint l'objectif ({target})."),
    ReasonCode.STRICT_NOT_MET: N_("La valeur est égale à {target}, or le vote demande davantage."),
    ReasonCode.HORIZON_PASSED: N_("L'échéance de {year} est atteinte sans que l'objectif le soit."),
    ReasonCode.AHEAD_OF_LINE: N_("La valeur {value} est au niveau attendu en {year} ({expected}, {origin})."),
    ReasonCode.JUST_BEHIND_LINE: N_(
        "La valeur {value} est juste en retrait du niveau attendu en {year} ({expected}, {origin})."
    ),
    ReasonCode.BEHIND_LINE: N_("La valeur {value} est loin du niveau attendu en {year} ({expected}, {origin})."),
    ReasonCode.NO_HORIZON: N_("Le vote ne fixe pas d'échéance : seule la progression est jugée."),
    ReasonCode.NO_LINE: N_("Sans valeur de départ datée et comparable, seule la progression est jugée."),
    ReasonCode.TO_KEEP: N_("Le départ atteignait déjà l'objectif : il s'agit de le garder."),
    ReasonCode.IMPROVES: N_("La situation s'améliore : {value}, contre {since} {when}."),
    ReasonCode.STANDS_STILL: N_("La situation ne bouge pas : {value}, comme {when}."),
    ReasonCode.MOVES_AWAY: N_("La situation se dégrade : {value}, contre {since} {when}."),
    ReasonCode.FIRST_VALUE: N_("{year} est la première année mesurée : la progression se lira à la suivante."),
    ReasonCode.BASELINE_MISSING: N_("Valeur de référence à établir : aucun progrès n'est affiché d'ici là."),
    ReasonCode.BASELINE_ZERO: N_("Un pourcentage d'une référence nulle n'est pas calculable."),
    ReasonCode.BASELINE_PROPOSED: N_("La valeur de référence est proposée, pas encore validée."),
    ReasonCode.METHOD_BREAK: N_(
        "La méthode a changé depuis l'année de référence ({base_year}) : la référence est à rétablir pour {year}."
    ),
    ReasonCode.METHOD_CHANGED: N_("La méthode a changé : {year} ne se compare pas aux années d'avant."),
    ReasonCode.NO_VALUE: N_("Aucun relevé pour {year}."),
    ReasonCode.NO_VALUE_BECAUSE: N_("Pas de valeur pour {year} : {absence}."),
    ReasonCode.NOT_COMPUTABLE: N_("Non calculable pour {year} : il manque {missing}."),
    ReasonCode.NO_RESULT: N_("Non calculable pour {year} : la formule ne donne pas de résultat possible."),
    ReasonCode.LAST_VALUE: N_("Dernière valeur connue : {value} en {year}."),
    ReasonCode.TREND_NEEDS_TWO: N_("Une seule année comparable en dix ans : il en faut deux pour juger une direction."),
    ReasonCode.TREND_BETTER: N_("La tendance va dans le bon sens depuis {since_year} : {slope} ({count} années lues)."),
    ReasonCode.TREND_FLAT: N_("Pas de tendance depuis {since_year} ({count} années lues)."),
    ReasonCode.TREND_WORSE: N_(
        "La tendance va dans le mauvais sens depuis {since_year} : {slope} ({count} années lues)."
    ),
    ReasonCode.NO_DIRECTION: N_("Cet indicateur n'a pas de sens propre : sa tendance ne dit ni mieux ni moins bien."),
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
    ReasonCode.RENEWAL_NOT_ASKED: N_("Voté pour {voted} ; rien n'est à faire pour {year}."),
    ReasonCode.ALL_APPROVED: N_("Tout est homologué en {year}."),
    ReasonCode.SHARE_MEASURED: N_("Part homologuée en {year} : {value} ; le vote ne fixe pas de seuil."),
    ReasonCode.APPROVAL_GIVEN: N_("Homologation du {on}, sans fin de validité enregistrée."),
    ReasonCode.APPROVAL_VALID: N_("Homologation du {on}, valable jusqu'au {until}."),
    ReasonCode.APPROVAL_EXPIRED: N_("Homologation du {on}, échue depuis le {until}."),
    ReasonCode.OBSERVED: N_("Constaté le {on}."),
    ReasonCode.MEASURED: N_("Suivi en {year} par un relevé."),
    ReasonCode.MEASURED_NONE: N_("Le relevé de {year} ne montre aucune réalisation."),
    ReasonCode.STILL_ALIVE: N_(
        "Dernier relevé en {year} ; sans nouveau signe, la pratique est dite en sommeil après {limit} mois."
    ),
    ReasonCode.GONE_QUIET: N_(
        "Aucun signe depuis le {on}, soit {months} mois ; au-delà de {limit}, la pratique est dite en sommeil."
    ),
    ReasonCode.YEAR_RUNNING: N_("{year} n'est pas finie : relevé ou constat à venir."),
    ReasonCode.NO_SIGN: N_("Aucun relevé ni constat à ce jour pour {year}."),
}

IN_WORDS: Mapping[ReasonCode, str] = {
    ReasonCode.TARGET_MET: N_("L'objectif est atteint."),
    ReasonCode.STRICT_NOT_MET: N_("La valeur est égale à l'objectif, or le vote demande davantage."),
    ReasonCode.AHEAD_OF_LINE: N_("La valeur est au niveau attendu en {year}."),
    ReasonCode.JUST_BEHIND_LINE: N_("La valeur est juste en retrait du niveau attendu en {year}."),
    ReasonCode.BEHIND_LINE: N_("La valeur est loin du niveau attendu en {year}."),
    ReasonCode.IMPROVES: N_("La situation s'améliore."),
    ReasonCode.STANDS_STILL: N_("La situation ne bouge pas."),
    ReasonCode.MOVES_AWAY: N_("La situation se dégrade."),
    ReasonCode.LAST_VALUE: N_("La dernière valeur connue est celle de {year}."),
    ReasonCode.TREND_BETTER: N_("La tendance va dans le bon sens depuis {since_year}."),
    ReasonCode.TREND_WORSE: N_("La tendance va dans le mauvais sens depuis {since_year}."),
    ReasonCode.SHARE_MEASURED: N_("La part homologuée est mesurée ; le vote ne fixe pas de seuil."),
}
"""What to say instead of a sentence that quotes the figures of an indicator, where those are not to be read."""


def reason_sentence(
    reason: Reason, indicator: IndicatorRecord | None, threshold: Threshold | None = None, *, in_words: bool = False
) -> str:
    """Put one step of a judgement into words, its numbers in the indicator's unit, apart from ``threshold`` too.

    ``in_words``, none of them is written.
    """
    told: dict[str, object] = {name: _told(value, indicator) for name, value in reason.values.items()}
    if indicator:
        told |= _compared(reason, indicator, threshold)
    told["amount"] = ""
    if reason.values.get("upper") is not None:
        told["target"] = text("entre {value} et {upper}", value=told["target"], upper=told["upper"])
    if "since_year" in reason.values:
        when = reason.values["since_year"]
        told["when"] = text("au départ") if when is None else text("en {year}", year=when)
    if isinstance(slope := reason.values.get("slope"), Decimal) and indicator:
        told["slope"] = rate(slope, indicator)
    if "precision" in reason.values:
        told["on"] = due_phrase(_date(reason.values["on"]), _precision(reason.values["precision"]))
    if "days" in reason.values:
        days = int(str(reason.values["days"]))
        told["delay"] = plural("{n} jour", "{n} jours", days, n=number(Decimal(days)))
    if isinstance(amount := reason.values.get("amount"), Decimal):
        tax = reason.values.get("tax")
        told["amount"] = f" ({money(amount, tax if isinstance(tax, TaxRegime) else None)})"
    return text((IN_WORDS if in_words else REASONS).get(reason.code, REASONS[reason.code]), **told)


def _compared(reason: Reason, indicator: IndicatorRecord, threshold: Threshold | None) -> dict[str, object]:
    """Write the numbers of a reason so that two that differ look different, and what was voted as it was voted."""
    numbers = {
        name: value
        for name, value in reason.values.items()
        if isinstance(value, Decimal) and name not in {"slope", "amount"}
    }
    voted = {"target", "upper"}
    if reason.values.get("origin") in {Origin.VOTED, Origin.STEP}:
        voted.add("expected")
    found = telling_decimals(
        indicator,
        (value for name, value in numbers.items() if name not in voted),
        [*(value for name, value in numbers.items() if name in voted), *edges(threshold)],
    )
    closer = max(found, voted_decimals(indicator))
    return {
        name: quantity(value, indicator.unit, closer if name in voted else found) for name, value in numbers.items()
    }


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
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return word(value) if isinstance(value, Absence | Origin) else value


def money(amount: Decimal, tax: TaxRegime | None) -> str:
    """Write an amount in euros with its tax regime: « 4 000 € TTC »."""
    shown = quantity(amount, "eur")
    return f"{shown} {word(tax)}" if tax in {TaxRegime.INCLUSIVE, TaxRegime.EXCLUSIVE} else shown


def reasons(judgement: Judgement | AimJudgement, *, in_words: bool = False) -> list[str]:
    """Put all the steps of a judgement into words; ``in_words``, without any figure of an indicator.

    Where several indicators were judged, each is named before what it says, the one that decided first.
    """
    if isinstance(judgement, AimJudgement):
        found = [(reason, judgement.aim.indicator, judgement.threshold) for reason in judgement.reasons]
        return [reason_sentence(*one, in_words=in_words) for one in found]
    leading = judgement.leading
    if leading is None or len(judgement.aims) == 1:
        indicator, threshold = (leading.aim.indicator, leading.threshold) if leading else (None, None)
        return [reason_sentence(reason, indicator, threshold, in_words=in_words) for reason in judgement.reasons]
    told = [_named(one, in_words=in_words) for one in (leading, *(one for one in judgement.aims if one is not leading))]
    own = [one for one in judgement.reasons if not any(one in said.reasons for said in judgement.aims)]
    apart = [reason_sentence(one, None, in_words=in_words) for one in own]
    return [*apart, *told] if own and own[0] is judgement.reasons[0] else [*told, *apart]


def _named(said: AimJudgement, *, in_words: bool) -> str:
    sentences = " ".join(reasons(said, in_words=in_words))
    return f"{say(said.aim.indicator.name)}{colon()}{sentences[:1].lower()}{sentences[1:]}"
