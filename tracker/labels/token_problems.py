"""Why a token of the API is not made, in words."""

from collections.abc import Mapping

from tracker.domain.errors import AnyProblem, ProblemCode
from tracker.labels.language import N_

TOKENS: Mapping[AnyProblem, str] = {
    ProblemCode.TOKENS_CHANGED: N_(
        "Entre-temps, un jeton a été créé, dans une autre fenêtre ou par un double clic. Aucun autre ne l'a été cette "
        "fois : si vous n'avez pas copié celui-là, révoquez-le et créez-en un nouveau."
    ),
    ProblemCode.TOKEN_NAME_MISSING: N_("Donnez un nom à ce jeton : le programme qui s'en servira, par exemple."),
    ProblemCode.TOKENS_MANY: N_("Vous avez déjà {limit} jetons valables : révoquez-en un d'abord."),
}
