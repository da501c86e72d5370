"""What a review and the words of the authority hold of each item that the texts ask for."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from tracker.domain.completeness import DutyTold, Extent, Family, ItemCheck, Presence, ReportFacts, check
from tracker.domain.duties import DutyState
from tracker.domain.finalities import SERVED_BY
from tracker.domain.outcomes import ActionOutcome
from tracker.domain.records import Aim, CommitmentRecord
from tracker.domain.scorecard import Card
from tracker.domain.vocabulary import Axis, Status
from tracker.reports.review import THEMES, Review

TERRITORY = frozenset({5, 6})
"""The items of the decree that are about the territory: inhabitants, and a connected territory."""
_SILENT = frozenset({Status.NOT_MEASURED, Status.BASELINE_NEEDED})
"""The verdicts that rest on nothing."""


@dataclass(frozen=True, slots=True)
class Mend:
    """The page that mends an item: its endpoint, the name that it gives the year (none without), what else it needs."""

    endpoint: str
    year: str = ""
    section: str = ""


def _text(section: str) -> Mend:
    return Mend("report_texts.show", "year", section)


MENDS: Mapping[Family, Mend] = {
    Family.YEARLY: Mend("measurements.grid", "year"),
    Family.FINALITY: _text("finalities"),
    Family.INTERNAL: Mend("estate.list_"),
    Family.TERRITORY: Mend("commitments.list_", "annee"),
    Family.ANALYSIS: _text("analysis"),
    Family.ACTORS: _text("governance"),
    Family.IMPACT: Mend("carbon.show", "year"),
    Family.USES: _text("baseline"),
    Family.ALREADY_DONE: Mend("plans.current"),
    Family.OBJECTIVES: Mend("settings.overview"),
    Family.INDICATORS: Mend("measurements.grid", "year"),
    Family.MEASURES: Mend("plans.current"),
    Family.MEANS: Mend("means.show", "annee"),
    Family.HORIZONS: Mend("settings.overview"),
    Family.THEME: Mend("commitments.list_", "annee"),
    Family.DUTY: Mend("measurements.grid", "year"),
    Family.UNCOUNTED: _text("duties"),
    Family.EMISSIONS: _text("carbon"),
    Family.ACCESS_SCHEME: Mend("access_schemes.show"),
    Family.ECODESIGN: Mend("ecodesign.list_"),
    Family.IDENTITY: Mend("deliberations.list_"),
    Family.METHOD: Mend("measurements.grid", "year"),
    Family.OPEN_DATA: Mend("measurements.grid", "year"),
}
"""Where what an item lacks is told."""
HIDDEN = Mend("report_texts.list_", "year")
"""Where a section that is hidden is shown again."""


@dataclass(frozen=True, slots=True)
class Completeness:
    """A year's report held against the texts."""

    year: int
    checks: Sequence[ItemCheck]

    @property
    def counts(self) -> Mapping[Presence, int]:
        """Count the items by what was found of them."""
        return {one: sum(found.presence is one for found in self.checks) for one in Presence}

    def mend(self, found: ItemCheck) -> Mend:
        """Give the page that mends an item."""
        return HIDDEN if found.is_hidden else MENDS[found.item.family]


def complete(review: Review, words: Collection[str], hidden: Collection[str]) -> Completeness:
    """Check ``review`` with the sections that have words of the authority, and those that are hidden."""
    return Completeness(review.year, check(facts(review, words, hidden)))


def facts(review: Review, words: Collection[str], hidden: Collection[str]) -> ReportFacts:
    """Count what the report says."""
    year, resources = review.year, review.resources
    promises = review.scorecard.promises
    plan = review.plan(year)
    outcome = review.plan_outcome()
    cost = review.cost()
    targets = [(aim, target) for aim in _aims(review) if (target := aim.target(year)) is not None]
    departures = [base for _, aim, base in review.departures() if aim.indicator.axis is Axis.SOBRIETY]
    time = (outcome.means.fte_spent, outcome.means.fte_planned) if outcome else ()
    access, services = resources.access, resources.services
    signs = (resources.estate and resources.estate.categories, cost.count, services and services.services)
    return ReportFacts(
        words=frozenset(words) - frozenset(hidden),
        hidden=frozenset(hidden),
        judged=_extent(promises),
        finalities={
            one: _extent([card for card in promises if card.commitment.axis in axes]) for one, axes in SERVED_BY.items()
        },
        themes={
            theme: _extent([card for card in promises if theme in card.commitment.decree_items]) for theme in THEMES
        },
        internal=Extent(sum(map(bool, signs)), len(signs)),
        territory=_extent([card for card in promises if TERRITORY & set(card.commitment.decree_items)]),
        actors=len(review.departments) + len(review.steering()),
        has_footprint=resources.footprint is not None,
        baselines=Extent(sum(base.is_known and not base.is_stated for base in departures), len(departures)),
        uses=services.evaluated if services else 0,
        actions_done=outcome.counts.get(ActionOutcome.DONE, 0) if outcome else 0,
        facts_told=sum(_told(card.commitment, year) for card in review.cards),
        targets=Extent(sum(aim.threshold(year) is not None for aim, _ in targets), len(targets)),
        measured=Extent(sum(aim.value(year) is not None for aim, _ in targets), len(targets)),
        plan=plan.stage if plan else None,
        has_money=any(cost.spent.values()) or bool(review.spending()),
        has_time=any(one is not None for one in time),
        horizons=Extent(sum(target.horizon_year is not None for _, target in targets), len(targets)),
        duties=_duties(review),
        scheme=Extent(bool(access and access.scheme) + bool(access and access.plan), 2),
        ecodesign=Extent(sum(one.assessment is not None for one in resources.ecodesign), len(resources.ecodesign)),
        deliberations=len({card.commitment.deliberation.reference for card in review.cards}),
        unexplained=sum(row.reading is None for row in review.rows),
        values=sum(row.reading is not None and row.reading.value is not None for row in review.rows),
    )


def _aims(review: Review) -> Sequence[Aim]:
    """List the indicators of what was promised, each as its own commitment uses it."""
    return [aim for card in review.scorecard.promises for aim in card.commitment.aims]


def _extent(cards: Sequence[Card]) -> Extent:
    return Extent(sum(card.status not in _SILENT for card in cards), len(cards))


def _told(commitment: CommitmentRecord, year: int) -> int:
    return sum(fact.on.year <= year for fact in commitment.findings)


def _duties(review: Review) -> Mapping[str, DutyTold]:
    partial = {row.indicator.code for row in review.partial()}
    return {
        row.duty.code: DutyTold(
            row.duty.legal_source,
            is_counted=bool(row.duty.indicator),
            is_known=row.value is not None,
            is_partial=row.duty.indicator in partial,
            is_certain=row.duty.is_certain,
        )
        for row in review.duties
        if row.state is not DutyState.NOT_YET
    }
