"""Where the values of a year stand in its campaign: typed by whom, submitted, returned, validated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.domain.vocabulary import Absence, Stage
from tracker.domain.workflow import CampaignRecord, Step, counts, stage_of
from tracker.store.models import Measurement, MeasurementStep, Organisation
from tracker.store.queries import measurements, steps


@dataclass(frozen=True, slots=True)
class Standing:
    """The last revision of a value, withdrawn or not: its row, its whole way, and how far it has come.

    ``authors`` are the numbers of the accounts that typed it; ``is_published`` tells whether readers see it.
    """

    row: Measurement
    way: tuple[Step, ...]
    stage: Stage | None
    authors: frozenset[int]
    is_published: bool

    @property
    def is_withdrawn(self) -> bool:
        """Tell whether the value was taken back: the year is as if nothing had been typed."""
        return self.row.absence is Absence.WITHDRAWN

    @property
    def last(self) -> Step | None:
        """Give the last step."""
        return self.way[-1] if self.way else None


def standings(
    session: Session, organisation: Organisation, year: int, campaign: CampaignRecord | None
) -> Mapping[int, Standing]:
    """Give where each value of ``year`` stands, by the number of its indicator; two queries for all."""
    return standings_of(session, organisation, {year: campaign})[year]


def standings_of(
    session: Session, organisation: Organisation, years: Mapping[int, CampaignRecord | None]
) -> Mapping[int, Mapping[int, Standing]]:
    """Give where each value of ``years`` stands, by year, then indicator; two queries however many years."""
    rows = measurements.of_years(session, organisation.id, years)
    taken: dict[int, list[MeasurementStep]] = {row.id: [] for row in rows}
    for step in steps.whole(session, [row.id for row in rows]):
        taken[step.measurement_id].append(step)
    found: dict[int, dict[int, Standing]] = {year: {} for year in years}
    for row in rows:
        found[row.year][row.indicator_id] = _standing(row, taken[row.id], years[row.year])
    return found


def _standing(row: Measurement, taken: Sequence[MeasurementStep], campaign: CampaignRecord | None) -> Standing:
    way = tuple(Step(step.stage, step.author, step.at, step.reason) for step in taken)
    is_validated = any(step.stage is Stage.VALIDATED for step in taken)
    return Standing(
        row,
        way,
        stage_of(way[-1].stage if way else None, campaign),
        frozenset(step.account_id for step in taken if step.position == 0),
        counts(campaign, row.recorded_at, is_validated=is_validated),
    )
