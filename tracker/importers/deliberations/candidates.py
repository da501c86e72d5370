"""Chooses the sentences that may be commitments, with a kind and a strength and the ground of each."""

import re
from collections.abc import Callable, Iterator, Sequence

from tracker.domain.intakes import Candidate, Ground
from tracker.domain.vocabulary import CommitmentKind, Strength
from tracker.importers.deliberations.spelling import folded
from tracker.importers.deliberations.structure import ARTICLE, Placed, Zone, ordinal

Judge = Callable[[str], tuple[Strength, Ground] | None]
"""Tells how firmly a folded sentence binds, and why; None for one that does not."""

_SENTENCE = re.compile(r"(?<=[a-zé0-9)»\"%][.!?]) (?=[A-ZÀ-Þ«])")
_CREDITS = re.compile(
    r"(?:(?:de )?(?:dit|dire|precise) que )?(?:les (?:credits|depenses|recettes)|la depense|l'imputation"
    r"|le financement)\b"
    r"|(?:d'|de |decide d'|impute )?(?:imputer|inscrire|prelever|affecter) (?:les? |la |une )?"
    r"(?:credits?|depenses?|somme|autorisation d)|.{0,80}\binscri\w+ au budget"
)
_FORMAL = re.compile(
    r".{0,160}\b(?:chargee?s? [^;]{0,60}de l'execution|transmise? au|tribunal administratif|ampliation"
    r"|affichee?|notifiee?|recours)\b"
)
_PROMISE = re.compile(
    r"\b(?:s'engage(?:nt|r)?|nous nous engageons|engagement (?:de|est)|prend l'engagement|fera l'objet"
    r"|feront l'objet)\b"
)
_FUTURE = re.compile(
    r"\b(?:ser(?:a|ont)|devra|devront|mettra|mettront|poursuivra|continuera|permettra|concretisera"
    r"|associera|declinera|regroupera|viendra|aura|auront|engagera|realisera|proposera|deploiera"
    r"|generalisera|developpera|assurera|veillera|publiera|evaluera|mesurera|formera)\b"
)
_PROPOSED = re.compile(
    r"\b(?:il est propose|propose(?:nt)?|est proposee?|il convient|il (?:faut|apparait necessaire)|doit|doivent)\b"
)
_WISH = re.compile(
    r"\b(?:souhaite|ambitionne|ambition|volonte|vise|visent|objectif|enjeu|entend|considere|a pour but"
    r"|a vocation|tend a)\b"
)
_FACULTY = re.compile(
    r"\b(?:pourra|pourront|peut|peuvent|possibilite|opportunite|eventuel\w*|le cas echeant"
    r"|accessibles a ses adherents)\b"
)
_ACTS = re.compile(
    r"\b(?:met en place|mis en place|adopte une|structure un|developpe|trace une|organise|lance|cree"
    r"|instaure|se dote)\b"
)
_LISTS = re.compile(
    r"\b(?:defis|objectifs|actions|axes|enjeux|priorites|interets|engagements|mesures|thematiques|orientations)\b"
)
_VERB = re.compile(r"(?:s'|se |ne pas |d'|de )?[a-z]{2,}(?:er|ir|re|oir)\b|[a-z]{3,}ant\b")
_ACTION_NOUN = re.compile(
    r"(?:l[ae]s? |l'|une? |des |de )*(?:mise|creation|reduction|formation|developpement|renforcement"
    r"|evaluation|animation|elaboration|"
    r"accompagnement|sensibilisation|deploiement|poursuite|generalisation|amelioration|suivi|mesure"
    r"|sobriete|accessibilite|confiance|ethique|"
    r"solutions?|evaluations?|attention|bouquet|identite|groupes?|publication|identification|grand|services?)\b"
)
_MEMBERSHIP = re.compile(r"\b(?:adhesions?|adher(?:er|ant|e)|cotisations?|renouvellement)\b")
_APPROVAL = re.compile(r"\bhomologu\w*|\bhomologation\b")
_FIGURE = re.compile(
    r"\b(?:de|a|d'au moins|au moins|plus de|moins de|atteindre) (?:\+ ?|- ?)?\d+(?:[,.]\d+)? ?%"
    r"|\bde \d+ a \d+ (?:ans|%|jours|mois)"
)
_YEARLY = re.compile(r"\b(?:chaque annee|tous les ans|plan annuel|plan d'actions? annuel|bilan annuel|annuellement)\b")
_DEADLINE = re.compile(
    r"\b(?:d'ici|au plus tard|avant (?:le|la|fin)|des (?:le|20\d\d|janvier)|semestre 20\d\d|trimestre 20\d\d|en 20\d\d"
    r"|a compter du|les \d{1,2} et \d{1,2})\b"
)
_DELIVERABLE = re.compile(
    r"\b(?:charte|reglement|feuille de route|schema directeur|commission|label|strategie|convention\w*|comite"
    r"|referentiel|elaborer|adopt\w+|approuve\w*|autorise\w*|design\w*)\b"
)
_DIRECTION = re.compile(
    r"\b(?:redui\w*|reduction|allong\w*|prolong\w*|augment\w*|diminu\w*|limit\w*|accroi\w*|baisse\w*)\b"
)
_KINDS = (
    (CommitmentKind.RENEWAL, Ground.MEMBERSHIP, _MEMBERSHIP),
    (CommitmentKind.APPROVAL, Ground.APPROVAL_DECISION, _APPROVAL),
    (CommitmentKind.QUANTIFIED, Ground.FIGURE, _FIGURE),
    (CommitmentKind.RENEWAL, Ground.YEARLY, _YEARLY),
    (CommitmentKind.MILESTONE, Ground.DEADLINE, _DEADLINE),
    (CommitmentKind.MILESTONE, Ground.DELIVERABLE, _DELIVERABLE),
    (CommitmentKind.DIRECTIONAL, Ground.DIRECTION, _DIRECTION),
)


