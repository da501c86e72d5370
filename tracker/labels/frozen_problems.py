"""What freezing, publishing and presenting a report refuse, a sentence each."""

from collections.abc import Mapping

from tracker.domain.errors import AnyProblem, ProblemCode
from tracker.labels.language import N_

FROZEN_PROBLEMS: Mapping[AnyProblem, str] = {
    ProblemCode.REPORT_CHANGED: N_(
        "Le projet a changé depuis que cette page est ouverte. Rien n'est figé : relisez-le, puis figez-le."
    ),
    ProblemCode.REPORT_ACTED_ON: N_(
        "Entre-temps, {author} a changé ce qui se sait de cette version. Rien n'est écrasé ; votre saisie est gardée."
    ),
    ProblemCode.REPORT_READ_ALREADY: N_("Cette version est publiée : retirez-la avant de la publier autrement."),
    ProblemCode.REPORT_NOT_READ: N_("Cette version n'est ni publiée ni prévue : il n'y a rien à retirer."),
    ProblemCode.DEBATE_DAY_MISSING: N_("Donnez le jour du débat. Exemple : 31/12/2025."),
    ProblemCode.DEBATE_BEFORE_YEAR: N_("Le débat sur le bilan de {year} ne peut pas être d'avant {year}."),
    ProblemCode.DEBATE_TEXT_MISSING: N_("Donnez le numéro de la délibération, ou videz son jour."),
    ProblemCode.DEBATE_TEXT_DAY_MISSING: N_("Donnez le jour de la délibération, ou videz son numéro."),
    ProblemCode.DEBATE_TEXT_TO_COME: N_("Ce jour est à venir : la délibération s'enregistre une fois votée."),
    ProblemCode.DEBATE_TEXT_EARLY: N_("La délibération prend acte du débat : elle ne peut pas être d'avant lui."),
}
