"""The words of digital services: what each is, its audits, its legal state."""

from collections.abc import Mapping
from enum import StrEnum

from tracker.domain.digital_services import Audience, HomeMention, Hosting, PersonalData, ServiceKind, ServiceState
from tracker.domain.rgaa import AuditKind, Conformity, ConformityReason, Ending, GapKind, Result
from tracker.labels.language import N_

SERVICES: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    ServiceKind: {
        ServiceKind.WEBSITE: N_("site internet"),
        ServiceKind.ONLINE_PROCEDURE: N_("téléservice"),
        ServiceKind.MOBILE_APPLICATION: N_("application mobile"),
        ServiceKind.APPLICATION: N_("application web"),
        ServiceKind.CHATBOT: N_("agent conversationnel"),
        ServiceKind.CALLBOT: N_("automate vocal"),
        ServiceKind.INTERNAL_TOOL: N_("outil interne"),
    },
    Audience: {
        Audience.PUBLIC: N_("grand public"),
        Audience.PARTNERS: N_("partenaires"),
        Audience.STAFF: N_("agents"),
    },
    Hosting: {
        Hosting.OWN: N_("dans nos locaux"),
        Hosting.FRANCE: N_("en France"),
        Hosting.UNION: N_("dans l'Union européenne"),
        Hosting.ELSEWHERE: N_("hors de l'Union européenne"),
        Hosting.UNKNOWN: N_("hébergement non précisé"),
    },
    PersonalData: {
        PersonalData.NONE: N_("aucune donnée personnelle"),
        PersonalData.ORDINARY: N_("données personnelles courantes"),
        PersonalData.SENSITIVE: N_("données personnelles sensibles"),
        PersonalData.UNKNOWN: N_("données personnelles non précisées"),
    },
    ServiceState: {
        ServiceState.PROJECT: N_("en projet"),
        ServiceState.ONLINE: N_("en ligne"),
        ServiceState.CLOSED: N_("fermé"),
    },
    HomeMention: {
        HomeMention.TOTAL: N_("Accessibilité : totalement conforme"),
        HomeMention.PARTIAL: N_("Accessibilité : partiellement conforme"),
        HomeMention.NONE: N_("Accessibilité : non conforme"),
        HomeMention.ABSENT: N_("mention absente"),
        HomeMention.UNKNOWN: N_("mention non vérifiée"),
    },
    AuditKind: {
        AuditKind.RAPID: N_("audit rapide (25 critères)"),
        AuditKind.COMPLEMENTARY: N_("audit complémentaire (50 critères)"),
        AuditKind.FULL: N_("audit complet (106 critères)"),
    },
    Result: {
        Result.COMPLIANT: N_("conforme"),
        Result.NOT_COMPLIANT: N_("non conforme"),
        Result.NOT_APPLICABLE: N_("non applicable"),
        Result.NOT_TESTED: N_("non testé"),
    },
    Conformity: {
        Conformity.TOTAL: N_("totalement conforme"),
        Conformity.PARTIAL: N_("partiellement conforme"),
        Conformity.NONE: N_("non conforme"),
    },
    ConformityReason: {
        ConformityReason.RATE: N_("d'après son audit en cours de validité"),
        ConformityReason.NO_AUDIT: N_("faute d'audit"),
        ConformityReason.NOT_FULL: N_("faute d'audit complet"),
        ConformityReason.INCOMPLETE: N_("faute d'audit complet terminé : des critères restent non testés"),
        ConformityReason.EXPIRED: N_("faute d'audit en cours de validité"),
    },
    Ending: {
        Ending.THREE_YEARS: N_("au bout de trois ans"),
        Ending.NEW_VERSION: N_("dix-huit mois après une nouvelle version du RGAA"),
        Ending.REDESIGN: N_("à la veille de la refonte"),
        Ending.AUDIT_GONE: N_("parce que son audit ne compte plus"),
    },
    GapKind: {
        GapKind.FAILURE: N_("non-conformité"),
        GapKind.BURDEN: N_("dérogation pour charge disproportionnée"),
        GapKind.OUT_OF_SCOPE: N_("contenu hors du champ de l'obligation"),
    },
}
