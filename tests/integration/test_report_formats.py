"""The report in its seven files: each opens in its real program, and all of them tell the same figures."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from sqlalchemy.orm import Session

from tests import pdf
from tests.conftest import TODAY, Source
from tests.footprints import assess
from tests.office import Convert, converter
from tracker.config.paths import bundled
from tracker.domain.assessments import Frozen, canonical, read
from tracker.domain.estate import EquipmentCategory, EquipmentState
from tracker.domain.footprint import Holding
from tracker.domain.vocabulary import OrganisationKind, Role
from tracker.exports.paper import Figure, Heading, Paper, Paragraph, Table, letters
from tracker.exports.tabular import Cell, DataTable
from tracker.importers import factors
from tracker.labels import speaking
from tracker.reports import snapshot
from tracker.reports.formats import FORMATS
from tracker.reports.frozen_files import Seal, frozen_file
from tracker.reports.report import Report, compose, paper
from tracker.services import exporting, organisations, reviews

YEAR = 2025
SEAL = Seal(1, snapshot.SCHEMA, "0" * 64, TODAY, datetime(2026, 2, 3, 9, tzinfo=UTC), Role.REFERENT)
NUMBER = re.compile(r"[-−+]?\d{1,3}(?: \d{3})+(?:,\d+)?|[-−+]?\d+(?:,\d+)?")
UNIT = r" ?(%|t CO₂e|kg|MWh|kWh|€|(?:ans?|points?|Ko|ETP|jours?|équipements?|personnes?|agents?|indicateurs?)\b)"
FIGURE = re.compile(f"({NUMBER.pattern}){UNIT}")
SPACES = re.compile(r"[\s\u00a0\u202f]+")


def told(text: str) -> str:
    """Give a text with one plain space for each run of spaces, whatever they are."""
    return SPACES.sub(" ", text)


def figures(text: str) -> Counter[tuple[str, str]]:
    """Count the numbers of a text that have a unit, with it."""
    return Counter((one[1], one[2]) for one in FIGURE.finditer(told(text)))


@contextmanager
def gathered(source: Source) -> Iterator[Session]:
    with source.seeded() as database, database.reading() as session:
        yield session


def frozen() -> Frozen:
    """Freeze the footprint of a few pieces and of an amount, so that the report has one to tell."""
    table = factors.read(bundled("seeds") / "factors.yaml")
    bought = date(2022, 5, 1)
    kinds = (EquipmentCategory.LAPTOP, EquipmentCategory.MONITOR, EquipmentCategory.SMARTPHONE)
    pieces = [Holding(kind, bought, None, EquipmentState.IN_USE) for kind in kinds for _ in range(40)]
    found = assess(pieces, (), table, YEAR, date(YEAR, 12, 31))
    return read(
        canonical("demonstration", found, table, Decimal(120)), 1, "Référente", datetime(2026, 2, 1, tzinfo=UTC)
    )


@pytest.fixture(scope="module")
def report(sqlite_source: Source) -> Report:
    with gathered(sqlite_source) as session:
        review = reviews.review(session, exporting.operator(session, "demonstration"), YEAR, TODAY)
        return compose(replace(review, resources=replace(review.resources, footprint=frozen())))


@pytest.fixture(scope="module")
def document(report: Report) -> Paper:
    return paper(report)


@pytest.fixture(scope="module")
def words(document: Paper) -> Paper:
    """Give the document without its drawings, of which a PDF has the letters too, and the others an image."""
    return replace(document, blocks=tuple(one for one in document.blocks if not isinstance(one, Figure)))


@pytest.fixture(scope="module")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    return converter(tmp_path_factory)


def written(report: Report, document: Paper, form: str) -> bytes:
    return FORMATS[form].write(report, document)


class Page(HTMLParser):
    """What a page says, and the elements it has."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []
        self.tags: list[str] = []
        self.images: list[dict[str, str | None]] = []
        self._is_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._is_style = tag == "style"
        if tag == "img":
            self.images.append(dict(attrs))
        self.told.append(" ")

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self._is_style = False
        self.told.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._is_style:
            self.told.append(data)


def page_of(content: bytes) -> Page:
    page = Page()
    page.feed(content.decode())
    return page


