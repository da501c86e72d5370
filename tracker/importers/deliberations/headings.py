"""Reads the heading of a deliberation: its number, the session, who sat, its title, the role of who reported."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from tracker.domain.intakes import WITHHELD, Found
from tracker.importers.deliberations.dates import dates
from tracker.importers.deliberations.spelling import folded, mended
from tracker.importers.deliberations.structure import Placed, Zone

_CODE = r"[a-z]{0,8}[- ._]?\d[\w./_-]*(?:[- ]\d[\w./_-]*)*"
_LABELLED = re.compile(
    rf"(?<!rapport )(?<!arrete )(?:\b(?:deliberation|dcm|acte|decision)s? ?(?:n ?[°o]\.?"
    rf"|num(?:ero)?\.?)? ?:? ?|(?:^|[-–] ?)(?:n ?[°o]\.?"
    rf"|numero) ?:? ?(?:de (?:la )?deliberation ?:? ?)?)"
    rf"({_CODE})(?=$|[\s:,;)–])"
)
_BARE = re.compile(rf"{_CODE}(?:-[a-z]+|/[a-z]+)*")
_INTERNAL = re.compile(r"\d{4,7}")
_TITLE_WITH_INTERNAL = re.compile(r"(.{20,}?) (\d{5,7})$")
_SESSION = re.compile(
    r"\b(?:seance|reunion|session|assemblee)s?\b|l'an \w|\bdu (?:lundi|mardi|mercredi|jeudi|vendredi|samedi)"
)
_SUBJECT = re.compile(r"(?:\d{1,2} ?[.)-] ?)?(?:objet|intitule|titre|o b j e t)(?: de la deliberation)? ?[:–-] ?")
_SERVICES = re.compile(
    r"(?:(?:DIRECTION|DELEGATION|SERVICE|POLE|PÔLE|DÉLÉGATION|DEPARTEMENT"
    r"|SECRETARIAT)[A-ZÀ-Þ' ,&-]*? - )+(?=[A-ZÀ-Þ]?[^A-ZÀ-Þ ])"
)
_BODIES = (
    (r"bureau de (?:la )?metropole", "Bureau de la Métropole"),
    (r"conseil de (?:la )?metropole", "Conseil de la Métropole"),
    (r"(?:conseil|bureau) metropolitain", None),
    (r"conseil municipal", "Conseil municipal"),
    (r"conseil d[e']? ?paris", "Conseil de Paris"),
    (r"(?:conseil|bureau) (?:communautaire|de (?:la )?communaute)", None),
    (r"(?:conseil|bureau) d'agglomeration", None),
    (r"commission permanente du conseil departemental", "Commission permanente du conseil départemental"),
    (r"commission permanente du conseil regional", "Commission permanente du conseil régional"),
    (r"commission permanente", "Commission permanente"),
    (r"(?:conseil|assemblee) (?:departementale?|regionale?)", None),
    (r"(?:comite|bureau|conseil) syndical", None),
    (r"conseil d'administration", "Conseil d'administration"),
    (r"conseil de territoire", "Conseil de territoire"),
    (r"conseil d'arrondissement", "Conseil d'arrondissement"),
)
_BODY = re.compile("|".join(f"({pattern})" for pattern, _ in _BODIES))
_ROLE = (
    re.compile(r"sur (?:la )?proposition (?:conjointe )?(?:de |du |d')(.+?),? (?:soumet|expose|propose|presente"
        r"|le conseil|la commission)\b"),
    re.compile(r"rapporteu(?:r|rs|se) ?:? (.+?)\.?$"),
    re.compile(r"(?:sur|entendu|oui) le rapport (?:presente par |de |du |d')(.+?)(?:,? (?:le conseil|apres"
        r"|l'assemblee|et apres)|[,;.]?$)"),
    re.compile(r"(?:madame |monsieur |m\. |mme )?((?:le |la |l')?(?:maire|presidente?|vice-presidente?|adjointe?"
        r"|conseillere?)\b.{0,120}?),? "
               r"(?:expose|rappelle|informe|indique|explique|propose|presente|precise|donne lecture|soumet)\b"),
)  # fmt: skip
_TITLES = re.compile(
    r"\b(?:monsieur|madame|m\.|mme|mesdames|messieurs) (?:l[ea]s? |l')?|^(?:l[ea]s? |l'|du |de la |de l')"
)


def number(told: Sequence[Placed]) -> tuple[list[Found[str]], Found[str] | None]:
    """Give the numbers that the heading may bear, the likeliest first, and the internal reference."""
    heading = [one for one in told if one.zone is Zone.HEADING]
    numbers = list(_labelled(heading))
    bare = [one for one in heading if len(one.text) <= 40 and _is_code(folded(one.text))]
    numbers += [Found(one.text, one.passage()) for one in bare]
    internal = None
    if len(bare) > 1:
        internal = Found(bare[1].text, bare[1].passage())
        numbers = [one for one in numbers if one.value != internal.value]
    alone = next((one for one in heading if _INTERNAL.fullmatch(one.text)), None)
    if alone is not None and internal is None:
        internal = Found(alone.text, alone.passage())
    return numbers, internal


def _labelled(heading: Sequence[Placed]) -> Iterator[Found[str]]:
    for one in heading:
        for found in _LABELLED.finditer(folded(one.text)):
            code = one.text[found.start(1) : found.end(1)].strip(" .")
            is_date = any(start <= found.start(1) < end for start, end, _ in dates(one.text))
            if sum(letter.isdigit() for letter in code) >= 2 and not is_date:
                yield Found(code, one.passage())
                break


def _is_code(bare: str) -> bool:
    has_figures = sum(letter.isdigit() for letter in bare) >= 4
    is_alone = any(mark in bare for mark in "/_-.") and not any(True for _ in dates(bare))
    return bool(has_figures and is_alone and _BARE.fullmatch(bare))


def sessions(told: Sequence[Placed]) -> list[Found[date]]:
    """Give the dates of the session that the heading states, those that say so first."""
    heading = [one for one in told if one.zone is Zone.HEADING]
    said = [
        Found(day, one.passage())
        for one in heading
        if (session := _SESSION.search(folded(one.text)))
        for start, _, day in list(dates(one.text))[:2]
        if start >= session.start() and "convo" not in folded(one.text)[max(0, start - 40) : start]
    ]
    others = [Found(day, one.passage()) for one in heading for _, _, day in list(dates(one.text))[:1]]
    return said or others[:1]


def body(told: Sequence[Placed]) -> Found[str] | None:
    """Give the assembly that sat, as the heading names it, else as the text calls it when it decides."""
    order = (Zone.HEADING, Zone.BETWEEN, Zone.FOUNDED, Zone.ENDS, Zone.DECIDES, Zone.REPORT)
    for zone in order:
        for one in told:
            if one.zone is zone and (name := body_name(one.text)):
                return Found(name, one.passage())
    return None


def body_name(text: str) -> str | None:
    """Give the first assembly that ``text`` names, spelled in full."""
    found = _BODY.search(folded(text))
    if found is None:
        return None
    at = next(rank for rank, group in enumerate(found.groups()) if group)
    spelled = _BODIES[at][1]
    if spelled is not None:
        return spelled
    written = text[found.start() : found.end()].lower()
    return _ACCENTS.get(folded(written), written).capitalize()


_ACCENTS = {
    "conseil metropolitain": "conseil métropolitain",
    "bureau metropolitain": "bureau métropolitain",
    "conseil de communaute": "conseil de communauté",
    "bureau de communaute": "bureau de communauté",
    "conseil de la communaute": "conseil de la communauté",
    "bureau de la communaute": "bureau de la communauté",
    "conseil d'agglomeration": "conseil d'agglomération",
    "bureau d'agglomeration": "bureau d'agglomération",
    "conseil departemental": "conseil départemental",
    "assemblee departementale": "assemblée départementale",
    "conseil regional": "conseil régional",
    "assemblee regionale": "assemblée régionale",
    "comite syndical": "comité syndical",
}


def title(told: Sequence[Placed], numbers: Sequence[Found[str]]) -> tuple[Found[str] | None, Found[str] | None]:
    """Give the title, mended of the slips of scanning, and the internal reference that may end its line."""
    heading = [one for one in told if one.zone is Zone.HEADING]
    chosen = next(_titles(heading, numbers), None)
    if chosen is None:
        return None, None
    one, text = chosen
    text = _SERVICES.sub("", text).strip(" :–-■▪")
    internal = _TITLE_WITH_INTERNAL.fullmatch(text)
    if internal is None:
        return Found(mended(text), one.passage()), None
    return Found(mended(internal[1]), one.passage()), Found(internal[2], one.passage())


def _titles(heading: Sequence[Placed], numbers: Sequence[Found[str]]) -> Iterator[tuple[Placed, str]]:
    """Give what may be the title: after « Objet », after ■, behind the number, in the paragraph after it."""
    for at, one in enumerate(heading):
        found = _SUBJECT.match(folded(one.text))
        if found and len(one.text) > found.end() + 5:
            yield one, one.text[found.end() :]
        elif found and at + 1 < len(heading):
            yield heading[at + 1], heading[at + 1].text
    yield from ((one, one.text) for one in heading if one.text.startswith("■"))
    ranks = [found.passage.paragraph for found in numbers[:1]]
    for at, one in enumerate(heading):
        if one.paragraph.rank in ranks:
            behind = one.text.partition(numbers[0].value)[2].strip(" :–-")
            if len(behind.split()) > 2 and not _SESSION.search(folded(behind)):
                yield one, behind
            yield from ((other, other.text) for other in heading[at + 1 :] if _may_be_title(other))
    yield from ((one, one.text) for one in heading if _may_be_title(one) and len(one.text.split()) > 5)


def _may_be_title(one: Placed) -> bool:
    bare = folded(one.text)
    is_other = _SESSION.search(bare[:60]) or body_name(bare[:80]) or _is_code(bare) or _INTERNAL.fullmatch(bare)
    starts = (
        "madame",
        "monsieur",
        "nombre",
        "date",
        "rapporteur",
        "republique",
        "departement",
        "extrait",
        "l'assemblee",
        "le ",
        "la ",
    )
    is_said = any(character in bare for character in (WITHHELD,)) or bare.startswith(starts)
    return not is_other and not is_said and len(bare.split()) > 2


def rapporteur_role(told: Sequence[Placed]) -> Found[str] | None:
    """Give the role of who reported, without any name; several joined by « et »."""
    for pattern in _ROLE:
        for one in told:
            if one.zone not in {Zone.HEADING, Zone.BETWEEN, Zone.REPORT}:
                continue
            found = pattern.search(folded(one.text))
            role = _role(one.text[found.start(1) : found.end(1)]) if found else ""
            if role:
                return Found(role, one.passage())
    return None


def _role(text: str) -> str:
    """Take the civilities and articles off a role."""
    bare = folded(text)
    kept, at = [], 0
    for found in _TITLES.finditer(bare):
        kept.append(text[at : found.start()])
        at = found.end()
    kept.append(text[at:])
    role = re.sub(r"\bet (?:de|du|d') ?", "et ", "".join(kept).replace(WITHHELD, "")).strip(" ,:;.()")
    return role[:1].upper() + role[1:].lower() if role.isupper() else role[:1].upper() + role[1:]
