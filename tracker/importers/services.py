"""Reads a table of digital services (CSV): rows of texts by field, under French or English headings in any order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker.domain.drafts import ImportProblem, Place
from tracker.domain.errors import Invalid, Problem, ProblemCode
from tracker.domain.search import folded
from tracker.domain.texts import tidy
from tracker.importers.formats.csv import table
from tracker.importers.grid import letter

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "name": ("nom", "nom du service", "service numerique", "name"),
    "kind": ("type", "kind"),
    "audience": ("public", "audience"),
    "state": ("etat", "state"),
    "purpose": ("objet", "a quoi il sert", "purpose"),
    "address": ("adresse", "url", "address"),
    "department": ("service", "direction", "service responsable", "department"),
    "supplier": ("fournisseur", "supplier"),
    "hosting": ("hebergement", "hosting"),
    "host": ("hebergeur", "host"),
    "personal_data": ("donnees personnelles", "personal data"),
    "uses_ai": ("utilise ia", "ia", "uses ai", "ai"),
    "opened_on": ("ouvert le", "ouverture", "opened on"),
    "redesigned_on": ("refondu le", "refonte", "redesigned on"),
    "closed_on": ("ferme le", "fermeture", "closed on"),
    "home_mention": ("mention accueil", "mention", "home mention"),
    "statement_url": ("declaration adresse", "statement url"),
    "statement_on": ("declaration le", "statement on"),
    "contact": ("contact",),
    "technologies": ("technologies",),
    "note": ("note",),
}
"""The field of each heading that is understood: without case, accents, spaces or underscores."""
DERIVED = ("numero", "conformite rgaa", "raison", "audit valable jusqu au")
"""What our own table says beside: it is reckoned, so it is not read, and nobody is told that it is left out."""
_QUOTED = 40
_DELIMITERS = ";,\t"


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One row: its number in the file, and the text of each field that has a column, with the letter of that column."""

    number: int
    texts: Mapping[str, str]
    columns: Mapping[str, str]

    def place(self, field: str) -> Place:
        """Give the cell of ``field``, the row as a whole where the file has no column for it."""
        return Place("", self.number, self.columns.get(field, ""))


@dataclass(frozen=True, slots=True)
class ServiceTable:
    """The rows of a table, what keeps it from being read, and the columns that are not understood."""

    rows: Sequence[ServiceRow] = ()
    problems: Sequence[ImportProblem] = ()
    ignored: Sequence[str] = ()


def key(text: str) -> str:
    """Give a heading or a word as it is compared: letters and digits alone, without case nor accents."""
    return folded(text)


_FIELDS = {key(heading): field for field, headings in HEADINGS.items() for heading in (field, *headings)}
_DERIVED = frozenset(map(key, DERIVED))


def read(content: bytes) -> ServiceTable:
    """Read a CSV of services; a file that is no such table gives the problem that says why."""
    try:
        lines = table(content, _DELIMITERS, lambda cell: key(cell) in _FIELDS)
    except Invalid as refusal:
        return ServiceTable(problems=[ImportProblem(Place(), problem) for problem in refusal.problems])
    cells = [[tidy(cell) for cell in line] for line in lines]
    return _under(cells[0] if cells else [], cells[1:])


def _under(headings: Sequence[str], lines: Sequence[Sequence[str]]) -> ServiceTable:
    """Read the lines under their headings: each at most once, and that of the name at least."""
    columns: dict[str, int] = {}
    problems, ignored = [], []
    for at, heading in enumerate(headings):
        field = _FIELDS.get(key(heading))
        if field is None:
            ignored += [heading[:_QUOTED]] if heading and key(heading) not in _DERIVED else []
        elif field in columns:
            told = {"text": heading[:_QUOTED], "first": letter(columns[field] + 1)}
            place = Place("", 1, letter(at + 1))
            problems.append(ImportProblem(place, Problem(field, ProblemCode.HEADING_TWICE, told)))
        else:
            columns[field] = at
    if "name" not in columns:
        problem = Problem("name", ProblemCode.HEADING_MISSING, {"name": HEADINGS["name"][0]})
        problems.append(ImportProblem(Place("", 1, "A"), problem))
    if problems:
        return ServiceTable(problems=problems, ignored=ignored)
    letters = {field: letter(at + 1) for field, at in columns.items()}
    rows = [
        ServiceRow(number, {field: _cell(cells, at) for field, at in columns.items()}, letters)
        for number, cells in enumerate(lines, 2)
        if any(cells)
    ]
    return ServiceTable(rows, ignored=ignored)


def _cell(cells: Sequence[str], at: int) -> str:
    return cells[at] if at < len(cells) else ""
