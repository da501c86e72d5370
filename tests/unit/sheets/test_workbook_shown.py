"""What a pre-filled workbook lets people do: fill their cells, pick from lists, and nothing else."""

import io
import re
import zipfile
from decimal import Decimal

from tests.unit.sheets.made import SHEET, part
from tracker.domain.vocabulary import Quality
from tracker.exports.measurements import Line, Sheet, csv_file, ods_file, xlsx_file
from tracker.importers.measurements import parse
from tracker.labels import speaking

RATIO = Line("SOB-02", "Part", "%", 2025, "12 %", "au moins 20 %", has_terms=True)
LINE = Line("SOB-01", "Âge", "ans", 2025, "5,1 ans", "6", Decimal(-25), quality=Quality.MEASURED, comment="=1+1")
SHOWN = Sheet("Ville de Démonstration", 2025, "Zoé", (LINE, RATIO))


def unlocked(content: bytes) -> set[str]:
    """Give the references of the cells that may be changed."""
    formats = re.search(r"<cellXfs.*?</cellXfs>", part(content, "xl/styles.xml"))
    assert formats
    styles = re.findall(r"<xf [^>]*/>|<xf .*?</xf>", formats[0])
    found = re.findall(r'<c r="(\w+)" s="(\d+)"', part(content, SHEET))
    return {cell for cell, style in found if 'locked="0"' in styles[int(style)]}


def test_only_the_cells_to_fill_are_open():
    content = xlsx_file(SHOWN)
    assert "<sheetProtection" in part(content, SHEET)
    entered = {f"{letter}{row}" for letter in "GJKLMN" for row in (4, 5)}
    assert unlocked(content) == entered | {"H5", "I5"}


def test_headings_stay_in_sight_and_choices_are_picked_from_a_list():
    sheet = part(xlsx_file(SHOWN), SHEET)
    assert 'ySplit="3"' in sheet
    assert 'state="frozen"' in sheet
    assert "mesuré,calculé,estimé,déclaré" in sheet
    assert "non disponible,non mesuré,sans objet,à venir" in sheet
    content = part(ods_file(SHOWN), "content.xml")
    assert content.count('table:protected="true"') == 2
    assert "cell-content-is-in-list(&#34;mesuré&#34;;&#34;calculé&#34;" in content
    assert 'style:cell-protect="none"' in content
    assert "VerticalSplitPosition" in part(ods_file(SHOWN), "settings.xml")


def test_a_formula_stays_a_text_and_a_negative_number_a_number():
    sheet, strings = part(xlsx_file(SHOWN), SHEET), part(xlsx_file(SHOWN), "xl/sharedStrings.xml")
    assert "<f>" not in sheet
    assert "<v>-25</v>" in sheet
    assert "<t>=1+1</t>" in strings
    content = part(ods_file(SHOWN), "content.xml")
    assert "table:formula" not in content
    assert 'office:value="-25"' in content
    assert ";-25;" in csv_file([LINE]).decode("utf-8-sig")
    assert ";'=1+1" in csv_file([LINE]).decode("utf-8-sig")


def test_the_second_sheet_says_how_to_fill_the_first():
    strings = part(xlsx_file(SHOWN), "xl/sharedStrings.xml")
    assert "Mode d’emploi" in part(xlsx_file(SHOWN), "xl/workbook.xml")
    assert "Zéro est une valeur" in strings
    assert "Zoé" in strings


def test_a_person_cannot_name_a_sheet_or_a_tag_of_their_own():
    evil = Sheet("</text:p>&\u202e", None, '"<script>', (LINE,))
    for write in (xlsx_file, ods_file):
        assert parse(write(evil), "a").rows
        with zipfile.ZipFile(io.BytesIO(write(evil))) as archive:
            assert not [name for name in archive.namelist() if b"<script>" in archive.read(name)]


def test_csv_is_the_same_in_both_languages():
    with speaking("en"):
        english = csv_file([LINE])
    assert english == csv_file([LINE])
    assert english.decode("utf-8-sig").splitlines()[0] == (
        "indicateur;annee;valeur;numerateur;denominateur;motif_absence;qualite;couverture;source;commentaire"
    )


def test_a_number_with_more_digits_than_spreadsheets_keep_is_written_as_a_text():
    long = Sheet("Ville", 2025, "", (Line("SOB-01", "", "", 2025, value=Decimal("1234567890.1234567")),))
    assert "1234567890,1234567" in part(xlsx_file(long), "xl/sharedStrings.xml")
    assert 'office:value="1234567890.1234567"' not in part(ods_file(long), "content.xml")
