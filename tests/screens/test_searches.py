"""The page to search from: each result has its page, what is typed stays plain text, and reading writes nothing."""

from flask import Flask

from tests.screens.conftest import Browser
from tests.screens.lint import lint, words
from tests.screens.test_every_page import counts
from tracker.domain.vocabulary import Role
from tracker.store.session import Database

PAGE = "/demonstration/recherche"
SPACED = """ " ' * ( ) AND OR NOT NEAR(a ^x -x a:* stems:numérique & | ! <-> <script>alert(1)</script> \\ &&& 🦄 """
HOSTILE = (
    *SPACED.split(),
    "%00",
    "{{ 7 * 7 }}",
    "'); DROP TABLE search_entry; --",
    " ".join("abcdefghijklmnopqrstuvwxyz0123456789" * 3)[:199],
    "-".join("abcdefghij" * 10),
    "ﷺ" * 200,
)


def found(browser: Browser, typed: str, status: int = 200) -> str:
    answer = browser.get(PAGE, query_string={"q": typed})
    assert answer.status_code == status, typed
    main = lint(PAGE, answer.text).find(".//main")
    assert main is not None
    return words(main)


def test_whoever_reads_searches_and_each_result_has_its_page(browser: Browser, store: Database):
    browser.sign_in(Role.ELU)
    before = counts(store)
    tree = lint(PAGE, browser.get(PAGE, query_string={"q": "numérique"}).text)
    links = [str(link.get("href")) for link in tree.iterfind(".//ol//a")]
    assert len(links) == 20
    assert {link.split("/")[2] for link in links} >= {"engagements", "indicateurs"}
    assert {browser.get(link).status_code for link in links} == {200}
    marked = {words(mark).lower() for mark in tree.iter("mark")}
    assert marked == {"numérique", "numériques"}
    assert counts(store) == before


def test_a_membership_is_found_by_its_tools_and_the_result_leads_to_its_page(browser: Browser):
    browser.sign_in(Role.ELU)
    tree = lint(PAGE, browser.get(PAGE, query_string={"q": "grilles d'ecoconception"}).text)
    [result] = [one for one in tree.iterfind(".//ol/li") if "RFNR" in words(one)]
    assert "Adhésion, RFNR" in words(result)
    assert "Grille d’écoconception" in words(result)
    link = result.find("a")
    assert link is not None
    assert link.get("href") == "/demonstration/adhesions/RFNR"


def test_the_second_page_follows_the_first_and_the_one_after_the_last_is_none(referent: Browser):
    assert "Page 1 sur 2" in found(referent, "numérique")
    second = referent.page(f"{PAGE}?q=num%C3%A9rique&page=2")
    assert second.find(".//ol[@start='21']") is not None
    assert referent.get(f"{PAGE}?q=num%C3%A9rique&page=3").status_code == 404


def test_without_words_the_page_says_what_can_be_found(referent: Browser):
    for typed in ("", "   "):
        told = found(referent, typed)
        assert "Les accents, les majuscules et les terminaisons ne comptent pas." in told
        assert "résultat" not in told


def test_nothing_found_leads_further(referent: Browser):
    told = found(referent, "licorne")
    assert "Aucun résultat pour « licorne »" in told
    assert "Tous les engagements, à filtrer" in told


def test_words_that_are_nowhere_together_are_found_apart_and_the_page_says_so(referent: Browser):
    told = found(referent, "prolonger licorne")
    assert "Rien ne contient tous ces mots à la fois" in told
    assert "DEM22-S01" in told


def test_what_is_typed_is_never_read_as_anything_but_words(referent: Browser):
    for typed in HOSTILE:
        shown = referent.get(PAGE, query_string={"q": typed})
        assert shown.status_code == 200, typed
        assert "<script>alert" not in shown.text
        field = lint(PAGE, shown.text).find(".//input[@name='q']")
        assert field is not None
        assert field.get("value") == " ".join(typed.split()), typed
    for address in (f"{PAGE}?q=%00%ff%fe", f"{PAGE}?q=a&q=b", f"{PAGE}?q=a&endpoint=x&_scheme=javascript&_external=1"):
        assert referent.get(address).status_code == 200, address


def test_a_question_that_is_too_long_stays_in_its_field_with_the_reason(referent: Browser):
    typed = "numérique " * 21
    tree = lint(PAGE, referent.get(PAGE, query_string={"q": typed}).text)
    field = tree.find(".//input[@name='q']")
    assert field is not None
    assert (field.get("value"), field.get("aria-describedby")) == (typed.strip(), "q-problem")
    assert "Texte trop long : 200 caractères au plus." in found(referent, typed, 422)


def test_it_speaks_english_and_marks_what_is_held_in_french_only(referent: Browser):
    referent.get("/demonstration/?langue=en")
    tree = referent.page(f"{PAGE}?q=council")
    assert tree.find(".//form[@role='search']") is not None
    tree = referent.page(f"{PAGE}?q=devices")
    main = tree.find(".//main")
    assert main is not None
    assert "devices" in words(main)
    tree = referent.page(f"{PAGE}?q=conseil")
    assert any(part.get("lang") == "fr" for part in tree.iterfind(".//ol//p"))


def test_a_stranger_is_asked_to_sign_in_and_a_member_of_another_place_sees_none(app: Flask, browser: Browser):
    assert browser.get(PAGE).status_code == 302
    browser.sign_in(Role.ADMIN)
    assert browser.get("/ailleurs/recherche?q=x").status_code == 404
