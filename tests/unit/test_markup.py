"""What a section's template says is read as blocks, and what a document cannot hold is refused."""

import pytest

from tracker.exports.paper import Bullets, Heading, Paragraph, Span, Table, Weight
from tracker.reports.markup import MarkupError, blocks


def test_words_keep_their_order_their_weight_and_one_space_between_them():
    told = blocks("<p>\n  Un <b>deux</b>\n trois <em>quatre</em>.\n</p>")
    spans = (
        Span("Un "),
        Span("deux", Weight.STRONG),
        Span(" trois "),
        Span("quatre", Weight.EMPHASIS),
        Span("."),
    )
    assert told == (Paragraph(spans),)


def test_spaces_that_do_not_break_are_kept():
    assert blocks("<p>12,5&#8239;% «&nbsp;dit&nbsp;»</p>") == (Paragraph((Span("12,5\u202f% «\u00a0dit\u00a0»"),)),)


def test_a_link_leaves_its_words_and_an_empty_paragraph_leaves_nothing():
    assert blocks('<p> </p><p>Voir <a href="/x">le texte</a></p>') == (Paragraph((Span("Voir le texte"),)),)


def test_headings_lists_and_tables_are_told_in_order():
    told = blocks(
        "<h3>Titre</h3><ul><li>un</li><li>deux</li></ul>"
        '<div class="scroll"><table><caption>Légende</caption>'
        '<thead><tr><th scope="col">A</th><th scope="col" class="n">B</th></tr></thead>'
        '<tbody><tr><th scope="row">x</th><td class="n"></td></tr></tbody></table></div><h4>Suite</h4>'
    )
    assert told == (
        Heading(2, "Titre"),
        Bullets(((Span("un"),), (Span("deux"),))),
        Table("Légende", ("A", "B"), (("x", "–"),), (6, 6), frozenset({1})),
        Heading(3, "Suite"),
    )


def test_a_column_is_as_wide_as_what_it_holds_within_limits():
    (table,) = blocks(f"<table><caption>L</caption><tr><th>{'aaa ' * 30}</th><th>b</th></tr></table>")
    assert isinstance(table, Table)
    assert table.widths == (44, 6)


def test_what_does_not_break_keeps_its_width_when_a_page_is_too_narrow_for_all_columns():
    figure = "4\u00a0027\u00a0équipements"
    cells = f"<th>{'mot ' * 30}</th>" + f'<td class="n">{figure}</td>' * 4
    (table,) = blocks(f"<table><caption>L</caption><tr>{cells}</tr></table>")
    assert isinstance(table, Table)
    assert table.widths[1:] == (len(figure) + 2,) * 4
    assert sum(table.widths) == 112


@pytest.mark.parametrize("markup", ["<script>x</script>", "<p>a<img src=x></p>", "perdu", "<section>a</section>"])
def test_what_a_document_cannot_hold_is_refused(markup: str):
    with pytest.raises(MarkupError):
        blocks(markup)
