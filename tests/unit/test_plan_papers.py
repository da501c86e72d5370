"""The documents of a plan: what they say, and what each format keeps of it."""

import re
import zipfile
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from docx import Document as WordDocument
from odfdo import Document
from python_calamine import CalamineWorkbook

from tests import pdf
from tests.dossiers import COMMITMENTS, badly_typeset, make_dossier, make_plan, says, spans, table
from tests.factories import make_organisation
from tests.plans import AS_OF, HOSTILE, WORD, make_action, make_full_action, make_means, many_actions
from tracker.domain.budget import Sum
from tracker.domain.vocabulary import ActionStatus, PlanStage, TaxRegime
from tracker.exports.docx import docx_file
from tracker.exports.odt import odt_file
from tracker.exports.paper import Heading, Paper, Table, legible, said
from tracker.labels import speaking, typeset
from tracker.labels.budget import sum_phrase
from tracker.reports.paper_pdf import pdf_file
from tracker.reports.plan_means import means_by_axis
from tracker.reports.plan_paper import plan_paper
from tracker.reports.plan_workbook import plan_workbook

ALL_STAGES = (PlanStage.DRAFT, PlanStage.SUBMITTED, PlanStage.ADOPTED)
WRITERS = [odt_file, docx_file, pdf_file]


# What the plan says


def test_a_plan_says_its_stage_its_deliberation_its_gaps_and_each_fact_of_an_action():
    plan = make_plan(make_full_action(), stages=ALL_STAGES)
    told = says(plan_paper(make_dossier(plan, deliberation="n° 2025-012", gaps=("L'engagement C2 n'a pas d'action.",))))
    for sentence in (
        "État : adopté, au 18 juin 2025",
        "adopté le 10 mars 2025 par la délibération n° 2025-012",
        "L'engagement C2 n'a pas d'action.",
        "1\u00a0action : 1\u00a0prévue.",
        "A-01. Réparer les postes",
        "Engagements : Prolonger l'usage des équipements",
        "Service pilote : Direction du numérique",
        "Services associés : Commande publique",
        "Pilote (fonction) : Responsable du parc",
        "Dates : du 1er mars 2025 au 30 sept. 2025",
        "Marché notifié, faite le 3 avril 2025, prévue le 1er avril 2025",
        "Durée d'usage moyenne : un an de plus",
        "Risques : Retard du marché",
        "Bilan : Fait à temps.",
        "Reprise de l'action : R-09 du plan 2024",
        "Motif du report : Marché infructueux",
    ):
        assert typeset(sentence) in told, sentence
    assert (
        "Budget\u00a0: prévu\u00a0: 4\u202f000\u00a0€ TTC\u202f; dépensé\u00a0: 3\u202f999,50\u00a0€ TTC".replace(
            "\u00a0€", "\u202f€"
        )
        in told
    )
    assert "exercice 2025, Budget principal, section fonctionnement, chapitre 011, fonction 020, nature 6281" in told


def test_what_nobody_told_is_said_to_be_unknown_and_never_zero():
    told = says(plan_paper(make_dossier(make_plan(make_action(starts_on=None, ends_on=None)))))
    assert "sans date" in told
    assert "montant non renseigné" in told
    assert told.count("non renseigné") > 8
    assert "0\u202f€" not in told
    assert "0\u00a0ETP" not in told


def test_a_plan_whose_gaps_were_not_looked_for_does_not_say_that_it_has_none():
    assert "Ce qui manque" not in says(plan_paper(make_dossier(make_plan(make_action()))))
    assert "n’a rien relevé" in says(plan_paper(make_dossier(make_plan(make_action()), gaps=())))


def test_only_a_fictional_authority_is_marked_as_such():
    real = make_organisation(name="Ville réelle", is_fictional=False)
    assert "Données fictives" in says(plan_paper(make_dossier(make_plan())))
    assert "fictives" not in says(plan_paper(make_dossier(make_plan(), organisation=real)))


