"""Publications in words: where a year stands for strangers, what is shown of it, what a version changed."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from tracker.domain.publications import (
    Differences,
    PublicationRecord,
    PublicationState,
    StateUpdate,
    ValueUpdate,
)
from tracker.domain.records import IndicatorRecord
from tracker.domain.scorecard import Card, Scorecard
from tracker.domain.vocabulary import Absence, PublicationScope
from tracker.labels.formats import day, quantity
from tracker.labels.language import N_, plural, say, text, typeset
from tracker.labels.outlooks import forecast_notes
from tracker.labels.reasons import reasons
from tracker.labels.sentences import headline, statuses_summary, year_reading
from tracker.labels.words import word

STATES: Mapping[PublicationState, str] = {
    PublicationState.UNPUBLISHED: N_("non publiée"),
    PublicationState.PLANNED: N_("prévue"),
    PublicationState.VISIBLE: N_("publiée"),
    PublicationState.WITHDRAWN: N_("retirée"),
}
TOLD = 12
"""Changes of each sort that an entry of the feed lists one by one."""


def publication_word(state: PublicationState) -> str:
    """Say where a year stands: « publiée »."""
    return text(STATES[state])


def publication_reading(card: Scorecard, scope: PublicationScope) -> str:
    """Read a published year in a sentence or two; flagships are told from all that was promised."""
    if scope is PublicationScope.EVERYTHING:
        return year_reading(card)
    total = len(card.cards)
    if not total:
        return text("Aucun engagement phare n'est à montrer pour {year}.", year=card.year)
    opening = plural("Sur {n} engagement phare : ", "Sur {n} engagements phares : ", total, n=total)
    return opening + statuses_summary(card.counts) + "."


def publication_headline(card: Card, year: int, *, has_values: bool) -> str:
    """Say where a published commitment stands; without its values, in words that give no figure of an indicator."""
    if has_values or card.judgement.leading is None:
        return headline(card, year)
    return " ".join(publication_reasons(card, year, has_values=False))


def publication_reasons(card: Card, year: int, *, has_values: bool) -> list[str]:
    """Say why a published commitment stands so, and what is ahead where the values are shown."""
    if has_values:
        return [*reasons(card.judgement), *forecast_notes(card.judgement, year)]
    return reasons(card.judgement, in_words=True)


def commitments_phrase(count: int) -> str:
    """Say how many commitments would be read: « 8 engagements »."""
    return plural("{n} engagement", "{n} engagements", count, n=count)


def values_phrase(count: int) -> str:
    """Say of how many indicators the values would be read: « les valeurs de 12 indicateurs »."""
    return plural("les valeurs de {n} indicateur", "les valeurs de {n} indicateurs", count, n=count)


def version_title(version: PublicationRecord) -> str:
    """Name a version in the feed."""
    if version.is_withdrawn:
        return text("{year} : publication retirée", year=version.year)
    if version.version == 1:
        return text("{year} : première publication", year=version.year)
    return text("{year} : mise à jour, version {n}", year=version.year, n=version.version)


def known_on_sentence(version: PublicationRecord, known_on: date) -> str:
    """Say of which day the figures are, and which version it is."""
    return text("Chiffres arrêtés au {on}, version {n}.", on=day(known_on), n=version.version)


def change_sentences(changes: Differences) -> Sequence[str]:
    """Say what a version changed, states first; beyond a dozen of each, only how many."""
    found = [_state_sentence(one) for one in changes.states[:TOLD]]
    rest = len(changes.states) - TOLD
    if rest > 0:
        found.append(plural("{n} autre état a changé.", "{n} autres états ont changé.", rest, n=rest))
    found += [_value_sentence(one) for one in changes.values[:TOLD]]
    rest = len(changes.values) - TOLD
    if rest > 0:
        found.append(plural("{n} autre valeur a changé.", "{n} autres valeurs ont changé.", rest, n=rest))
    return found or [text("Ni état ni valeur n'a changé.")]


def _state_sentence(change: StateUpdate) -> str:
    title = say(change.commitment.title)
    if change.before is None and change.after is not None:
        return text("{title} : publié, « {after} ».", title=title, after=word(change.after))
    if change.after is None:
        return text("{title} : n'est plus publié.", title=title)
    before = word(change.before) if change.before else ""
    return text("{title} : de « {before} » à « {after} ».", title=title, before=before, after=word(change.after))


def _value_sentence(change: ValueUpdate) -> str:
    return text(
        "{indicator}, {year} : {before} → {after}.",
        indicator=say(change.indicator.name),
        year=change.year,
        before=_value(change.before, change.indicator),
        after=_value(change.after, change.indicator),
    )


def _value(value: Decimal | Absence | None, indicator: IndicatorRecord) -> str:
    if value is None:
        return text("aucun relevé")
    return word(value) if isinstance(value, Absence) else quantity(value, indicator.unit)


def withdrawal_sentence(version: PublicationRecord) -> str:
    """Say that a year is no longer shown, since when and why."""
    return text(
        "{year} n'est plus publiée depuis le {on}, pour cette raison : {reason}",
        year=version.year,
        on=day(version.visible_from),
        reason=typeset(version.note),
    )
