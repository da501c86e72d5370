"""What an authority writes becomes blocks that every file carries; what no file carries is refused at its line."""

import pytest

from tests.conftest import TODAY
from tracker.domain.errors import Invalid, ProblemCode
from tracker.exports.docx import docx_file
from tracker.exports.paper import Bullets, Heading, Paper, Paragraph, Span, Weight, letters
from tracker.labels.problems import problem_sentence
from tracker.reports.narrative import read
from tracker.reports.paper_html import html_file

WHOLE = """Le **comité** se réunit
chaque *trimestre* : [ordre du jour](https://ville.example/ordre?page=1).

### Ce qui a aidé

1. un pilote par action
2. du temps

#### Ailleurs

- <https://ville.example> et [la boîte](mailto:contact@ville.example)
"""


def test_each_form_that_is_kept_becomes_its_block():
    paragraph, heading, numbered, below, bullets = read(WHOLE)
    assert isinstance(paragraph, Paragraph)
    assert [span.weight for span in paragraph.spans][1::2] == [Weight.STRONG, Weight.EMPHASIS]
    assert letters(paragraph.spans).endswith("ordre du jour (https://ville.example/ordre?page=1).")
    assert heading == Heading(2, "Ce qui a aidé")
    assert below == Heading(3, "Ailleurs")
    assert numbered == Bullets(((Span("1. un pilote par action"),), (Span("2. du temps"),)))
    assert isinstance(bullets, Bullets)
    assert letters(bullets.items[0]) == "https://ville.example et la boîte (contact@ville.example)"


def test_a_number_that_was_typed_is_kept_and_a_sentence_that_begins_with_a_year_is_no_list():
    sentence, listed = read("2025. Une année **pleine**.\n\nMots :\n\n3) trois\n4) **quatre**\n")[::2]
    assert sentence == Paragraph((Span("2025. Une année "), Span("pleine", Weight.STRONG), Span(".")))
    assert listed == Bullets(((Span("3) trois"),), (Span("4) "), Span("quatre", Weight.STRONG))))


def test_the_words_are_in_the_files_and_no_sign_of_the_markup():
    paper = Paper("Bilan", "Ville", "Ville", TODAY, "fr", read(WHOLE))
    page = html_file(paper).decode()
    assert '<a href="https://ville.example/ordre?page=1">' in page
    assert "**" not in page
    assert docx_file(paper)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("Mots.\n\n![plan](https://ville.example/plan.png)", ProblemCode.REPORT_IMAGE, 3),
        ("a | b\n--- | ---\n1 | 2", ProblemCode.REPORT_TABLE, 1),
        ("Mots\net `code`", ProblemCode.REPORT_CODE, 2),
        ("```\ncode\n```", ProblemCode.REPORT_CODE, 1),
        ("Mots.\n\n    code", ProblemCode.REPORT_CODE_INDENTED, 3),
        ("Mots <b>gras</b>", ProblemCode.REPORT_HTML, 1),
        ("<script>alert(1)</script>", ProblemCode.REPORT_HTML, 1),
        ("> cité", ProblemCode.REPORT_QUOTE, 1),
        ("Mots.\n\n***", ProblemCode.REPORT_RULE, 3),
        ("~~barré~~", ProblemCode.REPORT_STRUCK, 1),
        ("# Titre", ProblemCode.REPORT_HEADING, 1),
        ("Titre\n---", ProblemCode.REPORT_HEADING, 1),
        ("##### Titre", ProblemCode.REPORT_HEADING, 1),
        ("- ### Titre", ProblemCode.REPORT_HEADING, 1),
        ("#### Titre", ProblemCode.REPORT_HEADING_SKIPPED, 1),
        ("- un\n  - deux", ProblemCode.REPORT_LIST_NESTED, 2),
        ("[ici](javascript:alert(1))", ProblemCode.REPORT_LINK, 1),
        ("[ici](data:text/html,x)", ProblemCode.REPORT_LINK, 1),
        ("[ici](//ville.example)", ProblemCode.REPORT_LINK, 1),
        ("[ici](/page)", ProblemCode.REPORT_LINK, 1),
        ("[ici](ftp://ville.example)", ProblemCode.REPORT_LINK, 1),
    ],
)
def test_what_no_file_carries_is_refused_at_its_line(text: str, code: ProblemCode, line: int):
    with pytest.raises(Invalid) as refused:
        read(text)
    [problem] = refused.value.problems
    assert (problem.code, problem.values["line"]) == (code, line)
    assert problem_sentence(problem).startswith(f"Ligne {line}")


def test_everything_that_is_wrong_is_told_at_once():
    with pytest.raises(Invalid) as refused:
        read("# Un\n\n> deux\n\n`trois`")
    assert [problem.values["line"] for problem in refused.value.problems] == [1, 3, 5]


@pytest.mark.parametrize("text", ["", "1 < 2 & 3 > 2", "5 * 4 = 20, a_b_c", "Prix : 3 €"])
def test_plain_words_are_left_alone(text: str):
    told = "".join(letters(block.spans) for block in read(text) if isinstance(block, Paragraph))
    assert told.replace("\u202f", " ").replace("\u00a0", " ") == text
