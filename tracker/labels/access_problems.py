"""What is wrong with what is told of statements, schemes, plans and complaints: one sentence for each refusal."""

from collections.abc import Mapping

from tracker.domain.errors import AnyProblem
from tracker.domain.service_problems import ServiceProblem
from tracker.labels.language import N_

ACCESS_PROBLEMS: Mapping[AnyProblem, str] = {
    ServiceProblem.PUBLICATION_DAY_MISSING: N_("Donnez le jour de la publication. Exemple : 31/12/2025."),
    ServiceProblem.PUBLICATION_ADDRESS_MISSING: N_("Donnez l'adresse où chacun peut la lire."),
    ServiceProblem.PUBLICATION_BEFORE_OPENING: N_("Le service a ouvert le {on} : sa déclaration n'est pas d'avant."),
    ServiceProblem.PUBLICATION_BEFORE_AUDIT: N_(
        "L'audit qu'elle rapporte a fini le {on} : la déclaration n'est pas d'avant."
    ),
    ServiceProblem.PUBLICATION_INCOMPLETE: N_(
        "Une déclaration incomplète ne se publie pas : complétez d'abord ce qui lui manque."
    ),
    ServiceProblem.NOTHING_TO_CORRECT: N_("Aucune publication n'est enregistrée : il n'y a rien à corriger."),
    ServiceProblem.STATEMENT_LACKS: N_("Cette déclaration ne peut pas être établie : il y manque quelque chose."),
    ServiceProblem.SCHEME_DAY_MISSING: N_("Donnez ce jour. Exemple : 01/01/2026."),
    ServiceProblem.SCHEME_TOO_LONG: N_("Un schéma dure trois ans au plus : celui-ci finit le {on} au plus tard."),
    ServiceProblem.SCHEME_TWICE: N_("Un schéma commence déjà le {on} : modifiez-le, ou changez ce jour."),
    ServiceProblem.COMPLAINT_SERVICE_MISSING: N_("Choisissez le service dont on se plaint."),
    ServiceProblem.COMPLAINT_DAY_MISSING: N_("Donnez le jour où elle est arrivée. Exemple : 31/12/2025."),
    ServiceProblem.COMPLAINT_SUBJECT_MISSING: N_("Dites en quelques mots ce qui n'est pas accessible."),
    ServiceProblem.COMPLAINT_OUTCOME_MISSING: N_("Dites ce que la réponse a donné."),
    ServiceProblem.COMPLAINT_NAMES_MAIL: N_(
        "Ce texte contient une adresse électronique : rien qui désigne une personne n'est gardé ici. Ôtez-la."
    ),
    ServiceProblem.COMPLAINT_NAMES_TELEPHONE: N_(
        "Ce texte contient un numéro de téléphone : rien qui désigne une personne n'est gardé ici. Ôtez-le."
    ),
    ServiceProblem.ANSWER_TOO_EARLY: N_("La réponse vient après la réclamation, arrivée le {on}."),
}
