"""What is wrong, said plainly: one sentence for each refusal, fit to stand under its field."""

from collections.abc import Mapping
from decimal import Decimal

from tracker.config.settings import SettingFault, SettingProblem
from tracker.domain.errors import Problem, ProblemCode
from tracker.domain.vocabulary import Absence
from tracker.labels.formats import number
from tracker.labels.language import N_, text
from tracker.labels.words import word

PROBLEMS: Mapping[ProblemCode, str] = {
    ProblemCode.NOT_A_NUMBER: N_("« {text} » n'est pas un nombre. Exemple : 5,4."),
    ProblemCode.AMBIGUOUS_NUMBER: N_("« {text} » se lit de deux façons : écrivez {decimal} ou {grouped}."),
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
    ProblemCode.COVERAGE_RANGE: N_("La couverture est une part entre 0 et 100 %."),
    ProblemCode.TOO_LONG: N_("Texte trop long : {limit} caractères au plus."),
    ProblemCode.UNKNOWN_CHOICE: N_("Ce choix n'existe pas."),
    ProblemCode.YEAR_CLOSED: N_("L'année {year} n'est pas ouverte à la saisie."),
    ProblemCode.STALE: N_(
        "Entre-temps, {author} a enregistré {theirs}. Votre saisie : {mine}. Rien n'a été écrasé : choisissez."
    ),
    ProblemCode.DATE_UNREADABLE: N_("« {text} » n'est pas une date. Exemple : 31/12/2025."),
    ProblemCode.DATE_MISSING: N_("Donnez la date du constat. Exemple : 31/12/2025."),
    ProblemCode.DATE_TOO_OLD: N_("Une date d'avant {year} est sans doute une faute de frappe."),
    ProblemCode.DATE_IN_FUTURE: N_("Un constat porte sur le passé : cette date n'est pas encore venue."),
    ProblemCode.EVIDENCE_MISSING: N_("Dites ce qui l'établit : délibération, procès-verbal, adresse, pièce."),
    ProblemCode.PASSWORD_SHORT: N_("Le mot de passe doit avoir au moins {limit} caractères."),
    ProblemCode.ADDRESS_UNREADABLE: N_("« {text} » n'est pas une adresse électronique."),
    ProblemCode.ADDRESS_TAKEN: N_("Un compte existe déjà pour {text}."),
    ProblemCode.UNKNOWN_ACCOUNT: N_("Aucun compte pour {text}."),
    ProblemCode.UNKNOWN_ORGANISATION: N_("Aucune organisation « {text} »."),
}

SETTINGS: Mapping[SettingFault, str] = {
    SettingFault.NOT_A_PORT: N_("{setting} : « {value} » n'est pas un port (1 à 65535)."),
    SettingFault.UNKNOWN_DATABASE: N_("{setting} : « {value} » n'est ni sqlite:/// ni postgresql://."),
    SettingFault.SECRET_MISSING: N_("{setting} est obligatoire avec une base PostgreSQL."),
    SettingFault.SECRET_SHORT: N_("{setting} est trop courte : {value} caractères au moins."),
    SettingFault.FOLDER_UNUSABLE: N_("{setting} : impossible d'écrire dans « {value} »."),
    SettingFault.PASSWORD_SHORT: N_("{setting} est trop court : {value} caractères au moins."),
    SettingFault.NOT_A_BOOLEAN: N_("{setting} : « {value} » n'est ni yes ni no."),
}


def problem_sentence(problem: Problem) -> str:
    """Put a problem into one sentence."""
    return text(PROBLEMS[problem.code], **{name: _told(value) for name, value in problem.values.items()})


def _told(value: object) -> object:
    if isinstance(value, Decimal):
        return number(value)
    return word(value) if isinstance(value, Absence) else value


def setting_sentence(problem: SettingProblem) -> str:
    """Say which setting stops the start, and why."""
    return text(SETTINGS[problem.fault], setting=problem.setting, value=problem.value)
