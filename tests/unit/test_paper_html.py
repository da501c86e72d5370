"""A document of blocks as one HTML file: its links, what is never obeyed, its headings."""

from datetime import date

from tests.stated import every_state, make_statement
from tracker.exports.paper import Heading, Look, Paper, Table, fact, listed, said
from tracker.reports.paper_html import html_file, linked
from tracker.reports.statement_paper import statement_paper


def test_addresses_become_links_and_nothing_else_does():
    assert (
        linked("Voir https://a.example/b?c=1.") == 'Voir <a href="https://a.example/b?c=1">https://a.example/b?c=1</a>.'
    )
    assert linked("a@b.example") == '<a href="mailto:a@b.example">a@b.example</a>'
    assert "<a" not in linked("javascript:alert(1) ftp://a.example")
    assert linked("un\ndeux") == "un<br>\ndeux"


def test_what_was_typed_is_never_obeyed():
    hostile = '<script>alert("x")</script> https://a.example/"><b>'
    told = html_file(statement_paper(make_statement(service=hostile, contact=hostile))).decode()
    assert "<script" not in told
    assert "<b>" not in told
    assert 'href="https://a.example/"' in told


def test_every_kind_of_block_shows_what_it_holds_without_its_control_characters():
    hostile = '<script>alert(1)</script> & "x" \x07'
    table = Table("Légende", ("A", "B"), ((hostile, "1"),), (2, 1), frozenset({1}))
    blocks = (Heading(1, hostile), said(hostile, Look.NOTICE), fact("Fait", hostile), listed([hostile]), table)
    page = html_file(Paper(hostile, hostile, "x", date(2026, 1, 1), "fr", blocks)).decode()
    assert "<script" not in page
    assert "\x07" not in page
    assert page.count("alert(1)") == 9


def test_a_file_stands_alone_and_says_its_language():
    for told in every_state().values():
        page = html_file(statement_paper(told)).decode()
        assert '<html lang="fr">' in page
        assert "<script" not in page
        assert "<link" not in page
        assert "src=" not in page
        assert page.count("<h1>") == 1


def test_headings_and_header_cells_say_what_they_are():
    blocks = (
        Heading(1, "Un"),
        Heading(2, "Deux"),
        said("Texte"),
        listed(["a"]),
        Table("T", ("A", "B"), (("c", "d"),), (1, 1)),
    )
    page = html_file(Paper("Titre", "Ville", "Ville", date(2026, 1, 1), "fr", blocks)).decode()
    assert "<h2>Un</h2>" in page
    assert "<h3>Deux</h3>" in page
    assert '<th scope="col">A</th>' in page
    assert '<th scope="row">c</th>' in page
    assert "<caption>T</caption>" in page
