"""Parts a deliberation: its heading, the report, what it is founded on, what it considers, its articles, its end."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.intakes import Passage
from tracker.importers.deliberations.paragraphs import Paragraph
from tracker.importers.deliberations.spelling import folded

_REPORT = re.compile(
    r".{0,900}(?:le rapport suivant|expose ce qui suit|expose (?:que|les motifs)|l'expose suivant)\b ?[:.]?$"
    r"|expose(?: des motifs)? ?:?$|rapport de presentation ?:?$|rapport ?:?$|preambule ?:?$"
)
_REPORTED = re.compile(
    r"(?:(?:madame|monsieur|m\.|mme) (?:l[ea] |l').{0,120}?|(?:le|la) (?:maire|presidente?"
    r"|rapporteure?)\b.{0,80}?|\[…\],? ?.{0,60}?|(?:(?:premiere? )?(?:vice-presidente?|adjointe?|maire|presidente?)"
    r"|conseill(?:er|ere)|rapporteu(?:r|se))\b.{0,80}?)"
    r"(?<! a )(?:expose|rappelle|informe|indique|explique|propose|presente|precise"
    r"|donne lecture)\b(?! au \w+ (?:de la \w+ )?d'accepter)"
)
_REPORT_ENDS = re.compile(
    r"telles sont les raisons|il (?:vous )?est (?:donc )?propose (?:au|de bien vouloir|a l'assemblee|d'adopter)"
)
_FOUNDED = re.compile(r"vus?\b ?[:,]?")
_HEARD = re.compile(
    r"o[uù][iï]? l(?:e |a |')(?:rapport|expose|rapporteur)|entendu|sur (?:le rapport|proposition|la proposition) d"
)
_CONSIDERS = re.compile(r"considerant\b")
_DECIDES = re.compile(
    r"(?:.{0,200}\b)?(?:delibere|decide(?:nt)?|delibere et decide|a delibere)(?: (?:a l'unanimite"
    r"|a la majorite)[^:]{0,60})?"
    r"(?: (?:de|d'))? ?[:.]?$|apres en avoir (?:valablement )?delibere\b.{0,160}"
    r"|(?:o[uù][iï]?|entendu|vu|sur|le conseil|la commission|l'assemblee)\b.{0,300}"
    r"\bapres en avoir (?:valablement )?delibere\b.{0,240}[:,]"
)
ARTICLE = re.compile(r"article (unique|premier|\d{1,2})\s?(?:er|ere|eme|e|o|°)?(?= ?[:.,-]| |$) ?[:.–—-]* ?")
_ARTICLE_HEADING = re.compile(r"article (?:unique|premier|\d{1,2}) ?(?:er|ere|eme|e|°)? ?(?:[:.–—-]|$|(?=[a-z'’]+ ))")
_ENDS = re.compile(
    r".{0,120}(?:mise? aux voix|est adopte|a ete adopte|adoptee? a l|adopte a l)|adopte|rejete"
    r"|resultats? du vote|votants?\b|pour ?:|contre ?:|"
    r"abstentions? ?:|nombre de votants|suffrages exprimes|(?:la )?(?:presente )?(?:deliberation"
    r"|proposition)\b[^.]{0,40} (?:adopte|rejete)"
)
_CODE = re.compile(r"(?:[a-z]{0,8}[- ./]?)[\w./-]*\d[\w./-]*[/_-][\w./-]*")
_NUMBERED = re.compile(r"(?:\d{1,2}|[ivx]{1,4}|[a-h]) ?[).°-] ?(?=\S)")
_SENTENCE = 25  # words that no title has
_OF_HEADING = (
    "l'an ", "seance", "extrait", "l'assemblee", "le conseil", "madame", "monsieur", "objet", "president", "le deux",
)  # fmt: skip
_AXES = re.compile(r"\b(?:deux|trois|quatre|cinq|six|sept|\d) axes\b")
_OPENING_WORDS = 3  # of a line that says « décide » again, once it was said that the assembly decides
_SHORT = 12  # words that a heading of the report may have
_SHORTER = 9  # words, marks apart from them, of a line that names the list under it
_SECTION = 80  # letters of a heading that a place quotes


class Zone(StrEnum):
    """The parts of a deliberation."""

    HEADING = "heading"
    REPORT = "report"
    FOUNDED = "founded"
    CONSIDERS = "considers"
    DECIDES = "decides"
    ENDS = "ends"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True)
class Placed:
    """A paragraph in its part, its place as people cite it, and whether it only names what follows it."""

    paragraph: Paragraph
    zone: Zone
    locator: str = ""
    is_name: bool = False

    @property
    def text(self) -> str:
        """What the paragraph says."""
        return self.paragraph.text

    def passage(self, text: str | None = None, place: str = "") -> Passage:
        """Give the passage, or a part of it, whose ``place`` is added to the paragraph's."""
        locator = ", ".join(part for part in (self.locator, place) if part)
        return Passage(self.paragraph.rank, self.text if text is None else text, locator)