def test_the_year_before_is_told_with_what_became_of_each_action():
    before = make_plan(
        make_full_action("R-09", "Ancienne", status=ActionStatus.DROPPED, carried_from=None),
        make_action("R-10", "Autre"),
        year=2024,
    )
    paper = plan_paper(make_dossier(make_plan(make_full_action()), before=before))
    rows = table(paper, "Actions 2024, leur état et leur bilan").rows
    assert [(row[0], row[1], row[5]) for row in rows] == [
        ("R-09. Ancienne", "abandonnée", "reportée\u00a0: A-01"),
        ("R-10. Autre", "prévue", "aucune"),
    ]


def test_an_action_stands_once_under_the_first_of_its_axes():
    actions = (
        make_action("A", commitments=("C2", "C1")),
        make_action("B", commitments=("C2",)),
        make_action("C"),
        make_action("D", commitments=("X9",)),
    )
    paper = plan_paper(make_dossier(make_plan(*actions)))
    named = {
        block.caption: [row[1][0] for row in block.rows]
        for block in paper.blocks
        if isinstance(block, Table) and len(block.headings) == 6
    }
    assert named == {
        "Actions\u00a0: Sobriété": ["A"],
        "Actions\u00a0: Accessibilité et inclusion": ["B"],
        "Actions\u00a0: Sans engagement": ["C", "D"],
    }


# Its means


def test_tax_regimes_are_never_added_and_unknown_amounts_are_counted():
    inclusive, exclusive, unknown = make_means("100", "90"), make_means("50", tax=TaxRegime.EXCLUSIVE), make_means()
    actions = [
        make_action("A", commitments=("C1",), means=inclusive),
        make_action("B", commitments=("C1",), means=exclusive),
        make_action("C", commitments=("C1",), means=unknown),
        make_action("D", commitments=("C1", "C2"), means=make_means("7", fte="0.5")),
    ]
    sobriety, several = means_by_axis(actions, COMMITMENTS)
    assert sobriety.planned == {TaxRegime.INCLUSIVE: Decimal(100), TaxRegime.EXCLUSIVE: Decimal(50)}
    assert sobriety.spent == {TaxRegime.INCLUSIVE: Decimal(90)}
    assert (sobriety.actions, sobriety.without_planned, sobriety.fte_planned) == (3, 1, None)
    assert (several.name, several.planned, several.fte_planned) == (
        "Plusieurs axes",
        {TaxRegime.INCLUSIVE: Decimal(7)},
        Decimal("0.5"),
    )
    rows = table(plan_paper(make_dossier(make_plan(*actions))), "Budget 2025 par axe et par régime de taxe").rows
    assert rows[-2:] == (
        ("Ensemble", "TTC", "107\u202f€", "90\u202f€"),
        ("Ensemble", "HT", "50\u202f€", "non renseigné"),
    )


def test_what_was_planned_for_an_action_that_was_given_up_is_told_apart():
    kept = make_action("A", commitments=("C1",), means=make_means("100", "90"))
    dropped = make_action("B", status=ActionStatus.DROPPED, commitments=("C1",), means=make_means("80", "5"))
    caption = "Budget 2025 par axe et par régime de taxe"
    rows = table(plan_paper(make_dossier(make_plan(kept, dropped))), caption).rows
    assert rows[-2:] == (
        ("Ensemble", "TTC", "180\u202f€", "95\u202f€"),
        ("Dont abandonnées", "TTC", "80\u202f€", "5\u202f€"),
    )
    sheet = CalamineWorkbook.from_filelike(BytesIO(plan_workbook(make_dossier(make_plan(kept, dropped)))))
    assert sheet.get_sheet_by_name("Moyens").to_python()[-1][:4] == ["Dont abandonnées", "TTC", 80, 5]
    assert table(plan_paper(make_dossier(make_plan(kept))), caption).rows[-1][0] == "Ensemble"


