"""The coded values of the field: every closed list that the deliberations and their follow-up use."""

from enum import StrEnum


class Axis(StrEnum):
    """The strategic axes of the two authorities' votes, and the governance that carries them."""

    SOBRIETY = "sobriety"
    ACCESSIBILITY = "accessibility"
    TRUST = "trust"
    ETHICS = "ethics"
    GOVERNANCE = "governance"


class OrganisationKind(StrEnum):
    """What an authority is, in the sense of the general code of local authorities (CGCT)."""

    COMMUNE = "commune"
    METROPOLIS = "metropolis"
    INTERCOMMUNALITY = "intercommunality"
    DEPARTMENT = "department"
    REGION = "region"


class CommitmentKind(StrEnum):
    """How a commitment is judged."""

    QUANTIFIED = "quantified"
    DIRECTIONAL = "directional"
    MILESTONE = "milestone"
    RENEWAL = "renewal"
    APPROVAL = "approval"
    CONTINUOUS = "continuous"


class Strength(StrEnum):
    """How firmly the text binds: from an article that decides to a sentence that sets the scene."""

    DECISION = "decision"
    COMMITMENT = "commitment"
    PROPOSAL = "proposal"
    INTENTION = "intention"
    OPTION = "option"
    CONTEXT = "context"


BINDING = frozenset({Strength.DECISION, Strength.COMMITMENT, Strength.PROPOSAL, Strength.INTENTION})
"""What counts as promised; an option or a sentence of context is followed, and counted apart."""


class TextStage(StrEnum):
    """Where a commitment stood on the day of the vote, as the text tells it."""

    DONE = "done"
    DECIDED = "decided"
    IN_PLACE = "in_place"
    UNDER_WAY = "under_way"
    TO_DO = "to_do"


class DuePrecision(StrEnum):
    """How precisely the text dates a deadline; ``derived`` marks our own reading of it."""

    DAY = "day"
    MONTH = "month"
    HALF_YEAR = "half_year"
    YEAR = "year"
    DERIVED = "derived"


class RelationKind(StrEnum):
    """What one deliberation does to another."""

    RENEWS = "renews"
    AMENDS = "amends"
    REFERS_TO = "refers_to"


class IntakeStage(StrEnum):
    """What became of a deliberation that was dropped as a file."""

    WAITING = "waiting"
    STORED = "stored"
    DISCARDED = "discarded"


class PlanStage(StrEnum):
    """How far the action plan of a year has come."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    ADOPTED = "adopted"
    REVIEWED = "reviewed"


class ActionStatus(StrEnum):
    """What became of an action so far."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"
    DROPPED = "dropped"


class VoteOutcome(StrEnum):
    """What became of a text that was put to the vote."""

    ADOPTED = "adopted"
    REJECTED = "rejected"
    POSTPONED = "postponed"
    WITHDRAWN = "withdrawn"


class BudgetSection(StrEnum):
    """The two halves of the budget of a local authority."""

    OPERATING = "operating"
    INVESTMENT = "investment"


class Tier(StrEnum):
    """Rank of an indicator in the catalogue: core and standard make the recommended set."""

    CORE = "core"
    STANDARD = "standard"
    OPTIONAL = "optional"


class ValueKind(StrEnum):
    """What the number of an indicator is."""

    SUM = "sum"
    COUNT = "count"
    RATIO = "ratio"
    PERCENT = "percent"
    MEAN = "mean"
    MEDIAN = "median"
    INDEX = "index"
    BOOLEAN = "boolean"


class Better(StrEnum):
    """The direction in which an indicator improves: stored, never inferred from the numbers; neutral for none."""

    UP = "up"
    DOWN = "down"
    EXACT = "exact"
    IN_RANGE = "in_range"
    NEUTRAL = "neutral"


class Aggregation(StrEnum):
    """How an indicator adds up over years or authorities. Percentages are never averaged; a mean is over years only."""

    RATIO_OF_SUMS = "ratio_of_sums"
    SUM = "sum"
    LATEST = "latest"
    MEDIAN = "median"
    MEAN = "mean"


class Collection(StrEnum):
    """Where an indicator's figure comes from: typed, told by dated facts, or computed."""

    MEASUREMENT = "measurement"
    FINDING = "finding"
    DERIVED = "derived"


class TargetBasis(StrEnum):
    """What a target's number is counted from."""

    ABSOLUTE = "absolute"
    RELATIVE_PERCENT = "relative_percent"
    RELATIVE_DIFFERENCE = "relative_difference"
    FROM_TO = "from_to"