def placed(paragraphs: Sequence[Paragraph]) -> tuple[Placed, ...]:
    """Give each paragraph its part and its place."""
    zones = list(_zones(paragraphs))
    report, decisions = _Report(), _Decisions()
    told = []
    for at, (paragraph, zone) in enumerate(zip(paragraphs, zones, strict=True)):
        locator, is_name = "", False
        if zone is Zone.REPORT:
            following = paragraphs[at + 1] if at + 1 < len(paragraphs) else None
            locator, is_name = report.place(paragraph, following)
        elif zone is Zone.CONSIDERS:
            locator = "considérant"
        elif zone is Zone.FOUNDED:
            locator = "visas"
        elif zone is Zone.DECIDES:
            locator = decisions.place(paragraph)
        told.append(Placed(paragraph, zone, locator, is_name))
    return tuple(told)


def _zones(paragraphs: Sequence[Paragraph]) -> Iterator[Zone]:
    """Follow the turns of a deliberation: the words that open each part stand in none."""
    zone, is_after_code = Zone.HEADING, False
    for paragraph in paragraphs:
        bare = folded(paragraph.text)
        turned = None if is_after_code and not _REPORT.fullmatch(bare) else _turn(bare, zone, paragraph.depth)
        is_after_code = zone is Zone.HEADING and bool(_CODE.fullmatch(bare))
        if turned is not None:
            zone, shown = turned
            yield shown
        else:
            yield zone


def _turn(bare: str, zone: Zone, depth: int) -> tuple[Zone, Zone] | None:
    """Give the part that a paragraph opens and the one that it stands in, None where it goes on with the part."""
    if not depth and (turned := _decided(bare, zone)):
        return turned
    if zone is Zone.DECIDES:
        return None
    if _FOUNDED.match(bare) and not bare.startswith(("vu et presente", "vue")):
        return Zone.FOUNDED, Zone.FOUNDED
    if (_CONSIDERS.match(bare) and zone is not Zone.REPORT) or bare.rstrip(" :,") == "considerant":
        return Zone.CONSIDERS, Zone.CONSIDERS
    is_heard = zone in {Zone.FOUNDED, Zone.CONSIDERS} and _HEARD.match(bare)
    if is_heard or (zone is Zone.REPORT and _REPORT_ENDS.match(bare)):
        return Zone.BETWEEN, Zone.BETWEEN
    return _opened(bare) if zone is Zone.HEADING else None


def _decided(bare: str, zone: Zone) -> tuple[Zone, Zone] | None:
    """Tell whether the articles begin or end."""
    if zone not in {Zone.HEADING, Zone.REPORT} and _ENDS.match(bare):
        return Zone.ENDS, Zone.ENDS
    if _DECIDES.fullmatch(bare) and (zone is not Zone.DECIDES or len(bare.split()) <= _OPENING_WORDS):
        return Zone.DECIDES, Zone.BETWEEN
    if _ARTICLE_HEADING.match(bare) and zone is not Zone.HEADING:
        return Zone.DECIDES, Zone.DECIDES
    return None


def _opened(bare: str) -> tuple[Zone, Zone] | None:
    """Tell whether the report begins: with the words that announce it, with who tells it, or with a whole sentence."""
    if _REPORT.fullmatch(bare) or bare.startswith("mesdames, messieurs"):
        return Zone.REPORT, Zone.BETWEEN
    is_sentence = len(bare.split()) > _SENTENCE and bare.endswith((".", ":")) and not bare.startswith(_OF_HEADING)
    return (Zone.REPORT, Zone.REPORT) if _REPORTED.match(bare) or is_sentence else None


def ordinal(rank: int, *, is_feminine: bool = False) -> str:
    """Write « 1er », « 1re », « 2e »."""
    return f"{rank}e" if rank > 1 else "1re" if is_feminine else "1er"


