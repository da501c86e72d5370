"""The RGESN: its criteria, what a self-assessment answers to each, and the score that follows.

Source: Référentiel général d'écoconception de services numériques, May 2024 (Arcep, Arcom, Ademe). Its official
workbook weighs the priorities 1.5, 1.25 and 1 in what it calls the « score d'avancement »: the weights of what is met
over those of what applies. A criterion that nobody answered yet applies, and is not met: it never flatters.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tracker.domain.bilingual import Bilingual


class EcodesignTheme(StrEnum):
    """The themes of the RGESN in their order: the first number of a criterion is the place of its theme."""

    STRATEGY = "strategy"
    SPECIFICATIONS = "specifications"
    ARCHITECTURE = "architecture"
    INTERFACE = "interface"
    CONTENT = "content"
    FRONTEND = "frontend"
    BACKEND = "backend"
    HOSTING = "hosting"
    ALGORITHMS = "algorithms"

    @property
    def place(self) -> int:
        """Give its number, from 1."""
        return list(EcodesignTheme).index(self) + 1


class EcodesignPriority(StrEnum):
    """How much a criterion of the RGESN matters."""

    PRIORITY = "priority"
    RECOMMENDED = "recommended"
    MODERATE = "moderate"


class EcodesignAnswer(StrEnum):
    """What a self-assessment answers to a criterion."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion: its number, « 4.12 », its priority and a short title of our own.

    ``applies_always`` where the RGESN admits no service that it would not apply to.
    """

    number: str
    priority: EcodesignPriority
    title: Bilingual
    applies_always: bool = False

    @property
    def theme(self) -> EcodesignTheme:
        """Give its theme, by the first of its numbers."""
        return list(EcodesignTheme)[int(self.number.partition(".")[0]) - 1]


@dataclass(frozen=True, slots=True)
class Referential:
    """A version of the RGESN: its criteria in their order, and what each priority weighs."""

    version: str
    criteria: tuple[Criterion, ...]
    weights: Mapping[EcodesignPriority, Decimal]

    def of_theme(self, theme: EcodesignTheme) -> Sequence[Criterion]:
        """List the criteria of a theme."""
        return [one for one in self.criteria if one.theme is theme]


@dataclass(frozen=True, slots=True)
class EcodesignScore:
    """How many criteria are met, apply and still wait for an answer; the weights of what is met and of what applies."""

    met: int
    applicable: int
    open: int
    met_weight: Decimal
    whole_weight: Decimal

    @property
    def share(self) -> Decimal | None:
        """Give the criteria that are met over those that apply, in per cent; None where none applies."""
        return 100 * Decimal(self.met) / self.applicable if self.applicable else None

    @property
    def progress(self) -> Decimal | None:
        """Give the « score d'avancement », in per cent: the same, each criterion by its weight."""
        return 100 * self.met_weight / self.whole_weight if self.whole_weight else None


Answers = Mapping[str, EcodesignAnswer]
"""The answers by the number of the criterion; what is not there is open."""


def score(referential: Referential, answers: Answers, criteria: Iterable[Criterion] | None = None) -> EcodesignScore:
    """Give the score of ``answers`` over ``criteria``, all of the referential's when none are told."""
    met = applicable = waiting = 0
    met_weight = whole_weight = Decimal(0)
    for criterion in referential.criteria if criteria is None else criteria:
        answer, weight = answers.get(criterion.number, EcodesignAnswer.OPEN), referential.weights[criterion.priority]
        if answer is EcodesignAnswer.NOT_APPLICABLE:
            continue
        applicable, whole_weight = applicable + 1, whole_weight + weight
        waiting += answer is EcodesignAnswer.OPEN
        if answer is EcodesignAnswer.MET:
            met, met_weight = met + 1, met_weight + weight
    return EcodesignScore(met, applicable, waiting, met_weight, whole_weight)


def by_theme(referential: Referential, answers: Answers) -> Mapping[EcodesignTheme, EcodesignScore]:
    """Give the score of each theme."""
    return {theme: score(referential, answers, referential.of_theme(theme)) for theme in EcodesignTheme}


def by_priority(referential: Referential, answers: Answers) -> Mapping[EcodesignPriority, EcodesignScore]:
    """Give the score of each priority."""
    return {
        priority: score(referential, answers, [one for one in referential.criteria if one.priority is priority])
        for priority in EcodesignPriority
    }
