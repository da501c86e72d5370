"""The words of the register of AI systems and of the places of mediation."""

from collections.abc import Mapping
from enum import StrEnum

from tracker.domain.ai_register import ActStep, AiRole, AiState, CharterOpinion, RiskClass, YesNo
from tracker.domain.mediation import MediationKind
from tracker.labels.language import N_

REGISTERS: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    AiState: {
        AiState.PROJECT: N_("en projet"),
        AiState.IN_USE: N_("en service"),
        AiState.STOPPED: N_("arrêté"),
        AiState.UNKNOWN: N_("état non précisé"),
    },
    AiRole: {
        AiRole.PROVIDER: N_("fournisseur"),
        AiRole.DEPLOYER: N_("déployeur"),
        AiRole.BOTH: N_("fournisseur et déployeur"),
        AiRole.UNKNOWN: N_("rôle non précisé"),
    },
    RiskClass: {
        RiskClass.PROHIBITED: N_("usage interdit"),
        RiskClass.HIGH: N_("haut risque"),
        RiskClass.TRANSPARENCY: N_("obligation de transparence"),
        RiskClass.MINIMAL: N_("risque minimal"),
        RiskClass.TO_QUALIFY: N_("à qualifier"),
    },
    YesNo: {
        YesNo.YES: N_("oui"),
        YesNo.NO: N_("non"),
        YesNo.UNKNOWN: N_("non précisé"),
    },
    CharterOpinion: {
        CharterOpinion.FAVOURABLE: N_("avis favorable"),
        CharterOpinion.RESERVED: N_("avis favorable avec réserves"),
        CharterOpinion.UNFAVOURABLE: N_("avis défavorable"),
        CharterOpinion.NOT_REVIEWED: N_("pas examiné"),
        CharterOpinion.UNKNOWN: N_("examen non précisé"),
    },
    ActStep: {
        ActStep.IN_FORCE: N_("entrée en vigueur"),
        ActStep.PROHIBITIONS: N_("usages interdits, maîtrise de l'IA par les agents"),
        ActStep.GENERAL_MODELS: N_("modèles à usage général"),
        ActStep.GENERAL: N_("application générale, dont la transparence"),
        ActStep.HIGH_RISK: N_("systèmes à haut risque de l'annexe III"),
        ActStep.PRODUCTS: N_("systèmes à haut risque intégrés à des produits"),
    },
    MediationKind: {
        MediationKind.LIBRARY: N_("bibliothèque, médiathèque"),
        MediationKind.TOWN_HALL: N_("mairie"),
        MediationKind.FRANCE_SERVICES: N_("France services"),
        MediationKind.SOCIAL_CENTRE: N_("centre social"),
        MediationKind.ASSOCIATION: N_("association"),
        MediationKind.ITINERANT: N_("itinérant"),
        MediationKind.OTHER: N_("autre lieu"),
    },
}
