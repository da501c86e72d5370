"""Frozen reports on screen: sealed as they were read, presented, published at an address that stays, compared."""

import re
from base64 import b64encode
from hashlib import sha256
from xml.etree.ElementTree import Element

import pytest
from sqlalchemy import text

from tests.screens.conftest import Browser
from tests.screens.lint import lint, words
from tests.screens.test_every_page import counts
from tracker.reports.formats import FORMATS
from tracker.store.session import Database

DRAFT, SEALING = "/marseille/rapport/2025", "/marseille/rapport/2025/geler"
FIRST = "/marseille/rapport/2025/versions/1"
PUBLIC = "/marseille/public/rapport/2025"


def field(tree: Element, name: str) -> str:
    found = tree.find(f".//form//input[@name='{name}']")
    assert found is not None, name
    return found.get("value") or ""


def freeze(referent: Browser, note: str = "") -> None:
    page = referent.page(SEALING)
    sent = {"seen": field(page, "seen"), "at": field(page, "at"), "note": note}
    answer = referent.send(SEALING, sent)
    assert answer.status_code == 302, answer.text


def test_a_report_is_frozen_as_it_was_read_and_its_page_says_by_what_to_check_it(referent: Browser):
    assert "ce rapport est un brouillon" in words(referent.page(DRAFT))
    freeze(referent, "Pour le débat")
    told = words(referent.page(FIRST))
    assert "Version 1 figée." in told
    assert "Version 1, figée le 22 nov. 2026" in told
    assert "Pour le débat" in told
    assert re.search(r"SHA-256 : [0-9a-f]{64}", told)
    assert "Dominique" not in told.replace("Dominique Référent (fictif)", "", 1)  # only in the header of the page
    assert "Version 1 : figée le" in words(referent.page(DRAFT))
    for form in FORMATS:
        file = referent.get(f"{FIRST}.{form}")
        assert "attachment" in file.headers["Content-Disposition"]
        assert file.data == referent.get(f"{FIRST}.{form}").data
    assert "Brouillon" not in referent.get(f"{FIRST}.html").text
    assert "Brouillon" in referent.get(f"{DRAFT}.html").text


def test_a_draft_that_changed_meanwhile_answers_409_says_what_changed_and_keeps_the_note(
    referent: Browser, store: Database
):
    page = referent.page(SEALING)
    sent = {"seen": field(page, "seen"), "at": field(page, "at"), "note": "La mienne"}
    referent.send("/marseille/saisie/2025", {"SOB-06-value": "5,4", "SOB-06-revision": "0"})
    before = counts(store)
    answer = referent.send(SEALING, sent)
    assert answer.status_code == 409
    tree = lint(SEALING, answer.text)
    assert "Le projet a changé depuis que cette page est ouverte." in words(tree)
    assert "SOB-06" in words(tree)
    assert "La mienne" in answer.text
    assert field(tree, "seen") != sent["seen"]
    assert counts(store) == before


