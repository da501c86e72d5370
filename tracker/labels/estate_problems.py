"""What is wrong with what is told of equipment, said plainly: one sentence for each refusal."""

from collections.abc import Mapping

from tracker.domain.errors import ProblemCode
from tracker.labels.language import N_

ESTATE: Mapping[ProblemCode, str] = {
    ProblemCode.EQUIPMENT_DAY_TO_COME: N_("Le {on} n'est pas encore venu : dites ce qui a eu lieu."),
    ProblemCode.EQUIPMENT_BEFORE_ORDER: N_("Ce jour vient avant celui de la commande, le {on}."),
    ProblemCode.EQUIPMENT_CATEGORY_MISSING: N_("Choisissez une catégorie ; « autre équipement » existe."),
    ProblemCode.EQUIPMENT_COUNT_MISSING: N_("Dites combien il y en a : 1 pour un seul."),
    ProblemCode.EQUIPMENT_MOVED: N_(
        "Entre-temps, le parc ou votre saisie a changé : ce qui suit n'est plus ce qui était montré. Rien n'a été "
        "modifié : relisez, puis confirmez."
    ),
    ProblemCode.NOTHING_TO_CHANGE: N_("Dites ce qui doit changer : tous les champs sont vides."),
    ProblemCode.RETIRED_BEFORE_START: N_("La réforme vient après le reste de sa vie, qui va jusqu'au {on}."),
    ProblemCode.RETIRED_DAY_UNWANTED: N_(
        "Seul un équipement réformé a un jour de réforme : changez l'état, ou videz ce champ."
    ),
    ProblemCode.DESTINATION_UNWANTED: N_(
        "Seul un équipement réformé a une destination : changez l'état, ou videz ce champ."
    ),
}
