"""Ecodesign in words: a score, pages that were measured, what the services give to an indicator or why nothing."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from tracker.domain.ecodesign_records import EcodesignLine
from tracker.domain.ecodesign_values import SCORES, STATEMENTS, EcodesignGap, EcodesignValue
from tracker.domain.ecoindex import EcoIndex
from tracker.domain.page_measures import PageMeasure, YearOfPages
from tracker.domain.rgesn import Criterion, EcodesignScore
from tracker.labels.formats import number, percent, quantity, short_day
from tracker.labels.language import N_, plural, say, speaking, text, typeset

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


def measure_phrase(one: PageMeasure) -> str:
    """Say when a page was measured, what was found and by what."""
    return text(
        "{day}, {elements} éléments, {requests} requêtes, {size}, {tool}",
        day=short_day(one.on),
        elements=number(Decimal(one.elements)),
        requests=number(Decimal(one.requests)),
        size=quantity(one.kilobytes, "kb", 1),
        tool=f"{one.tool} {one.version}",
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
            return text("Services en ligne du registre, déclaration publiée après la dernière refonte.")
        return plural(
            "{n} page mesurée, services en ligne du registre.",
            "{n} pages mesurées, services en ligne du registre.",
            value.n,
            n=value.n,
        )


def ecodesign_reading(lines: Sequence[EcodesignLine], year: int) -> str:
    """Say what the ecodesign of the services that were online in a year came to, in a few sentences."""
    if not lines:
        return text("Aucun service numérique n'était enregistré en ligne en {year}.", year=year)
    scores = [one.score.share for one in lines if one.score is not None and one.score.share is not None]
    told = [
        plural(
            "{n} service en ligne sur {whole} avait une auto-évaluation selon le RGESN arrêtée fin {year}.",
            "{n} services en ligne sur {whole} avaient une auto-évaluation selon le RGESN arrêtée fin {year}.",
            len(scores),
            n=len(scores),
            whole=len(lines),
            year=year,
        )
    ]
    if scores:
        share = percent(sum(scores, Decimal(0)) / len(scores))
        told.append(text("En moyenne, {share} des critères applicables y sont conformes.", share=share))
    stated = sum(one.is_stated for one in lines)
    told.append(
        plural(
            "{n} avait une déclaration d'écoconception en vigueur.",
            "{n} avaient une déclaration d'écoconception en vigueur.",
            stated,
            n=stated,
        )
    )
    for one in lines:
        if one.pages is not None and one.pages.year == year:
            pages, tool = pages_phrase(one.pages), method_phrase(one.pages)
            told.append(
                text("{service} : {pages} ({tool}).", service=typeset(one.service.name), pages=pages, tool=tool)
            )
    return " ".join(told)
