"""What the review of a year says of digital services and of AI."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.ai_register import AiRecord, RiskClass
from tracker.domain.digital_services import ServiceKind, ServiceRecord
from tracker.domain.rgaa import Conformity, Standing


@dataclass(frozen=True, slots=True)
class ServicesReview:
    """The digital services with their legal state on ``day``, how many were evaluated in its year, the AI systems."""

    day: date
    services: Sequence[tuple[ServiceRecord, Standing]] = ()
    evaluated: int = 0
    systems: Sequence[AiRecord] = ()

    @property
    def records(self) -> Sequence[ServiceRecord]:
        """List the services."""
        return [record for record, _ in self.services]

    @property
    def online(self) -> Sequence[tuple[ServiceRecord, Standing]]:
        """List those that are online on the day: the others have no legal state."""
        return [(record, standing) for record, standing in self.services if record.is_online(self.day)]

    @property
    def conforming(self) -> int:
        """Count the services online that are at least partially compliant."""
        return sum(standing.conformity is not Conformity.NONE for _, standing in self.online)

    def by_kind(self) -> Mapping[ServiceKind, int]:
        """Count the services by what they are, those that there are."""
        found = {kind: sum(one.kind is kind for one in self.records) for kind in ServiceKind}
        return {kind: count for kind, count in found.items() if count}

    def by_conformity(self) -> Mapping[Conformity, int]:
        """Count the services online by their legal state."""
        return {one: sum(standing.conformity is one for _, standing in self.online) for one in Conformity}

    def by_risk(self) -> Mapping[RiskClass, int]:
        """Count the AI systems by their class of risk, those that there are."""
        found = {risk: sum(one.risk is risk for one in self.systems) for risk in RiskClass}
        return {risk: count for risk, count in found.items() if count}
