"""Ecodesign in words: a score, pages that were measured, what the services give to an indicator or why nothing."""

from collections.abc import Mapping

from tracker.domain.ecodesign_values import SCORES, STATEMENTS, EcodesignGap, EcodesignValue
from tracker.domain.ecoindex import EcoIndex
from tracker.domain.page_measures import YearOfPages
from tracker.domain.rgesn import Criterion, EcodesignScore
from tracker.labels.formats import number, percent
from tracker.labels.language import N_, plural, say, speaking, text

SOURCE = "calculé d'après le registre des services numériques"
"""What the values that the services give say of where they come from; it is kept with them, in French."""

GAPS: Mapping[EcodesignGap, str] = {
    EcodesignGap.NO_SERVICE: N_("Aucun service numérique en ligne n'est enregistré."),
    EcodesignGap.NOTHING_ASSESSED: N_("Aucun des {whole} services en ligne n'a d'auto-évaluation arrêtée."),
    EcodesignGap.NOTHING_MEASURED: N_("Aucune page des {whole} services en ligne n'a été mesurée cette année-là."),
    EcodesignGap.METHODS_MIXED: N_(
        "Les services ont été mesurés par des versions différentes, qui ne se comparent pas."
    ),
}


def criteria_phrase(found: EcodesignScore) -> str:
    """Say a score: « 30 critères conformes sur 60 applicables (50 %) »."""
    if found.share is None:
        return text("aucun critère applicable")
    return plural(
        "{n} critère conforme sur {whole} applicables ({share})",
        "{n} critères conformes sur {whole} applicables ({share})",
        found.met,
        n=found.met,
        whole=found.applicable,
        share=percent(found.share),
    )


def progress_phrase(found: EcodesignScore) -> str:
    """Say the « score d'avancement » of the RGESN, a dash where nothing applies."""
    return "–" if found.progress is None else percent(found.progress)


def waiting_phrase(found: EcodesignScore) -> str:
    """Say how many criteria wait for their answer; nothing where none does."""
    if not found.open:
        return ""
    return plural("{n} critère reste à évaluer.", "{n} critères restent à évaluer.", found.open, n=found.open)


def criterion_name(criterion: Criterion) -> str:
    """Name a criterion: « 4.1 Aucune lecture automatique »."""
    return f"{criterion.number} {say(criterion.title)}"


def index_phrase(index: EcoIndex) -> str:
    """Say an EcoIndex: « 82,3 (A) »."""
    return text("{score} ({grade})", score=number(index.score, 1), grade=index.grade)


def pages_phrase(found: YearOfPages) -> str:
    """Say what the pages of a year were: « 4 pages, médiane 71,2, la plus lourde 48,0 (D) »."""
    return plural(
        "{n} page : EcoIndex {worst}",
        "{n} pages : EcoIndex médian {score}, le moins bon {worst}",
        len(found.pages),
        n=len(found.pages),
        score=number(found.score, 1),
        worst=index_phrase(found.worst.index),
    )


def method_phrase(found: YearOfPages) -> str:
    """Say what measured the pages of a year, and that it breaks the series where it does."""
    told = f"{found.tool} {found.version}"
    return text("{tool}, rupture de série", tool=told) if found.breaks else told


def gap_sentence(value: EcodesignValue) -> str:
    """Say why the services give no value; nothing where they give one."""
    return "" if value.gap is None else text(GAPS[value.gap], whole=value.whole)


def value_comment(value: EcodesignValue) -> str:
    """Say what a value rests on, in French, to be kept with it."""
    with speaking("fr"):
        if value.code == SCORES:
            return plural(
                "{n} service en ligne évalué selon le RGESN, sur {whole}.",
                "{n} services en ligne évalués selon le RGESN, sur {whole}.",
                value.n,
                n=value.n,
                whole=value.whole,
            )
        if value.code == STATEMENTS:
            return text("Services grand public en ligne du registre, déclaration publiée après la dernière refonte.")
        return plural(
            "{n} page mesurée, services en ligne du registre.",
            "{n} pages mesurées, services en ligne du registre.",
            value.n,
            n=value.n,
        )
