"""What is wrong with a file that was sent, or with a pack, said plainly: why it is refused, and what to do."""

from collections.abc import Mapping

from tracker.domain.errors import AnyProblem, ProblemCode
from tracker.labels.language import N_

FILE_PROBLEMS: Mapping[AnyProblem, str] = {
    ProblemCode.FILE_EMPTY: N_("Ce fichier est vide."),
    ProblemCode.FILE_TOO_HEAVY: N_("Fichier trop lourd : {limit} Mo au plus, et {image_limit} Mo pour une image."),
    ProblemCode.FILE_TYPE_REFUSED: N_("Ce type de fichier n'est pas accepté. Types acceptés : {accepted}."),
    ProblemCode.FILE_EXTENSION_DIFFERS: N_(
        "Le nom se termine par « .{extension} », mais le contenu est du {found} : renommez le fichier, ou changez-en."
    ),
    ProblemCode.FILE_DAMAGED: N_(
        "Ce fichier est incomplet ou abîmé : ouvrez-le, enregistrez-le à nouveau, puis recommencez."
    ),
    ProblemCode.FILE_MIXED: N_(
        "Ce fichier contient autre chose que son format, avant ou après : "
        "ouvrez-le, enregistrez-le à nouveau, puis joignez-le."
    ),
    ProblemCode.FILE_ENCRYPTED: N_(
        "Ce fichier s'ouvre avec un mot de passe : recommencez avec une copie sans protection."
    ),
    ProblemCode.FILE_MACROS: N_("Ce fichier contient des macros : enregistrez-le sans macros, puis recommencez."),
    ProblemCode.FILE_UNPACKS_TOO_LARGE: N_("Ce fichier prendrait trop de place une fois ouvert : joignez-le en PDF."),
    ProblemCode.FILE_MISSING: N_("Choisissez le fichier à joindre."),
    ProblemCode.FILE_OVER_QUOTA: N_(
        "Plus assez de place : ce fichier pèse {size}, il reste {left} sur les {quota} de votre collectivité."
    ),
    ProblemCode.FILE_NOT_KEPT: N_("Le serveur n'a pas pu garder ce fichier. Rien n'est joint : réessayez plus tard."),
    ProblemCode.FILE_REPLACED: N_("Cette pièce a été remplacée entre-temps : voyez la nouvelle avant de la retirer."),
    ProblemCode.FILE_WITHDRAWN: N_("Cette pièce a été retirée entre-temps : joignez la vôtre comme nouvelle pièce."),
    ProblemCode.FILE_TOO_BIG: N_("Fichier trop lourd : {limit} Mo au plus."),
    ProblemCode.FILE_UNREADABLE: N_(
        "Ce fichier n'a pas pu être lu : enregistrez-le à nouveau en .xlsx, .ods ou .csv, puis recommencez."
    ),
    ProblemCode.FILE_OLD_WORKBOOK: N_(
        "Ce classeur est dans un ancien format (.xls) : enregistrez-le en .xlsx ou en .ods, puis recommencez."
    ),
    ProblemCode.FILE_NOT_A_TABLE: N_("Ce fichier n'est ni un classeur (.xlsx, .ods) ni un tableau en texte (.csv)."),
    ProblemCode.FILE_NOT_TEXT: N_(
        "Ce fichier n'est pas un texte lisible : enregistrez-le en CSV (UTF-8), puis recommencez."
    ),
    ProblemCode.FILE_NOT_A_TEXT: N_(
        "Ce fichier n'est ni un texte (.txt), ni un PDF, ni un document LibreOffice (.odt) : "
        "enregistrez la délibération dans l'un de ces formats."
    ),
    ProblemCode.FILE_TOO_MANY_MEMBERS: N_(
        "Ce fichier contient trop de morceaux : {limit} au plus. Enregistrez-le à nouveau depuis un tableur."
    ),
    ProblemCode.FILE_UNPACKS_BEYOND: N_(
        "Ce fichier prendrait trop de place une fois ouvert : {limit} Mo au plus, et une compression ordinaire."
    ),
    ProblemCode.FILE_ABNORMAL: N_(
        "Ce fichier contient un morceau qu'un tableur n'écrit pas (« {text} ») : enregistrez-le à nouveau."
    ),
    ProblemCode.FILE_DECLARES_ENTITIES: N_(
        "Ce fichier contient une déclaration XML interdite ({text}) : enregistrez-le à nouveau depuis un tableur."
    ),
    ProblemCode.FILE_TOO_MANY_SHEETS: N_("Ce classeur a trop de feuilles : {limit} au plus."),
    ProblemCode.FILE_TOO_MANY_ROWS: N_("Ce fichier a trop de lignes : {limit} au plus par feuille."),
    ProblemCode.FILE_TOO_MANY_COLUMNS: N_("Ce fichier a trop de colonnes : {limit} au plus par feuille."),
    ProblemCode.FILE_TOO_MUCH_TEXT: N_("Ce fichier contient trop de texte : {limit} millions de caractères au plus."),
    ProblemCode.PACK_TOO_HEAVY: N_("Paquet trop lourd : {limit} Mo au plus."),
    ProblemCode.PACK_NOT_UTF8: N_("Ce fichier n'est pas du texte en UTF-8 : enregistrez-le ainsi, puis recommencez."),
    ProblemCode.PACK_UNREADABLE: N_(
        "La lecture s'arrête ici : vérifiez le retrait, les deux-points et les guillemets de cette ligne."
    ),
    ProblemCode.PACK_ALIAS: N_("Les ancres (&) et les renvois (*) ne sont pas acceptés : écrivez la valeur en entier."),
    ProblemCode.PACK_TAG: N_("Les types explicites (!) ne sont pas acceptés : écrivez la valeur seule."),
    ProblemCode.PACK_TOO_DEEP: N_("Trop de listes les unes dans les autres : {limit} niveaux au plus."),
    ProblemCode.PACK_TOO_LONG: N_("Trop de valeurs : {limit} au plus par paquet."),
    ProblemCode.PACK_SEVERAL: N_("Un paquet contient une seule délibération : retirez ce qui suit « --- »."),
    ProblemCode.PACK_OTHER_ORGANISATION: N_("Ce paquet est écrit pour « {text} », et non pour « {slug} »."),
    ProblemCode.FILE_TOO_MANY_CELLS: N_("Ce fichier a trop de cases : {limit} au plus, toutes feuilles comprises."),
}
