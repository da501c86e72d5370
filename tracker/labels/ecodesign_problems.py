"""What is wrong with a self-assessment of ecodesign or with pages that were measured, said plainly."""

from collections.abc import Mapping

from tracker.domain.errors import AnyProblem
from tracker.domain.service_problems import ServiceProblem
from tracker.labels.language import N_

ECODESIGN_PROBLEMS: Mapping[AnyProblem, str] = {
    ServiceProblem.ECODESIGN_BEGUN_ELSEWHERE: N_("Quelqu'un vient de commencer cette auto-évaluation : ouvrez-la."),
    ServiceProblem.ECODESIGN_CHANGED_SINCE: N_(
        "Entre-temps, {author} a modifié cette auto-évaluation. Rien n'est arrêté : relisez, puis recommencez."
    ),
    ServiceProblem.ECODESIGN_DAY_MISSING: N_("Donnez le jour de l'auto-évaluation. Exemple : 31/12/2025."),
    ServiceProblem.ECODESIGN_ASSESSOR_MISSING: N_("Dites quel service, organisme ou rôle évalue, jamais une personne."),
    ServiceProblem.ECODESIGN_SCOPE_MISSING: N_("Dites ce qui a été évalué : pages, parcours, application entière."),
    ServiceProblem.ECODESIGN_ANSWERS_MISSING: N_("Critères encore à évaluer : {n}."),
    ServiceProblem.ECODESIGN_PUBLISHED_MISSING: N_("Donnez le jour de la publication. Exemple : 31/12/2025."),
    ServiceProblem.ECODESIGN_PUBLISHED_EARLY: N_("La déclaration se publie après l'auto-évaluation du {day}."),
    ServiceProblem.CRITERION_APPLIES_ALWAYS: N_(
        "Le RGESN applique le critère {number} à tout service : il est conforme, non conforme ou à évaluer."
    ),
    ServiceProblem.PAGES_NOT_READ: N_(
        "Ce fichier n'est pas un résultat d'EcoIndex CLI : exportez-le en CSV ou en JSON, titres compris."
    ),
    ServiceProblem.PAGES_COLUMN_MISSING: N_("Il manque à ce fichier ce qu'EcoIndex CLI nomme : {names}."),
    ServiceProblem.PAGES_OF_OTHER_WINDOWS: N_(
        "Toutes les pages ({n}) ont été ouvertes dans une autre fenêtre que celle d'EcoIndex, 1920 × 1080."
    ),
    ServiceProblem.PAGES_CHANGED: N_(
        "Depuis l'aperçu, les mesures de ce service ont changé. Rien n'est enregistré : relisez, puis confirmez."
    ),
    ServiceProblem.PAGE_NUMBER_UNREADABLE: N_("Cette valeur n'est pas un nombre positif qui convienne ici."),
    ServiceProblem.PAGE_DAY_UNREADABLE: N_("Cette date ne se lit pas. Exemple : 2025-12-31."),
    ServiceProblem.PAGE_DAY_MISSING: N_("Donnez le jour de la mesure. Exemple : 31/12/2025."),
    ServiceProblem.PAGE_TOOL_MISSING: N_("Dites quel outil a mesuré cette page."),
    ServiceProblem.PAGE_VERSION_MISSING: N_(
        "Donnez la version de l'outil : d'une version à l'autre, les scores ne se comparent pas."
    ),
    ServiceProblem.PAGE_DIFFERS: N_(
        "Cette page a déjà une autre mesure du même jour et du même outil (score {score}) : retirez-la d'abord."
    ),
    ServiceProblem.PAGE_REASON_MISSING: N_("Dites pourquoi cette mesure est retirée."),
    ServiceProblem.KEEPS_NO_SERVICES: N_(
        "{text} n'a pas le droit de tenir les services numériques de cette organisation."
    ),
    ServiceProblem.SERVICE_UNKNOWN: N_("Aucun service numérique n'a le numéro {number} dans cette organisation."),
    ServiceProblem.MEASURE_PRIVATE: N_(
        "« {text} » mène à une adresse privée ou inconnue : --local admet cette machine et le réseau interne."
    ),
    ServiceProblem.MEASURE_UNREACHABLE: N_("« {text} » ne s'ouvre pas."),
    ServiceProblem.MEASURE_REFUSED: N_("« {text} » répond par une erreur {status} : rien n'est mesuré."),
}