def test_a_sum_whose_tax_regime_no_text_states_says_so():
    assert sum_phrase(Sum(Decimal(3600), TaxRegime.UNSTATED)) == "3\u202f600\u202f€ (régime de taxe non précisé)"
    assert sum_phrase(Sum(Decimal(3600), TaxRegime.EXCLUSIVE)) == "3\u202f600\u202f€ HT"


# The files


def test_the_rows_of_the_workbook_are_as_high_as_their_longest_text():
    """LibreOffice gives a row the height of one line where the file says nothing, and the texts lie over each other."""
    long = make_full_action(title="Réparer avant de remplacer, " * 8)
    content = plan_workbook(make_dossier(make_plan(long)))
    sheet = zipfile.ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    height = re.search(r'<row r="4"[^>]* ht="([0-9.]+)"', sheet)
    assert height
    assert float(height[1]) >= 6 * 15


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("actions", [(), (make_full_action("A", HOSTILE, description=HOSTILE, risks=WORD),)])
def test_the_same_words_give_the_same_bytes_and_others_give_others(write, actions):
    paper = plan_paper(make_dossier(make_plan(*actions)))
    assert write(paper) == write(plan_paper(make_dossier(make_plan(*actions))))
    assert write(paper) != write(plan_paper(make_dossier(make_plan(*actions, year=2026))))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_plan_has_no_empty_paragraph_no_empty_cell_and_no_heading_skipped(language: str):
    with speaking(language):
        before = make_plan(make_action("R-1"), year=2024)
        paper = plan_paper(make_dossier(make_plan(make_full_action(), make_action("B")), gaps=(), before=before))
    assert all(span.text.strip() for span in spans(paper))
    levels = [block.level for block in paper.blocks if isinstance(block, Heading)]
    assert all(after <= before + 1 for before, after in zip([0, *levels], levels, strict=False))
    for block in paper.blocks:
        if isinstance(block, Table):
            assert {len(block.headings), len(block.widths)} == {len(row) for row in (block.headings, *block.rows)}


def test_our_own_words_have_french_typography():
    told = says(plan_paper(make_dossier(make_plan(make_full_action()), gaps=(), before=make_plan(year=2024))))
    assert not badly_typeset(told)


def test_the_odt_has_styles_header_rows_a_language_and_the_day_given():
    made = odt_file(plan_paper(make_dossier(make_plan(make_full_action()))))
    document = Document(BytesIO(made))
    assert document.get_type() == "text"
    assert document.meta.title == "Plan d’actions 2025"
    assert document.meta.language == "fr-FR"
    assert str(document.meta.creation_date)[:10] == "2025-06-18"
    parts = zipfile.ZipFile(BytesIO(made))
    content = parts.read("content.xml").decode()
    assert content.count("<table:table-header-rows>") == content.count("<table:table ") > 0
    assert "<text:p/>" not in content
    manifest = parts.read("META-INF/manifest.xml").decode()
    assert all(name in parts.namelist() for name in ("content.xml", "styles.xml", "meta.xml"))
    assert "thumbnail" not in manifest
    assert 'fo:country="FR"' in parts.read("styles.xml").decode()


def test_the_docx_has_styles_header_rows_a_language_and_the_day_given():
    paper = plan_paper(make_dossier(make_plan(make_full_action())))
    document = WordDocument(BytesIO(docx_file(paper)))
    told = document.core_properties
    assert (told.title, told.language, told.created.date()) == ("Plan d’actions 2025", "fr-FR", AS_OF)
    styles = [line.style.name for line in document.paragraphs]
    assert styles[:2] == ["Title", "Subtitle"]
    assert {"Heading 1", "Heading 2", "List Bullet", "Caption"} <= set(styles)
    assert all(line.text.strip() for line in document.paragraphs)
    assert len(document.tables) == sum(isinstance(block, Table) for block in paper.blocks)
    assert all("w:tblHeader" in one.rows[0]._tr.xml for one in document.tables)
    assert 'w:val="fr-FR"' in document.styles.element.xml
    assert "PAGE" in document.sections[0].footer._element.xml


