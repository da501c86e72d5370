"""The scorecard: one organisation's commitments judged for a year. The only thing that screens and reports read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.domain.judgement import Judgement
from tracker.domain.kinds import judge
from tracker.domain.kinds.renewal import deadline
from tracker.domain.outlook import changed_since, rebounds
from tracker.domain.rebound import Rebound
from tracker.domain.records import Aim, CommitmentRecord, OrganisationRecord
from tracker.domain.rollup import tally
from tracker.domain.vocabulary import BINDING, Axis, CommitmentKind, DuePrecision, FindingState, Status


@dataclass(frozen=True, slots=True)
class Card:
    """One commitment with its verdict for the year and for the year before."""

    commitment: CommitmentRecord
    judgement: Judgement
    before: Judgement

    @property
    def status(self) -> Status:
        """Give the verdict of the year."""
        return self.judgement.status


@dataclass(frozen=True, slots=True)
class DueDate:
    """A day that a commitment is waited for, or was, and how precisely the text says it."""

    on: date
    commitment: CommitmentRecord
    precision: DuePrecision | None = None


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All commitments that were voted by the end of ``year``, judged for it."""

    organisation: OrganisationRecord
    year: int
    today: date
    cards: tuple[Card, ...]

    def card(self, code: str) -> Card | None:
        """Give the card of the commitment ``code``."""
        return next((card for card in self.cards if card.commitment.code == code), None)

    @property
    def promises(self) -> tuple[Card, ...]:
        """Give what was promised: neither the options that a text keeps open nor the context that it recalls."""
        return tuple(card for card in self.cards if card.commitment.strength in BINDING)

    @property
    def is_running(self) -> bool:
        """Tell whether the year is not over: its values are still to come."""
        return self.year == self.today.year

    @property
    def flagships(self) -> tuple[Card, ...]:
        """Give the few commitments that the authority puts first, those with a figure ahead."""
        chosen = [card for card in self.cards if card.commitment.is_flagship]
        return tuple(sorted(chosen, key=lambda card: list(CommitmentKind).index(card.commitment.kind)))

    @property
    def counts(self) -> Mapping[Status, int]:
        """Count the verdicts of the year on what was promised."""
        return tally(card.status for card in self.promises)

    @property
    def counts_before(self) -> Mapping[Status, int]:
        """Count the verdicts of the year before on the same commitments."""
        return tally(card.before.status for card in self.promises)

    def by_axis(self) -> Mapping[Axis, Mapping[Status, int]]:
        """Count the verdicts of each axis that has commitments."""
        axes = {axis: [card.status for card in self.promises if card.commitment.axis is axis] for axis in Axis}
        return {axis: tally(statuses) for axis, statuses in axes.items() if statuses}

    def of_axis(self, axis: Axis) -> "Scorecard":
        """Give the scorecard of one axis: the same judgements, of its commitments only."""
        return replace(self, cards=tuple(card for card in self.cards if card.commitment.axis is axis))

    def rebounds(self) -> tuple[tuple[Card, Aim, Rebound], ...]:
        """List the ratios that improved in the year while the total that they are paired with worsened."""
        return tuple((card, *found) for card in self.cards for found in rebounds(card.commitment, self.year))

    def breaks(self) -> tuple[tuple[Card, Aim, int], ...]:
        """List the indicators whose method changed, and since when: older values do not compare with the year's."""
        told = ((card, aim, changed_since(aim, self.year)) for card in self.cards for aim in card.commitment.aims)
        return tuple((card, aim, since) for card, aim, since in told if since is not None)

    def overdue(self) -> tuple[DueDate, ...]:
        """List the milestones whose date is past today without a fact that says they are done, oldest first."""
        late = (
            DueDate(card.commitment.due_on, card.commitment, card.commitment.due_precision)
            for card in self.cards
            if card.commitment.kind is CommitmentKind.MILESTONE
            and card.commitment.due_on is not None
            and card.commitment.due_on < self.today
            and not _is_done(card.commitment)
        )
        return tuple(sorted(late, key=lambda due: (due.on, due.commitment.code)))

    def coming(self) -> tuple[DueDate, ...]:
        """List the dates still ahead of today, next first: milestones, horizons of targets, renewals of this year."""
        ahead = [due for card in self.cards for due in _awaited(card.commitment) if due.on >= self.today]
        for card in self.cards:
            commitment = card.commitment
            last = deadline(commitment, self.today.year) if commitment.kind is CommitmentKind.RENEWAL else None
            is_listed = commitment.due_on is not None  # among the dates of the commitment
            if last is not None and not is_listed and not _is_decided(commitment, self.today.year):
                ahead.append(DueDate(last, commitment, DuePrecision.DAY))
        return tuple(sorted(ahead, key=lambda due: (due.on, due.commitment.code)))


def dates(commitment: CommitmentRecord) -> tuple[DueDate, ...]:
    """List the dates to keep: the commitment's own, the horizon of each target last voted, the end of an approval."""
    found = [DueDate(commitment.due_on, commitment, commitment.due_precision)] if commitment.due_on else []
    voted = (max(aim.targets, key=lambda target: target.version) for aim in commitment.aims if aim.targets)
    horizons = {target.horizon_year for target in voted}
    found += [DueDate(date(year, 12, 31), commitment, DuePrecision.YEAR) for year in sorted(filter(None, horizons))]
    approvals = [fact for fact in commitment.findings if fact.state is FindingState.DONE]
    if approvals and (until := max(approvals, key=lambda fact: fact.on).valid_until):
        found.append(DueDate(until, commitment, DuePrecision.DAY))
    return tuple(found)


def _awaited(commitment: CommitmentRecord) -> tuple[DueDate, ...]:
    is_settled = _is_done(commitment) and commitment.kind is not CommitmentKind.APPROVAL  # an approval runs out
    return () if is_settled else dates(commitment)


def _is_done(commitment: CommitmentRecord) -> bool:
    told = [fact for fact in commitment.findings if fact.state in {FindingState.DONE, FindingState.NOT_DONE}]
    return bool(told) and max(told, key=lambda fact: fact.on).state is FindingState.DONE


def _is_decided(commitment: CommitmentRecord, year: int) -> bool:
    settled = (FindingState.DECIDED, FindingState.PAID, FindingState.DONE)
    return any((fact.year or fact.on.year) == year and fact.state in settled for fact in commitment.findings)


def score(
    organisation: OrganisationRecord, commitments: Sequence[CommitmentRecord], year: int, today: date
) -> Scorecard:
    """Judge every commitment voted by the end of ``year``, for it and for the year before."""
    cards = tuple(
        Card(commitment, judge(commitment, year, today), judge(commitment, year - 1, today))
        for commitment in commitments
        if commitment.deliberation.adopted_on.year <= year
    )
    return Scorecard(organisation, year, today, cards)
