"""Writing the report: order, drafts, previews and stale edits on screen; and how complete it is."""

import csv
import io
from collections import Counter

import pytest

from tests.screens.conftest import Browser
from tests.screens.lint import words
from tracker.reports.outline import OUTLINE

LIST = "/marseille/rapport/2025/textes"
TEXT = f"{LIST}/analysis"
ORDER = " ".join(section.code for section in OUTLINE)


def main_of(browser: Browser, address: str) -> str:
    found = browser.page(address).find(".//main")
    assert found is not None
    return words(found)


def test_a_section_that_is_hidden_leaves_the_page_and_the_files_and_can_be_shown_again(referent: Browser):
    assert referent.send(LIST, {"do": "hide carbon", "seen": ORDER}).status_code == 302
    assert 'id="carbon"' not in referent.get("/marseille/rapport/2024").text
    told = referent.get("/marseille/rapport/2025.json").get_json(force=True)
    assert "carbon" not in [one["code"] for one in told["chapters"]]
    assert "Afficher" in referent.get(LIST).text
    assert "La section du rapport qui le dit est masquée." in main_of(referent, "/marseille/rapport/2025/completude")
    hidden = ORDER.replace("carbon", "-carbon")
    assert referent.send(LIST, {"do": "show carbon", "seen": hidden}).status_code == 302
    assert 'id="carbon"' in referent.get("/marseille/rapport/2024").text


def test_an_order_that_is_no_longer_the_one_seen_is_refused_and_shown_as_it_is(referent: Browser):
    referent.send(LIST, {"do": "up governance", "seen": ORDER})
    answer = referent.send(LIST, {"do": "up governance", "seen": ORDER})
    assert answer.status_code == 409
    assert "l’ordre du rapport a changé" in answer.text
    assert 'value="governance identity ' in answer.text


def test_a_preview_shows_the_text_and_stores_nothing(referent: Browser):
    answer = referent.send(TEXT, {"do": "preview", "text": "Une **analyse**.\n\n### Suite\n\n- un", "seen": "0"})
    assert answer.status_code == 200
    assert "<p>Une <strong>analyse</strong>.</p>" in answer.text
    assert "<h3>Suite</h3>" in answer.text
    assert "Versions" not in main_of(referent, TEXT)


def test_a_text_that_no_file_carries_is_refused_at_its_line_and_stays_typed(referent: Browser):
    for do in ("preview", "draft", "final"):
        answer = referent.send(TEXT, {"do": do, "text": "Bon.\n\n<script>x</script>", "seen": "0"})
        assert answer.status_code == 422
        assert "Ligne 3 : le HTML" in answer.text.replace("\u202f", " ").replace("\u00a0", " ")
        assert "&lt;script&gt;x&lt;/script&gt;</textarea>" in answer.text


def test_a_stale_edit_shows_both_texts_and_what_differs_and_may_then_be_stored(referent: Browser):
    referent.send(TEXT, {"do": "final", "text": "Trois associations.", "seen": "0"})
    mine = {"do": "final", "text": "Cinq associations.", "seen": "0"}
    answer = referent.send(TEXT, mine)
    assert answer.status_code == 409
    assert "Cinq associations.</textarea>" in answer.text
    assert "<p>Trois associations.</p>" in answer.text
    assert "<del>Trois</del> <ins>Cinq</ins>" in answer.text
    assert 'name="seen" value="1"' in answer.text
    assert referent.send(TEXT, {**mine, "seen": "1"}).status_code == 302
    assert "Cinq associations." in referent.get("/marseille/rapport/2025").text


def test_a_draft_is_read_by_those_who_write_and_by_nobody_else(referent: Browser, elu: Browser):
    page = referent.get("/demonstration/rapport/2025").text
    assert "Ce qui a aidé" in page
    assert "Brouillon, que ni les fichiers" in page
    assert "Ce qui a aidé" not in elu.get("/demonstration/rapport/2025").text
    assert "cinq associations" in elu.get("/demonstration/rapport/2025").text
    for form in ("html", "csv", "json"):
        assert "Ce qui a aidé" not in referent.get(f"/demonstration/rapport/2025.{form}").get_data(as_text=True)
    assert "cinq associations" in referent.get("/demonstration/rapport/2025.html").get_data(as_text=True)
    assert 'id="memberships"' not in page


def test_last_years_text_is_suggested_with_what_differs_and_taken_under_what_is_typed(referent: Browser):
    address = "/demonstration/rapport/2025/textes/governance"
    told = referent.get(address).text
    assert "le texte de 2024" in told
    assert "<del>trois</del>" in told
    answer = referent.send(address, {"do": "take", "text": "Mes mots.", "seen": "1"})
    assert answer.status_code == 200
    field = answer.text[answer.text.index("<textarea") : answer.text.index("</textarea>")]
    assert field.index("Mes mots.") < field.index("trois associations")
    assert "trois associations" not in referent.get("/demonstration/rapport/2025").text


def test_a_version_can_be_read_again_and_another_number_is_not_found(referent: Browser):
    referent.send(TEXT, {"do": "draft", "text": "Premier jet.", "seen": "0"})
    referent.send(TEXT, {"do": "final", "text": "Texte relu.", "seen": "1"})
    assert "Premier jet." in main_of(referent, f"{TEXT}?version=1")
    for asked in ("3", "x", ""):
        assert referent.get(f"{TEXT}?version={asked}").status_code == 404
    assert referent.get(f"{LIST}/nothing").status_code == 404


def test_an_agent_proposes_drafts_and_has_no_button_for_the_rest(agent: Browser):
    page = agent.get(TEXT).text
    assert 'value="draft"' in page
    assert 'value="final"' not in page
    assert "Monter" not in agent.get(LIST).text
    assert agent.send(TEXT, {"do": "final", "text": "Mots.", "seen": "0"}).status_code == 403


@pytest.mark.parametrize("state", ["", "present", "weak", "missing", "autre"])
def test_the_completeness_counts_first_and_narrows_by_state(referent: Browser, state: str):
    told = main_of(referent, f"/demonstration/rapport/2025/completude?etat={state}")
    assert "éléments présents" in told
    assert ("Compléter" in told) == (state != "present")


def test_every_page_that_mends_opens_for_who_may_mend_it_and_no_link_leads_elsewhere(referent: Browser, elu: Browser):
    address = "/amp/rapport/2025/completude"
    links = {
        link.get("href", "")
        for item in referent.page(address).iterfind(".//main//li")
        for link in item.iterfind(".//a")
    }
    assert len(links) > 8
    for link in links:
        assert referent.get(link).status_code in {200, 302}, link
    for item in elu.page(address).iterfind(".//main//li"):
        for link in item.iterfind(".//a"):
            assert elu.get(link.get("href", "")).status_code in {200, 302}


def test_the_table_says_the_same_as_the_page(elu: Browser):
    text = elu.get("/amp/rapport/2025/completude.csv").get_data().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    page = main_of(elu, "/amp/rapport/2025/completude")
    assert len(rows) == len(elu.page("/amp/rapport/2025/completude").findall(".//main//ul/li"))
    assert {row["etat"] for row in rows} == {"présent", "à étoffer", "absent"}
    assert all(" ".join(row["element"].split()) in page for row in rows)
    counts = Counter(row["etat"] for row in rows)
    assert counts["absent"] > 4 * counts["présent"]
