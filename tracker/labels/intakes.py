"""What a read deliberation proposes, in words: why a candidate is what it is, and what is doubtful."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from tracker.domain.intakes import Doubt, DoubtCode, Ground, Passage, TextForm, Votes
from tracker.labels.formats import cents, day
from tracker.labels.language import N_, plural, text

GROUNDS: Mapping[Ground, str] = {
    Ground.ARTICLE: N_("un article qui décide"),
    Ground.PROMISE: N_("le texte dit « s'engage »"),
    Ground.FUTURE: N_("un acte au présent ou au futur"),
    Ground.LIST_OF_ACTIONS: N_("un élément d'une liste d'actions"),
    Ground.PROPOSED: N_("le texte propose"),
    Ground.WISH: N_("un souhait ou un objectif"),
    Ground.RECITAL: N_("un considérant"),
    Ground.FACULTY: N_("une simple faculté"),
    Ground.MEMBERSHIP: N_("une adhésion ou une cotisation"),
    Ground.YEARLY: N_("à refaire chaque année"),
    Ground.FIGURE: N_("un objectif chiffré"),
    Ground.APPROVAL_DECISION: N_("une homologation"),
    Ground.DEADLINE: N_("une échéance"),
    Ground.DELIVERABLE: N_("un acte à produire"),
    Ground.DIRECTION: N_("une direction sans chiffre"),
    Ground.NOTHING_DATED: N_("ni chiffre, ni date"),
}
DOUBTS: Mapping[DoubtCode, str] = {
    DoubtCode.NUMBER_MISSING: N_("Le numéro n'a pas été trouvé."),
    DoubtCode.NUMBERS_DIFFER: N_("Deux numéros se lisent en tête : {kept}, retenu, et {other}."),
    DoubtCode.DATE_MISSING: N_("La date de la séance n'a pas été trouvée."),
    DoubtCode.DATES_DIFFER: N_("Deux dates de séance se lisent en tête : {kept}, retenue, et {other}."),
    DoubtCode.BODY_MISSING: N_("L'assemblée qui a voté n'a pas été trouvée."),
    DoubtCode.TITLE_MISSING: N_("L'objet n'a pas été trouvé."),
    DoubtCode.ARTICLES_MISSING: N_("Aucun article n'a été trouvé : rien ne dit ce qui est décidé."),
    DoubtCode.OUTCOME_MISSING: N_("Le texte ne dit pas s'il a été adopté."),
    DoubtCode.TAX_UNSTATED: N_("{euros} € : le texte ne dit pas si cette somme est TTC ou HT."),
    DoubtCode.AMOUNTS_DIFFER: N_("L'exposé cite {euros} €, les articles décident {decided} €."),
    DoubtCode.BUDGET_LINE_INCOMPLETE: N_("Cette imputation ne donne pas à la fois un chapitre et une nature."),
    DoubtCode.SPELLING_MENDED: N_("Une faute de numérisation a été lue ainsi : « {text} »."),
    DoubtCode.NAMES_WITHHELD: N_("Le nom d'une personne a été retiré de ce passage."),
}
FORMS: Mapping[TextForm, str] = {TextForm.TEXT: N_("texte"), TextForm.PDF: N_("PDF"), TextForm.ODT: N_("ODT")}
FIELDS: Mapping[str, str] = {
    "reference": N_("Référence dans l'adresse"),
    "number": N_("Numéro"),
    "internal_reference": N_("Référence interne"),
    "adopted_on": N_("Jour du vote"),
    "body": N_("Assemblée"),
    "title_fr": N_("Titre"),
    "title_en": N_("Titre en anglais"),
    "rapporteur_role": N_("Rôle du rapporteur"),
    "outcome": N_("Issue du vote"),
    "votes_for": N_("Voix pour"),
    "votes_against": N_("Voix contre"),
    "abstentions": N_("Abstentions"),
    "url": N_("Adresse du texte publié"),
    "legal_basis": N_("Textes visés"),
    "label": N_("Intitulé"),
    "body_fr": N_("Texte"),
    "year": N_("Exercice"),
    "budget": N_("Budget"),
    "section": N_("Section"),
    "chapter": N_("Chapitre"),
    "function": N_("Fonction"),
    "nature": N_("Nature comptable"),
    "policy": N_("Politique"),
    "programme": N_("Programme"),
    "manager": N_("Service gestionnaire"),
    "amount": N_("Somme en euros"),
    "tax": N_("Régime de taxe"),
    "kind": N_("Nature"),
    "subject_fr": N_("Objet"),
    "code": N_("Code"),
    "statement_fr": N_("Énoncé"),
    "locator": N_("Emplacement"),
    "strength": N_("Portée"),
    "axis": N_("Axe"),
    "stage_in_text": N_("Au jour du vote"),
    "due_on": N_("Échéance"),
    "due_precision": N_("Précision de l'échéance"),
    "indicators": N_("Indicateurs"),
    "is_kept": N_("Retenu"),
    "lines": N_("Imputations"),
    "relations": N_("Textes cités"),
    "reason": N_("Raison de la correction"),
}
_SUMS = {"euros", "decided"}


def ground_name(ground: Ground) -> str:
    """Say why a kind or a strength is proposed."""
    return text(GROUNDS[ground])


def doubt_sentence(doubt: Doubt) -> str:
    """Say what is doubtful."""
    return text(DOUBTS[doubt.code], **{name: _shown(name, value) for name, value in doubt.values.items()})


def field_name(name: str) -> str:
    """Name a field of the review."""
    return text(FIELDS[name])


def form_name(form: TextForm) -> str:
    """Name the form of a file."""
    return text(FORMS[form])


def passage_place(passage: Passage) -> str:
    """Say where a passage stands: « article 1, § 45 »."""
    place = text("§ {n}", n=passage.paragraph)
    return f"{passage.locator}, {place}" if passage.locator else place


def votes_told(votes: Votes) -> str:
    """Say the counts of a vote, those that the text states."""
    told = [text("à l'unanimité")] if votes.is_unanimous else []
    if votes.voters is not None:
        told.append(plural("{n} votant", "{n} votants", votes.voters, n=votes.voters))
    if votes.in_favour is not None:
        told.append(text("{n} pour", n=votes.in_favour))
    if votes.against is not None:
        told.append(text("{n} contre", n=votes.against))
    if votes.abstentions is not None:
        told.append(plural("{n} abstention", "{n} abstentions", votes.abstentions, n=votes.abstentions))
    return ", ".join(told)


def _shown(name: str, value: str) -> str:
    if name in _SUMS:
        return cents(Decimal(value))
    try:
        return day(date.fromisoformat(value))
    except ValueError:
        return value
