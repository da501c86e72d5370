"""Leaves out the people: attendance lists, proxies, named votes and signatures go, and a role stands for its holder."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tracker.domain.intakes import WITHHELD
from tracker.importers.deliberations.first_names import ALSO_WORDS, FIRST_NAMES
from tracker.importers.deliberations.paragraphs import Paragraph
from tracker.importers.deliberations.spelling import folded

_UP = "A-ZÀ-ÖØ-Þ"
_WORD = rf"[{_UP}][\w'-]*\.?"
_PARTICLE = r"(?:d[eui]s?|l[ea]|van|von|der|ben|el|al|da|dos|y)"
_NAME = rf"{_WORD}(?: (?:{_PARTICLE} |d')*{_WORD}){{0,4}}"
_CIVILITY = re.compile(
    rf"\b((?:[Mm]on|MON)(?:sieur|SIEUR)|(?:[Mm]a|MA)(?:dame|DAME|demoiselle)|[Mm]me\.?|MME|M\.|Mr\.?"
    rf"|Mlle|Me|Dr|Docteur|Maître)"
    rf" ({_NAME})(,? ?)"
)
_CIVILITIES = re.compile(
    rf"\b(Messieurs|Mesdames|MM\.?|M[Mm]es\.?|MESSIEURS|MESDAMES)((?: et (?:Messieurs|Mesdames|MM\.?|M[Mm]es\.?))?) "
    rf"{_NAME}(?:(?:, | et | - ){_NAME})*"
)
_ROLES = re.compile(
    r"(?:l[ea]s?|l'\w+|maires?|president(?:e|s|es)?|adjointe?s?|conseill(?:er|ere|ers|eres)"
    r"|rapporteu(?:r|rs|se)|pref(?:et|ete)|"
    r"commissaires?|vice-president(?:e|s|es)?|deleguee?s?|directeurs?|directrices?|secretaires?"
    r"|membres?|senat(?:eur|rice)|"
    r"deputee?s?|ministres?|premiere?)\b"
)
_CAPITALS = rf"[{_UP}][{_UP}'-]+"
_SURNAME = rf"(?:(?:{_PARTICLE}|D[EUI]S?|L[EA]) |[dD]')*{_CAPITALS}(?:[ -](?:(?:D[EUI]S?|L[EA]) )?{_CAPITALS})*"
_FIRST = rf"[{_UP}][a-zà-öø-ÿ]+(?:[- ][{_UP}][a-zà-öø-ÿ]+)?"
_CAPITAL_NAME = re.compile(rf"\b({_FIRST}) ({_SURNAME})(?![\w/]|-\d)")
_GIVEN = re.compile(rf"(?<![\w'-])[{_UP}][\w'-]*")
_SURNAME_AFTER = re.compile(
    rf"(?: [{_UP}]\.)?(?: (?:{_PARTICLE}|D[EeUu]s?|L[EeAa]s?|V[AaOo]n|D[Ee][NnRr]|B[Ee]n|E[Ll]) | [dD]'| )"
    rf"(?:(?:{_PARTICLE}|D[EeUu]s?|L[EeAa]|D[Ee][NnRr]) |[dD]')*"
    rf"(?:{_CAPITALS}(?: {_CAPITALS})*|[{_UP}][\w'-]+(?: d'[{_UP}][\w'-]+)?)"
)
_SURNAME_BEFORE = re.compile(rf"(?<![\w'-]){_SURNAME} $")
_HOLDS = (
    r"(?:[Mm]aire|MAIRE|(?:[Vv]ice-)?[Pp]résidente?|(?:VICE-)?PRÉSIDENTE?|[Aa]djointe?|[Cc]onseill(?:er|ère)"
    r"|[Rr]apporteu(?:r|se)|[Dd]irect(?:eur|rice)|[Ss]ecrétaire|[Pp]réf[eè]te?|[Dd]éléguée?|[Gg]énérale?"
    r"|[Mm]unicipale?|[Dd]épartementale?|[Rr]égionale?|[Mm]étropolitaine?|[Cc]ommunautaire)"
)
_ROLE_NAME = re.compile(
    rf"\b({_HOLDS},? )((?:[{_UP}]\. ?|[{_UP}][\w'-]+ )(?:(?:{_PARTICLE}|Le|La|De|Du) |[dD]')*[{_UP}][\w'-]+)"
)
_ADDRESS = re.compile(r"[\w+-]+(?:\.[\w+-]+)+@[\w.-]+\w")
_PLACES = frozenset({
    "allee", "avenue", "bibliotheque", "boulevard", "centre", "chemin", "cite", "college", "complexe", "cours",
    "creche", "ecole", "espace", "fondation", "gare", "groupe", "gymnase", "hopital", "hotel", "ile", "impasse",
    "institut", "jardin", "lycee", "maison", "mediatheque", "musee", "parc", "piscine", "place", "placette", "pont",
    "port", "prix", "quai", "residence", "route", "rue", "salle", "scolaire", "square", "stade", "theatre", "tour",
    "universite",
})  # fmt: skip
_COMMON = frozenset({
    "a", "accord", "adhesion", "adjoint", "adjointe", "adoption", "aeroport", "afin", "agence", "ainsi", "allee",
    "annexe", "appel", "application", "approbation", "appui", "arrete", "article", "assemblee", "association",
    "atelier", "attribution", "au", "autoroute", "aux", "avec", "avenant", "avis", "axe", "bail", "base",
    "budget", "bureau", "bus", "cabinet", "cadre", "calculatrice", "campagne", "cap", "carte", "ce", "centrale",
    "centre", "cette", "chapitre", "charte", "code", "college", "comite", "commission", "communaute", "commune",
    "compte", "conseil", "conseiller", "conseillere", "considerant", "contrat", "convention", "cotisation",
    "cour", "creation", "dans", "data", "de", "decision", "decret", "delegation", "delegue", "deleguee",
    "deliberation", "delibere", "departement", "depuis", "des", "direction", "dispositif", "district", "dit",
    "domaine", "du", "ecole", "en", "entre", "entreprise", "equipe", "espace", "est", "et", "etablissement",
    "etat", "etude", "exercice", "fonction", "fondation", "fonds", "forum", "gare", "gestion", "groupe",
    "groupement", "hotel", "ile", "imputation", "institut", "l", "la", "label", "le", "les", "ligne", "logiciel",
    "loi", "lot", "madame", "maire", "mairie", "marche", "membre", "membres", "metro", "metropole", "ministere",
    "mise", "mission", "modification", "monsieur", "nature", "norme", "numerique", "objet", "observatoire",
    "office", "open", "operation", "ou", "outil", "par", "parc", "parcelle", "participation", "partie", "pays",
    "phase", "plan", "plateforme", "pole", "politique", "port", "pour", "prefecture", "president", "presidente",
    "programme", "projet", "protocole", "quartier", "que", "rapport", "rapporteur", "reference", "referentiel",
    "region", "reglement", "reglementation", "renouvellement", "reseau", "residence", "ressources", "rue",
    "saint", "sainte", "salle", "schema", "secretariat", "secteur", "section", "selon", "service", "services",
    "signature", "site", "societe", "solution", "sous", "station", "strategie", "subvention", "sur", "syndicat",
    "systeme", "terrain", "territoire", "titre", "tome", "tramway", "tranche", "ttc", "type", "un", "une",
    "union", "universite", "usage", "usine", "vers", "version", "vice", "ville", "vu", "web", "zone",
    "agent", "agente", "charge", "chargee", "chef", "cheffe", "correspondant", "correspondante", "expert", "experte",
    "referent", "referente", "relais",
})  # fmt: skip

_OF_ROLES = frozenset({
    "administratif", "administrative", "adjoint", "adjointe", "communautaire", "delegue", "deleguee", "departemental",
    "departementale", "executif", "executive", "financier", "financiere", "general", "generale", "honoraire",
    "metropolitain", "metropolitaine", "municipal", "municipale", "principal", "principale", "public", "publics",
    "publique", "publiques", "regional", "regionale", "syndical", "technique", "techniques", "territorial",
    "territoriale",
})  # fmt: skip
_ENDINGS = ("tion", "ment", "ique", "ence", "isme", "eur", "euse", "trice", "iste", "able")
"""How words end that are no first names: « Coordinatrice RGPD », « Responsable RGAA »."""
_LEAST_SURNAME = 4  # letters; acronyms are shorter

_PRESENCE = re.compile(
    r"(?:(?:etaient|etait|sont|ont ete|furent|assistaient|assistait|membres|conseillers|elus?|absents?"
    r"|mesdames|messieurs)[ ,:]+(?:\S+ ){0,4})?"
    r"(?:presente?s?|absente?s?|excusee?s?|representee?s?|procurations?|pouvoirs?|mandants?|suppleant\w*)\b"
    r"|(?:(?:ont|a|avaient|avait|ayant) )?donnee?s?(?: \S+)? (?:pouvoir|procuration|mandat)"
    r"|secretaires? de (?:la )?seance"
    r"|(?:le |la )?secretaire ?:|president de (?:la )?seance|sous la presidence|presidence d"
    r"|assistaient|assistait|mesdames, messieurs"
    r"|(?:a ete )?(?:designee?|nommee?|elue?) secretaire|quorum ?:|liste des (?:membres|presents)"
    r"|ne (?:prend|prennent) pas part"
)
_VOTE = re.compile(
    r"(?:(?:ont|a|se sont|s'est|n'ont pas|ne (?:prend|prennent|prenant) pas)[ ]+(?:\S+ ){0,2}?)?"
    r"(?:vot(?:e|es|ants?|ees?)|pour|contre|abst\w*|refus de vote|part au vote|non[- ]participation)\b[^:]{0,30}:"
)
_COUNT = re.compile(
    r"(?:suffrages exprimes|nombre de votants|votants|exprimes|pour|contre|abst[a-z]*(?:\(s\))?"
    r"|voix)[^\d:(]{0,25}[:(]? ?\d{1,3}\b(?! ?h)"
)
_SIGNATURE = re.compile(
    r"certifie (?:conforme|executoire)|pour (?:extrait|copie|expedition|ampliation)|fait (?:a |et |en "
    r"|les? jour|ce jour)"
    r"|ainsi (?:fait|delibere)|signe\b|ont signe|suivent les signatures|au registre (?:sont|suivent)"
    r"|vu et presente pour"
    r"|pour (?:le|la) (?:maire|president)|vu pour etre"
)
_SIGNATORY = re.compile(
    r"(?:(?:monsieur|madame|mme|m\.) )?(?:l[ea] |l')(?:maire|presidente?|vice-presidente?|adjointe?"
    r"|secretaire|conseillere?)\b"
    r"(?:(?! est | sont | sera | a )[^.:;,]){0,60}(?:,.{0,140}|)"
)
_RESUMES = re.compile(
    r"(?:la |cette |le )?(?:proposition|deliberation|rapport|projet)?[^.]{0,60}(?:mise? aux voix"
    r"|est adopte|a ete adopte|adoptee? a)"
    r"|adopte|rejete|resultats? du vote|le conseil(?:ler)? [a-z ]{0,60}(?:adopte|apres en avoir)\b|pour ?: ?\d"
    r"|contre ?: ?\d"
    r"|abstentions? ?: ?\d|votants? ?: ?\d|a l'unanimite"
)
_DECIDES = re.compile(
    r"delibere|decide\b|article (?:unique|premier|1)|apres en avoir delibere|le conseil [a-z ]{0,40}(?:decide|approuve)"
)
_PROSE = re.compile(
    r"(?:madame|monsieur|m\.|mme) (?:l[ea]|l')"
    r"|l[ea]s? (?:conseil|bureau|commission|comite|quorum|metropole|ville|commune|departement|presidente?|maire"
    r"|rapporteur|projet|present|nombre)\b"
    r"|l'assemblee|l'ordre|l'an |vu\b|considerant|objet|rapport|deliber|decide|article|il est|il a|expose|apres"
    r"|sur (?:le|la|proposition)|n[°o] ?\d|seance|date|nombre|conformement|extrait|departement|republique|dans "
    r"|la \w+ (?:a|est)|[a-z]{0,5}[- ]?\d"
)


@dataclass(frozen=True, slots=True)
class Anonymous:
    """What is left of a text: its paragraphs counted again from 1, and those where a name was taken out of prose."""

    paragraphs: tuple[Paragraph, ...]
    touched: frozenset[int]


def without_names(told: Sequence[Paragraph]) -> Anonymous:
    """Leave out the paragraphs that list people, then every name that is left in the others."""
    people: set[str] = set()
    left = list(_without_lists(told, people))
    listed = (
        re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(people, key=len, reverse=True)))})\b") if people else None
    )
    kept: list[Paragraph] = []
    touched: set[int] = set()
    for paragraph in left:
        text = without_people(paragraph.text, listed)
        if text.strip(" ,.;:-[…]"):
            kept.append(replace(paragraph, rank=len(kept) + 1, text=text))
            if text != paragraph.text:
                touched.add(len(kept))
    return Anonymous(tuple(kept), frozenset(touched))


def _without_lists(told: Sequence[Paragraph], people: set[str]) -> Iterator[Paragraph]:
    """Skip each list from its heading to the first paragraph that goes on with the text; remember who was in it."""
    is_list = is_signed = has_decided = False
    for paragraph in told:
        bare = folded(paragraph.text)
        has_decided = has_decided or bool(_DECIDES.match(bare))
        if is_signed:
            is_signed = not _RESUMES.match(bare)
        elif has_decided and (_SIGNATURE.match(bare) or _SIGNATORY.fullmatch(bare)):
            is_signed = True
        if is_signed:
            people.update(_full_names(paragraph.text))
        elif _VOTE.match(bare) and not _DECIDES.match(bare):
            people.update(_full_names(paragraph.text))
            counts = ", ".join(paragraph.text[at.start() : at.end()].replace("(", ": ") for at in _COUNT.finditer(bare))
            is_list = True
            if counts:
                yield replace(paragraph, text=counts)
        elif _PRESENCE.match(bare) and not _COUNT.match(bare):
            people.update(_full_names(paragraph.text))
            is_list = True
        elif is_list and _is_of_list(paragraph.text, bare):
            people.update(_full_names(paragraph.text))
        else:
            is_list = False
            yield paragraph


def _is_of_list(text: str, bare: str) -> bool:
    """Tell whether a paragraph after the heading of a list is of that list: capitals everywhere, and no sentence."""
    if _PROSE.match(bare):
        return False
    words = re.findall(r"[^\W\d_]{2,}", text)
    raised = sum(word[0].isupper() for word in words)
    return not words or raised >= 0.4 * len(words) or len(words) <= 3


def _full_names(text: str) -> Iterator[str]:
    for found in _CAPITAL_NAME.finditer(text):
        yield folded(found[0])


def without_people(text: str, listed: "re.Pattern[str] | None" = None) -> str:
    """Give ``text`` without the names of people: a civility and a name give way to the role that follows them.

    ``listed`` finds the folded names that go wherever they stand.
    """
    told = _CIVILITIES.sub(lambda found: f"{found[1]}{found[2]} {WITHHELD}", text)
    told = _CIVILITY.sub(_holder, told)
    told = _CAPITAL_NAME.sub(_capital, told)
    told = _without_given(told)
    told = _ROLE_NAME.sub(_of_role, told)
    told = _ADDRESS.sub(WITHHELD, told)
    if listed is not None:
        for found in reversed(list(listed.finditer(folded(told)))):
            told = told[: found.start()] + WITHHELD + told[found.end() :]
    return told


def person_in(written: str) -> str:
    """Quote the first words of a line where a person's name is read, "" where none is."""
    for line in written.splitlines():
        plain = " ".join(line.split())
        told = without_people(plain)
        if told != plain:
            same = next((at for at, (one, other) in enumerate(zip(plain, told, strict=False)) if one != other), 0)
            return plain[max(0, same - 10) : same + 40]
    return ""


