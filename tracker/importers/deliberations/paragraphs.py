"""Makes paragraphs of lines: what a page or a screen cut is joined again, what the writer set apart stays apart."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tracker.importers.deliberations.spelling import folded, plain

Block = Sequence[str]
"""Lines between two breaks that are certain: a blank line, a gap on the page, the end of a paragraph of a document."""

_MARKER = re.compile(
    r"\s*(?:[-\u2013\u2014\u2022\u25aa\u25cf\u25e6\u2023\u27a2\u27a4\u00b7*]\s*(?=[^\W\d_]|[\"«(\u2022\ue000-\uf8ff])"
    r"|[\ue000-\uf8ff]\s*(?=\S)|o (?=[A-ZÀ-Ý]))"  # of a font of symbols: what Writer and Word draw before an item
)
_MOST_MARKERS = 3  # the one of the tags, the sign that is drawn, the one that was typed
_DEEP = ("o ", "\u25e6", "\u2023")
_LONE = re.compile(
    r"(?:article (?:unique|premier|\d{1,2}(?:er|eme|e)?)|vu|considerant|delibere|decide|expose des motifs|rapport)"
    r" ?[:.\u2013-]* ?"
)
_OPENING = re.compile(
    r"vu[: ]|vu$|considerant\b|article (?:unique|premier|\d{1,2})|delibere\b|decide\b|ou[iï]? l[ea] rapport|"
    r"o[uù][iï]? le rapport|entendu|seance du|certifie conforme|objet ?:|extrait d|signe ?:|"
    r"(?:pour|contre|votants?|abstentions?) ?:|"
    r"(?:(?:etaient|membres|sont|ont) )?(?:presente?s?|absente?s?|excusee?s?|pouvoirs|procurations|vote)\b[^:]{0,40}:"
)
_SPEAKER = re.compile(
    r"(?:madame|monsieur) l[ea] [a-z-]+(?: de [^.]{0,60})? (?:a propose|expose|rappelle|informe|indique|propose)\b"
)
_ACT = re.compile(r"(?:APPROUVE|DIT|AUTORISE|FIXE|CHARGE|PRÉCISE|PRECISE|DONNE|ACCEPTE|PREND|ADOPTE|DÉCIDE|DECIDE)\b")
_CODE = re.compile(r"[a-z]{0,8}[-_/]?\d[\w./-]{2,24}[-_/][\w./-]{1,24}")
_INNER = re.compile(r"(?<=\S) (?=VU (?:LE|LA|LES|L') ?[A-ZÀ-Ý]|O[UÙ][IÏ]? LE RAPPORT)")
_PAGE_NUMBER = re.compile(r"(?:page )?[-\u2013 ]*\d{1,3}(?: ?(?:/|sur) ?\d{1,3})?[-\u2013 ]*|[-\u2013_ =.]+")
_STAMP = re.compile(
    r"(?:signe|envoye|recu|publie|affiche|transmis|accuse|certifie executoire|mis en ligne)"
    r"(?: (?:electroniquement|en prefecture|au controle|a la prefecture|de reception|en ligne|par voie))*"
    r" ?(?:le|du|:)? ?(?:le )?\d{1,2}(?:er)?[ /.-][\w]+[ /.-]\d{4}.{0,40}|id ?: ?[\w-]{10,60}"
)
_LAST_WORD, _FIRST_WORD = re.compile(r"[^\W\d_]+-$"), re.compile(r"[^\W\d_]+")
_KEPT_BEFORE = {
    "a", "apres", "au", "avant", "celle", "celles", "celui", "ceux", "ci", "eco", "elle", "eux", "la", "lui", "mi",
    "non", "peut", "plate", "porte", "rendez", "savoir", "semi", "sous", "tres", "vice",
}  # fmt: skip
_KEPT_AFTER = {"t", "ci", "la", "meme", "memes", "vous", "nous", "il", "elle", "dessus", "dessous", "apres", "dela"}
_LONG_LINE = 160  # characters: a file with longer lines is not cut at the width of a screen


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its rank from 1, what it says, whether it is an item of a list and at which depth (1 or 2)."""

    rank: int
    text: str
    depth: int = 0


