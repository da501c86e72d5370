"""What the commission and the register of gaps refuse, a sentence each."""

from collections.abc import Mapping

from tracker.domain.errors import AnyProblem
from tracker.domain.service_problems import ServiceProblem
from tracker.labels.language import N_

COMMISSION_PROBLEMS: Mapping[AnyProblem, str] = {
    ServiceProblem.SESSION_DAY_MISSING: N_("Donnez le jour de la séance. Exemple : 31/12/2025."),
    ServiceProblem.SESSION_TO_COME: N_(
        "La séance est prévue le {on} : elle n'est pas encore tenue. Corrigez d'abord son jour s'il a changé."
    ),
    ServiceProblem.SESSION_STARTED: N_("La séance est tenue : son jour ne peut pas être à venir."),
    ServiceProblem.SESSION_MOVED: N_(
        "Entre-temps, la séance a changé : voyez où elle en est. Rien n'a été enregistré."
    ),
    ServiceProblem.SESSION_NOT_HELD: N_("La séance n'est pas encore tenue : rien ne peut y être décidé."),
    ServiceProblem.SESSION_SEALED: N_("Le procès-verbal est arrêté : l'ordre du jour ne change plus."),
    ServiceProblem.SESSION_WITHOUT_AGENDA: N_("L'ordre du jour est vide : inscrivez au moins un service."),
    ServiceProblem.SESSION_UNDECIDED: N_("Tout n'est pas décidé : {names}. Décidez, ou ajournez."),
    ServiceProblem.SESSION_ROLES_MISSING: N_("Dites qui a siégé, par fonction. Exemple : élue déléguée au numérique."),
    ServiceProblem.AGENDA_TWICE: N_("Ce service est déjà à l'ordre du jour."),
    ServiceProblem.AGENDA_EMPTY: N_("Choisissez au moins un service."),
    ServiceProblem.AGENDA_REASON_MISSING: N_("Aucune règle n'inscrit ce service : dites pourquoi il est inscrit."),
    ServiceProblem.AGENDA_DECIDED: N_("Une décision est prise sur ce service : il reste à l'ordre du jour."),
    ServiceProblem.RESERVES_MISSING: N_("Écrivez les réserves."),
    ServiceProblem.LIFT_DAY_MISSING: N_("Donnez le jour avant lequel les réserves sont levées. Exemple : 31/12/2025."),
    ServiceProblem.DAY_BEFORE_SESSION: N_("Ce jour vient après celui de la séance ({on})."),
    ServiceProblem.LIMIT_BEYOND_AUDIT: N_(
        "L'audit ne vaut que jusqu'au {until} : l'homologation ne peut pas durer davantage."
    ),
    ServiceProblem.REFUSAL_REASON_MISSING: N_("Dites pourquoi."),
    ServiceProblem.APPROVAL_WITHOUT_AUDIT: N_(
        "Aucun audit complet ne valait le jour de la séance : une homologation dure ce que dure l'audit. "
        "Ajournez ou refusez."
    ),
    ServiceProblem.SESSION_IS_OVER: N_("Ajournez à une séance en préparation, plus tard que celle-ci."),
    ServiceProblem.RECTIFICATION_REASON_MISSING: N_("Le procès-verbal est arrêté : dites pourquoi il est rectifié."),
    ServiceProblem.GAP_CONTENT_MISSING: N_("Dites quel contenu n'est pas accessible."),
    ServiceProblem.GAP_REASON_MISSING: N_("Dites pourquoi ce contenu est laissé ainsi."),
    ServiceProblem.GAP_UNTIL_MISSING: N_("Une dérogation a une fin : donnez son dernier jour. Exemple : 31/12/2025."),
    ServiceProblem.GAP_UNTIL_PAST: N_("Le {on} est passé : une dérogation vaut pour les jours à venir."),
    ServiceProblem.GAP_UNTIL_BEFORE_AUDIT: N_("L'audit a fini le {on} : la dérogation ne finit pas avant."),
    ServiceProblem.CRITERION_UNKNOWN: N_("« {text} » n'est pas un critère du RGAA. Exemple : 1.1, 8.9."),
    ServiceProblem.MENDED_TO_COME: N_("Ce jour n'est pas encore venu : un contenu est corrigé ou ne l'est pas."),
}
