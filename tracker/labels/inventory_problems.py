"""What is wrong with an inventory of equipment, said plainly: why a file, a row or a cell is refused."""

from collections.abc import Mapping

from tracker.domain.errors import AnyProblem, ProblemCode
from tracker.labels.language import N_

INVENTORY_PROBLEMS: Mapping[AnyProblem, str] = {
    ProblemCode.INVENTORY_NOT_READ: N_(
        "Aucune ligne de titres d'inventaire n'a été reconnue : exportez la liste de GLPI en CSV, titres compris."
    ),
    ProblemCode.INVENTORY_WITHOUT_KEY: N_(
        "Ni « ID » ni « Numéro d'inventaire » parmi les colonnes : ajoutez l'une des deux à l'export, "
        "pour reconnaître chaque équipement d'une année à l'autre."
    ),
    ProblemCode.INVENTORY_WITHOUT_ROW: N_(
        "Ce fichier a des titres et aucune ligne : tout le parc paraîtrait disparu. Exportez la liste à nouveau."
    ),
    ProblemCode.INVENTORY_KEYS_DIFFER: N_(
        "Les équipements de ce fichier ne se repèrent pas comme ceux du dernier inventaire : tous seraient comptés "
        "deux fois. Exportez la même liste avec la même colonne « ID » ou « Numéro d'inventaire »."
    ),
    ProblemCode.INVENTORY_OLDER: N_(
        "Un inventaire du {day} est déjà confirmé : celui-ci, plus ancien, effacerait ce qui a changé depuis."
    ),
    ProblemCode.INVENTORY_CHANGED: N_(
        "Depuis l'aperçu, le parc, une correspondance ou un autre inventaire a changé. Rien n'est enregistré : "
        "relisez les nombres, puis confirmez."
    ),
    ProblemCode.DAY_ORDER_UNTOLD: N_(
        "Les dates comme « {text} » se lisent de deux façons et aucune ligne ne tranche : dites l'ordre, "
        "puis choisissez à nouveau le fichier."
    ),
    ProblemCode.DAY_ORDER_MIXED: N_(
        "Certaines dates commencent par le jour, d'autres par le mois, et « {text} » se lit des deux façons : dites "
        "l'ordre, puis choisissez à nouveau le fichier. Celles qui n'y vont pas seront refusées."
    ),
    ProblemCode.ROW_QUOTE_UNCLOSED: N_(
        "Un guillemet n'est pas refermé comme il faut, à la ligne {row} ou avant : la suite ne se lit pas."
    ),
    ProblemCode.ROW_TOO_WIDE: N_(
        "Cette ligne a plus de cellules que de titres : un séparateur est sans doute dans un texte sans guillemets."
    ),
    ProblemCode.ASSET_WITHOUT_KEY: N_("Cette ligne n'a ni identifiant ni numéro d'inventaire."),
    ProblemCode.ASSET_TWICE: N_("La ligne {row} a déjà cet identifiant ou ce numéro d'inventaire."),
    ProblemCode.ASSET_DAY_UNREADABLE: N_("Cette cellule n'est pas une date. Exemples : 2023-09-01, 01/09/2023."),
    ProblemCode.ASSET_DAY_AHEAD: N_("Le {day} n'est pas encore venu."),
    ProblemCode.ASSET_RETIRED_EARLY: N_("Réformé le {end}, avant son début, le {start}."),
    ProblemCode.ASSET_NUMBER_UNREADABLE: N_("Cette cellule n'est pas un nombre entier. Exemple : 36."),
    ProblemCode.ASSET_ORIGIN_UNKNOWN: N_("Cette origine n'est pas reconnue : neuf, reconditionné, don ou inconnue."),
    ProblemCode.WORDS_UNSETTLED: N_("« {text} » n'a pas encore de sens : réglez ce mot à l'écran, il sera retenu."),
    ProblemCode.RULE_STALE: N_(
        "Entre-temps, {author} a réglé ce mot : {theirs}. Rien n'est écrasé et votre choix est gardé ici : "
        "enregistrez à nouveau pour le retenir."
    ),
    ProblemCode.KEEPS_NO_ESTATE: N_("{text} n'a pas le droit de tenir le parc de cette organisation."),
}