def spoken(document: Paper) -> str:
    """Give what a document says, block by block."""
    lines = [document.title, document.subtitle]
    for block in document.blocks:
        match block:
            case Heading():
                lines.append(block.text)
            case Paragraph():
                lines.append(letters(block.spans))
            case Table():
                lines += [block.caption, *block.headings, *(cell for row in block.rows for cell in row)]
            case Figure():
                lines.append(block.caption)
            case _:
                lines += map(letters, block.items)
    return " \n ".join(lines)


def test_every_document_tells_the_same_figures_and_no_other(
    report: Report, words: Paper, convert: Convert, tmp_path: Path
):
    wanted = figures(spoken(words))
    assert sum(wanted.values()) > 150
    assert figures("".join(page_of(written(report, words, "html")).told)) == wanted
    printed = PdfReader(io.BytesIO(written(report, words, "pdf")))
    apart = re.sub(r"([^\W\d])(\d)", r"\1 \2", " ".join(one.extract_text() for one in printed.pages))  # two cells touch
    assert figures(apart) == wanted
    for form in ("odt", "docx"):
        sent = tmp_path / f"words.{form}"
        sent.write_bytes(written(report, words, form))
        shown = convert("txt:Text (encoded):UTF8", sent)[0].read_text("utf-8-sig")
        assert figures(shown) == wanted, form


def test_each_value_that_a_document_shows_is_the_one_of_its_table(report: Report, document: Paper):
    shown = next(one for one in document.blocks if isinstance(one, Table))
    known = report.table("indicateurs")
    assert known is not None
    names = [column.name for column in known.columns]
    rows = [dict(zip(names, row, strict=True)) for row in known.rows]
    assert len(shown.rows) > 20
    for row in shown.rows:
        found = next(one for one in rows if row[0].startswith(str(one["intitule_indicateur"])))
        for cell, name in ((row[1], "valeur_annee_precedente"), (row[2], "valeur"), (row[3], "reference")):
            value = found[name]
            number = NUMBER.match(told(cell))
            if number is None or value is None:
                assert cell == "–" or value in {Decimal(0), Decimal(1)} or found["motif_absence"], (row[0], cell)
                continue
            assert isinstance(value, Decimal)
            read = Decimal(number[0].replace(" ", "").replace(",", ".").replace("−", "-"))
            assert value.quantize(read) == read, (row[0], cell, value)


def test_the_data_are_the_same_in_xlsx_json_and_csv(report: Report, document: Paper):
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(written(report, document, "xlsx")))
    assert [
        name[:31] for name in ("Lisez-moi", *(one.name for one in report.tables), "Graphiques")
    ] == workbook.sheet_names
    for table in report.tables:
        rows = workbook.get_sheet_by_name(table.name[:31]).to_python(skip_empty_area=False)
        assert rows[2] == [column.name for column in table.columns]
        for row, sent in zip(rows[3:], table.rows, strict=True):
            for cell, value, column in zip(row, sent, table.columns, strict=True):
                assert is_same(cell, value), (table.name, column.name, cell, value)
    back = snapshot.read(written(report, document, "json").decode())
    for table, kept in zip(report.tables, back.tables, strict=True):
        assert [list(row) for row in kept.rows] == [list(row) for row in table.rows], table.name
    results = report.tables[[one.name for one in report.tables].index("resultats")]
    lines = list(csv.reader(io.StringIO(written(report, document, "csv").decode("utf-8-sig")), delimiter=";"))
    assert len(lines) == len(results.rows) + 1
    at = [column.name for column in results.columns].index("valeur")
    assert [Decimal(line[at].replace(",", ".")) if line[at] else None for line in lines[1:]] == [
        row[at] for row in results.rows
    ]


def is_same(cell: object, value: Cell) -> bool:
    match value:
        case None | "":
            return cell == ""
        case bool():
            return cell is value
        case Decimal() | int():
            return isinstance(cell, float) and abs(Decimal(repr(cell)) - value) <= abs(value) * Decimal("1e-15")
        case date():
            return cell == value
        case _:
            return cell == value