class TargetPath(StrEnum):
    """How a target is reached between its start and its horizon."""

    LINEAR = "linear"
    STEPWISE = "stepwise"
    EXPLICIT = "explicit"


class TargetChange(StrEnum):
    """What a version of a target did to the one before it."""

    FIRST = "first"
    RAISED = "raised"
    LOWERED = "lowered"
    POSTPONED = "postponed"
    ADVANCED = "advanced"
    DATED = "dated"
    UNDATED = "undated"
    RESTATED = "restated"


class Origin(StrEnum):
    """Where the value expected in a year comes from: the vote, a step of it, the departure, or our straight line."""

    VOTED = "voted"
    STEP = "step"
    DEPARTURE = "departure"
    INTERPOLATED = "interpolated"


class Comparator(StrEnum):
    """How a value is held against a target; « plus de » is strict."""

    GREATER = "gt"
    AT_LEAST = "ge"
    LESS = "lt"
    AT_MOST = "le"
    EXACTLY = "eq"
    BETWEEN = "between"


class BaselineState(StrEnum):
    """How far the value of departure is settled."""

    TO_ESTABLISH = "to_establish"
    PROPOSED = "proposed"
    VALIDATED = "validated"


class FindingState(StrEnum):
    """What a dated fact says of a commitment."""

    DONE = "done"
    NOT_DONE = "not_done"
    DECIDED = "decided"
    PAID = "paid"
    OBSERVED = "observed"


class TaxRegime(StrEnum):
    """Whether an amount includes VAT."""

    INCLUSIVE = "inclusive"
    EXCLUSIVE = "exclusive"
    UNSTATED = "unstated"


class Absence(StrEnum):
    """Why a year has no value. Missing is never zero."""

    NOT_AVAILABLE = "not_available"
    NOT_MEASURED = "not_measured"
    NOT_APPLICABLE = "not_applicable"
    UPCOMING = "upcoming"
    NOT_COMPUTABLE = "not_computable"
    WITHDRAWN = "withdrawn"


TYPED_ABSENCES = tuple(reason for reason in Absence if reason not in {Absence.NOT_COMPUTABLE, Absence.WITHDRAWN})
"""The reasons that a person may give: a computed indicator says by itself that it lacks an input, and what was undone
is withdrawn, as if nothing had been said of the year."""


class Stage(StrEnum):
    """How far a value has come in the campaign of its year."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    VALIDATED = "validated"
    LOCKED = "locked"


class SubjectKind(StrEnum):
    """What a file, a message or a notice is about."""

    VALUE = "value"
    COMMITMENT = "commitment"
    CAMPAIGN = "campaign"
    DEPARTMENT = "department"
    ACTION = "action"
    SERVICE = "service"


class NoticeKind(StrEnum):
    """Why somebody is told something."""

    REMINDER = "reminder"
    RETURNED = "returned"
    REOPENED = "reopened"
    MENTIONED = "mentioned"
    ANSWERED = "answered"
    ASKED = "asked"
    REPLIED = "replied"
    DIGEST = "digest"
    REMIT = "remit"
    APPROVAL_ENDING = "approval_ending"


class Quality(StrEnum):
    """How a value was obtained, best first."""

    MEASURED = "measured"
    CALCULATED = "calculated"
    ESTIMATED = "estimated"
    DECLARED = "declared"


class Status(StrEnum):
    """The verdict on a commitment for a year, most telling first."""

    ACHIEVED = "achieved"
    ON_TRACK = "on_track"
    WATCH = "watch"
    OFF_TRACK = "off_track"
    UPCOMING = "upcoming"
    BASELINE_NEEDED = "baseline_needed"
    NOT_MEASURED = "not_measured"
    NOT_APPLICABLE = "not_applicable"


class PublicationScope(StrEnum):
    """Which commitments of a year are shown to anyone."""

    FLAGSHIPS = "flagships"
    EVERYTHING = "everything"


class DigestFrequency(StrEnum):
    """How often a person hears of what they follow."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    NEVER = "never"


class SearchKind(StrEnum):
    """What a search can find."""

    COMMITMENT = "commitment"
    INDICATOR = "indicator"
    DELIBERATION = "deliberation"
    ACTION = "action"
    MEMBERSHIP = "membership"
    SERVICE = "service"
    AI_SYSTEM = "ai_system"


class Role(StrEnum):
    """What an account may do in one organisation."""

    AGENT = "agent"
    REFERENT = "referent"
    ELU = "elu"
    ADMIN = "admin"
