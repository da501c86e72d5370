"""The minutes of a session of the approval commission, as a document: who sat, the files, what was decided."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from tracker.domain.access_gaps import GapRecord
from tracker.domain.approvals import ApprovalOutcome, ApprovalTerm, Decision, Due, Quorum
from tracker.domain.records import OrganisationRecord
from tracker.domain.rgaa import Standing
from tracker.exports.paper import Block, Heading, Look, Paper, Paragraph, Span, Table, Weight, fact, listed, said
from tracker.labels import colon, current, day, text, typeset, word
from tracker.labels.commission import (
    audit_phrase,
    decision_phrase,
    dues_phrase,
    earlier_phrase,
    gap_phrase,
    standing_phrase,
)
from tracker.labels.formats import moment
from tracker.labels.papers import fiction_sentence

BLANK = "…………………………………………"


@dataclass(frozen=True, slots=True)
class ServiceMinutes:
    """What the minutes say of a service: its file as it stood on the day of the session, and the decision.

    ``asked`` is why somebody put it on the agenda; ``before`` are the earlier decisions, latest first. ``decision`` is
    None in a draft, as long as nothing was decided.
    """

    name: str
    address: str
    reasons: tuple[Due, ...]
    asked: str
    standing: Standing
    mended: Sequence[GapRecord]
    derogations: Sequence[GapRecord]
    failures: Sequence[GapRecord]
    before: Sequence[Decision]
    decision: Decision | None
    term: ApprovalTerm | None
    is_to_open: bool = False


@dataclass(frozen=True, slots=True)
class MinutesDossier:
    """What the minutes are written from. ``roles`` are functions, never names."""

    organisation: OrganisationRecord
    number: int
    held_on: date
    venue: str
    roles: tuple[str, ...]
    quorum: Quorum
    note: str
    services: tuple[ServiceMinutes, ...]


@dataclass(frozen=True, slots=True)
class Rectified:
    """A rectification of sealed minutes: what it is about, each field with what was said and what is true, and why."""

    about: str
    changes: Sequence[tuple[str, str, str]]
    reason: str
    at: datetime


def minutes_paper(dossier: MinutesDossier, *, is_draft: bool) -> Paper:
    """Write the minutes as blocks, in the language being spoken; a draft says that it is one."""
    name = typeset(dossier.organisation.name)
    title = (
        text("Projet de procès-verbal de la commission d'homologation, séance du {on}", on=day(dossier.held_on))
        if is_draft
        else text("Procès-verbal de la commission d'homologation, séance du {on}", on=day(dossier.held_on))
    )
    blocks = [
        *_notices(dossier, is_draft=is_draft),
        *_session(dossier),
        *_agenda(dossier),
        *(block for one in dossier.services for block in _service(one)),
        *_signatures(is_draft=is_draft),
    ]
    return Paper(title, name, name, dossier.held_on, current(), tuple(blocks))


def rectified_paper(paper: Paper, rectified: Sequence[Rectified]) -> Paper:
    """Give sealed minutes with what was rectified since: their own words stay as they were closed."""
    if not rectified:
        return paper
    notice = said(text("Ce procès-verbal a été rectifié depuis qu'il est arrêté : voir à la fin."), Look.NOTICE)
    table = Table(
        text("Ce que le procès-verbal disait, et ce qui est vrai"),
        (text("Objet"), text("Le procès-verbal disait"), text("Il faut lire"), text("Raison"), text("Rectifié le")),
        tuple(
            (f"{one.about}{colon()}{field}", was, now, typeset(one.reason), moment(one.at))
            for one in rectified
            for field, was, now in one.changes
        ),
        (4, 4, 4, 4, 3),
    )
    return replace(paper, blocks=(notice, *paper.blocks, Heading(1, text("Rectifications")), table))


def _notices(dossier: MinutesDossier, *, is_draft: bool) -> Iterator[Block]:
    if dossier.organisation.is_fictional:
        yield said(fiction_sentence(typeset(dossier.organisation.name)), Look.NOTICE)
    if is_draft:
        yield said(text("Projet : le procès-verbal n'est pas arrêté."), Look.NOTICE)


def _session(dossier: MinutesDossier) -> Iterator[Block]:
    unknown = text("non renseigné")
    yield Heading(1, text("La séance"))
    yield fact(text("Jour"), day(dossier.held_on))
    yield fact(text("Lieu"), typeset(dossier.venue) or unknown)
    yield fact(text("Quorum"), word(dossier.quorum))
    yield fact(text("Ont siégé, par fonction"), str(len(dossier.roles)) if dossier.roles else unknown)
    if dossier.roles:
        yield listed(map(typeset, dossier.roles))
    if dossier.note:
        yield fact(text("Observations"), typeset(dossier.note))


def _agenda(dossier: MinutesDossier) -> Iterator[Block]:
    yield Heading(1, text("Ordre du jour et décisions"))
    if not dossier.services:
        yield said(text("Aucun service n'est à l'ordre du jour."))
        return
    taken = Counter(one.decision.outcome for one in dossier.services if one.decision is not None)
    if taken:
        yield listed(f"{_capital(word(code))}{colon()}{taken[code]}" for code in ApprovalOutcome if taken[code])
    else:
        yield said(text("Aucune décision n'est encore prise."))
    yield Table(
        text("Services examinés le {on}", on=day(dossier.held_on)),
        (text("Service"), text("Pourquoi"), text("État légal ce jour-là"), text("Décision")),
        tuple((typeset(one.name), _why(one), _standing(one), _decided(one)) for one in dossier.services),
        (3, 4, 4, 4),
    )


def _capital(told: str) -> str:
    return told[:1].upper() + told[1:]


def _why(one: ServiceMinutes) -> str:
    told = dues_phrase(one.reasons)
    return f"{told}{colon()}{typeset(one.asked)}" if one.asked else told


def _standing(one: ServiceMinutes) -> str:
    return standing_phrase(one.standing, is_to_open=one.is_to_open)


def _decided(one: ServiceMinutes) -> str:
    return decision_phrase(one.decision, one.term) if one.decision is not None else text("pas encore décidé")


def _service(one: ServiceMinutes) -> Iterator[Block]:
    none = text("aucune")
    yield Heading(1, typeset(one.name))
    yield Heading(2, text("Le dossier"))
    if one.address:
        yield fact(text("Adresse"), one.address)
    yield fact(text("État légal"), _standing(one))
    yield fact(text("Audit"), audit_phrase(one.standing) or text("aucun"))
    last = one.before[0] if one.before else None
    yield fact(text("Corrections demandées auparavant"), (typeset(last.corrections) if last else "") or none)
    if one.decision is not None:
        yield fact(text("Corrections que le service a montrées"), typeset(one.decision.mended) or none)
    for title, gaps in (
        (text("Contenus corrigés depuis la dernière décision"), one.mended),
        (text("Contenus non conformes connus"), one.failures),
    ):
        yield fact(title, str(len(gaps)) if gaps else text("aucun"))
        if gaps:
            yield listed(map(gap_phrase, gaps))
    count = len(one.derogations)
    yield fact(text("Dérogations et contenus hors champ"), str(count) if count else text("aucun"))
    if one.derogations:
        yield _derogations(one.derogations, typeset(one.name))
    yield fact(text("Décisions antérieures"), str(len(one.before)) if one.before else none)
    if one.before:
        yield listed(map(earlier_phrase, one.before))
    yield Heading(2, text("La décision"))
    yield from _decision(one)


def _derogations(gaps: Sequence[GapRecord], name: str) -> Table:
    unknown = text("non renseigné")
    return Table(
        text("Dérogations et contenus hors champ : {name}", name=name),
        (text("Contenu"), text("Nature"), text("Raison"), text("Fin"), text("À la place")),
        tuple(
            (
                typeset(one.content),
                word(one.kind),
                typeset(one.reason) or unknown,
                day(one.until) if one.until else text("sans fin"),
                typeset(one.alternative) or text("rien"),
            )
            for one in gaps
        ),
        (4, 3, 4, 3, 3),
    )


def _decision(one: ServiceMinutes) -> Iterator[Block]:
    yield Paragraph((Span(_decided(one), Weight.STRONG),))
    if one.decision is None:
        return
    if one.decision.text:
        is_reserve = one.decision.outcome is ApprovalOutcome.RESERVES
        yield fact(text("Réserves") if is_reserve else text("Motif"), typeset(one.decision.text))
    if one.decision.lift_by is not None:
        yield fact(text("À lever avant le"), day(one.decision.lift_by))
    yield fact(text("Corrections demandées"), typeset(one.decision.corrections) or text("aucune"))


def _signatures(*, is_draft: bool) -> Iterator[Block]:
    if is_draft:
        return
    yield Heading(1, text("Signatures"))
    for role in (text("Pour la présidence de la séance"), text("Pour le secrétariat")):
        yield Paragraph((Span(f"{role}{colon()}", Weight.STRONG), Span(BLANK, Weight.BLANK)))