def test_every_table_has_typed_cells_and_a_key_that_tells_its_rows(report: Report):
    kinds = {"string": str, "integer": int, "year": int, "number": (int, Decimal), "boolean": bool, "date": date}
    assert {"indicateurs", "obligations", "couts", "adhesions", "actions", "durees_de_vie", "services_numeriques"} < {
        table.name for table in report.tables
    }
    assert {"empreinte", "empreinte_par_categorie", "facteurs", "etats_par_axe", "finalites", "traces"} < {
        table.name for table in report.tables
    }
    for table in report.tables:
        names = [column.name for column in table.columns]
        assert len(set(names)) == len(names), table.name
        for row in table.rows:
            for cell, column in zip(row, table.columns, strict=True):
                assert cell not in (None, "") or not column.is_required, (table.name, column.name)
                assert cell is None or isinstance(cell, kinds[column.kind]), (table.name, column.name, cell)
                if column.kind == "integer":
                    assert not isinstance(cell, bool), (table.name, column.name)
        keys = [tuple(row[names.index(name)] for name in table.key) for row in table.rows]
        assert not table.key or len(set(keys)) == len(keys), table.name


def test_the_pdf_is_accessible_and_has_its_bookmarks_its_language_and_its_headers(report: Report, document: Paper):
    content = written(report, document, "pdf")
    assert pdf.faults(content) == []
    printed = PdfReader(io.BytesIO(content))
    root = printed.trailer["/Root"]
    assert root["/Lang"] == "fr"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert printed.metadata is not None
    assert printed.metadata.title == document.title
    parts = Counter(str(one.get("/S")) for one in tree(root["/StructTreeRoot"]))
    tables = [one for one in document.blocks if isinstance(one, Table)]
    drawings = [one for one in document.blocks if isinstance(one, Figure)]
    assert parts["/Table"] == len(tables)
    assert parts["/TH"] == sum(len(one.headings) for one in tables)
    alternatives = [str(one["/Alt"]) for one in tree(root["/StructTreeRoot"]) if one.get("/S") == "/Figure"]
    assert Counter(map(told, alternatives)) == Counter(told(one.alternative) for one in drawings)
    levels = [
        int(str(one["/S"])[2:]) for one in tree(root["/StructTreeRoot"]) if re.fullmatch(r"/H\d", str(one.get("/S")))
    ]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    marks = [one.title for one in flat(printed.outline)]
    assert [told(one.text) for one in document.blocks if isinstance(one, Heading)] == list(map(told, marks))[1:]
    assert "1 / " in told(printed.pages[0].extract_text())


def tree(node: object) -> Iterator[dict[str, object]]:
    """Give every element of the structure of a PDF."""
    found = getattr(node, "get_object", lambda: node)()
    if isinstance(found, dict):
        if "/S" in found:
            yield found
        yield from tree(found.get("/K"))
    elif isinstance(found, list):
        for one in found:
            yield from tree(one)


def flat(outline: object) -> Iterator[object]:
    for one in outline if isinstance(outline, list) else ():
        if isinstance(one, list):
            yield from flat(one)
        else:
            yield one


@pytest.mark.parametrize("form", ["odt", "docx"])
def test_an_office_opens_the_report_with_its_headings_captions_alternatives_and_header_rows(
    report: Report, document: Paper, convert: Convert, tmp_path: Path, form: str
):
    sent = tmp_path / f"report.{form}"
    sent.write_bytes(written(report, document, form))
    shown = convert("fodt", sent)[0].read_text()
    levels = [one.level for one in document.blocks if isinstance(one, Heading)]
    assert list(map(int, re.findall(r'<text:h [^>]*text:outline-level="(\d)"', shown))) == levels
    tables = [one for one in document.blocks if isinstance(one, Table)]
    drawings = [one for one in document.blocks if isinstance(one, Figure)]
    assert shown.count("<table:table-header-rows>") == len(tables)
    assert shown.count("<svg:desc>") == shown.count("<draw:image ") == len(drawings) > 20
    assert 'fo:language="fr" fo:country="FR"' in shown
    body = told(re.sub(r"<[^>]+>", "", re.sub(r"<text:s[^>]*/>", " ", shown.split("<office:body>")[1])))
    for rank, one in enumerate(tables, 1):
        assert one.caption.startswith(f"Tableau {rank}. ")
    for rank, drawing in enumerate(drawings, 1):
        assert drawing.caption.startswith(f"Figure {rank}. ")
        assert told(drawing.caption).replace("&", "&amp;") in body


