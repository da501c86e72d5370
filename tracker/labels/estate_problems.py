"""What is wrong with what is told of equipment and of its footprint, said plainly: one sentence for each refusal."""

from collections.abc import Mapping

from tracker.domain.errors import AnyProblem, ProblemCode
from tracker.labels.language import N_

ESTATE: Mapping[AnyProblem, str] = {
    ProblemCode.EQUIPMENT_DAY_TO_COME: N_("Le {on} n'est pas encore venu : dites ce qui a eu lieu."),
    ProblemCode.EQUIPMENT_BEFORE_ORDER: N_("Ce jour vient avant celui de la commande, le {on}."),
    ProblemCode.EQUIPMENT_CATEGORY_MISSING: N_("Choisissez une catégorie ; « autre équipement » existe."),
    ProblemCode.EQUIPMENT_COUNT_MISSING: N_("Dites combien il y en a : 1 pour un seul."),
    ProblemCode.EQUIPMENT_MOVED: N_(
        "Entre-temps, le parc ou votre saisie a changé : ce qui suit n'est plus ce qui était montré. Rien n'a été "
        "modifié : relisez, puis confirmez."
    ),
    ProblemCode.NOTHING_TO_CHANGE: N_("Dites ce qui doit changer : tous les champs sont vides."),
    ProblemCode.RULE_WORD_MISSING: N_("Donnez le mot de l'inventaire, tel qu'il y est écrit."),
    ProblemCode.RULE_CODE_MISSING: N_("Dites comment ce mot se lit."),
    ProblemCode.RETIRED_BEFORE_START: N_("La réforme vient après le reste de sa vie, qui va jusqu'au {on}."),
    ProblemCode.RETIRED_DAY_UNWANTED: N_(
        "Seul un équipement réformé a un jour de réforme : changez l'état, ou videz ce champ."
    ),
    ProblemCode.DESTINATION_UNWANTED: N_(
        "Seul un équipement réformé a une destination : changez l'état, ou videz ce champ."
    ),
    ProblemCode.FACTOR_NEGATIVE: N_("Un facteur ou un montant n'est pas négatif, et une durée n'est pas nulle."),
    ProblemCode.LIFE_NOT_MEASURED: N_(
        "Cette source dit une durée mesurée sur le parc, et ce n'est pas celle qui l'est : dites d'où vient la vôtre."
    ),
    ProblemCode.RANGE_LEAVES_VALUE: N_("La borne basse vient avant la valeur, la haute après."),
    ProblemCode.AMOUNT_SOURCE_MISSING: N_(
        "Dites d'où vient ce montant : facture, déclaration du fournisseur, étude, outil et version."
    ),
    ProblemCode.TOTALS_NOT_READ: N_(
        "Aucune ligne de titres connue : envoyez l'export d'un des outils nommés ci-dessous, ou le tableau simple."
    ),
    ProblemCode.TOTALS_ALLOCATED: N_(
        "Ce fichier répartit l'impact sur des machines virtuelles ou des applications : il compterait deux fois. "
        "Envoyez celui des équipements physiques."
    ),
    ProblemCode.TOTALS_NONE: N_("Aucune ligne de ce fichier ne dit une empreinte pour {year}."),
    ProblemCode.TOTAL_TWICE: N_(
        "La ligne {row} dit déjà cette étape de « {name} », ou son ensemble : donnez chaque étape une fois, "
        "ou l'ensemble seul."
    ),
    ProblemCode.TOTAL_OF_OTHER_YEAR: N_(
        "« {text} » : cette page est celle de {year}, envoyez cette ligne à la sienne."
    ),
    ProblemCode.TOTAL_UNIT_UNKNOWN: N_("« {text} » : cette quantité, ou son unité, ne se lit pas."),
    ProblemCode.TOTAL_UNIT_DIFFERS: N_("« {text} » : l'unité attendue est {expected}."),
    ProblemCode.ASSESSMENT_TOO_EARLY: N_("{year} n'est pas finie : son bilan se fige à partir du 1er janvier {next}."),
    ProblemCode.LEVER_OUT_OF_RANGE: N_("Donnez un nombre de {low} à {high}."),
    ProblemCode.LEVER_NOT_WHOLE: N_("Donnez un nombre entier de {low} à {high}."),
    ProblemCode.SCENARIO_NAME_TAKEN: N_("Un autre scénario porte déjà ce nom : donnez-en un autre."),
    ProblemCode.NOTHING_TO_FREEZE: N_("Rien n'est chiffré pour {year} : il n'y a pas de bilan à figer."),
    ProblemCode.ASSESSMENT_STALE: N_(
        "Le bilan a changé depuis l'aperçu : vous aviez lu {mine} t CO₂e, il donne maintenant {theirs}. "
        "Rien n'est figé : relisez, puis recommencez."
    ),
}
