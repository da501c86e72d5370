"""What is wrong with an audit, said plainly: why a file, a cell or a field of it is refused."""

from collections.abc import Mapping

from tracker.domain.errors import AnyProblem
from tracker.domain.service_problems import ServiceProblem
from tracker.labels.language import N_

AUDIT_PROBLEMS: Mapping[AnyProblem, str] = {
    ServiceProblem.AUDIT_NOT_READ: N_(
        "Aucun tableau d'audit n'a été reconnu : il faut une colonne « Critères » et une colonne par page, "
        "ou la grille d'audit du RGAA avec une feuille par page."
    ),
    ServiceProblem.AUDIT_TABLES_SEVERAL: N_(
        "Plusieurs feuilles ont une colonne « Critères » : gardez celle de l'audit, et envoyez à nouveau le fichier."
    ),
    ServiceProblem.AUDIT_REPORT_UNREADABLE: N_(
        "Ce fichier JSON n'est pas le rapport d'un audit tel que Ara l'exporte."
    ),
    ServiceProblem.AUDIT_VERSION_UNKNOWN: N_(
        "Ce fichier suit « {text} » : cette version du RGAA, ou ce type d'audit, n'a pas encore ses critères ici."
    ),
    ServiceProblem.AUDIT_PAGES_MISSING: N_("Cet audit n'a aucune page : il en faut au moins une."),
    ServiceProblem.AUDIT_PAGES_TOO_MANY: N_("Cet audit a trop de pages : {limit} au plus."),
    ServiceProblem.AUDIT_SHEET_MISSING: N_(
        "L'échantillon annonce la page {text}, mais aucune feuille ne porte ce nom."
    ),
    ServiceProblem.AUDIT_CRITERION_MISSING: N_("Cette ligne a des résultats, mais pas de numéro de critère."),
    ServiceProblem.AUDIT_CRITERION_UNKNOWN: N_("« {text} » n'est pas un critère du RGAA. Exemple : 1.1."),
    ServiceProblem.AUDIT_CRITERION_TWICE: N_("Le critère {criterion} est déjà à la ligne {row}."),
    ServiceProblem.AUDIT_CRITERIA_LACKING: N_(
        "Il manque des critères ({n} : {codes}…) : un audit rapide en a 25, un complémentaire 50, un complet 106."
    ),
    ServiceProblem.AUDIT_RESULT_UNREADABLE: N_("« {text} » n'est pas un résultat : C, NC, NA ou NT."),
    ServiceProblem.AUDIT_RESULT_LINE: N_("Le résultat n° {n} ne nomme pas un critère, une page ou un état connus."),
    ServiceProblem.AUDIT_RESULT_BESIDE: N_(
        "Le résultat n° {n} porte sur {criterion}, qui n'est pas un critère de cet audit."
    ),
    ServiceProblem.AUDIT_RESULT_TWICE: N_("Le résultat n° {n} contredit ce qui est déjà dit du critère {criterion}."),
    ServiceProblem.AUDIT_RESULTS_COUNT: N_(
        "{found} résultats lus pour {expected} critères : collez-les tous, dans l'ordre des critères."
    ),
    ServiceProblem.AUDIT_KIND_MISSING: N_("Choisissez le type de l'audit."),
    ServiceProblem.AUDIT_KIND_UNDEFINED: N_(
        "La version {version} du RGAA n'a pas encore, ici, la liste des critères de ce type d'audit."
    ),
    ServiceProblem.AUDIT_DAY_MISSING: N_("Donnez la date de fin de l'audit : elle décide de sa validité."),
    ServiceProblem.AUDIT_BEFORE_RGAA: N_(
        "La version {version} du RGAA est du {on} : cet audit ne peut pas être plus ancien."
    ),
    ServiceProblem.AUDIT_PUBLISHED_BEFORE: N_("La déclaration est publiée après l'audit, pas avant le {on}."),
    ServiceProblem.AUDIT_PAGE_NAME_MISSING: N_("Donnez un nom à cette page."),
    ServiceProblem.AUDIT_PAGE_TWICE: N_("Deux pages s'appellent « {text} » : distinguez-les."),
    ServiceProblem.AUDIT_PAGE_LAST: N_("Un audit garde au moins une page : retirez plutôt l'audit."),
    ServiceProblem.AUDIT_SHARED_TWICE: N_("Une autre page porte déjà ce que toutes les pages ont en commun."),
    ServiceProblem.AUDIT_WITHDRAWN: N_("Cet audit est retiré : il ne change plus."),
    ServiceProblem.AUDIT_RATE_RANGE: N_("Un taux va de 0 à 100."),
}
