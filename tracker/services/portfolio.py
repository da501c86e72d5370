"""The portfolio of an organisation: everything it voted and measured, as the plain values that the domain judges."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.domain.errors import NotFound
from tracker.domain.records import Aim, CommitmentRecord, telling_aims
from tracker.domain.targets import Baseline
from tracker.domain.vocabulary import CommitmentKind
from tracker.services.figures import Figures, figures, retyped
from tracker.services.patience import patience
from tracker.services.records import baselines, commitment_record, was_voted
from tracker.store import models
from tracker.store.queries import commitments
from tracker.store.session import kept


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The commitments, oldest vote first, the figures that they are judged on, and what is followed beside them."""

    commitments: tuple[CommitmentRecord, ...]
    figures: Figures

    def commitment(self, code: str) -> CommitmentRecord:
        """Give one commitment.

        Raises:
            NotFound: when the organisation has none of that code.
        """
        for record in self.commitments:
            if record.code == code:
                return record
        raise NotFound(code)

    def with_figures(self, figures: Figures) -> "Portfolio":
        """Give the same commitments, each with the readings, settings and methods of ``figures``."""
        made = (
            replace(one, aims=tuple(figures.aim(aim.indicator.code, aim.targets, aim.baselines) for aim in one.aims))
            for one in self.commitments
        )
        return Portfolio(tuple(made), figures)

    def used(self) -> tuple[str, ...]:
        """Give the codes that are chosen or serve a commitment, and what their formulas need, in catalogue order."""
        serving = [aim.indicator.code for one in self.commitments for aim in one.aims]
        return self.figures.with_inputs([*serving, *self.figures.chosen])

    def aims(self) -> Mapping[str, Aim]:
        """Give by its code the aim to show each indicator by; one that only feeds a formula has neither target."""
        told = telling_aims(self.commitments)
        return {code: told[code] if code in told else self.figures.aim(code) for code in self.used()}


def portfolio(
    session: Session,
    organisation: models.Organisation,
    *,
    with_drafts: bool = False,
    until: datetime | None = None,
) -> Portfolio:
    """Give the portfolio of ``organisation``, as readers see it or ``with_drafts`` as officers have typed it.

    With ``until``, as that moment knew it: what was voted and recorded later is left out. What readers see is gathered
    once a process for all of them, and again when the organisation's stamp has changed.
    """
    shared = None if with_drafts else kept(session)
    if shared is None:
        return _gathered(session, organisation, with_drafts, until)

    def make() -> Portfolio:
        made = _gathered(session, organisation, with_drafts, until)
        for row in (*made.figures.rows.values(), *made.figures.settings.values()):
            session.expunge(row)  # it outlives the session
        return made

    return shared.get((Portfolio, organisation.id, until), organisation.stamp, make)


def as_typed(session: Session, organisation: models.Organisation, shown: Portfolio) -> Portfolio:
    """Give ``shown``, what readers see today, as officers have typed it: ``with_drafts`` for one query more."""
    return shown.with_figures(retyped(session, organisation, shown.figures))


def _gathered(
    session: Session, organisation: models.Organisation, with_drafts: bool, until: datetime | None
) -> Portfolio:
    rows = commitments.of_organisation(session, organisation.id)
    if until is not None:
        rows = [row for row in rows if was_voted(row.deliberation, until)]
    known = figures(session, organisation, _references(rows, until), with_drafts=with_drafts, until=until)
    records = tuple(commitment_record(row, known.aim, until) for row in rows)
    if until is not None and any(one.kind is CommitmentKind.CONTINUOUS for one in records):
        then = patience(session, organisation.id, until)
        records = tuple(replace(one, stale_after_months=then.get(one.code, one.stale_after_months)) for one in records)
    return Portfolio(records, known)


def typed_aims(published: Portfolio, drafts: Portfolio, year: int) -> Mapping[str, Aim]:
    """Give the aims by which what is typed for ``year`` is judged: that year with its drafts, the others as published.

    An unvalidated slip of another year would make a sound value look odd, and be taken for what that year was.
    """
    typed = drafts.aims()
    return {code: _as_typed(aim, typed[code], year) for code, aim in published.aims().items() if code in typed}


def _as_typed(published: Aim, typed: Aim, year: int) -> Aim:
    readings = {at: one for at, one in published.readings.items() if at != year}
    if year in typed.readings:
        readings[year] = typed.readings[year]
    restated = {}
    for version in {*published.restated, *typed.restated}:
        points = [point for point in published.restated.get(version, ()) if point.year != year]
        points += [point for point in typed.restated.get(version, ()) if point.year == year]
        restated[version] = sorted(points, key=lambda point: point.year)
    return replace(published, readings=readings, restated=restated)


def _references(rows: Sequence[models.Commitment], until: datetime | None) -> Mapping[str, tuple[Baseline, ...]]:
    """Give by its code the baselines that a formula means: those of the first commitment that has a known one."""
    found: dict[str, tuple[Baseline, ...]] = {}
    for row in rows:
        for aim in row.aims:
            versions, known = baselines(aim, until), found.get(aim.indicator.code, ())
            if versions and not any(base.is_known for base in known):
                found[aim.indicator.code] = versions
    return found
