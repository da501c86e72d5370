"""The words of ecodesign: the themes and the priorities of the RGESN, what a self-assessment answers."""

from collections.abc import Mapping
from enum import StrEnum

from tracker.domain.own_house import CheckWay
from tracker.domain.rgesn import EcodesignAnswer, EcodesignPriority, EcodesignTheme
from tracker.labels.language import N_

ECODESIGN: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    EcodesignTheme: {
        EcodesignTheme.STRATEGY: N_("Stratégie"),
        EcodesignTheme.SPECIFICATIONS: N_("Spécifications"),
        EcodesignTheme.ARCHITECTURE: N_("Architecture"),
        EcodesignTheme.INTERFACE: N_("UX/UI"),
        EcodesignTheme.CONTENT: N_("Contenus"),
        EcodesignTheme.FRONTEND: N_("Frontend"),
        EcodesignTheme.BACKEND: N_("Backend"),
        EcodesignTheme.HOSTING: N_("Hébergement"),
        EcodesignTheme.ALGORITHMS: N_("Algorithmie"),
    },
    EcodesignPriority: {
        EcodesignPriority.PRIORITY: N_("prioritaire"),
        EcodesignPriority.RECOMMENDED: N_("recommandé"),
        EcodesignPriority.MODERATE: N_("modéré"),
    },
    CheckWay: {
        CheckWay.AUTOMATED: N_("contrôle automatique, en partie"),
        CheckWay.REVIEWED: N_("relu à la main"),
        CheckWay.NOT_EVALUATED: N_("non évalué"),
    },
    EcodesignAnswer: {
        EcodesignAnswer.MET: N_("conforme"),
        EcodesignAnswer.NOT_MET: N_("non conforme"),
        EcodesignAnswer.NOT_APPLICABLE: N_("non applicable"),
        EcodesignAnswer.OPEN: N_("à évaluer"),
    },
}
