"""What can be wrong with a digital service, an AI system, an evaluation or a place of mediation, in words."""

from collections.abc import Mapping

from tracker.domain.errors import AnyProblem
from tracker.domain.service_problems import ServiceProblem
from tracker.labels.language import N_

SERVICE_PROBLEMS: Mapping[AnyProblem, str] = {
    ServiceProblem.AI_PURPOSE_MISSING: N_("Dites à quoi il sert avant de le publier."),
    ServiceProblem.EVALUATION_SCORE_OUT: N_("La note {value} sort de son échelle, de {low} à {high}."),
    ServiceProblem.EVALUATION_SCALE_EMPTY: N_("Le haut de l'échelle doit dépasser le bas."),
    ServiceProblem.EVALUATION_EMPTY: N_("Dites au moins comment le service a été évalué."),
    ServiceProblem.POSTCODE_UNREADABLE: N_("« {text} » n'est pas un code postal : cinq chiffres."),
    ServiceProblem.SERVICE_NAME_TAKEN: N_("Un autre service numérique porte déjà ce nom."),
    ServiceProblem.SERVICE_BEFORE_OPENING: N_("Ce jour vient avant l'ouverture, le {on}."),
    ServiceProblem.SERVICE_AFTER_CLOSING: N_("Ce jour vient après la fermeture, le {on}."),
    ServiceProblem.CONTACT_UNREADABLE: N_(
        "« {text} » n'est ni l'adresse d'un formulaire (https://…) ni une adresse électronique."
    ),
    ServiceProblem.CONTACT_PERSONAL: N_(
        "« {text} » semble être la boîte d'une personne. Donnez une boîte partagée ou un formulaire."
    ),
}