def test_a_version_is_presented_then_published_and_strangers_read_the_document_and_its_files(
    referent: Browser, browser: Browser
):
    freeze(referent)
    stranger = browser
    assert stranger.get(PUBLIC).status_code == 404
    sent = {"debate_on": "12/11/2026", "deliberation": "26/0451", "adopted_on": "12/11/2026", "seen": "0"}
    assert referent.send(f"{FIRST}/debat", sent).status_code == 302
    assert referent.send(f"{FIRST}/publier", {"seen": "0"}).status_code == 302
    answer = stranger.get(PUBLIC)
    assert answer.status_code == 200
    assert "débat budgétaire du 12\u00a0novembre 2026" in answer.text or "12 novembre 2026" in answer.text
    assert "26/0451" in answer.text
    assert "Dominique" not in answer.text
    style = re.search(r"<style>(.*?)</style>", answer.text, re.DOTALL)
    assert style is not None
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in answer.headers["Content-Security-Policy"]
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert stranger.get(PUBLIC, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    for form in FORMATS:
        assert stranger.get(f"{PUBLIC}/v1.{form}").data == referent.get(f"{FIRST}.{form}").data
    assert stranger.get(f"{PUBLIC}/v2").status_code == 404


def test_a_withdrawn_version_answers_410_with_the_reason(referent: Browser, browser: Browser):
    freeze(referent)
    referent.send(f"{FIRST}/publier", {"seen": "0"})
    refused = referent.send(f"{FIRST}/retirer", {"reason": "", "seen": "1"})
    assert refused.status_code == 422
    assert referent.send(f"{FIRST}/retirer", {"reason": "Une valeur est fausse.", "seen": "1"}).status_code == 302
    for address in (PUBLIC, f"{PUBLIC}/v1"):
        answer = browser.get(address)
        assert answer.status_code == 410
        assert "Une valeur est fausse." in answer.text
    assert browser.get(f"{PUBLIC}/v1.pdf").status_code == 410


def test_an_older_version_points_at_the_newer_one_and_one_taken_back_is_told_apart_from_its_year(
    referent: Browser, browser: Browser
):
    freeze(referent)
    assert referent.send(f"{FIRST}/publier", {"seen": "0"}).status_code == 302
    assert "Une version plus récente" not in browser.get(f"{PUBLIC}/v1").text
    text = {"do": "final", "text": "Une analyse.", "seen": "0"}
    assert referent.send(f"{SEALING.rsplit('/', 1)[0]}/textes/analysis", text).status_code == 302
    freeze(referent)
    second = FIRST.replace("versions/1", "versions/2")
    assert referent.send(f"{second}/publier", {"seen": "0"}).status_code == 302
    for address in (f"{PUBLIC}/v1", f"{PUBLIC}/v1/chapitres/1"):
        assert "Une version plus récente est publiée" in browser.get(address).text
    assert "Une version plus récente" not in browser.get(PUBLIC).text
    assert referent.send(f"{second}/retirer", {"reason": "Trop tôt.", "seen": "1"}).status_code == 302
    gone = browser.get(f"{PUBLIC}/v2")
    assert gone.status_code == 410
    assert "La version 2 du rapport" in gone.text
    assert "Une version plus récente" not in browser.get(f"{PUBLIC}/v1").text


@pytest.mark.parametrize(
    ("act", "typed", "where"),
    [
        ("debat", {"debate_on": "hier"}, "debate_on"),
        ("debat", {"debate_on": "12/11/2026", "deliberation": "26/0451"}, "adopted_on"),
        ("publier", {"visible_from": "01/01/2020"}, "visible_from"),
    ],
)
def test_a_refusal_stands_at_its_field_and_what_was_typed_stays(
    referent: Browser, act: str, typed: dict[str, str], where: str
):
    freeze(referent)
    answer = referent.send(f"{FIRST}/{act}", {**typed, "seen": "0"})
    assert answer.status_code == 422
    tree = lint(FIRST, answer.text)
    assert tree.find(f".//p[@id='{where}-problem']") is not None
    for name, told in typed.items():
        assert field(tree, name) == told


def test_what_was_rectified_reads_on_the_page_of_the_version(elu: Browser):
    told = words(elu.page("/demonstration/rapport/2023/versions/1")).replace("\u202f", " ")
    assert "au lieu de 968, lire 1 024" in told
    assert "Les personnes reçues à la médiathèque" in told


def test_strangers_read_a_report_chapter_by_chapter_and_every_chapter_once(browser: Browser):
    opening = browser.get("/demonstration/public/rapport/2024").text
    links = re.findall(r'href="(/demonstration/public/rapport/2024/v1/chapitres/\d+)"', opening)
    assert links == [f"/demonstration/public/rapport/2024/v1/chapitres/{n}" for n in range(1, len(links) + 1)]
    kept = browser.get("/demonstration/public/rapport/2024/v1.html").text
    for rank, address in enumerate(links, 1):
        page = browser.get(address).text
        [title] = re.findall("<h2>(.*?)</h2>", page)
        assert title.startswith(f"{rank}. ")
        assert f"<h2>{title}</h2>" in kept
    assert kept.count("<h2>") == len(links) > 10
    for beyond in (0, len(links) + 1):
        assert browser.get(f"/demonstration/public/rapport/2024/v1/chapitres/{beyond}").status_code == 404


def test_two_reports_are_compared_on_a_page_and_in_a_file(elu: Browser):
    page = elu.page("/demonstration/rapport/compare?de=2023-1&a=2024-1")
    assert "sur les engagements" in words(page)
    assert len(list(page.iter())) < 400
    table = elu.get("/demonstration/rapport/compare.csv?de=2023-1&a=2024-1").data.decode("utf-8-sig")
    assert table.startswith("objet;code;intitule;donnee;unite;2023-1;2024-1")
    for odd in ("de=x", "a=2024-99", "de=1800"):
        assert elu.get(f"/demonstration/rapport/compare?{odd}").status_code == 404


def test_an_altered_text_is_refused_and_said(referent: Browser, store: Database):
    with store.transaction() as session:
        for verb in ("update", "delete"):
            session.execute(text(f"DROP TRIGGER frozen_report_no_{verb}"))
        session.execute(text("UPDATE frozen_report SET content = replace(content, '2024', '2023')"))
    for address in ("/demonstration/rapport/2024/versions/1", "/demonstration/rapport/2024/versions/1.pdf"):
        answer = referent.get(address)
        assert answer.status_code == 409
        assert "a été altéré" in answer.text
    assert referent.get("/demonstration/public/rapport/2024").status_code == 404
