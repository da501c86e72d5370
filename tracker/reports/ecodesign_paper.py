"""The ecodesign statement of a service: what was assessed, the scores, what was measured, each criterion, the contact.

The RGESN asks for a public statement and names what it is about (criteria 1.3, 1.4, 6.1…); the wording is ours.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.domain.digital_services import ServiceRecord
from tracker.domain.ecodesign import Assessment
from tracker.domain.page_measures import YearOfPages
from tracker.domain.records import OrganisationRecord
from tracker.domain.rgesn import (
    EcodesignAnswer,
    EcodesignPriority,
    EcodesignScore,
    EcodesignTheme,
    Referential,
    by_priority,
    by_theme,
    score,
)
from tracker.exports.paper import Block, Heading, Look, Paper, Table, fact, said
from tracker.labels import current, day, number, percent, quantity, text, typeset, word
from tracker.labels.ecodesign import (
    criteria_phrase,
    criterion_name,
    index_phrase,
    method_phrase,
    pages_phrase,
    progress_phrase,
)
from tracker.labels.papers import fiction_sentence


@dataclass(frozen=True, slots=True)
class EcodesignDossier:
    """What the statement is written from: a closed self-assessment, and the last year of pages that were measured."""

    organisation: OrganisationRecord
    service: ServiceRecord
    referential: Referential
    assessment: Assessment
    pages: YearOfPages | None
    as_of: date


def ecodesign_paper(dossier: EcodesignDossier) -> Paper:
    """Write the statement as blocks, in the language being spoken."""
    name = typeset(dossier.organisation.name)
    title = text("Déclaration d'écoconception : {service}", service=typeset(dossier.service.name))
    blocks = [
        *_opening(dossier),
        *_scores(dossier),
        *_measured(dossier.pages),
        *_criteria(dossier),
        *_closing(dossier),
    ]
    return Paper(title, name, name, dossier.as_of, current(), tuple(blocks))


def _opening(dossier: EcodesignDossier) -> Iterator[Block]:
    told, service = dossier.assessment, dossier.service
    if dossier.organisation.is_fictional:
        yield said(fiction_sentence(typeset(dossier.organisation.name)), Look.NOTICE)
    yield Heading(1, text("Ce qui est déclaré"))
    yield said(
        text(
            "{organisation} a évalué elle-même ce service au regard du référentiel général d'écoconception de services "
            "numériques (RGESN {version}, {n} critères). Aucun organisme ne l'a certifié.",
            organisation=typeset(dossier.organisation.name),
            version=told.rgesn,
            n=len(dossier.referential.criteria),
        )
    )
    yield fact(text("Service"), typeset(service.name))
    if service.address:
        yield fact(text("Adresse"), service.address)
    yield fact(text("Nature"), word(service.kind))
    if told.assessed_on is not None:
        yield fact(text("Évalué le"), day(told.assessed_on))
    yield fact(text("Évalué par"), typeset(told.assessor) or text("non renseigné"))
    yield fact(text("Périmètre"), typeset(told.scope) or text("non renseigné"))


def _scores(dossier: EcodesignDossier) -> Iterator[Block]:
    referential, answers = dossier.referential, dossier.assessment.answers
    whole = score(referential, answers)
    yield Heading(1, text("Résultats"))
    yield fact(text("Critères conformes"), criteria_phrase(whole))
    yield fact(text("Score d'avancement du RGESN, critères pondérés"), progress_phrase(whole))
    priorities = by_priority(referential, answers)
    yield _table(text("Par priorité"), text("Priorité"), [(word(one), priorities[one]) for one in EcodesignPriority])
    themes = by_theme(referential, answers)
    yield _table(text("Par thématique"), text("Thématique"), [(word(one), themes[one]) for one in EcodesignTheme])


def _table(caption: str, first: str, rows: list[tuple[str, EcodesignScore]]) -> Table:
    return Table(
        caption,
        (first, text("Conformes"), text("Applicables"), text("Part")),
        tuple(
            (name, str(one.met), str(one.applicable), "–" if one.share is None else percent(one.share))
            for name, one in rows
        ),
        (6, 3, 3, 3),
        frozenset({1, 2, 3}),
    )


def _measured(pages: YearOfPages | None) -> Iterator[Block]:
    yield Heading(1, text("Pages mesurées"))
    if pages is None:
        yield said(text("Aucune page n'a encore été mesurée."))
        return
    yield said(f"{pages_phrase(pages)}.")
    yield fact(text("Année et outil"), f"{pages.year}, {method_phrase(pages)}")
    yield Table(
        text("Pages mesurées en {year}", year=pages.year),
        (text("Page"), text("EcoIndex"), text("Éléments"), text("Requêtes"), text("Poids")),
        tuple(
            (
                one.address,
                index_phrase(one.index),
                number(Decimal(one.elements)),
                number(Decimal(one.requests)),
                quantity(one.kilobytes, "kb", 1),
            )
            for one in pages.pages
        ),
        (7, 3, 3, 3, 3),
        frozenset({1, 2, 3, 4}),
    )


def _criteria(dossier: EcodesignDossier) -> Iterator[Block]:
    answers, notes = dossier.assessment.answers, dossier.assessment.notes
    yield Heading(1, text("Critère par critère"))
    yield said(text("Les intitulés sont résumés : le texte des critères est celui du RGESN."))
    for theme in EcodesignTheme:
        yield Heading(2, word(theme))
        yield Table(
            text("Critères : {theme}", theme=word(theme)),
            (text("Critère"), text("Priorité"), text("Réponse"), text("Justification")),
            tuple(
                (
                    criterion_name(one),
                    word(one.priority),
                    word(answers.get(one.number, EcodesignAnswer.OPEN)),
                    typeset(notes.get(one.number, "")) or text("aucune"),
                )
                for one in dossier.referential.of_theme(theme)
            ),
            (5, 3, 3, 6),
        )


def _closing(dossier: EcodesignDossier) -> Iterator[Block]:
    yield Heading(1, text("Améliorations prévues"))
    yield said(typeset(dossier.assessment.improvements) or text("Aucune amélioration n'est annoncée."))
    yield Heading(1, text("Contact"))
    yield said(typeset(dossier.service.contact) or text("Aucun contact n'est renseigné."))