def test_an_english_reader_gets_a_document_that_says_it_is_english():
    with speaking("en"):
        paper = plan_paper(make_dossier(make_plan(make_action())))
        assert paper.title == "Action plan 2025"
        made = docx_file(paper)
    assert WordDocument(BytesIO(made)).core_properties.language == "en-GB"
    assert Document(BytesIO(odt_file(paper))).meta.language == "en-GB"


@pytest.mark.parametrize(
    "actions", [(), (make_full_action("A", HOSTILE, review=HOSTILE, risks=WORD),), many_actions(20)]
)
def test_the_pdf_is_accessible_whatever_was_typed(actions):
    printed = pdf_file(plan_paper(make_dossier(make_plan(*actions), gaps=(HOSTILE,))))
    assert pdf.faults(printed) == []
    assert pdf.page_count(printed) >= 1


def test_what_xml_cannot_hold_is_marked_and_lines_are_kept():
    assert legible("a\x00b\x0b\ufffe\ud800c\r\nd\te") == "a\ufffdb\ufffd\ufffd\ufffdc\nd\te"
    paper = Paper("Titre", "Sous-titre", "Nous", AS_OF, "fr", (said("un\ndeux\ttrois  quatre"),))
    [body] = [line for line in WordDocument(BytesIO(docx_file(paper))).paragraphs if line.style.name == "Normal"]
    assert body.text == "un\ndeux\ttrois  quatre"
    content = zipfile.ZipFile(BytesIO(odt_file(paper))).read("content.xml").decode()
    assert 'un<text:line-break/>deux<text:tab/>trois<text:s text:c="2"/>quatre' in content


# The workbook


def test_the_workbook_keeps_numbers_as_numbers_and_dates_as_dates():
    hostile = make_action("A-02", HOSTILE, risks=WORD * 200, means=make_means("123456789012345.67"))
    made = plan_workbook(make_dossier(make_plan(make_full_action(), hostile)))
    book = CalamineWorkbook.from_filelike(BytesIO(made))
    assert book.sheet_names == ["Actions", "Étapes", "Moyens"]
    title, worth, headings, full, other = book.get_sheet_by_name("Actions").to_python()
    assert title[0] == "Plan d’actions 2025, Ville de Port-Tivoli"
    assert "Données fictives" in worth[0]
    first, second = dict(zip(headings, full, strict=True)), dict(zip(headings, other, strict=True))
    assert first["Début"] in (date(2025, 3, 1), datetime(2025, 3, 1))  # noqa: DTZ001 - a spreadsheet has no zones
    assert (first["Budget prévu (€)"], first["Dépensé (€)"], first["Régime de taxe"]) == (4000, 3999.5, "TTC")
    assert (first["ETP prévus"], first["Exercice"], first["Chapitre"]) == (0.5, 2025, "011")
    assert second["Action"] == legible(typeset(HOSTILE))
    assert second["Budget prévu (€)"] == "123456789012345,67"
    assert second["Dépensé (€)"] == ""
    assert second["Exercice"] == ""
    steps = book.get_sheet_by_name("Étapes").to_python()
    assert [row[2] for row in steps[3:]] == ["Marché notifié", "Bilan"]
    assert steps[4][4] == ""


def test_the_workbook_can_be_sorted_and_keeps_its_headings_in_sight():
    made = plan_workbook(make_dossier(make_plan(*many_actions(200))))
    assert made == plan_workbook(make_dossier(make_plan(*many_actions(200))))
    parts = zipfile.ZipFile(BytesIO(made))
    for rank in (1, 2, 3):
        sheet = parts.read(f"xl/worksheets/sheet{rank}.xml").decode()
        assert "<autoFilter" in sheet
        assert 'state="frozen"' in sheet
    assert "<f>" not in parts.read("xl/worksheets/sheet1.xml").decode()
    assert len(CalamineWorkbook.from_filelike(BytesIO(plan_workbook(make_dossier(make_plan())))).sheet_names) == 3