def test_an_office_opens_the_workbook(report: Report, document: Paper, convert: Convert, tmp_path: Path):
    sent = tmp_path / "report.xlsx"
    sent.write_bytes(written(report, document, "xlsx"))
    opening = convert("csv:Text - txt - csv (StarCalc):44,34,76,1", sent)[0].read_text("utf-8-sig")
    assert document.title in opening
    assert all(table.name in opening for table in report.tables)


def test_the_page_has_its_headings_in_order_and_a_text_for_each_drawing(report: Report, document: Paper):
    page = page_of(written(report, document, "html"))
    levels = [int(tag[1]) for tag in page.tags if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.tags.count("caption") == page.tags.count("table") == sum(isinstance(b, Table) for b in document.blocks)
    drawings = [one for one in document.blocks if isinstance(one, Figure)]
    assert [told(one["alt"] or "") for one in page.images] == [told(one.alternative) for one in drawings]
    starts = [one.caption for one in drawings if "L’échelle verticale ne part pas de zéro." in one.caption]
    assert starts


@pytest.mark.parametrize("slug", ["demonstration", "amp", "marseille", "nouvelle"])
def test_the_json_of_any_authority_follows_the_published_schema(sqlite_source: Source, slug: str):
    content, _ = snapshot.schema()
    schema = json.loads(content)
    Draft202012Validator.check_schema(schema)
    with sqlite_source.seeded() as database, database.transaction() as session:
        if slug == "nouvelle":
            organisations.add(
                session, slug=slug, name="Ville nouvelle", kind=OrganisationKind.COMMUNE, departments=(), actor="test"
            )
        made = compose(reviews.review(session, exporting.operator(session, slug), YEAR, TODAY))
    found = [error.message for error in Draft202012Validator(schema).iter_errors(json.loads(snapshot.written(made)))]
    assert found == []
    assert snapshot.written(snapshot.read(snapshot.written(made))) == snapshot.written(made)
    spoilt = json.loads(snapshot.written(made)) | {"year": "2025"}
    assert not Draft202012Validator(schema).is_valid(spoilt)
    sealed = json.loads(frozen_file(snapshot.written(made), SEAL, "json"))
    assert sealed["sha256"] == SEAL.digest
    assert Draft202012Validator(schema).is_valid(sealed)
    assert not Draft202012Validator(schema).is_valid(sealed | {"report": spoilt})
    assert not Draft202012Validator(schema).is_valid(sealed | {"version": 0})


def test_a_real_authority_has_no_wall_of_dashes_and_what_is_known_comes_first(sqlite_source: Source):
    told = {}
    with gathered(sqlite_source) as session:
        for slug in ("amp", "marseille"):
            made = compose(reviews.review(session, exporting.operator(session, slug), YEAR, TODAY))
            document = paper(made)
            cells = [cell for one in document.blocks if isinstance(one, Table) for row in one.rows for cell in row[1:3]]
            assert "–" not in cells
            told[slug] = spoken(document)
            assert told[slug].count("Aucun relevé ni constat") == 0
            assert pdf.page_count(FORMATS["pdf"].write(made, document)) < 9
    assert "Adoption de la démarche cadre Numérique Responsable et Vertueux" in told["amp"]


def test_the_report_speaks_english_with_the_same_figures(sqlite_source: Source, report: Report):
    with gathered(sqlite_source) as session, speaking("en"):
        review = reviews.review(session, exporting.operator(session, "demonstration"), YEAR, TODAY)
        made = compose(replace(review, resources=replace(review.resources, footprint=frozen())))
    assert [one.name for one in made.tables] == [one.name for one in report.tables]
    for ours, theirs in zip(report.tables, made.tables, strict=True):
        assert numbers(ours) == numbers(theirs), ours.name


def numbers(table: DataTable) -> list[Cell]:
    return [cell for row in table.rows for cell in row if isinstance(cell, int | Decimal)]