def candidates(told: Sequence[Placed]) -> tuple[Candidate, ...]:
    """Give the articles that decide something, the sentences that bind, and the items of the lists that they open."""
    found: list[Candidate] = []
    opened: tuple[Strength, Ground] | None = None
    for one in told:
        if one.zone is Zone.DECIDES:
            found += _of_article(one)
        elif one.zone is Zone.CONSIDERS:
            found += _of_recital(one)
        elif one.zone is Zone.REPORT:
            if not one.paragraph.depth or one.is_name:
                opened = _opening(folded(one.text)) if one.text.endswith(":") else None
            found += () if one.is_name else _of_report(one, opened)
    return tuple(found)


def _opening(bare: str) -> tuple[Strength, Ground] | None:
    """Tell how the items after an opening bind: as it says, or as aims where it only names them."""
    return _strength(bare) or ((Strength.INTENTION, Ground.LIST_OF_ACTIONS) if _LISTS.search(bare) else None)


def _of_article(one: Placed) -> Iterator[Candidate]:
    bare = folded(one.text)
    heading = ARTICLE.match(bare)
    text = one.text[heading.end() :] if heading else one.text
    said = folded(text)
    if len(said.split()) < 4 or _CREDITS.match(said) or _FORMAL.match(said):
        return
    yield from _sentences(one, text, lambda _: (Strength.DECISION, Ground.ARTICLE))


def _of_recital(one: Placed) -> Iterator[Candidate]:
    bare = folded(one.text)
    if len(bare.split()) > 4 and (_WISH.search(bare) or _PROPOSED.search(bare) or _PROMISE.search(bare)):
        yield _candidate(one, one.text, "", (Strength.INTENTION, Ground.RECITAL))


def _of_report(one: Placed, opened: tuple[Strength, Ground] | None) -> Iterator[Candidate]:
    """Give the sentences that bind; an item of a list binds as the sentence that opens the list, or as an action."""
    bare = folded(one.text)
    if one.paragraph.depth and len(_split(one.text)) == 1 and not one.text.endswith(":"):
        is_action = _VERB.match(bare) or _ACTION_NOUN.match(bare)
        if is_action or opened is not None:
            said = _strength(bare) or opened or (Strength.COMMITMENT, Ground.LIST_OF_ACTIONS)
            yield _candidate(one, one.text, "", said)
            return
    yield from _sentences(one, one.text, _strength)


def _sentences(one: Placed, text: str, judge: Judge) -> Iterator[Candidate]:
    parts = _split(text)
    for rank, part in enumerate(parts, 1):
        said = judge(folded(part))
        if said is not None and len(part.split()) >= 4:
            place = f"{ordinal(rank, is_feminine=True)} phrase" if len(parts) > 1 else ""
            yield _candidate(one, part, place, said)


def _split(text: str) -> list[str]:
    return [part for part in _SENTENCE.split(text) if part.strip()]


def _strength(bare: str) -> tuple[Strength, Ground] | None:
    """Tell how firmly a sentence binds, None for one that only sets the scene."""
    if _PROMISE.search(bare):
        return Strength.COMMITMENT, Ground.PROMISE
    if _FACULTY.search(bare):
        return Strength.OPTION, Ground.FACULTY
    if _FUTURE.search(bare) or _ACTS.search(bare):
        return Strength.COMMITMENT, Ground.FUTURE
    if _PROPOSED.search(bare):
        return Strength.PROPOSAL, Ground.PROPOSED
    if _WISH.search(bare):
        return Strength.INTENTION, Ground.WISH
    return None


def _candidate(one: Placed, text: str, place: str, said: tuple[Strength, Ground]) -> Candidate:
    kind, ground = _kind(folded(text))
    return Candidate(one.passage(text.strip(), place), text.strip(" ;,"), kind, ground, *said)


def _kind(bare: str) -> tuple[CommitmentKind, Ground]:
    for kind, ground, pattern in _KINDS:
        if pattern.search(bare):
            return kind, ground
    return CommitmentKind.CONTINUOUS, Ground.NOTHING_DATED
