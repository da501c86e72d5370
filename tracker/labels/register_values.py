"""What the registers give to the indicators, in words: where it comes from, on what it rests, why there is none."""

from tracker.domain.register_values import Counted, Lacking
from tracker.labels.language import plural, speaking, text

REGISTER = "calculé d'après le registre de l'IA"
EVALUATIONS = "calculé d'après les évaluations des services numériques"
PLACES = "calculé d'après les lieux de médiation numérique"
"""What the values say of where they come from; it is kept with them, in French."""


def count_comment(found: Counted, aside: int) -> str:
    """Give the comment that is kept with a value, in French: on how many entries it rests, and what is left aside."""
    with speaking("fr"):
        told = plural(
            "{n} renseigné sur {whole}.", "{n} renseignés sur {whole}.", found.n, n=found.n, whole=found.whole
        )
        if not aside:
            return told
        rest = plural("{n} note d'une autre échelle, à part.", "{n} notes d'une autre échelle, à part.", aside, n=aside)
        return f"{told} {rest}"


def lacking_sentence(found: Counted) -> str:
    """Say why a register gives no value."""
    if found.lacking is Lacking.NOTHING:
        return text("Rien au registre ne répond à cette définition.")
    return plural(
        "Il manque ce qu'il faut savoir : {n} renseigné sur {whole}.",
        "Il manque ce qu'il faut savoir : {n} renseignés sur {whole}.",
        found.n,
        n=found.n,
        whole=found.whole,
    )


def past_sentence(year: int) -> str:
    """Say why the register, which tells of today, gives no value of an earlier year."""
    return text("Le registre dit l'état d'aujourd'hui, pas celui de {year}.", year=year)
