"""CSV as French offices save it, read whatever its encoding, delimiter, headings and ends of line."""

import pytest

from tests.unit.sheets.made import csv, only_problem, read, refusal, where
from tracker.domain.drafts import Place
from tracker.domain.errors import ProblemCode
from tracker.domain.vocabulary import Absence, Quality
from tracker.labels import speaking
from tracker.labels.problems import problem_sentence

FULL = "indicateur;annee;valeur;numerateur;denominateur;motif_absence;qualite;couverture;source;commentaire"


def test_a_row_becomes_a_draft_with_what_was_typed():
    parsed = read(csv("SOB-01;2025;1 234,5;1;2;;estimé;80;Facture;Au 31/12", headings=FULL))
    (row,) = parsed.rows
    assert not parsed.problems
    assert (row.place, row.year, row.seen) == (Place("", 2), 2025, None)
    draft = row.draft
    assert (draft.code, draft.value, draft.numerator, draft.denominator) == ("SOB-01", "1 234,5", "1", "2")
    assert (draft.precision, draft.coverage, draft.source, draft.comment) == ("estimated", "80", "Facture", "Au 31/12")
    assert draft.seen == 0


def test_a_column_that_the_file_has_not_is_kept_and_an_empty_cell_empties():
    (row,) = read(csv("SOB-01;2025;5;", headings="indicateur;annee;valeur;source")).rows
    assert row.draft.source == ""
    assert row.draft.comment is None
    assert row.draft.numerator is None
    assert row.draft.coverage is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_any_usual_encoding_reads_the_accents(encoding: str):
    parsed = read(csv("SOB-01;2025;5;Été à l’œuvre", headings="indicateur;année;valeur;commentaire", encoding=encoding))
    assert parsed.rows[0].draft.comment == "Été à l’œuvre"
    assert parsed.detail["encoding"] == encoding


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_usual_delimiter_and_end_of_line_is_found(delimiter: str, end: str):
    content = csv("SOB-01;2025;12", "SOB-02;2025;13", end=end).replace(b";", delimiter.encode())
    parsed = read(content)
    assert [row.draft.value for row in parsed.rows] == ["12", "13"]
    assert parsed.detail["delimiter"] == delimiter


def test_quotes_hold_delimiters_lines_and_quotes():
    (row,) = read(csv('SOB-01;2025;5;"un ; deux\r\n""trois"""', headings="indicateur;annee;valeur;commentaire")).rows
    assert row.draft.comment == 'un ; deux\r\n"trois"'


def test_a_quote_that_is_not_closed_is_said_at_its_row():
    problem = only_problem(read(csv("SOB-01;2025;5", 'SOB-02;2025;"5', "SOB-03;2025;5")))
    assert (problem.place, problem.problem.code) == (Place("", 3), ProblemCode.QUOTE_UNCLOSED)


def test_a_cell_longer_than_spreadsheets_hold_is_refused_at_the_cell():
    headings = "indicateur;annee;valeur;commentaire"
    parsed = read(csv("SOB-01;2025;5;" + "x" * 32_767, "SOB-02;2025;5;" + "x" * 32_768, headings=headings))
    (problem,) = parsed.problems
    assert (where(problem), problem.problem.code) == ("D3", ProblemCode.CELL_TOO_LONG)
    assert [row.draft.code for row in parsed.rows] == ["SOB-01"]
    assert "32\u202f767" in problem_sentence(problem.problem)


def test_a_cell_longer_than_the_reader_takes_is_refused_too():
    assert only_problem(read(csv("SOB-01;2025;" + "x" * 200_000))).problem.code is ProblemCode.CELL_TOO_LONG


@pytest.mark.parametrize("content", [b"a;b\0;c", b"\xff\xfea", b"indicateur;annee\n\x81\x8d;\x8f"])
def test_what_is_not_text_is_refused(content: bytes):
    assert refusal(content) is ProblemCode.FILE_NOT_TEXT


@pytest.mark.parametrize("content", [b"", b"  \r\n "])
def test_an_empty_file_says_so(content: bytes):
    assert refusal(content) is ProblemCode.FILE_EMPTY


