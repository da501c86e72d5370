"""The REEN review of a year: what every section of the report draws on, gathered once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tracker.domain.aims import judge_aim
from tracker.domain.approvals import ApprovalOutcome, Part
from tracker.domain.assessments import Frozen
from tracker.domain.duties import Duty, DutyState
from tracker.domain.ecodesign_records import EcodesignLine
from tracker.domain.estate import EquipmentCategory
from tracker.domain.finalities import SERVED_BY, Finality
from tracker.domain.lifetimes import Lifetimes
from tracker.domain.means import Cost, CostKind, Total, by_axis, total
from tracker.domain.memberships import MembershipRecord, YearStanding
from tracker.domain.outcomes import PlanOutcome, outcome
from tracker.domain.plans import PlanRecord
from tracker.domain.records import Aim, CommitmentRecord, Finding, IndicatorRecord, Reading, telling_aims
from tracker.domain.rollup import tally
from tracker.domain.scorecard import Card, DueDate, Scorecard, dates
from tracker.domain.targets import Baseline
from tracker.domain.vocabulary import Axis, Collection, FindingState, Quality, Status
from tracker.labels.language import N_
from tracker.reports.access_review import AccessReview
from tracker.reports.service_review import ServicesReview
from tracker.reports.trace_review import Traces

THEMES = range(1, 7)


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator in the year, with its values and the target that it is shown by."""

    aim: Aim
    reading: Reading | None
    before: Decimal | None

    @property
    def indicator(self) -> IndicatorRecord:
        """Give the indicator."""
        return self.aim.indicator


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A legal duty in the year."""

    duty: Duty
    value: Decimal | None
    threshold: Decimal | None
    state: DutyState
    unit: str
    decimals: int


@dataclass(frozen=True, slots=True)
class EstateReview:
    """How long the equipment was kept in the year, by category and as a whole; no category without an estate.

    ``pyramid`` counts what is in service by whole years of age.
    """

    categories: Mapping[EquipmentCategory, Lifetimes]
    whole: Lifetimes
    pyramid: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class ApprovalReview:
    """What the approval commission did in the year, and where the services stand at its end, or today.

    ``sessions`` are the days that it sat, ``outcomes`` counts its decisions of the year; ``derogations`` counts those
    that stand, ``over`` those of them whose end is past, ``due`` the services that wait for it.
    """

    on: date
    sessions: Sequence[date]
    outcomes: Mapping[ApprovalOutcome, int]
    approved: Part
    releases: Part
    derogations: int
    over: int
    due: int


@dataclass(frozen=True, slots=True)
class Resources:
    """What a year's commitments cost, the memberships with their years, the plans of the year and of the next one.

    ``footprint`` is the last assessment that was frozen for the year, None where none was.
    ``estate`` says how long the equipment was kept, None where nobody counted. ``approvals`` says what the approval
    commission did, None without any digital service; ``services`` what is known of digital services and of AI,
    ``access`` of accessibility; ``ecodesign`` are the services that were online at the end of the year; ``traces`` is
    what the product kept of how the year's figures were gathered.
    """

    costs: Sequence[Cost] = ()
    memberships: Sequence[tuple[MembershipRecord, Sequence[YearStanding]]] = ()
    plans: Mapping[int, PlanRecord] = field(default_factory=dict)
    footprint: Frozen | None = None
    estate: EstateReview | None = None
    approvals: ApprovalReview | None = None
    services: ServicesReview | None = None
    access: AccessReview | None = None
    ecodesign: Sequence[EcodesignLine] = ()
    traces: Traces = field(default_factory=Traces)


@dataclass(frozen=True, slots=True)
class Review:
    """Everything that the report says of an organisation's year."""

    scorecard: Scorecard
    departments: Sequence[str]
    rows: Sequence[IndicatorRow]
    duties: Sequence[DutyRow]
    revised: int
    resources: Resources

    @property
    def year(self) -> int:
        """Give the year reviewed."""
        return self.scorecard.year

    @property
    def cards(self) -> Sequence[Card]:
        """Give the commitments, oldest vote first."""
        return self.scorecard.cards

    def themes(self) -> Mapping[int, Sequence[Card]]:
        """Group the commitments by the first item of CGCT D.2311-15-1 that they answer; 0 for none."""
        grouped = {item: [c for c in self.cards if _theme(c.commitment) == item] for item in (*THEMES, 0)}
        return {item: cards for item, cards in grouped.items() if cards}

    def measured(self) -> Sequence[IndicatorRow]:
        """List the indicators that have a value for the year, a target or a baseline."""
        return [row for row in self.rows if row.reading or row.aim.targets or row.aim.baselines]

    @property
    def valued(self) -> int:
        """Count the indicators that have a value for the year."""
        return sum(row.reading is not None and row.reading.value is not None for row in self.rows)

    def flagged(self) -> frozenset[str]:
        """Give the codes of the indicators of flagship commitments."""
        return frozenset(
            aim.indicator.code for card in self.cards if card.commitment.is_flagship for aim in card.commitment.aims
        )

    def silent(self) -> Sequence[IndicatorRecord]:
        """List the indicators to collect that have no value for the year."""
        return [row.indicator for row in self.rows if row.reading is None or row.reading.value is None]

    def departures(self) -> Sequence[tuple[Card, Aim, Baseline]]:
        """List the values that the year is counted from: stated by a vote, measured, or to establish."""
        return [
            (card, aim, base)
            for card in self.cards
            for aim in card.commitment.aims
            if (base := aim.departure(self.year)) is not None
        ]

    def spending(self) -> Sequence[tuple[CommitmentRecord, Finding]]:
        """List the amount of the year for each commitment that has one and no fee beside: as paid, else as decided."""
        fees = {code for one in self.resources.costs if one.kind is CostKind.FEE for code in one.commitments}
        amounts = []
        for card in self.cards:
            if card.commitment.code in fees:
                continue
            told = [f for f in card.commitment.findings if f.amount is not None and (f.year or f.on.year) == self.year]
            if told:
                last = max(told, key=lambda fact: (fact.state is FindingState.PAID, fact.on))
                amounts.append((card.commitment, last))
        return amounts

    def cost(self) -> Total:
        """Add up what the fees and the actions of the year cost, each tax regime apart."""
        return total(self.resources.costs)

    def cost_by_axis(self) -> Mapping[Axis | None, Total]:
        """Add up the same for each axis, None for what serves no commitment; what serves two axes shows in both."""
        return by_axis(self.resources.costs)

    def fees(self, year: int) -> Sequence[tuple[MembershipRecord, YearStanding]]:
        """List what is known of ``year`` for each membership that has it in its chain."""
        return [(one, link) for one, chain in self.resources.memberships for link in chain if link.year.year == year]

    def plan(self, year: int) -> PlanRecord | None:
        """Give the action plan of ``year``, that of the review or of the next one."""
        return self.resources.plans.get(year)

    def plan_outcome(self) -> PlanOutcome | None:
        """Say what became of the year's action plan, None without one."""
        own = self.plan(self.year)
        return None if own is None else outcome(own, self.plan(self.year + 1), self.scorecard.today)

    def due_in(self, year: int) -> Sequence[tuple[DueDate, Card]]:
        """List the dates of ``year`` that the votes set, with the verdict of their commitment."""
        dated = [(due, card) for card in self.cards for due in dates(card.commitment) if due.on.year == year]
        return sorted(dated, key=lambda pair: (pair[0].on, pair[1].commitment.code))

    def changes(self) -> Sequence[Card]:
        """List the commitments whose verdict is not that of the year before."""
        return [
            card
            for card in self.scorecard.promises
            if card.status is not card.before.status and card.commitment.deliberation.adopted_on.year < self.year
        ]

    def finalities(self) -> Mapping[Finality, Mapping[Status, int]]:
        """Count the verdicts of the commitments whose axis serves each finality."""
        return {
            finality: tally(card.status for card in self.scorecard.promises if card.commitment.axis in axes)
            for finality, axes in SERVED_BY.items()
        }

    def partial(self) -> Sequence[IndicatorRow]:
        """List the values that are estimated, or that cover a part only."""
        return [
            row
            for row in self.rows
            if row.reading
            and row.reading.value is not None
            and (row.reading.quality is Quality.ESTIMATED or (row.reading.coverage or 100) < 100)
        ]

    def told(self, cards: Sequence[Card]) -> Sequence[Card]:
        """List those of ``cards`` of which something is known: a target, a value of the year, a finding, a date."""
        return [card for card in cards if not self.is_silent(card)]

    def quiet(self, cards: Sequence[Card]) -> Sequence[Card]:
        """List those of ``cards`` of which nothing is known for the year: one sentence says so for them all."""
        return [card for card in cards if self.is_silent(card)]

    def is_silent(self, card: Card) -> bool:
        """Tell whether a commitment has neither a target, a value nor a finding, nor a voted date that has passed."""
        record = card.commitment
        has_value = any(aim.readings.get(self.year) or aim.target(self.year) for aim in record.aims)
        is_past = record.due_on is not None and record.due_on.year <= self.year
        return card.status is Status.NOT_MEASURED and not (has_value or is_past or record.findings)

    def showing(self) -> Sequence[IndicatorRow]:
        """List the indicators with a value for the year or for the year before, those of flagship commitments first."""
        flagged = self.flagged()
        found = [
            row
            for row in self.measured()
            if (row.reading is not None and row.reading.value is not None) or row.before is not None
        ]
        return sorted(found, key=lambda row: row.indicator.code not in flagged)

    def aimless(self, rows: Sequence[IndicatorRow]) -> Sequence[IndicatorRow]:
        """List those of ``rows`` that are followed without a target for the year."""
        return [row for row in rows if self.verdict(row) is None]

    def verdict(self, row: IndicatorRow) -> Status | None:
        """Say how an indicator stands to its target of the year; None where it has none."""
        said = judge_aim(row.aim, self.year)
        return said.status if said else None

    def awaited(self) -> Sequence[IndicatorRow]:
        """List the indicators with a target or a baseline and no value of the year nor of the one before."""
        shown = {row.indicator.code for row in self.showing()}
        return [row for row in self.measured() if row.indicator.code not in shown]

    def placed(self) -> Mapping[str, str]:
        """Give the duties without a figure that a section tells of, by their code, with the title of that section."""
        found = {}
        if self.cards:
            found["reen-35"] = N_("Identité et périmètre")
        if self.resources.access and self.resources.access.scheme:
            found["rgaa-schema"] = N_("Accessibilité")
        return found

    def steering(self) -> Sequence[str]:
        """List the steering bodies that the texts name."""
        return sorted({card.commitment.steering for card in self.cards if card.commitment.steering})


def review(
    scorecard: Scorecard,
    duties: Sequence[Duty],
    readings: Mapping[str, Aim],
    departments: Sequence[str],
    revised: int,
    resources: Resources,
) -> Review:
    """Gather the review.

    ``readings`` gives the indicators of the duties by their code, ``revised`` how many of the year's
    values were corrected after they were first recorded, ``resources`` the costs of that year alone.
    """
    year = scorecard.year
    told = telling_aims(card.commitment for card in scorecard.cards)
    rows = [
        IndicatorRow(aim, aim.readings.get(year), aim.value(year - 1))
        for _, aim in sorted(told.items())
        if aim.indicator.collection is not Collection.FINDING
    ]
    shown = [_duty(duty, readings.get(duty.indicator), year) for duty in duties]
    return Review(scorecard, departments, rows, shown, revised, resources)


def _theme(commitment: CommitmentRecord) -> int:
    return min(commitment.decree_items, default=0)


def _duty(duty: Duty, aim: Aim | None, year: int) -> DutyRow:
    value = aim.value(year) if aim else None
    unit, decimals = (aim.indicator.unit, aim.indicator.decimals) if aim else ("percent", 1)
    return DutyRow(duty, value, duty.threshold(year), duty.state(year, value), unit, decimals)
