"""A real LibreOffice opens our workbooks, changes a cell and saves them; the import reads what it saved."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.office import Convert, converter
from tracker.domain.numbers import parse_number
from tracker.domain.vocabulary import Absence, Quality
from tracker.exports.measurements import Line, Sheet, ods_file, xlsx_file
from tracker.importers import child

HOSTILE = "=1+1 'é'  <b>\n\n  à la ligne"  # no tab: LibreOffice drops the tabs of a cell
LONG = Decimal("-123456789012345.123456")  # more digits than a spreadsheet keeps
SHEET = Sheet(
    "Ville de Démonstration",
    2025,
    "Zoé",
    (
        Line("SOB-01", "Âge", "ans", 2025, "5,1 ans", "6", Decimal("5.4321"), quality=Quality.MEASURED, revision=2),
        Line("SOB-02", "Part", "%", 2025, value=Decimal(50), numerator=Decimal(1), denominator=Decimal(2), revision=1),
        Line("SOB-03", "Énergie", "MWh", 2025, absence=Absence.NOT_MEASURED, comment=HOSTILE, revision=1),
        Line(
            "SOB-04", "Coût", "€", 2025, value=Decimal("-123456789012345.123456"), coverage=Decimal("99.5"), revision=1
        ),
        Line("SOB-05", "Postes", "postes", 2025),
    ),
)


@pytest.fixture(scope="module")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    return converter(tmp_path_factory)


def test_a_cell_changed_in_libreoffice_is_read_and_the_rest_is_as_it_was(convert: Convert, tmp_path: Path):
    sent = [tmp_path / "saisie-un.xlsx", tmp_path / "saisie-deux.ods"]
    for file, write in zip(sent, (xlsx_file, ods_file), strict=True):
        file.write_bytes(write(SHEET))
    before = [child.read(file.read_bytes(), file.name) for file in sent]
    flats = convert("fods", *sent)
    for flat in flats:
        document = flat.read_text()
        assert document.count('office:value="5.4321"') == 1
        flat.write_text(document.replace('office:value="5.4321"', 'office:value="6.25"'))
    for saved_as in ("xlsx", "ods"):
        saved = convert(saved_as, *flats)
        for file, was in zip(saved, before, strict=True):
            after = child.read(file.read_bytes(), file.name)
            assert after.format == saved_as
            assert not after.problems
            changed, *others = after.rows
            assert parse_number(changed.draft.value) == Decimal("6.25")
            assert (changed.seen, changed.draft.precision) == (2, "measured")
            assert tuple(others) == was.rows[1:]
        for again in convert("fods", *saved):
            check_protection(again.read_text())


def check_protection(document: str) -> None:
    """What was closed stays closed, what was open stays open, and the choices are still there."""
    assert document.count('table:protected="true"') == 2
    assert 'style:cell-protect="none"' in document
    assert document.count("cell-content-is-in-list") == 2
    assert "calculé" in document
