"""What a text of a deliberation proposes, each value with the passage it comes from: nothing here is decided yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

from tracker.domain.vocabulary import BudgetSection, CommitmentKind, RelationKind, Strength, TaxRegime, VoteOutcome

WITHHELD = "[…]"
"""What stands where a person's name stood, when no role stands beside it."""

T = TypeVar("T")


class TextForm(StrEnum):
    """The files that a deliberation may come in."""

    TEXT = "text"
    PDF = "pdf"
    ODT = "odt"


class Ground(StrEnum):
    """Why a kind or a strength is proposed for a candidate."""

    ARTICLE = "article"
    PROMISE = "promise"
    FUTURE = "future"
    LIST_OF_ACTIONS = "list_of_actions"
    PROPOSED = "proposed"
    WISH = "wish"
    RECITAL = "recital"
    FACULTY = "faculty"
    MEMBERSHIP = "membership"
    YEARLY = "yearly"
    FIGURE = "figure"
    APPROVAL_DECISION = "approval_decision"
    DEADLINE = "deadline"
    DELIVERABLE = "deliverable"
    DIRECTION = "direction"
    NOTHING_DATED = "nothing_dated"


class DoubtCode(StrEnum):
    """What the reader of a text is unsure of, to be looked at by a person."""

    NUMBER_MISSING = "number_missing"
    NUMBERS_DIFFER = "numbers_differ"
    DATE_MISSING = "date_missing"
    DATES_DIFFER = "dates_differ"
    BODY_MISSING = "body_missing"
    TITLE_MISSING = "title_missing"
    ARTICLES_MISSING = "articles_missing"
    OUTCOME_MISSING = "outcome_missing"
    TAX_UNSTATED = "tax_unstated"
    AMOUNTS_DIFFER = "amounts_differ"
    BUDGET_LINE_INCOMPLETE = "budget_line_incomplete"
    SPELLING_MENDED = "spelling_mended"
    NAMES_WITHHELD = "names_withheld"


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a value stands: the paragraph, counted from 1 once the names are withheld, its place, what it says.

    ``locator`` names the place as people cite it (« article 1 », « exposé, 3e alinéa, 1er tiret »), "" in the heading.
    """

    paragraph: int
    text: str
    locator: str = ""


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value and the passage it comes from."""

    value: T
    passage: Passage


@dataclass(frozen=True, slots=True)
class Votes:
    """The counts that a text states, None for one that it does not; they are never counted from names."""

    voters: int | None = None
    in_favour: int | None = None
    against: int | None = None
    abstentions: int | None = None
    is_unanimous: bool = False


@dataclass(frozen=True, slots=True)
class ProposedArticle:
    """One article of what was decided: « article 1 », « article unique », « 2e alinéa » where none is numbered."""

    label: str
    text: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class ProposedAmount:
    """A sum in euros, its tax regime as stated, the year meant where the sentence states one."""

    euros: Decimal
    tax: TaxRegime
    year: int | None
    passage: Passage


@dataclass(frozen=True, slots=True)
class ProposedBudgetLine:
    """One imputation: each part as the text writes it, None for what it does not state."""

    passage: Passage
    budget: str | None = None
    year: int | None = None
    section: BudgetSection | None = None
    chapter: str | None = None
    function: str | None = None
    nature: str | None = None
    operation: str | None = None
    policy: str | None = None
    subpolicy: str | None = None
    programme: str | None = None
    managing_department: str | None = None


@dataclass(frozen=True, slots=True)
class ProposedReference:
    """Another deliberation that this one cites, and what it does to it."""

    kind: RelationKind
    number: str | None
    adopted_on: date | None
    body: str | None
    subject: str | None
    passage: Passage


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence or an item that may be a commitment: a person accepts it, words it again, or discards it."""

    passage: Passage
    text: str
    kind: CommitmentKind
    kind_ground: Ground
    strength: Strength
    strength_ground: Ground


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something to look at, where it stands when it stands somewhere, with the values that its sentence quotes."""

    code: DoubtCode
    passage: Passage | None = None
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Intake:
    """All that one text proposes. What was not found is None or empty, never guessed; no personal name is in it."""

    form: TextForm
    number: Found[str] | None = None
    internal_reference: Found[str] | None = None
    session_on: Found[date] | None = None
    body: Found[str] | None = None
    title: Found[str] | None = None
    rapporteur_role: Found[str] | None = None
    outcome: Found[VoteOutcome] | None = None
    votes: Found[Votes] | None = None
    legal_basis: tuple[Found[str], ...] = ()
    recitals: tuple[Found[str], ...] = ()
    articles: tuple[ProposedArticle, ...] = ()
    amounts: tuple[ProposedAmount, ...] = ()
    budget_lines: tuple[ProposedBudgetLine, ...] = ()
    references: tuple[ProposedReference, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    doubts: tuple[Doubt, ...] = ()