def _holder(found: "re.Match[str]") -> str:
    """Put the role in the place of who holds it; « Madame la Présidente » is a role already."""
    if _ROLES.match(folded(found[2])):
        return found[0]
    after = found.string[found.end() :]
    return "" if found[3].strip() == "," and _ROLES.match(folded(after)) else WITHHELD + found[3]


def _capital(found: "re.Match[str]") -> str:
    """Take out « Prénom NOM »; a common word before an acronym is no first name."""
    first = re.split(r"[- ]", folded(found[1]))
    if any(part in FIRST_NAMES for part in first):
        return WITHHELD
    is_common = any(part in _COMMON for part in first) or first[-1].endswith(_ENDINGS)
    surname = re.sub(r"[^A-ZÀ-Þ]", "", found[2])
    return found[0] if is_common or len(surname) < _LEAST_SURNAME else WITHHELD


def _without_given(text: str) -> str:
    """Take out « Prénom Nom » and « NOM Prénom », unless it names a street or a school.

    A first name that is another word too is none.
    """
    kept, at = "", 0
    for found in _GIVEN.finditer(text):
        first = re.split(r"[- ]", folded(found[0]))[0]
        if found.start() < at or first not in FIRST_NAMES or first in ALSO_WORDS:
            continue
        before = {folded(word).strip(' ,"«(').rpartition("'")[2] for word in text[at : found.start()].split()[-2:]}
        ahead, behind = _surname_after(text, found.end()), _SURNAME_BEFORE.search(text, at, found.start())
        if before & _PLACES:
            continue
        if ahead is not None:
            kept += text[at : found.start()] + WITHHELD
            at = ahead.end()
        elif behind is not None and _is_surname(behind[0]):
            kept += text[at : behind.start()] + WITHHELD
            at = found.end()
    return kept + text[at:]


def _surname_after(text: str, at: int) -> "re.Match[str] | None":
    """Find the surname after a first name that ends at ``at``, over a second first name: « Anne Marie de la Tour »."""
    second = _GIVEN.match(text, at + 1) if text[at : at + 1] == " " else None
    if second is not None and folded(second[0]) in FIRST_NAMES:
        return _SURNAME_AFTER.match(text, second.end()) or _SURNAME_AFTER.match(text, at)
    return _SURNAME_AFTER.match(text, at)


def _is_surname(capitals: str) -> bool:
    """Tell a surname in capitals from an acronym and from a word of a title."""
    bare = folded(capitals).split()
    return len("".join(bare)) >= _LEAST_SURNAME and not any(word in _COMMON for word in bare)


def _of_role(found: "re.Match[str]") -> str:
    """Take out the name that follows a role at once; « Directrice Générale Adjointe » goes on with the role."""
    words = folded(found[2]).split()
    if _ROLES.match(words[0]) or any(word in _COMMON or word in _OF_ROLES for word in words):
        return found[0]
    return f"{found[1]}{WITHHELD}"
