"""Reads what a deliberation is founded on and considers: one entry a text cited, one a reason given."""

import re
from collections.abc import Iterator, Sequence

from tracker.domain.intakes import Found
from tracker.importers.deliberations.spelling import folded, mended
from tracker.importers.deliberations.structure import Placed, Zone

_TEXTS = r"(?:code|loi|decret|deliberation|arrete|ordonnance|reglement|circulaire|directive)"
_VU = re.compile(r"vus?\b ?[:,]? ?(?:que )?")
_ENTRY = re.compile(rf"(?:l[ea]s? |l')(?:\w+ ){{0,2}}?{_TEXTS}\b")
_RUN_ON = re.compile(
    rf"(?<!de)(?<!\bet)(?<!\ba)(?<!par)(?<!modifiant)(?<!,)(?<!d') (?=l[ea] {_TEXTS} )|(?<=;) (?=(?:vu )?l)"
)
_CONSIDERING = re.compile(r"considerant ?[:,]? ?")
_DELIBERATION = re.compile(r"(?:l[ea]s? )?(?:\w+ )?deliberations?\b")


def legal_basis(told: Sequence[Placed]) -> tuple[Found[str], ...]:
    """Give each text cited after « Vu », other deliberations aside: they are references."""
    return tuple(found for found in foundations(told) if not _DELIBERATION.match(folded(found.value)))


def foundations(told: Sequence[Placed]) -> tuple[Found[str], ...]:
    """Give each entry after « Vu », its marks taken off; an entry on several lines is one."""
    entries: list[tuple[Placed, str]] = []
    for one in told:
        if one.zone is not Zone.FOUNDED:
            continue
        text = one.text
        opening = _VU.match(folded(text))
        text = text[opening.end() :] if opening else text
        for at, part in enumerate(_parts(text)):
            is_new = opening or one.paragraph.depth or at or _ENTRY.match(folded(part)) or not entries
            if is_new or entries[-1][1].rstrip()[-1:] in ";.":
                entries.append((one, part))
            else:
                entries[-1] = (entries[-1][0], f"{entries[-1][1]} {part}")
    return tuple(Found(said, one.passage()) for one, text in entries if (said := mended(_bare(text))))


def _parts(text: str) -> Iterator[str]:
    """Part entries that run on in one paragraph, as scanned capitals do."""
    bare, at = folded(text), 0
    is_run_on = text.isupper() or ";" in text
    for found in _RUN_ON.finditer(bare) if is_run_on else ():
        if found.start() > at:
            yield _without_vu(text[at : found.start()])
            at = found.end()
    yield _without_vu(text[at:])


def _without_vu(text: str) -> str:
    opening = _VU.match(folded(text.strip()))
    return text.strip()[opening.end() :] if opening else text.strip()


def recitals(told: Sequence[Placed]) -> tuple[Found[str], ...]:
    """Give each reason after « Considérant »."""
    found = []
    for one in told:
        if one.zone is Zone.CONSIDERS:
            opening = _CONSIDERING.match(folded(one.text))
            said = _bare(one.text[opening.end() :] if opening else one.text)
            if said:
                found.append(Found(said, one.passage()))
    return tuple(found)


def _bare(text: str) -> str:
    """Take off the marks at the ends, and give a capital to the first letter."""
    said = text.strip(" ;,.:")
    return said[:1].upper() + said[1:]
