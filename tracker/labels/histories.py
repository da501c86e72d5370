"""The history of a value in words: what each revision changed, and the steps it went through."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker.domain.histories import Fate, Revision, changed
from tracker.domain.records import Aim, Part, Reading
from tracker.domain.vocabulary import Absence, Stage
from tracker.domain.workflow import Step
from tracker.labels.formats import moment, number, percent
from tracker.labels.language import N_, text, typeset
from tracker.labels.values import recorded_phrase
from tracker.labels.words import word

_TERMS = {
    "value": N_("Valeur"),
    "parts": N_("Par service"),
    "numerator": N_("Numérateur"),
    "denominator": N_("Dénominateur"),
    "quality": N_("Qualité"),
    "coverage": N_("Couverture"),
    "method": N_("Méthode"),
    "source": N_("Source"),
    "comment": N_("Commentaire"),
}
_FATES: Mapping[Fate, str] = {
    Fate.PUBLISHED: N_("publiée"),
    Fate.REPLACED: N_("publiée, puis remplacée"),
    Fate.WAITING: N_("pas encore validée"),
    Fate.SUPERSEDED: N_("jamais publiée"),
}
_STEPS: Mapping[Stage, str] = {
    Stage.SUBMITTED: N_("Soumise par {author}, {at}."),
    Stage.RETURNED: N_("Renvoyée par {author}, {at}."),
    Stage.VALIDATED: N_("Validée par {author}, {at}."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a revision says: its name, what was said before if anything, what is said now.

    ``is_quote`` marks what somebody wrote, in French.
    """

    term: str
    old: str
    new: str
    is_quote: bool = False


def revision_lines(revision: Revision, aim: Aim) -> tuple[Line, ...]:
    """Say what a revision changed, line by line; a first revision has no old side."""
    before, after = revision.before, revision.reading
    return tuple(
        Line(
            text(_TERMS[name]),
            _shown(before, name, aim, after) if before else "",
            _shown(after, name, aim, before) or text("rien"),
            name in {"source", "comment"},
        )
        for name in changed(before, after)
    )


def reading_phrase(reading: Reading, aim: Aim, other: Reading | None = None) -> str:
    """Say the value of a revision, set beside that of ``other``; why there is none, or that it was taken back."""
    if reading.value is not None:
        return recorded_phrase(reading, aim, [other.value if other else None])
    if reading.absence is Absence.WITHDRAWN:
        return text("saisie annulée")
    return word(reading.absence) if reading.absence else "–"


def fate_word(fate: Fate) -> str:
    """Say what became of a revision: « publiée », « pas encore validée »."""
    return text(_FATES[fate])


def step_sentence(step: Step) -> str:
    """Say who submitted, returned or validated a revision, and when."""
    return text(_STEPS[step.stage], author=step.author, at=moment(step.at))


def _shown(reading: Reading, name: str, aim: Aim, other: Reading | None) -> str:
    match name:
        case "value":
            return reading_phrase(reading, aim, other)
        case "parts":
            return _parts(reading.parts)
        case "numerator" | "denominator":
            term = reading.numerator if name == "numerator" else reading.denominator
            return "" if term is None else number(term)
        case "quality":
            return word(reading.quality) if reading.quality else ""
        case "coverage":
            return "" if reading.coverage is None else percent(reading.coverage)
        case "method":
            return text("méthode {n}", n=reading.method)
        case _:
            return typeset(reading.source if name == "source" else reading.comment)


def _parts(parts: Sequence[Part]) -> str:
    """Say what each department brought: « DSI 1 620 ÷ 300, DRH 110 ÷ 20 »."""
    told = []
    for part in parts:
        terms = [one for one in (part.value, part.numerator, part.denominator) if one is not None]
        told.append(f"{part.department} {' ÷ '.join(map(number, terms))}")
    return ", ".join(told)
