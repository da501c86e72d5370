"""What a pre-filled workbook shows, whatever its format: its columns, its cells, and what it says of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from tracker.domain.drafts import Field
from tracker.domain.numbers import plain_text, typed_text
from tracker.domain.vocabulary import Absence, Quality
from tracker.labels import N_, text, word
from tracker.labels.columns import choices, heading

FIRST_ROW = 4  # the first line of values, under two lines of title and the headings
_SPREADSHEET_DIGITS = 15  # significant digits that spreadsheets keep; with more, a number is written as a text
_UNWRITABLE = {0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}  # XML has no way of writing these two


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator and year; ``before`` and ``target`` are in words, ``revision`` is 0 where nothing is stored."""

    code: str
    name: str
    unit: str
    year: int
    before: str = ""
    target: str = ""
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    absence: Absence | None = None
    quality: Quality | None = None
    coverage: Decimal | None = None
    source: str = ""
    comment: str = ""
    revision: int = 0
    has_terms: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of one organisation, for a year or several (None), and for one ``person`` or everybody ("")."""

    organisation: str
    year: int | None
    person: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its field, None for one that only helps, and its width in characters."""

    field: Field | None
    title: str
    width: int
    message: str = ""

    @property
    def choices(self) -> tuple[str, ...]:
        """The words that may be picked, none where anything may be typed."""
        return choices(self.field) if self.field else ()


@dataclass(frozen=True, slots=True)
class Box:
    """What stands in a cell, and whether it may be changed."""

    content: str | Decimal
    is_open: bool = False


_LAYOUT: tuple[tuple[Field | str, int], ...] = (
    (Field.INDICATOR, 12),
    (N_("Intitulé"), 42),
    (N_("Unité"), 16),
    (Field.YEAR, 8),
    (N_("L'année d'avant"), 18),
    (N_("Cible"), 26),
    (Field.VALUE, 14),
    (Field.NUMERATOR, 14),
    (Field.DENOMINATOR, 14),
    (Field.REASON, 18),
    (Field.QUALITY, 14),
    (Field.COVERAGE, 15),
    (Field.SOURCE, 32),
    (Field.COMMENT, 44),
    (Field.REVISION, 10),
)
_TERMS = N_("Pour un rapport : donnez le numérateur et le dénominateur, la valeur se calcule.")
_MESSAGES: Mapping[Field, str] = {
    Field.VALUE: N_("Un nombre, par exemple 5,4. S'il n'y en a pas : laissez vide et choisissez un motif d'absence."),
    Field.NUMERATOR: _TERMS,
    Field.DENOMINATOR: _TERMS,
    Field.REASON: N_("Pourquoi il n'y a pas de valeur : choisissez dans la liste."),
    Field.QUALITY: N_("Comment la valeur a été obtenue : choisissez dans la liste."),
    Field.COVERAGE: N_("La part du périmètre que la valeur couvre, jusqu'à 100 %."),
    Field.SOURCE: N_("D'où vient la valeur : facture, inventaire, étude."),
    Field.COMMENT: N_("Ce qu'il faut savoir pour lire cette valeur."),
}


def columns() -> tuple[Column, ...]:
    """Give the columns in their order, in the language being spoken."""
    return tuple(
        Column(given, heading(given), width, text(_MESSAGES[given]) if given in _MESSAGES else "")
        if isinstance(given, Field)
        else Column(None, text(given), width)
        for given, width in _LAYOUT
    )


def boxes(line: Line) -> tuple[Box, ...]:
    """Give the cells of a line, one a column."""
    has_terms = line.has_terms or line.numerator is not None or line.denominator is not None
    return (
        Box(line.code),
        Box(line.name),
        Box(line.unit),
        Box(Decimal(line.year)),
        Box(line.before),
        Box(line.target),
        Box(_number(line.value), is_open=True),
        Box(_number(line.numerator), is_open=has_terms),
        Box(_number(line.denominator), is_open=has_terms),
        Box(word(line.absence) if line.absence else "", is_open=True),
        Box(word(line.quality) if line.quality else "", is_open=True),
        Box(_number(line.coverage), is_open=True),
        Box(writable(line.source), is_open=True),
        Box(writable(line.comment), is_open=True),
        Box(Decimal(line.revision)),
    )


def writable(written: str) -> str:
    """Give ``written`` without the two characters that a workbook cannot hold."""
    return written.translate(_UNWRITABLE)


def title(sheet: Sheet) -> str:
    """Say whose values these are, and of what year."""
    if sheet.year is None:
        return text("Valeurs à saisir, {organisation}", organisation=sheet.organisation)
    return text("Valeurs à saisir pour {year}, {organisation}", year=sheet.year, organisation=sheet.organisation)


def subtitle(sheet: Sheet) -> str:
    """Say whom the workbook is for, and where to start."""
    if sheet.person:
        return text(
            "Pour {person}. Remplissez les cases blanches ; la deuxième feuille dit comment.", person=sheet.person
        )
    return text("Remplissez les cases blanches ; la deuxième feuille dit comment.")


def sheet_names() -> tuple[str, str]:
    """Name the sheet of values and the sheet that says how to fill it."""
    return text("Saisie"), text("Mode d'emploi")


def guidance() -> tuple[str, ...]:
    """Say how to fill the workbook, one sentence or two a line."""
    return (
        text("Remplissez les cases blanches de la première feuille. Les autres sont protégées, sans mot de passe."),
        text("Une ligne laissée comme elle est ne change rien."),
        text("Un nombre s'écrit 5,4 ou 1 234,5. Un pourcentage s'écrit 12,5 ou 12,5 %."),
        text("Zéro est une valeur. S'il n'y a pas de valeur, laissez la case vide et choisissez un motif d'absence."),
        text("Motifs d'absence : {choices}.", choices=", ".join(choices(Field.REASON))),
        text("Qualités d'une valeur : {choices}.", choices=", ".join(choices(Field.QUALITY))),
        text(_TERMS),
        text("Une valeur enregistrée ne s'efface pas : corrigez-la, ou donnez un motif d'absence."),
        text("Enregistrez en .xlsx ou en .ods, puis importez le fichier. Rien n'est enregistré avant votre accord."),
    )


def spreadsheet_number(number: Decimal) -> str | Decimal:
    """Give ``number``, as a text where a spreadsheet would lose some of its digits."""
    digits = plain_text(number).replace("-", "").replace(".", "").strip("0")
    return number if len(digits) <= _SPREADSHEET_DIGITS else typed_text(number)


def _number(number: Decimal | None) -> str | Decimal:
    return "" if number is None else spreadsheet_number(number)
