"""The portfolio of an organisation: everything it voted and measured, as the plain values that the domain judges."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.domain.errors import NotFound
from tracker.domain.records import Aim, CommitmentRecord, telling_aims
from tracker.domain.targets import Baseline
from tracker.services.figures import Figures, figures
from tracker.services.records import baselines, commitment_record
from tracker.store import models
from tracker.store.queries import commitments


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The commitments, oldest vote first, and the figures that they are judged on."""

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

    def used(self) -> tuple[str, ...]:
        """Give the codes that serve a commitment, and those that their formulas need, in the catalogue's order."""
        return self.figures.with_inputs([aim.indicator.code for one in self.commitments for aim in one.aims])

    def aims(self) -> Mapping[str, Aim]:
        """Give by its code the aim to show each indicator by; one that only feeds a formula has neither target."""
        told = telling_aims(self.commitments)
        return {code: told[code] if code in told else self.figures.aim(code) for code in self.used()}


def portfolio(session: Session, organisation: models.Organisation) -> Portfolio:
    """Gather the portfolio of ``organisation``."""
    rows = commitments.of_organisation(session, organisation.id)
    known = figures(session, organisation, _references(rows))
    return Portfolio(tuple(commitment_record(row, known.aim) for row in rows), known)


def _references(rows: Sequence[models.Commitment]) -> Mapping[str, tuple[Baseline, ...]]:
    """Give by its code the baselines that a formula means: those of the first commitment that has a known one."""
    found: dict[str, tuple[Baseline, ...]] = {}
    for row in rows:
        for aim in row.aims:
            versions, known = baselines(aim), found.get(aim.indicator.code, ())
            if versions and not any(base.is_known for base in known):
                found[aim.indicator.code] = versions
    return found
