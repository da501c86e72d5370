"""The pages about the product: its accessibility and its ecodesign, from what was measured and answered."""

from tests.screens.conftest import Browser
from tests.screens.lint import words
from tracker.domain.own_house import CheckWay
from tracker.domain.rgesn import EcodesignTheme, score
from tracker.labels import number
from tracker.services import own_house
from tracker.services.ecodesign import referential


def main_of(browser: Browser, address: str) -> str:
    main = browser.page(address).find(".//main")
    assert main is not None
    return words(main)


def test_the_page_on_accessibility_says_the_state_by_the_rule_and_no_rate(browser: Browser):
    told, main = own_house.access(), main_of(browser, "/accessibilite")
    assert main.startswith("Accessibilité : non conforme")
    assert "faute d’audit" in main
    assert f"regardés en partie par un contrôle automatique : {told.count(CheckWay.AUTOMATED)} ;" in main
    assert f"{told.run.pages} pages." in main
    assert told.run.tool in main
    assert "%" not in main
    for heading in ("Contenus non accessibles", "Signaler une difficulté", "Voies de recours"):
        assert heading in main


def test_the_page_on_ecodesign_says_the_score_of_its_own_answers(browser: Browser):
    found = score(referential(), own_house.ecodesign().answers)
    main = main_of(browser, "/ecoconception")
    assert f"{found.met} critères conformes sur {found.applicable} applicables" in main
    assert f"{number(found.progress or 0, 1)} %" in main
    assert f"{found.open} critères restent à évaluer." in main


def test_each_theme_says_each_answer_and_its_reason(browser: Browser):
    told = own_house.ecodesign()
    for theme in EcodesignTheme:
        main = main_of(browser, f"/ecoconception/{theme.place}")
        for one in referential().of_theme(theme):
            assert f"{one.number} " in main
            assert told.notes[one.number][:15].replace("'", "’") in main
    assert browser.get("/ecoconception/10").status_code == 404
