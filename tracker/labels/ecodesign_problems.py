"""What is wrong with a self-assessment of ecodesign or with pages that were measured, said plainly."""

from collections.abc import Mapping

from tracker.domain.errors import ProblemCode
from tracker.labels.language import N_

ECODESIGN_PROBLEMS: Mapping[ProblemCode, str] = {
    ProblemCode.ECODESIGN_BEGUN_ELSEWHERE: N_("Quelqu'un vient de commencer cette auto-évaluation : ouvrez-la."),
    ProblemCode.ECODESIGN_CHANGED_SINCE: N_(
        "Entre-temps, {author} a modifié cette auto-évaluation. Rien n'est arrêté : relisez, puis recommencez."
    ),
    ProblemCode.ECODESIGN_DAY_MISSING: N_("Donnez le jour de l'auto-évaluation. Exemple : 31/12/2025."),
    ProblemCode.ECODESIGN_ASSESSOR_MISSING: N_("Dites quel service, organisme ou rôle évalue, jamais une personne."),
    ProblemCode.ECODESIGN_SCOPE_MISSING: N_("Dites ce qui a été évalué : pages, parcours, application entière."),
    ProblemCode.ECODESIGN_ANSWERS_MISSING: N_("Critères encore à évaluer : {n}."),
    ProblemCode.ECODESIGN_PUBLISHED_MISSING: N_("Donnez le jour de la publication. Exemple : 31/12/2025."),
    ProblemCode.ECODESIGN_PUBLISHED_EARLY: N_("La déclaration se publie après l'auto-évaluation du {day}."),
    ProblemCode.CRITERION_APPLIES_ALWAYS: N_(
        "Le RGESN applique le critère {number} à tout service : il est conforme, non conforme ou à évaluer."
    ),
    ProblemCode.PAGES_NOT_READ: N_(
        "Ce fichier n'est pas un résultat d'EcoIndex CLI : exportez-le en CSV ou en JSON, titres compris."
    ),
    ProblemCode.PAGES_COLUMN_MISSING: N_("Il manque à ce fichier ce qu'EcoIndex CLI nomme : {names}."),
    ProblemCode.PAGES_OF_OTHER_WINDOWS: N_(
        "Toutes les pages ({n}) ont été ouvertes dans une autre fenêtre que celle d'EcoIndex, 1920 × 1080."
    ),
    ProblemCode.PAGES_CHANGED: N_(
        "Depuis l'aperçu, les mesures de ce service ont changé. Rien n'est enregistré : relisez, puis confirmez."
    ),
    ProblemCode.PAGE_NUMBER_UNREADABLE: N_("Cette valeur n'est pas un nombre positif qui convienne ici."),
    ProblemCode.PAGE_DAY_UNREADABLE: N_("Cette date ne se lit pas. Exemple : 2025-12-31."),
    ProblemCode.PAGE_DAY_MISSING: N_("Donnez le jour de la mesure. Exemple : 31/12/2025."),
    ProblemCode.PAGE_TOOL_MISSING: N_("Dites quel outil a mesuré cette page."),
    ProblemCode.PAGE_VERSION_MISSING: N_(
        "Donnez la version de l'outil : d'une version à l'autre, les scores ne se comparent pas."
    ),
    ProblemCode.PAGE_DIFFERS: N_(
        "Cette page a déjà une autre mesure du même jour et du même outil (score {score}) : retirez-la d'abord."
    ),
    ProblemCode.PAGE_REASON_MISSING: N_("Dites pourquoi cette mesure est retirée."),
    ProblemCode.KEEPS_NO_SERVICES: N_(
        "{text} n'a pas le droit de tenir les services numériques de cette organisation."
    ),
    ProblemCode.SERVICE_UNKNOWN: N_("Aucun service numérique n'a le numéro {number} dans cette organisation."),
    ProblemCode.MEASURE_PRIVATE: N_(
        "« {text} » mène à une adresse privée ou inconnue : --local admet cette machine et le réseau interne."
    ),
    ProblemCode.MEASURE_UNREACHABLE: N_("« {text} » ne s'ouvre pas."),
    ProblemCode.MEASURE_REFUSED: N_("« {text} » répond par une erreur {status} : rien n'est mesuré."),
}
