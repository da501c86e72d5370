"""Evaluations by users in words: the score on its scale, how many services of a year have one."""

from decimal import Decimal

from tracker.labels.formats import number
from tracker.labels.language import plural, text


def score_phrase(score: Decimal | None, low: Decimal, high: Decimal, respondents: int | None) -> str:
    """Say a score on its scale and how many answered: « 7,4 sur une échelle de 0 à 10, 312 réponses »."""
    told = (
        text("note non précisée")
        if score is None
        else text("{score} sur une échelle de {low} à {high}", score=number(score), low=number(low), high=number(high))
    )
    if respondents is None:
        return text("{told}, nombre de réponses non précisé", told=told)
    count = plural("{n} réponse", "{n} réponses", respondents, n=number(Decimal(respondents)))
    return text("{told}, {count}", told=told, count=count)


def evaluated_sentence(evaluated: int, whole: int, year: int) -> str:
    """Say how many services of a year were evaluated."""
    return plural(
        "{n} service sur {whole} a été évalué par ses usagers en {year}.",
        "{n} services sur {whole} ont été évalués par leurs usagers en {year}.",
        evaluated,
        n=evaluated,
        whole=whole,
        year=year,
    )