@pytest.mark.parametrize(
    "headings",
    [
        "indicateur;annee;valeur;motif_absence;qualite",
        "INDICATEUR;Année;Valeur;Motif d'absence;Qualité",
        "Indicateur ; ANNEE ;valeur;Motif d’absence; qualité",
        "indicator;year;value;absence_reason;quality",
        "Indicator;Year;Value;Reason;Quality",
    ],
)
def test_headings_are_matched_in_both_languages_whatever_their_case_and_accents(headings: str):
    parsed = read(csv("SOB-01;2025;5;;mesuré", "SOB-02;2025;;non mesuré;", headings=headings))
    assert not parsed.problems
    assert [row.draft.precision for row in parsed.rows] == ["measured", "not_measured"]


def test_columns_come_in_any_order_and_unknown_ones_are_listed():
    parsed = read(csv("ans;5,4;SOB-01;2025", headings="Unité;valeur;indicateur;année"))
    assert parsed.rows[0].draft.value == "5,4"
    assert parsed.detail["ignored_columns"] == ("Unité",)


def test_an_english_file_writes_thousands_with_commas():
    french, english = csv("SOB-01;2025;5"), csv("SOB-01;2025;5", headings="indicator;year;value")
    assert not read(french).rows[0].draft.has_comma_groups
    assert read(english).rows[0].draft.has_comma_groups


@pytest.mark.parametrize(
    ("headings", "code", "cell"),
    [
        ("annee;valeur", ProblemCode.HEADING_MISSING, "A1"),
        ("indicateur;valeur", ProblemCode.HEADING_MISSING, "A1"),
        ("indicateur;annee;valeur;value", ProblemCode.HEADING_TWICE, "D1"),
    ],
)
def test_a_missing_or_repeated_heading_is_said_at_the_headings(headings: str, code: ProblemCode, cell: str):
    problem = read(csv(headings=headings)).problems[0]
    assert (problem.problem.code, where(problem)) == (code, cell)


def test_the_year_may_be_given_beside_the_file_and_the_file_prevails():
    assert read(csv("SOB-01;5", headings="indicateur;valeur"), year=2025).rows[0].year == 2025
    parsed = read(csv("SOB-01;2024;5", "SOB-02;;5"), year=2025)
    assert [row.year for row in parsed.rows] == [2024, 2025]


@pytest.mark.parametrize("year", ["0", "1899", "1999", "2101", "3" + "0" * 20, "3,2e20", "20 25", "vingt", "２０２５"])
def test_a_year_out_of_range_is_refused_at_its_cell(year: str):
    problem = only_problem(read(csv(f"SOB-01;{year};5")))
    assert (problem.problem.code, where(problem)) == (ProblemCode.YEAR_OUT_OF_RANGE, "B2")
    assert "2000" in problem_sentence(problem.problem)


def test_a_row_without_year_or_code_is_refused_at_its_cell():
    parsed = read(csv("SOB-01;;5", ";2025;5"))
    assert [(where(one), one.problem.code) for one in parsed.problems] == [
        ("B2", ProblemCode.YEAR_MISSING),
        ("A3", ProblemCode.CODE_MISSING),
    ]


@pytest.mark.parametrize("written", ["estimé", "ESTIME", "Estimated", " estimated "])
def test_a_quality_is_a_code_or_a_word_of_either_language(written: str):
    (row,) = read(csv(f"SOB-01;2025;5;{written}", headings="indicateur;annee;valeur;qualite")).rows
    assert row.draft.precision == Quality.ESTIMATED


def test_an_unknown_word_is_refused_with_the_words_that_are_known():
    headings = "indicateur;annee;valeur;qualite;motif"
    parsed = read(csv("SOB-01;2025;5;au pif;", "SOB-02;2025;;;non calculable", headings=headings))
    assert [where(problem) for problem in parsed.problems] == ["D2", "E3"]
    sentences = [problem_sentence(problem.problem) for problem in parsed.problems]
    assert "mesuré, calculé, estimé, déclaré" in sentences[0]
    assert "sans objet" in sentences[1]
    assert not parsed.rows
    with speaking("en"):
        (problem, _) = read(csv("SOB-01;2025;5;au pif;", "SOB-02;2025;;;non calculable", headings=headings)).problems
        assert "estimated" in problem_sentence(problem.problem)


