"""What is wrong, said plainly: one sentence for each refusal, fit to stand under its field."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from tracker.config.settings import SettingFault, SettingProblem
from tracker.domain.errors import AnyProblem, Problem, ProblemCode
from tracker.domain.evidence import Size
from tracker.domain.vocabulary import Absence, BaselineState, Better, PlanStage, VoteOutcome
from tracker.labels.access_problems import ACCESS_PROBLEMS
from tracker.labels.audit_problems import AUDIT_PROBLEMS
from tracker.labels.commission_problems import COMMISSION_PROBLEMS
from tracker.labels.ecodesign_problems import ECODESIGN_PROBLEMS
from tracker.labels.estate_problems import ESTATE
from tracker.labels.evidence import file_size
from tracker.labels.file_problems import FILE_PROBLEMS
from tracker.labels.formats import day, moment, number
from tracker.labels.frozen_problems import FROZEN_PROBLEMS
from tracker.labels.inventory_problems import INVENTORY_PROBLEMS
from tracker.labels.language import N_, text, typeset
from tracker.labels.plan_problems import PLANS
from tracker.labels.report_problems import REPORT_PROBLEMS
from tracker.labels.service_problems import SERVICE_PROBLEMS
from tracker.labels.token_problems import TOKENS
from tracker.labels.words import word

PROBLEMS: Mapping[AnyProblem, str] = {
    **PLANS,
    **FILE_PROBLEMS,
    **FROZEN_PROBLEMS,
    **ACCESS_PROBLEMS,
    **INVENTORY_PROBLEMS,
    **COMMISSION_PROBLEMS,
    **ECODESIGN_PROBLEMS,
    **AUDIT_PROBLEMS,
    **REPORT_PROBLEMS,
    ProblemCode.NOT_A_NUMBER: N_("« {text} » n'est pas un nombre. Exemple : 5,4."),
    ProblemCode.NOT_A_PERCENTAGE: N_("« {text} » : ce nombre ne se compte pas en %. Donnez le nombre seul."),
    ProblemCode.AMBIGUOUS_NUMBER: N_("« {text} » se lit de deux façons : écrivez {decimal} ou {grouped}."),
    ProblemCode.CENTS_TOO_FINE: N_("« {text} » : une somme en euros a deux décimales au plus. Exemple : 4 000,50."),
    ProblemCode.NUMBER_TOO_LONG: N_("« {text} » a trop de chiffres : 15 avant la virgule et 6 après, au plus."),
    ProblemCode.BELOW_MINIMUM: N_("{value} est impossible ici : le minimum est {bound}."),
    ProblemCode.ABOVE_MAXIMUM: N_("{value} est impossible ici : le maximum est {bound}."),
    ProblemCode.NOT_WHOLE: N_("{value} n'est pas possible : un nombre entier est attendu."),
    ProblemCode.VALUE_AND_ABSENCE: N_("Une valeur et un motif d'absence ne vont pas ensemble : gardez l'un des deux."),
    ProblemCode.VALUE_REMOVED: N_(
        "Une valeur enregistrée ne s'efface pas : corrigez-la, ou donnez un motif d'absence."
    ),
    ProblemCode.VALUE_OR_REASON: N_("Il manque une valeur, ou le motif pour lequel il n'y en a pas."),
    ProblemCode.DENOMINATOR_MISSING: N_("Numérateur et dénominateur vont ensemble : il manque l'un des deux."),
    ProblemCode.DENOMINATOR_ZERO: N_("Le dénominateur vaut zéro : le rapport n'est pas calculable."),
    ProblemCode.PART_NEGATIVE: N_("Ce nombre ne peut pas être négatif ici."),
    ProblemCode.RATIO_DIFFERS: N_("La valeur saisie ({value}) ne correspond pas au rapport calculé ({computed})."),
    ProblemCode.PARTS_DIFFER: N_(
        "Le total saisi ({value}) n'est pas celui des services ({computed}) : videz ce champ, ou corrigez les services."
    ),
    ProblemCode.COVERAGE_RANGE: N_("La couverture est une part entre 0 et 100 %."),
    ProblemCode.TOO_LONG: N_("Texte trop long : {limit} caractères au plus."),
    ProblemCode.UNKNOWN_CHOICE: N_("Ce choix n'existe pas."),
    ProblemCode.YEAR_CLOSED: N_("L'année {year} n'est pas ouverte à la saisie."),
    ProblemCode.STALE: N_(
        "Entre-temps, {author} a enregistré {theirs} le {at}. Votre saisie : {mine}. Rien n'a été écrasé : choisissez."
    ),
    ProblemCode.STALE_OWN: N_(
        "Entre-temps, vous avez enregistré {theirs} dans une autre fenêtre, le {at}. Votre saisie ici : {mine}. "
        "Rien n'a été écrasé : choisissez."
    ),
    ProblemCode.DATE_UNREADABLE: N_("« {text} » n'est pas une date. Exemple : 31/12/2025."),
    ProblemCode.DATE_MISSING: N_("Donnez la date du constat. Exemple : 31/12/2025."),
    ProblemCode.DATE_TOO_OLD: N_("Une date d'avant {year} est sans doute une faute de frappe."),
    ProblemCode.DATE_IN_FUTURE: N_("Un constat porte sur le passé : cette date n'est pas encore venue."),
    ProblemCode.VALIDITY_TOO_SHORT: N_("La fin de validité vient après la date de l'homologation."),
    ProblemCode.EVIDENCE_MISSING: N_("Dites ce qui l'établit : délibération, procès-verbal, adresse, pièce."),
    ProblemCode.PASSWORD_SHORT: N_("Le mot de passe doit avoir au moins {limit} caractères."),
    ProblemCode.ADDRESS_UNREADABLE: N_("« {text} » n'est pas une adresse électronique."),
    ProblemCode.ADDRESS_TAKEN: N_("Un compte existe déjà pour {text}."),
    ProblemCode.UNKNOWN_ACCOUNT: N_("Aucun compte pour {text}."),
    ProblemCode.UNKNOWN_ORGANISATION: N_("Aucune organisation « {text} »."),
    ProblemCode.FORMULA_EMPTY: N_("Écrivez la formule. Exemple : 100 × SOB-01 / référence(SOB-01)."),
    ProblemCode.FORMULA_CONSTANT: N_("La formule ne nomme aucun indicateur : elle ne mesure rien."),
    ProblemCode.FORMULA_TOO_LONG: N_("Formule trop longue : {limit} caractères au plus."),
    ProblemCode.FORMULA_TOO_DEEP: N_("Trop de parenthèses les unes dans les autres : {limit} niveaux au plus."),
    ProblemCode.FORMULA_UNREADABLE: N_("À la position {position}, « {text} » n'est pas attendu."),
    ProblemCode.FORMULA_UNFINISHED: N_("La formule s'arrête trop tôt : il en manque la fin."),
    ProblemCode.FORMULA_UNKNOWN_UNIT: N_(
        "« {text} » n'est pas une unité connue. Exemples : [person], [kg_co2e/t_co2e]."
    ),
    ProblemCode.FORMULA_UNKNOWN_INDICATOR: N_("Aucun indicateur ne porte ce code : {codes}."),
    ProblemCode.FORMULA_CYCLE: N_("La formule tourne en rond : {path}."),
    ProblemCode.FORMULA_MIXED_UNITS: N_("Une somme ou une différence mélange deux unités : {left} et {right}."),
    ProblemCode.FORMULA_WRONG_UNIT: N_(
        "Unité de la formule : {found}. Unité de l'indicateur : {expected}. Ce doit être la même."
    ),
    ProblemCode.REASON_MISSING: N_("Donnez la raison : elle restera écrite à côté de cette version."),
    ProblemCode.VALUE_MISSING: N_("Donnez la valeur. Exemple : 5,4."),
    ProblemCode.YEAR_MISSING: N_("Donnez l'année. Exemple : 2025."),
    ProblemCode.YEAR_OUT_OF_RANGE: N_("« {text} » : une année de {first} à {last} est attendue."),
    ProblemCode.FIELD_UNWANTED: N_("Ce champ ne va pas avec le choix fait plus haut : videz-le, ou changez ce choix."),
    ProblemCode.BASELINE_FROZEN: N_("Une valeur validée est gelée : pour la remplacer, dites pourquoi."),
    ProblemCode.BASELINE_SOURCE_MISSING: N_("Dites d'où vient cette valeur : inventaire, facture, étude, texte voté."),
    ProblemCode.BASELINE_TOO_EARLY: N_(
        "Les années avant {year} sont déjà jugées : une valeur qui en remplace une autre vaut au plus tôt pour {year}."
    ),
    ProblemCode.BASELINE_AFTER_FIRST: N_("Cette année vient après {year}, la première année jugée avec cette valeur."),
    ProblemCode.TARGET_UNJUDGED_KIND: N_(
        "Cet engagement se juge sans seuil chiffré (une direction, un jalon ou un renouvellement) : "
        "un objectif n'y serait jamais jugé."
    ),
    ProblemCode.TARGET_OF_FACTS: N_(
        "Cet indicateur se constate engagement par engagement : un objectif chiffré n'y serait jamais jugé."
    ),
    ProblemCode.TARGET_WRONG_COMPARATOR: N_("Ce seuil ne va pas avec le sens de l'indicateur, {better}."),
    ProblemCode.TARGET_WRONG_SIDE: N_(
        "Depuis la valeur de référence, cet objectif irait à l'inverse du sens de l'indicateur, {better}."
    ),
    ProblemCode.TARGET_EMPTY_BAND: N_("Le haut de la plage est plus bas que {value}, son bas."),
    ProblemCode.UPPER_MISSING: N_("Donnez le haut de la plage."),
    ProblemCode.START_MISSING: N_("Donnez la valeur de départ que l'objectif énonce."),
    ProblemCode.POINTS_MISSING: N_("Écrivez au moins une étape. Exemple : 2026 : 5,2."),
    ProblemCode.POINT_UNREADABLE: N_(
        "Ligne {line} : « {text} » n'est pas une année suivie d'une valeur. Exemple : 2026 : 5,2."
    ),
    ProblemCode.POINTS_OUT_OF_ORDER: N_("Ligne {line} : les étapes se suivent de la plus ancienne à la plus récente."),
    ProblemCode.POINT_OUTSIDE: N_("{year} : une étape vient après le départ, et au plus tard à l'échéance."),
    ProblemCode.POINT_OUT_OF_BOUNDS: N_("Ligne {line} : {value} est impossible pour cet indicateur."),
    ProblemCode.POINT_BEYOND_TARGET: N_("Ligne {line} : {value} va plus loin que l'objectif."),
    ProblemCode.POINT_BEHIND_START: N_("Ligne {line} : {value} est en arrière du point de départ."),
    ProblemCode.POINT_GOES_BACK: N_("Ligne {line} : {value} revient en arrière de l'étape d'avant."),
    ProblemCode.DECISION_MISSING: N_("Dites quelle décision fixe cet objectif."),
    ProblemCode.DECISION_DATE_MISSING: N_("Donnez la date de la décision. Exemple : 31/12/2025."),
    ProblemCode.DECISION_IN_FUTURE: N_("Cette date n'est pas encore venue : la décision n'est pas prise."),
    ProblemCode.IN_FORCE_TOO_EARLY: N_("Une décision de {year} ne juge pas les années d'avant."),
    ProblemCode.HORIZON_TOO_EARLY: N_("L'échéance viendrait avant la première année jugée avec cet objectif."),
    ProblemCode.TOLERANCE_RANGE: N_("La tolérance est une part entre 0 et 100 %."),
    ProblemCode.COMPANION_ITSELF: N_("Un indicateur ne s'accompagne pas lui-même : choisissez-en un autre."),
    ProblemCode.COMPANION_NOT_AMOUNT: N_(
        "Cet indicateur n'est pas une quantité : un rapport ne révèle pas un effet rebond."
    ),
    ProblemCode.METHOD_OF_FACTS: N_("Cet indicateur se constate engagement par engagement : il n'a pas de formule."),
    ProblemCode.METHOD_TOO_EARLY: N_("{year} a déjà une valeur publiée : cette méthode vaut au plus tôt pour {next}."),
    ProblemCode.MONTHS_RANGE: N_("Un nombre entier de mois entre 1 et 120 est attendu."),
    ProblemCode.SETTING_STALE: N_(
        "Entre-temps, {author} a enregistré : {theirs}. Rien n'a été écrasé : relisez, puis enregistrez si besoin."
    ),
    ProblemCode.CAMPAIGN_CLOSED: N_(
        "La campagne {year} est close. Le référent peut vous rouvrir cet indicateur ; votre saisie reste ici."
    ),
    ProblemCode.CORRECTION_REASON_MISSING: N_(
        "La campagne {year} est close : dites en une phrase pourquoi vous corrigez. L'ancienne valeur reste lisible."
    ),
    ProblemCode.NOTHING_TO_UNDO: N_("Il n'y a plus rien à annuler ici."),
    ProblemCode.CHANGED_SINCE: N_("{name}, {year} : la valeur a changé depuis, elle n'est pas touchée."),
    ProblemCode.ALREADY_SETTLED: N_("{name} : cette valeur n'attend plus. Rechargez la page pour voir où elle en est."),
    ProblemCode.OWN_VALUE: N_("{name} : vous avez saisi cette valeur, une autre personne doit la valider."),
    ProblemCode.RETURN_REASON_MISSING: N_("Dites pourquoi vous renvoyez cette valeur : son auteur lira cette phrase."),
    ProblemCode.CAMPAIGN_EXISTS: N_("La campagne {year} existe déjà : une année n'en a qu'une."),
    ProblemCode.CAMPAIGN_ENDED: N_("La campagne {year} est déjà close."),
    ProblemCode.CAMPAIGN_STILL_OPEN: N_("La campagne {year} est encore ouverte : rien n'est à rouvrir."),
    ProblemCode.DUE_MISSING: N_("Donnez la date limite. Exemple : 31/12/2025."),
    ProblemCode.DUE_IN_PAST: N_("La date limite vient après aujourd'hui : chacun doit avoir le temps de saisir."),
    ProblemCode.DATE_TOO_FAR: N_("Cette date est bien loin : {limit} au plus tard."),
    ProblemCode.DEBATE_TOO_EARLY: N_("Le débat vient après la date limite."),
    ProblemCode.REMINDER_IN_PAST: N_("Ce jour est passé : un rappel part aujourd'hui au plus tôt."),
    ProblemCode.REMINDER_TOO_LATE: N_("Ce rappel viendrait trop tard : {limit} au plus."),
    ProblemCode.CLOSING_UNCONFIRMED: N_("Cochez la case pour confirmer : la campagne reste ouverte."),
    ProblemCode.CLOSING_CHANGED: N_(
        "Entre-temps, les relevés non validés sont passés de {seen} à {now}. Relisez la liste, puis confirmez."
    ),
    ProblemCode.UNTIL_MISSING: N_("Donnez le dernier jour. Exemple : 31/12/2025."),
    ProblemCode.UNTIL_IN_PAST: N_("Ce jour est passé : choisissez aujourd'hui ou plus tard."),
    ProblemCode.UNTIL_TOO_FAR: N_("C'est trop loin : {limit} au plus tard."),
    ProblemCode.REOPENING_REASON_MISSING: N_("Dites pourquoi : la personne lira cette phrase, et le journal la garde."),
    ProblemCode.CANNOT_ENTER: N_("{name} ne peut pas saisir cet indicateur : confiez-le-lui d'abord."),
    ProblemCode.INDICATOR_MISSING: N_("Choisissez l'indicateur à rouvrir."),
    ProblemCode.HOLDER_MISSING: N_("Choisissez à qui confier ces indicateurs."),
    ProblemCode.HOLDER_CHANGED: N_(
        "{name} : entre-temps, cet indicateur a changé de mains ({theirs}). Rien n'a été modifié."
    ),
    ProblemCode.CHANGED_SINCE_SHOWN: N_(
        "Entre-temps, quelqu'un a changé une de ces attributions. Rien n'a été modifié : relisez, puis recommencez."
    ),
    ProblemCode.CALENDAR_CHANGED: N_(
        "Entre-temps, votre adresse privée a changé, dans une autre fenêtre ou par un double clic. Rien n'a été "
        "modifié cette fois : voyez ci-dessous où elle en est, et demandez-en une nouvelle "
        "si vous n'avez pas copié celle-là."
    ),
    **ESTATE,
    **TOKENS,
    **SERVICE_PROBLEMS,
    ProblemCode.NOTHING_CHOSEN: N_("Rien n'est coché : cochez au moins une ligne."),
    ProblemCode.NOW_ODD: N_("{name} : cette valeur est maintenant à regarder. Cochez-la si elle est juste."),
    ProblemCode.WITHDRAWAL_REASON_MISSING: N_("Dites pourquoi vous retirez cette pièce : cette phrase reste lisible."),
    ProblemCode.MESSAGE_MISSING: N_("Écrivez votre message."),
    ProblemCode.QUESTION_MISSING: N_("Écrivez votre question."),
    ProblemCode.ANSWER_MISSING: N_("Écrivez votre réponse."),
    ProblemCode.SAME_YEAR_TWICE: N_("Choisissez deux années différentes."),
    ProblemCode.TEXT_NOT_READABLE: N_(
        "Ce fichier n'est pas un texte lisible : enregistrez-le en texte (UTF-8), en PDF ou en .odt, puis recommencez."
    ),
    ProblemCode.TEXT_SCANNED: N_(
        "Ce PDF est une image, sans texte : passez-le à la reconnaissance de caractères, ou joignez "
        "le fichier d'origine."
    ),
    ProblemCode.TEXT_TOO_LONG: N_(
        "Ce texte est trop long pour une délibération : {limit} caractères au plus, annexes à part."
    ),
    ProblemCode.TEXT_TOO_MANY_PAGES: N_("Ce PDF a trop de pages : {limit} au plus. Séparez les annexes."),
    ProblemCode.TEXT_NOT_A_DELIBERATION: N_(
        "Ce texte ne se lit pas comme une délibération : on n'y trouve ni séance, ni visas, ni articles votés."
    ),
    ProblemCode.VOTE_DAY_MISSING: N_("Donnez le jour du vote. Exemple : 27/02/2025."),
    ProblemCode.VOTE_TO_COME: N_("{text} : le jour du vote n'est pas encore venu."),
    ProblemCode.VOTE_TOO_OLD: N_("{text} : un vote d'avant {year} est sans doute une faute de frappe."),
    ProblemCode.NOT_ADOPTED: N_("Seule une délibération adoptée s'enregistre : ce qui n'est pas voté n'engage pas."),
    ProblemCode.NUMBER_TAKEN: N_("La délibération {text} est déjà au registre : rien n'y est remplacé."),
    ProblemCode.PERSON_NAMED: N_(
        "Le nom d'une personne semble se lire ici : « {text} ». Mettez son rôle à la place, ou retirez-le."
    ),
    ProblemCode.FIELD_MISSING: N_("À remplir."),
    ProblemCode.SUM_NEGATIVE: N_("Une somme votée n'est pas négative."),
    ProblemCode.TEXT_FILE_MISSING: N_("Choisissez le fichier de la délibération."),
    ProblemCode.INTAKE_STALE: N_(
        "Entre-temps, une autre saisie a été gardée. Rien n'a été écrasé : comparez les deux, puis recommencez."
    ),
    ProblemCode.MENDED_MEANWHILE: N_(
        "Entre-temps, ce texte a été corrigé autrement. Rien n'a été écrasé : comparez les deux, puis recommencez."
    ),
    ProblemCode.MENDING_REASON_MISSING: N_("Dites pourquoi vous corrigez ce texte : le journal garde cette phrase."),
    ProblemCode.VOTE_DAY_IN_TARGETS: N_("Un objectif est daté de ce vote : ce jour ne se corrige plus."),
    ProblemCode.VOTE_DAY_IN_FACTS: N_("Un constat porte ce jour et ne s'efface pas : ce jour ne se corrige plus."),
    ProblemCode.VOTE_DAY_IN_MEMBERSHIPS: N_("Une adhésion est datée de ce vote : ce jour ne se corrige plus."),
    ProblemCode.VOTE_DAY_IN_PLANS: N_("Un plan d'actions est daté de ce vote : ce jour ne se corrige plus."),
    ProblemCode.VOTE_DAY_IN_PUBLICATIONS: N_("Ses engagements ont pu être publiés : ce jour ne se corrige plus."),
    ProblemCode.TEXT_UNREADABLE: N_(
        "Ce fichier n'a pas pu être lu : enregistrez-le à nouveau en .txt, en PDF ou en .odt, puis recommencez."
    ),
    ProblemCode.HEADING_MISSING: N_("Il manque la colonne « {name} » dans la ligne des titres."),
    ProblemCode.HEADING_TWICE: N_(
        "La colonne « {text} » est donnée deux fois, ici et en colonne {first} : gardez-en une."
    ),
    ProblemCode.CODE_MISSING: N_("Il manque le code de l'indicateur. Exemple : SOB-01."),
    ProblemCode.CELL_TOO_LONG: N_("Texte trop long pour une cellule : {limit} caractères au plus."),
    ProblemCode.CELL_IS_DATE: N_(
        "Cette cellule contient une date ou une heure ({text}) : remettez-la au format Standard, puis ressaisissez."
    ),
    ProblemCode.CELL_IS_ERROR: N_(
        "Cette cellule contient une erreur de calcul ({text}) : corrigez sa formule, ou saisissez la valeur."
    ),
    ProblemCode.CELL_IS_BOOLEAN: N_("Cette cellule contient {text} : écrivez plutôt un nombre, ou oui ou non."),
    ProblemCode.CELL_NOT_COMPUTED: N_(
        "Cette formule n'a pas de résultat : ouvrez et enregistrez le fichier dans un tableur, ou saisissez-en un."
    ),
    ProblemCode.CELL_MISSING: N_("Il manque « {name} » dans cette ligne."),
    ProblemCode.CELL_FORM: N_("« {text} » n'a pas la forme attendue. Exemple : {example}."),
    ProblemCode.QUOTE_UNCLOSED: N_(
        "Un guillemet ouvert dans cette ligne n'est pas refermé comme il faut : la suite ne se lit pas."
    ),
    ProblemCode.UNKNOWN_WORD: N_("« {text} » ne fait pas partie des choix : {choices}."),
    ProblemCode.ROW_TWICE: N_("{code} a pour {year} une autre ligne, différente : la ligne {row} : gardez-en une."),
    ProblemCode.ROW_TWICE_ELSEWHERE: N_(
        "{code} a pour {year} une autre ligne, différente : la ligne {row} de la feuille « {sheet} » : gardez-en une."
    ),
    ProblemCode.ROW_STALE: N_(
        "Entre-temps, {author} a enregistré {theirs} ; votre fichier dit {mine}. "
        "Rien n'est écrasé : reprenez un classeur à jour, ou corrigez cette cellule."
    ),
    ProblemCode.ROW_CHANGED_SINCE: N_(
        "Depuis l'aperçu, {author} a enregistré {theirs} ; votre fichier dit {mine}. "
        "Rien n'est écrasé : envoyez à nouveau le fichier pour comparer les deux."
    ),
    ProblemCode.ROW_CLOSED: N_("La campagne {year} est close : le référent peut vous rouvrir cet indicateur."),
    ProblemCode.INDICATOR_UNKNOWN: N_("« {text} » n'est pas un indicateur suivi ici : vérifiez ce code."),
    ProblemCode.INDICATOR_COMPUTED: N_(
        "{text} est calculé en {year} à partir d'autres données : ce sont elles qui se saisissent."
    ),
    ProblemCode.INDICATOR_OF_FACTS: N_("{text} se constate engagement par engagement : il ne se saisit pas ici."),
    ProblemCode.INDICATOR_NOT_YOURS: N_("{text} ne vous est pas confié : voyez avec votre référent."),
    ProblemCode.IMPORT_FILE_MISSING: N_("Choisissez le fichier à importer."),
    ProblemCode.FORMAT_DIFFERS: N_("Ce fichier est lu comme du {found}, et non comme du {asked}."),
    ProblemCode.NO_ROLE_HERE: N_("{text} n'a pas de rôle dans cette organisation."),
    ProblemCode.ENTERS_NOTHING: N_("{text} n'a pas le droit de saisir des valeurs dans cette organisation."),
    ProblemCode.SLUG_UNREADABLE: N_(
        "« {text} » : une adresse s'écrit en lettres minuscules sans accent, chiffres et tirets, "
        "de 2 à {limit} caractères, et commence par une lettre."
    ),
    ProblemCode.SLUG_RESERVED: N_("« {text} » est déjà une adresse de l'application : choisissez-en une autre."),
    ProblemCode.SLUG_TAKEN: N_("Une organisation a déjà l'adresse « {text} »."),
    ProblemCode.NAME_MISSING: N_("Donnez le nom de l'organisation."),
    ProblemCode.DEPARTMENT_UNREADABLE: N_(
        "« {text} » : un service s'écrit CODE=Nom, le code en lettres sans accent, chiffres, points et tirets. "
        "Exemple : DSI=Direction des systèmes d'information."
    ),
    ProblemCode.YEAR_NOT_OVER: N_("{year} n'est pas finie : elle se publie à partir du 1er janvier {next}."),
    ProblemCode.VISIBLE_IN_PAST: N_("Ce jour est passé : une publication se lit aujourd'hui au plus tôt."),
    ProblemCode.NOTHING_TO_PUBLISH: N_("Aucun engagement de {year} n'entre dans ce choix : il n'y aurait rien à lire."),
    ProblemCode.PUBLICATION_STALE: N_(
        "Entre-temps, {author} a publié ou retiré {year}. Rien n'a été changé et votre saisie est gardée : "
        "relisez les versions, puis recommencez si besoin."
    ),
    ProblemCode.PUBLICATION_REASON_MISSING: N_(
        "Dites pourquoi vous retirez cette année : tout le monde lira cette phrase."
    ),
    ProblemCode.OFFER_STALE: N_(
        "Rien n'est enregistré : ce qui est montré a changé depuis l'aperçu. Relisez, puis enregistrez."
    ),
    ProblemCode.CHOICES_STALE: N_(
        "Entre-temps, {author} a changé cette liste. Rien n'a été écrasé et vos coches sont gardées : "
        "relisez, puis enregistrez à nouveau."
    ),
    ProblemCode.GIVEN_TWICE: N_("« {text} » est déjà donné plus haut."),
    ProblemCode.KEY_UNKNOWN: N_("« {text} » n'existe pas ici. Clés possibles : {known}."),
    ProblemCode.KEY_MISSING: N_("Il manque « {text} »."),
    ProblemCode.LIST_EXPECTED: N_("Une liste est attendue : une ligne par élément, précédée d'un tiret."),
    ProblemCode.FIELDS_EXPECTED: N_("Des lignes « clé : valeur » sont attendues."),
    ProblemCode.TEXT_EXPECTED: N_("Une seule valeur est attendue, pas une liste."),
    ProblemCode.DAY_UNREADABLE: N_("« {text} » n'est pas une date. Exemple : 2025-12-31."),
    ProblemCode.WORD_NOT_ADMITTED: N_("« {text} » n'est pas admis ici. Valeurs admises : {known}."),
    ProblemCode.IDENTIFIER_UNREADABLE: N_(
        "« {text} » : lettres sans accent, chiffres, points et tirets seulement, {limit} caractères au plus."
    ),
    ProblemCode.REFERENCE_TAKEN: N_("La délibération {text} est déjà là : un paquet ajoute, il ne remplace rien."),
    ProblemCode.COMMITMENT_TAKEN: N_("L'engagement {text} existe déjà dans une autre délibération."),
    ProblemCode.OWNER_UNKNOWN: N_("Aucun service de l'organisation n'a le code « {text} »."),
    ProblemCode.INDICATOR_UNLISTED: N_("« {text} » n'est pas dans la liste « indicators » de cet engagement."),
    ProblemCode.DAY_TO_COME: N_("Le {on} n'est pas encore venu : choisissez un jour passé."),
    ProblemCode.BEFORE_FIRST_VOTE: N_("Rien n'était encore voté le {on} : le premier vote date du {first}."),
    ProblemCode.BEFORE_FIRST_RECORD: N_(
        "Aucun engagement n'était encore enregistré ici le {on} : les premiers le sont depuis le {first}."
    ),
    ProblemCode.FACT_STANDS: N_(
        "Un constat de l'engagement {commitment}, daté du {on}, dit autre chose, et un constat ne s'efface pas : "
        "donnez un fait plus récent, ou reprenez ce que dit ce constat."
    ),
    ProblemCode.WEB_ADDRESS_UNREADABLE: N_(
        "« {text} » n'est pas l'adresse d'un site. Exemple : https://association.example."
    ),
    ProblemCode.MEMBERSHIP_TAKEN: N_("Cette adhésion est déjà suivie : ouvrez-la pour y ajouter une année."),
    ProblemCode.DROPPED_REASON_MISSING: N_("Dites ici pourquoi cette action est abandonnée."),
    ProblemCode.CARRIED_MISSING: N_("Cochez au moins une action à reporter."),
    ProblemCode.CARRIED_ALREADY: N_("Cette action est faite, abandonnée ou déjà reportée."),
    ProblemCode.CARRY_REASON_MISSING: N_("Dites pourquoi cette action est reportée."),
}

SETTINGS: Mapping[SettingFault, str] = {
    SettingFault.NOT_A_PORT: N_("{setting} : « {value} » n'est pas un port (1 à 65535)."),
    SettingFault.UNKNOWN_DATABASE: N_("{setting} : « {value} » n'est ni sqlite:/// ni postgresql://."),
    SettingFault.SECRET_MISSING: N_("{setting} est obligatoire avec une base PostgreSQL."),
    SettingFault.SECRET_SHORT: N_("{setting} est trop courte : {value} caractères au moins."),
    SettingFault.FOLDER_UNUSABLE: N_("{setting} : impossible d'écrire dans « {value} »."),
    SettingFault.PASSWORD_SHORT: N_("{setting} est trop court : {value} caractères au moins."),
    SettingFault.NOT_A_BOOLEAN: N_("{setting} : « {value} » n'est ni yes ni no."),
    SettingFault.MAIL_SERVER_UNREADABLE: N_(
        "{setting} ne se lit pas : écrivez smtp://, smtps:// ou smtp+starttls://, puis identifiant:secret@hôte:port."
    ),
    SettingFault.MAIL_SIGN_IN_ACCENTED: N_("{setting} : l'identifiant et le mot de passe s'écrivent sans accent."),
    SettingFault.SENDER_MISSING: N_(
        "{setting} est obligatoire avec TRACKER_SMTP_URL, sauf si TRACKER_TRUSTED_HOSTS commence par un nom de domaine."
    ),
    SettingFault.SENDER_UNREADABLE: N_("{setting} : « {value} » n'est pas une adresse électronique."),
    SettingFault.NOT_A_WEB_ADDRESS: N_("{setting} n'est pas une adresse http:// ou https:// d'un site."),
    SettingFault.NOT_A_QUOTA: N_("{setting} : « {value} » n'est pas un nombre entier de mégaoctets (1 à 1000000)."),
    SettingFault.NOT_A_RATE: N_("{setting} : « {value} » ne se lit pas ; écrivez par exemple 120 per minute."),
}


def problem_sentence(problem: Problem) -> str:
    """Put a problem into one sentence."""
    told = {name: _told(value) for name, value in problem.values.items()}
    if isinstance(named := told.get("name"), str):  # as it is stored: with straight apostrophes
        told["name"] = typeset(named)
    return text(PROBLEMS[problem.code], **told)


def _told(value: object) -> object:
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, Size):
        return file_size(value)
    if isinstance(value, date):
        return moment(value) if isinstance(value, datetime) else day(value)
    return word(value) if isinstance(value, Absence | BaselineState | Better | PlanStage | VoteOutcome) else value


def setting_sentence(problem: SettingProblem) -> str:
    """Say which setting stops the start, and why."""
    return text(SETTINGS[problem.fault], setting=problem.setting, value=problem.value)
