"""What can be wrong with the words that an authority writes in its report, in words."""

from collections.abc import Mapping

from tracker.domain.errors import AnyProblem, ProblemCode
from tracker.labels.language import N_

REPORT_PROBLEMS: Mapping[AnyProblem, str] = {
    ProblemCode.REPORT_IMAGE: N_("Ligne {line} : une image n'entre pas dans tous les fichiers. Décrivez-la en mots."),
    ProblemCode.REPORT_TABLE: N_("Ligne {line} : un tableau ne se saisit pas ici. Écrivez une liste."),
    ProblemCode.REPORT_CODE: N_("Ligne {line} : les accents graves (`) annoncent du code, qui n'entre pas ici."),
    ProblemCode.REPORT_CODE_INDENTED: N_(
        "Ligne {line} : quatre espaces en début de ligne annoncent du code. Retirez-les."
    ),
    ProblemCode.REPORT_HTML: N_("Ligne {line} : le HTML n'entre pas ici. Retirez les balises."),
    ProblemCode.REPORT_QUOTE: N_("Ligne {line} : le signe > annonce une citation. Utilisez des guillemets."),
    ProblemCode.REPORT_RULE: N_("Ligne {line} : un trait de séparation n'entre pas ici. Utilisez un titre (###)."),
    ProblemCode.REPORT_STRUCK: N_("Ligne {line} : le texte barré n'entre pas ici. Retirez-le."),
    ProblemCode.REPORT_HEADING: N_(
        "Ligne {line} : un titre s'écrit ### ou ####, seul et hors d'une liste ; celui de la section est déjà donné."
    ),
    ProblemCode.REPORT_HEADING_SKIPPED: N_("Ligne {line} : un titre #### vient sous un titre ###."),
    ProblemCode.REPORT_LIST_NESTED: N_("Ligne {line} : une liste ne contient pas d'autre liste."),
    ProblemCode.REPORT_LINK: N_(
        "Ligne {line} : « {address} » n'est pas l'adresse d'un site (https://…) ni d'une boîte (mailto:…)."
    ),
    ProblemCode.REPORT_TEXT_STALE: N_(
        "Entre-temps, {author} a enregistré un autre texte : il est plus bas, avec ce qui diffère. "
        "Rien n'a été écrasé : complétez le vôtre, puis enregistrez de nouveau."
    ),
    ProblemCode.REPORT_ORDER_STALE: N_("Entre-temps, l'ordre du rapport a changé : le voici. Recommencez si besoin."),
}
