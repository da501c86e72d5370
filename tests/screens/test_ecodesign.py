"""The page about ecodesign shows the figures that were stored, and no other."""

from tests.screens.conftest import Browser
from tests.screens.lint import words
from tracker.domain.page_costs import dearest_first
from tracker.labels import day, number
from tracker.services.page_costs import weighing
from tracker.web.screens.pages.views import ROWS


def test_the_page_on_ecodesign_shows_exactly_the_stored_figures_dearest_first(browser: Browser):
    told = weighing()
    dearest = dearest_first(told.costs)
    shown: list[list[str]] = []
    for page in range(1, -(-len(dearest) // ROWS) + 1):
        tree = browser.page(f"/ecoconception?page={page}")
        main = tree.find(".//main")
        assert main is not None
        assert day(told.on) in words(main)
        assert told.version in words(main)
        shown += [[words(cell) for cell in row] for row in tree.findall(".//table[@id='couts']/tbody/tr")]
    assert [row[0].split()[-1] for row in shown] == [cost.address for cost in dearest]
    for row, cost in zip(shown, dearest, strict=True):
        assert row[1] == f"{cost.grade}, {number(cost.ecoindex, 1)}"
        assert row[2] == str(cost.elements)
        assert row[3].startswith(f"{cost.requests} requête")
        assert row[3].endswith(f"{number(cost.kilobytes, 1)} Ko")
        assert row[4].startswith(f"{cost.again_requests} requête")
        assert row[4].endswith(f"{number(cost.again_kilobytes, 1)} Ko")
        assert row[5] == f"{number(cost.grams, 2)} g"


def test_a_page_of_figures_beyond_the_last_does_not_exist(browser: Browser):
    for page in ("99", "0", "x"):
        assert browser.get(f"/ecoconception?page={page}").status_code == 404, page
