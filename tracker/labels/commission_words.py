"""The words of the approval commission: its sessions, why a service comes before it, what it decides."""

from collections.abc import Mapping
from enum import StrEnum

from tracker.domain.approvals import (
    AgendaReason,
    ApprovalEnding,
    ApprovalOutcome,
    ApprovalState,
    Quorum,
    SessionState,
)
from tracker.labels.language import N_

COMMISSION: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    SessionState: {
        SessionState.PREPARATION: N_("en préparation"),
        SessionState.HELD: N_("tenue"),
        SessionState.SEALED: N_("procès-verbal arrêté"),
    },
    Quorum: {
        Quorum.MET: N_("atteint"),
        Quorum.NOT_MET: N_("non atteint"),
        Quorum.NO_RULE: N_("aucun n'est prévu"),
    },
    AgendaReason: {
        AgendaReason.OPENING: N_("va ouvrir"),
        AgendaReason.UNEXAMINED: N_("ouvert sans avoir été examiné"),
        AgendaReason.ADJOURNED: N_("ajourné"),
        AgendaReason.REAUDITED: N_("refusé, audité de nouveau"),
        AgendaReason.APPROVAL_EXPIRED: N_("homologation échue"),
        AgendaReason.APPROVAL_EXPIRING: N_("homologation bientôt échue"),
        AgendaReason.AUDIT_EXPIRED: N_("audit périmé"),
        AgendaReason.AUDIT_EXPIRING: N_("audit bientôt périmé"),
        AgendaReason.ASKED: N_("inscrit à la demande"),
    },
    ApprovalOutcome: {
        ApprovalOutcome.APPROVED: N_("homologué"),
        ApprovalOutcome.RESERVES: N_("homologué sous réserves"),
        ApprovalOutcome.REFUSED: N_("homologation refusée"),
        ApprovalOutcome.ADJOURNED: N_("ajourné"),
    },
    ApprovalEnding: {
        ApprovalEnding.AUDIT: N_("avec son audit"),
        ApprovalEnding.DECISION: N_("à la date décidée par la commission"),
        ApprovalEnding.RESERVES: N_("à la date où les réserves doivent être levées"),
        ApprovalEnding.AUDIT_WITHDRAWN: N_("son audit a été retiré"),
    },
    ApprovalState: {
        ApprovalState.APPROVED: N_("homologué"),
        ApprovalState.RESERVES: N_("homologué sous réserves"),
        ApprovalState.EXPIRED: N_("homologation échue"),
        ApprovalState.REFUSED: N_("homologation refusée"),
        ApprovalState.ADJOURNED: N_("ajourné"),
        ApprovalState.NEVER: N_("jamais examiné"),
    },
}