def test_a_value_with_a_reason_is_left_to_the_judgement_that_follows():
    (row,) = read(csv("SOB-01;2025;5;sans objet", headings="indicateur;annee;valeur;motif")).rows
    assert (row.draft.value, row.draft.precision) == ("5", Absence.NOT_APPLICABLE)


def test_the_same_row_twice_is_one_and_different_ones_name_each_other():
    parsed = read(csv("SOB-01;2025;5", "SOB-02;2025;6", "SOB-01;2025;5", "SOB-02;2025;7", "SOB-02;2024;7"))
    assert [(row.draft.code, row.year) for row in parsed.rows] == [("SOB-01", 2025), ("SOB-02", 2024)]
    assert [(problem.place.row, problem.problem.values["row"]) for problem in parsed.problems] == [(3, 5), (5, 3)]
    assert {problem.problem.code for problem in parsed.problems} == {ProblemCode.ROW_TWICE}


def test_a_row_left_blank_is_skipped_unless_a_stored_value_was_taken_away():
    headings = "indicateur;annee;intitulé;valeur;qualite;revision"
    parsed = read(csv("SOB-01;2025;Âge;;;", "SOB-02;2025;Âge;;;0", "SOB-03;2025;Âge;;;2", ";;;;;", headings=headings))
    assert [(row.draft.code, row.seen, row.draft.seen) for row in parsed.rows] == [("SOB-03", 2, 0)]
    assert not parsed.problems


def test_a_revision_says_what_the_file_was_made_from():
    headings = "indicateur;annee;valeur;révision"
    parsed = read(csv("SOB-01;2025;5;3", "SOB-02;2025;5;0", "SOB-03;2025;5;", "SOB-04;2025;5;x", headings=headings))
    assert [row.seen for row in parsed.rows] == [3, 0, None]
    assert [where(problem) for problem in parsed.problems] == ["D5"]


@pytest.mark.parametrize("text", ["1.234", "NaN", "1e400", "12 %", "−25", "1.234,5", "1,234", "beaucoup"])
def test_numbers_are_given_as_typed_for_the_domain_to_judge(text: str):
    assert read(csv(f"SOB-01;2025;{text}")).rows[0].draft.value == text


def test_the_guard_of_a_formula_is_taken_off():
    headings = "indicateur;annee;valeur;commentaire"
    parsed = read(csv("SOB-01;2025;-25;'=1+1", "SOB-02;2025;5;''=1", "SOB-03;2025;5;'tis", headings=headings))
    assert [row.draft.comment for row in parsed.rows] == ["=1+1", "'=1", "'tis"]
    assert parsed.rows[0].draft.value == "-25"


def test_every_field_has_its_cell():
    parsed = read(csv("SOB-01;2025;5;1;2;;estimé;80;Facture;", "SOB-02;2025;;;;sans objet;;;;", headings=FULL))
    valued, absent = parsed.rows
    assert parsed.place_of(valued, "value") == Place("", 2, "C")
    assert parsed.place_of(valued, "coverage") == Place("", 2, "H")
    assert parsed.place_of(valued, "precision") == Place("", 2, "G")
    assert parsed.place_of(absent, "precision") == Place("", 3, "F")
    assert parsed.place_of(absent, "parts") == Place("", 3, "")


def test_titles_may_stand_above_the_headings():
    parsed = read(b"Ville de D\r\n\r\n" + csv("SOB-01;2025;5"))
    assert parsed.rows[0].place.row == 4


def test_too_many_rows_and_columns_are_refused_with_the_limit():
    assert len(read(csv(*(f"SOB-01;{2000 + n % 100};5" for n in range(9_999)))).problems) == 0
    assert refusal(csv(*("SOB-01;2025;5" for _ in range(10_000)))) is ProblemCode.FILE_TOO_MANY_ROWS
    assert refusal(csv("SOB-01;2025;5" + ";" * 118 + "x")) is ProblemCode.FILE_TOO_MANY_COLUMNS
    assert read(csv("SOB-01;2025;5" + ";" * 300)).rows
    problem = only_problem(read(csv(*("SOB-01;2025;5" for _ in range(10_000)))))
    assert "10\u202f000" in problem_sentence(problem.problem)
