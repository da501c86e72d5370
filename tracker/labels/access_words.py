"""The words of accessibility statements, schemes, plans and complaints."""

from collections.abc import Mapping
from enum import StrEnum

from tracker.domain.access_schemes import PlanLack, SchemeItem
from tracker.domain.complaints import ComplaintOutcome
from tracker.domain.statements import Mend, StatementField, StatementState
from tracker.labels.language import N_

ACCESS: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    StatementField: {
        StatementField.ORGANISATION: N_("le nom de la collectivité"),
        StatementField.SERVICE: N_("le nom et l'adresse du service"),
        StatementField.SCHEME: N_("l'adresse où se lit le schéma pluriannuel en cours"),
        StatementField.PLAN: N_("l'adresse où se lit le plan d'actions de l'année en cours"),
        StatementField.PLAN_REVIEW: N_("le bilan de l'année précédente, joint à ce plan"),
        StatementField.CONFORMITY: N_("l'état de conformité"),
        StatementField.AUDITOR: N_("l'organisme qui a fait l'audit"),
        StatementField.RATE: N_("la part des critères respectés"),
        StatementField.MEAN_RATE: N_("le taux moyen des pages"),
        StatementField.FAILURES: N_(
            "des non-conformités qui s'accordent avec l'audit : au moins un contenu sous 100 %, aucun à 100 %"
        ),
        StatementField.BURDENS: N_("le motif et la fin de chaque dérogation"),
        StatementField.OUT_OF_SCOPE: N_("les contenus hors du champ de l'obligation"),
        StatementField.ESTABLISHED: N_("le jour de son établissement"),
        StatementField.UPDATED: N_("le jour de sa mise à jour"),
        StatementField.TECHNOLOGIES: N_("les technologies employées"),
        StatementField.ENVIRONMENTS: N_("les environnements de test"),
        StatementField.TOOLS: N_("les outils de l'évaluation"),
        StatementField.PAGES: N_("les pages vérifiées"),
        StatementField.CONTACT: N_("l'adresse à laquelle écrire"),
        StatementField.REMEDY: N_("les voies de recours"),
    },
    Mend: {
        Mend.SERVICE: N_("fiche du service"),
        Mend.AUDITS: N_("audits du service"),
        Mend.GAPS: N_("contenus non accessibles"),
        Mend.SCHEME: N_("schéma pluriannuel"),
        Mend.PLAN: N_("plan d'actions de l'année"),
    },
    StatementState: {
        StatementState.ABSENT: N_("aucune déclaration publiée"),
        StatementState.IN_FORCE: N_("déclaration en cours de validité"),
        StatementState.EXPIRED: N_("déclaration à refaire"),
    },
    SchemeItem: {
        SchemeItem.STRATEGY: N_("Place dans la stratégie numérique et dans la politique du handicap"),
        SchemeItem.OFFICER: N_("Place et missions du référent accessibilité numérique"),
        SchemeItem.RESOURCES: N_("Moyens humains et financiers"),
        SchemeItem.SKILLS: N_("Compétences demandées dans les fiches de poste et au recrutement"),
        SchemeItem.TRAINING: N_("Formation et sensibilisation des agents"),
        SchemeItem.EXPERTISE: N_("Expertises extérieures, moyens techniques et outils de test"),
        SchemeItem.ORGANISING: N_("Organisation interne, contrôle des services et réponse aux usagers"),
        SchemeItem.CONTRACTS: N_("Marchés, choix des prestataires, recette et conventions"),
        SchemeItem.NEW_PROJECTS: N_("Nouveaux projets"),
        SchemeItem.USER_TESTS: N_("Personnes handicapées dans les tests d'usage"),
        SchemeItem.AUDITS: N_("Audits prévus, service par service"),
        SchemeItem.FIXES: N_("Corrections et leur calendrier, les contenus les plus consultés d'abord"),
        SchemeItem.BEYOND: N_("Au-delà de l'obligation : langue des signes, langage simplifié, niveau AAA"),
        SchemeItem.REVIEWS: N_("Bilan des plans d'actions annuels"),
    },
    PlanLack: {
        PlanLack.NO_ACTION: N_("une action au moins"),
        PlanLack.NO_REVIEW: N_("le bilan de l'année précédente"),
        PlanLack.UNDATED: N_("l'échéance de chaque action"),
        PlanLack.NOT_PUBLISHED: N_("le jour et l'adresse de sa publication"),
    },
    ComplaintOutcome: {
        ComplaintOutcome.MENDED: N_("défaut corrigé"),
        ComplaintOutcome.ALTERNATIVE: N_("autre solution accessible donnée"),
        ComplaintOutcome.DELAYED: N_("délai plus long annoncé et motivé"),
        ComplaintOutcome.REFUSED: N_("demande refusée, motif donné"),
        ComplaintOutcome.NO_FAULT: N_("aucun défaut d'accessibilité"),
    },
}
