"""What an import is about, in words: its cells, what was understood of the file, what a row would change."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from tracker.domain.drafts import Parsed, Place
from tracker.domain.entries import Entry
from tracker.domain.records import IndicatorRecord, Reading
from tracker.domain.vocabulary import Quality
from tracker.labels.formats import number, quantity
from tracker.labels.language import N_, colon, plural, text
from tracker.labels.targets import telling_decimals
from tracker.labels.words import word

EXCERPT = 80  # characters of a text that a table of changes quotes
_ENCODINGS: Mapping[str, str] = {
    "utf-8": N_("UTF-8"),
    "utf-8-sig": N_("UTF-8 avec marque"),
    "utf-16": N_("UTF-16"),
    "cp1252": N_("Windows-1252"),
}
_DELIMITERS: Mapping[str, str] = {
    ";": N_("point-virgule"),
    ",": N_("virgule"),
    "\t": N_("tabulation"),
}
_ASIDE: Mapping[str, str] = {
    "quality": N_("qualité"),
    "numerator": N_("numérateur"),
    "denominator": N_("dénominateur"),
    "coverage": N_("couverture"),
    "source": N_("source"),
    "comment": N_("commentaire"),
}


def cell_name(place: Place) -> str:
    """Name a cell as a spreadsheet does, « C12 »; the row alone where it is the whole row, nothing for the file."""
    if not place.row:
        return ""
    return f"{place.column}{place.row}" if place.column else text("ligne {n}", n=place.row).replace(" ", "\u00a0")


def place_name(place: Place) -> str:
    """Name a cell with its sheet, as formulas do: « Saisie!C12 »; the file itself has no name."""
    cell = cell_name(place)
    return f"{place.sheet}!{cell}" if place.sheet and cell else cell


def named_encoding(encoding: str) -> str:
    """Name an encoding as officers meet it."""
    return text(_ENCODINGS.get(encoding, encoding))


def named_delimiter(delimiter: str) -> str:
    """Name what separates the cells of a CSV."""
    return text(_DELIMITERS.get(delimiter, delimiter))


def detected(parsed: Parsed) -> Iterator[str]:
    """Say what was understood of a file: its format, then its encoding or its sheets, then what was left aside."""
    detail = parsed.detail
    yield text("Format {format}", format=parsed.format.upper())
    if encoding := detail.get("encoding"):
        yield text("encodage {name}", name=named_encoding(str(encoding)))
    if delimiter := detail.get("delimiter"):
        yield text("séparateur : {name}", name=named_delimiter(str(delimiter)))
    ignored = detail.get("ignored_sheets", ())
    if read := [name for name in detail.get("sheets", ()) if name not in ignored]:
        names = ", ".join(read)
        yield plural("feuille lue : {names}", "feuilles lues : {names}", len(read), names=names)
    if ignored:
        names = ", ".join(ignored)
        yield plural(
            "feuille laissée de côté : {names}", "feuilles laissées de côté : {names}", len(ignored), names=names
        )
    if columns := detail.get("ignored_columns", ()):
        names = ", ".join(columns)
        yield plural(
            "colonne laissée de côté : {names}", "colonnes laissées de côté : {names}", len(columns), names=names
        )


def before_and_after(before: Reading | None, after: Entry, indicator: IndicatorRecord) -> tuple[str, str]:
    """Write the value of before ("" for none) and the new one: as typed, a ratio as exactly as tells them apart."""
    numbers = [told.value for told in (before, after) if told is not None and told.value is not None]
    decimals = telling_decimals(indicator, numbers)
    return _told(before, indicator, decimals), _told(after, indicator, decimals)


def aside(before: Reading | None, after: Entry) -> Iterator[str]:
    """Say what else changes beside the value: « qualité : estimé → mesuré »."""
    for name, label in _ASIDE.items():
        old, new = _given(before, name), _given(after, name)
        if old != new:
            shown = _short(new) if old is None else f"{_short(old)} → {_short(new)}"
            yield f"{text(label)}{colon()}{shown}"


def _given(told: Entry | Reading | None, name: str) -> object:
    """Give what is said of a field, None where nothing is."""
    found = getattr(told, name) if told else None
    return None if found == "" else found


def _told(told: Entry | Reading | None, indicator: IndicatorRecord, decimals: int) -> str:
    if told is None:
        return ""
    if told.value is None:
        return word(told.absence) if told.absence else ""
    return quantity(told.value, indicator.unit, None if told.denominator is None else decimals)


def _short(value: object) -> str:
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, Quality):
        return word(value)
    line = " ".join(str(value or text("rien")).split())
    return line if len(line) <= EXCERPT else f"{line[:EXCERPT]}…"
