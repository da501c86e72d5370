"""Minutes of a session for tests, with one service whose file says something under every heading."""

from datetime import date

from tests.factories import make_organisation
from tracker.domain.access_gaps import GapRecord
from tracker.domain.approvals import (
    AgendaReason,
    ApprovalEnding,
    ApprovalOutcome,
    ApprovalTerm,
    Decision,
    Due,
    Quorum,
)
from tracker.domain.rgaa import Conformity, ConformityReason, GapKind, Standing
from tracker.reports.minutes_paper import MinutesDossier, ServiceMinutes

HELD_ON = date(2026, 11, 20)


def make_minutes(name: str = "Site de la ville", text: str = "Corriger le contraste.") -> MinutesDossier:
    """Give the minutes of a session that approved one service with reserves, in words that a test may choose."""
    mended = GapRecord(1, GapKind.FAILURE, text, ("1.1",), mended_on=date(2026, 10, 1))
    burden = GapRecord(2, GapKind.BURDEN, name, (), text, name, date(2027, 6, 30))
    earlier = Decision(1, date(2025, 3, 4), ApprovalOutcome.REFUSED, text, text)
    taken = Decision(2, HELD_ON, ApprovalOutcome.RESERVES, text, text, text, date(2027, 3, 31))
    service = ServiceMinutes(
        name=name,
        address="https://ville.example",
        reasons=(Due(AgendaReason.UNEXAMINED, date(2020, 1, 15)),),
        asked=text,
        standing=Standing(Conformity.NONE, ConformityReason.NO_AUDIT),
        mended=[mended],
        derogations=[burden],
        failures=[mended],
        before=[earlier],
        decision=taken,
        term=ApprovalTerm(date(2027, 3, 31), ApprovalEnding.RESERVES),
    )
    return MinutesDossier(
        organisation=make_organisation(),
        number=2,
        held_on=HELD_ON,
        venue=text,
        roles=("Élue déléguée", text),
        quorum=Quorum.MET,
        note=text,
        services=(service,),
    )
