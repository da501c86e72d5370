"""What is wrong with what is told of a plan and its actions, said plainly: one sentence for each refusal."""

from collections.abc import Mapping

from tracker.domain.errors import AnyProblem, ProblemCode
from tracker.labels.language import N_

PLANS: Mapping[AnyProblem, str] = {
    ProblemCode.PLAN_EXISTS: N_("Le plan d'actions {year} est déjà ouvert."),
    ProblemCode.PLAN_EMPTY: N_("Ce plan n'a encore aucune action : ajoutez-en une avant de le soumettre au vote."),
    ProblemCode.PLAN_MOVED: N_(
        "Entre-temps, {author} a fait avancer ce plan : {stage}. Relisez la page, puis recommencez si besoin."
    ),
    ProblemCode.PLAN_SUBMITTED: N_("Ce plan est soumis au vote : reprenez-le en projet avant d'y prévoir autre chose."),
    ProblemCode.PLAN_REVIEWED: N_("Le bilan du plan {year} est fait : il ne change plus."),
    ProblemCode.PLAN_NOT_BEGUN: N_("L'année {year} n'a pas commencé : son bilan viendra plus tard."),
    ProblemCode.PLAN_REASON_MISSING: N_("Ce plan est adopté : dites pourquoi il change."),
    ProblemCode.PLAN_RETURN_REASON_MISSING: N_("Dites pourquoi ce plan est repris en projet."),
    ProblemCode.PLAN_DELIBERATION_MISSING: N_("Choisissez la délibération qui adopte ce plan."),
    ProblemCode.PLAN_TEXT_NOT_ADOPTED: N_(
        "Cette délibération n'a pas été adoptée ({outcome}) : elle n'adopte aucun plan."
    ),
    ProblemCode.PLAN_TEXT_TOO_OLD: N_(
        "Cette délibération, votée le {on}, est trop ancienne pour avoir adopté le plan {year}."
    ),
    ProblemCode.PLAN_NOTE_MISSING: N_("Dites en quelques mots ce que l'année a donné."),
    ProblemCode.ACTION_TITLE_MISSING: N_("Donnez un intitulé à cette action."),
    ProblemCode.ACTION_STARTS_AFTER: N_("Cette action commencerait après {year}, l'année de ce plan."),
    ProblemCode.ACTION_ENDS_BEFORE: N_("Cette action finirait avant {year}, l'année de ce plan."),
    ProblemCode.ENDS_BEFORE_START: N_("La fin vient après le début."),
    ProblemCode.STEP_TITLE_MISSING: N_("Dites ce qu'est cette étape, ou videz ses dates."),
    ProblemCode.EFFECT_MISSING: N_("Dites l'effet attendu sur cet indicateur, ou videz son code."),
    ProblemCode.EFFECT_TWICE: N_("{text} a déjà un effet attendu plus haut."),
}
