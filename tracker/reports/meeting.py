"""What a department brings to its annual meeting: its actions, its indicators and its deadlines."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from tracker.domain.actions import ActionRecord
from tracker.domain.records import OrganisationRecord
from tracker.exports.paper import Block, Heading, Look, Paper, Table, fact, listed, said
from tracker.labels import current, day, text, typeset
from tracker.labels.papers import costs_phrase, fiction_sentence
from tracker.labels.plans import status_phrase
from tracker.labels.timelines import actions_reading, named, span_phrase, step_phrase


@dataclass(frozen=True, slots=True)
class MeetingIndicator:
    """An indicator of the department, and what its last value is, as a sentence."""

    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class MeetingDeadline:
    """A day by which the department owes something."""

    on: date
    title: str


@dataclass(frozen=True, slots=True)
class MeetingDossier:
    """What the pack of a department is written from; ``department`` is its code among ``departments``.

    ``actions`` are those that the department leads or contributes to, ``commitments`` the titles by code.
    """

    organisation: OrganisationRecord
    department: str
    year: int
    as_of: date
    departments: Mapping[str, str]
    commitments: Mapping[str, str]
    actions: tuple[ActionRecord, ...] = ()
    indicators: tuple[MeetingIndicator, ...] = ()
    deadlines: tuple[MeetingDeadline, ...] = ()


def meeting_paper(dossier: MeetingDossier) -> Paper:
    """Write the pack as blocks, in the language being spoken."""
    department = named((dossier.department,), dossier.departments)
    title = text("Réunion annuelle {year} : {department}", year=dossier.year, department=department)
    name = typeset(dossier.organisation.name)
    blocks = (*_notices(dossier), *_reading(dossier), *_actions(dossier), *_indicators(dossier), *_deadlines(dossier))
    return Paper(title, name, name, dossier.as_of, current(), blocks)


def _notices(dossier: MeetingDossier) -> Iterator[Block]:
    if dossier.organisation.is_fictional:
        yield said(fiction_sentence(typeset(dossier.organisation.name)), Look.NOTICE)


def _reading(dossier: MeetingDossier) -> Iterator[Block]:
    leads = sum(action.lead == dossier.department for action in dossier.actions)
    yield Heading(1, text("En bref"))
    yield fact(text("À la date du"), day(dossier.as_of))
    if dossier.actions:
        yield said(actions_reading(dossier.actions, dossier.as_of))
        yield fact(text("Actions que le service pilote"), str(leads))
        yield fact(text("Actions auxquelles il est associé"), str(len(dossier.actions) - leads))
    else:
        yield said(text("Le service n'est associé à aucune action du plan {year}.", year=dossier.year))
    yield fact(text("Indicateurs"), str(len(dossier.indicators)))
    yield fact(text("Échéances"), str(len(dossier.deadlines)))


def _actions(dossier: MeetingDossier) -> Iterator[Block]:
    if not dossier.actions:
        return
    unknown = text("non renseigné")
    yield Heading(1, text("Les actions du service"))
    for action in dossier.actions:
        yield Heading(2, typeset(action.title))
        is_lead = action.lead == dossier.department
        yield fact(text("Rôle du service"), text("pilote") if is_lead else text("associé"))
        if not is_lead:
            yield fact(text("Service pilote"), named((action.lead,), dossier.departments) if action.lead else unknown)
        yield fact(text("État"), status_phrase(action, dossier.as_of))
        yield fact(text("Engagements"), named(action.commitments, dossier.commitments) or text("aucun"))
        yield fact(text("Dates"), span_phrase(action))
        yield fact(text("Budget"), costs_phrase(action.means))
        if action.steps:
            yield fact(text("Étapes"), str(len(action.steps)))
            yield listed(map(step_phrase, action.steps))
        if action.risks:
            yield fact(text("Risques"), typeset(action.risks))


def _indicators(dossier: MeetingDossier) -> Iterator[Block]:
    yield Heading(1, text("Les indicateurs du service"))
    if not dossier.indicators:
        yield said(text("Aucun indicateur n'est attribué au service."))
        return
    yield Table(
        text("Indicateurs et dernière valeur connue"),
        (text("Indicateur"), text("Dernière valeur")),
        tuple((typeset(one.name), typeset(one.sentence)) for one in dossier.indicators),
        (2, 3),
    )


def _deadlines(dossier: MeetingDossier) -> Iterator[Block]:
    yield Heading(1, text("Les échéances du service"))
    if not dossier.deadlines:
        yield said(text("Aucune échéance n'est connue."))
        return
    yield Table(
        text("Ce qui est attendu du service, le plus proche d'abord"),
        (text("Date"), text("Échéance")),
        tuple((day(one.on), typeset(one.title)) for one in sorted(dossier.deadlines, key=lambda one: one.on)),
        (1, 3),
    )