class _Report:
    """Counts the alinéas and the items of the report, anew under each of its headings."""

    def __init__(self) -> None:
        self._section, self._group = "", ""
        self._alinea = self._item = self._point = 0
        self._has_axes = False

    def place(self, paragraph: Paragraph, following: Paragraph | None) -> tuple[str, bool]:
        """Give « exposé, La sobriété, 2e alinéa, 1er tiret », and whether it only names a part or a list."""
        text = paragraph.text
        words = len(text.split())
        is_numbered = _NUMBERED.match(folded(text)) and (
            words <= _SHORT or (words <= 2 * _SHORT and text[-1] not in ".;,")
        )
        self._has_axes = self._has_axes or bool(_AXES.search(folded(text)))
        if is_numbered:
            rank = re.match(r"\d+", text)
            self._begin(f"axe {rank[0]}" if rank and self._has_axes else _shortened(_numbering_off(text)), 0)
        elif paragraph.depth and _names_list(paragraph, following):
            self._group, self._item, self._point = _shortened(text), 0, 0
        elif paragraph.depth == 1 and (head := _head(text)):
            self._begin(head, 1)
            return self._told("1er alinéa"), False
        elif paragraph.depth == 2:
            self._point += 1
            return self._told(f"{ordinal(self._point)} point"), False
        elif paragraph.depth:
            self._item, self._point = self._item + 1, 0
            return self._told(f"{ordinal(self._item)} tiret"), False
        else:
            self._alinea, self._item, self._point = self._alinea + 1, 0, 0
            self._group = _shortened(text) if words <= _SHORTER and text.endswith(":") else ""
            return self._told("" if self._group else f"{ordinal(self._alinea)} alinéa"), bool(self._group)
        return self._told(""), True

    def _begin(self, section: str, alinea: int) -> None:
        self._section, self._group, self._alinea, self._item, self._point = section, "", alinea, 0, 0

    def _told(self, last: str) -> str:
        is_nested = not self._group and last.endswith(("tiret", "point")) and self._alinea
        above = f"{ordinal(self._alinea)} alinéa" if is_nested and last.endswith("tiret") else ""
        return ", ".join(part for part in ("exposé", self._section, self._group, above, last) if part)


class _Decisions:
    """Names the articles, or counts the alinéas where nothing is numbered."""

    def __init__(self) -> None:
        self._article, self._alinea, self._within = "", 0, 0

    def place(self, paragraph: Paragraph) -> str:
        """Give « article 1 », « article 2, 2e alinéa », « dispositif, 1er alinéa »."""
        found = ARTICLE.match(folded(paragraph.text))
        if found:
            self._article = article_label(found[1])
            self._within = 1 if len(paragraph.text) > found.end() else 0
            return self._article
        if self._article:
            self._within += 1
            return self._article if self._within <= 1 else f"{self._article}, {ordinal(self._within)} alinéa"
        self._alinea += 1
        return f"dispositif, {ordinal(self._alinea)} alinéa"


def article_label(told: str) -> str:
    """Give « article 1 » for « 1er » and « premier », « article unique »."""
    return "article unique" if told == "unique" else f"article {1 if told == 'premier' else int(told)}"


def _names_list(paragraph: Paragraph, following: Paragraph | None) -> bool:
    """Tell whether an item names those that follow it: it ends with a colon, or with nothing before items in small."""
    text = paragraph.text
    if text.endswith(":"):
        return len(text.split()) <= _SHORT
    is_bare = text[:1].isupper() and text[-1].isalpha() and len(text.split()) <= _SHORTER
    return bool(is_bare and following is not None and following.depth and following.text[:1].islower())


def _head(text: str) -> str:
    """Give the words before the colon of an item that goes on after it: « La sobriété du Numérique : à l'échelle… »."""
    head, colon, rest = text.partition(" : ")
    is_head = colon and head[:1].isupper() and len(head.split()) <= _SHORT and len(rest.split()) > _SHORT
    return _shortened(head) if is_head else ""


def _numbering_off(text: str) -> str:
    found = _NUMBERED.match(folded(text))
    return text[found.end() :] if found else text


def _shortened(text: str) -> str:
    """Keep of a heading what stands before its first comma or colon."""
    return re.split(r"\s?[,:;]\s|\s?:$", text)[0].strip(" :.")[:_SECTION]