def paragraphs(blocks: Sequence[Block]) -> tuple[Paragraph, ...]:
    """Join the lines of ``blocks`` into paragraphs, without page numbers and stamps."""
    is_wrapped = all(len(line) <= _LONG_LINE for block in blocks for line in block)
    words = frozenset(_whole_words(blocks))
    told: list[Paragraph] = []
    for block in blocks:
        for number, lines in enumerate(_cut(block, is_wrapped=is_wrapped)):
            depth, first = _unmarked(lines[0])
            text = plain(_joined([first, *lines[1:]], words))
            if not text or _is_furniture(text):
                continue
            if told and number == 0 and _goes_on(told[-1].text, text, depth):
                told[-1] = replace(told[-1], text=_joined([told[-1].text, text], words))
            else:
                told += [Paragraph(0, part, depth) for part in _INNER.split(text)]
    return tuple(replace(one, rank=rank) for rank, one in enumerate(told, 1))


def _unmarked(line: str) -> tuple[int, str]:
    """Part a line from its markers: the depth that they tell, 0 for no item, 2 for one in an item (« o », « - o »)."""
    marks: list[str] = []
    while len(marks) < _MOST_MARKERS and (marker := _MARKER.match(line)):
        marks.append(marker[0].strip() + " ")
        line = line[marker.end() :]
    return 2 if any(mark.startswith(_DEEP) for mark in marks) else min(len(marks), 1), line


def _whole_words(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        for line in block:
            for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", folded(line)):
                yield word
                yield from word.split("-")


def _cut(block: Block, *, is_wrapped: bool) -> Iterator[list[str]]:
    """Cut a block where a paragraph begins."""
    lines = [line.strip() for line in block if line.strip()]
    widest = max(map(len, lines), default=0)
    held: list[str] = []
    for line in lines:
        if held and _begins(held[-1], line, widest, is_wrapped=is_wrapped):
            yield held
            held = []
        held.append(line)
    if held:
        yield held


def _begins(before: str, line: str, widest: int, *, is_wrapped: bool) -> bool:
    """Tell whether ``line`` begins a paragraph after ``before``, in a block as wide as ``widest`` letters."""
    bare, ends = folded(plain(line)), plain(before)[-1:]
    is_full = is_wrapped and len(before) + len(line.split(" ", 1)[0]) >= 0.9 * widest
    if _MARKER.match(line):
        return ends in ".,;:!?)" or not is_full
    if _LONE.fullmatch(folded(plain(before))) or (_OPENING.match(bare) and line[:1].isupper()):
        return True
    if _CODE.fullmatch(bare) or (ends in ".:;" and (_SPEAKER.match(bare) or _ACT.match(plain(line)))):
        return True
    return (ends in ".;:!?" and not is_full) or (not is_wrapped and len(before) > _LONG_LINE)


def _goes_on(before: str, text: str, depth: int) -> bool:
    """Tell whether ``text``, first of a block, goes on with a sentence that a page or a blank line cut."""
    is_cut = before[-1:].isalpha() or before[-1:] == "-"
    return bool(is_cut and text[:1].islower() and not depth and not _LONE.fullmatch(folded(before)))


def _is_furniture(text: str) -> bool:
    bare = folded(text)
    return bool(_PAGE_NUMBER.fullmatch(bare) or (len(bare) < 120 and _STAMP.fullmatch(bare)))


def _joined(lines: Sequence[str], words: frozenset[str]) -> str:
    """Join lines with spaces, and the halves of a word that was cut without."""
    told = lines[0].rstrip()
    for line in lines[1:]:
        following = line.strip()
        if told.endswith("\u00ad"):
            told = told[:-1] + following
        elif _LAST_WORD.search(told) and _FIRST_WORD.match(following):
            told = told + following if _is_kept(told, following, words) else told[:-1] + following
        else:
            told = f"{told} {following}"
    return told


def _is_kept(before: str, after: str, words: frozenset[str]) -> bool:
    """Tell whether the hyphen at the end of ``before`` is of the word, and not of the line."""
    found, first = _LAST_WORD.search(before), _FIRST_WORD.match(after)
    if found is None or first is None:
        return True
    head, rest = folded(found[0][:-1]), folded(first[0])
    if head + rest in words:
        return False
    if first[0][0].isupper():
        return True
    return f"{head}-{rest}" in words or head in _KEPT_BEFORE or rest in _KEPT_AFTER
