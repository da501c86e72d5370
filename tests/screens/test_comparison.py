"""Two years side by side on screen: figures, words and shapes, missing values said, and the same as a table."""

import csv
import io
import re

from tests.screens.conftest import Browser
from tests.screens.lint import lint, words

PAGE = "/marseille/comparaison"


def save(browser: Browser, year: int, **values: str) -> None:
    data = {}
    for name, value in values.items():
        code = name.replace("_", "-")
        data |= {f"{code}-value": value, f"{code}-revision": "0"}
    assert browser.send(f"/marseille/saisie/{year}", data).status_code == 302


def lines(browser: Browser, address: str) -> dict[str, list[str]]:
    found = {}
    for row in browser.page(address).iter("tr"):
        head, *cells = [words(cell) for cell in row]
        found[head] = cells
    return found


def test_what_moved_is_told_with_its_difference_its_percentage_and_its_way(referent: Browser):
    save(referent, 2024, SOB_06="5", SOB_01="1 600", SOB_10="40")
    save(referent, 2025, SOB_06="5,4", SOB_01="1 700", SOB_10="40")
    found = lines(referent, f"{PAGE}?de=2024&a=2025&axe=sobriety")
    assert found["Durée d’usage moyenne des ordinateurs"] == ["5 ans", "5,4 ans", "+0,4 an (+8 %)", "mieux"]
    assert found["Empreinte carbone annuelle du numérique"] == [
        "1 600 t CO₂e",
        "1 700 t CO₂e",
        "+100 t CO₂e (+6,2 %)",
        "moins bien",
    ]
    assert found["Part des ordinateurs en service de plus de 5 ans"][-1] == "inchangé"


def test_a_missing_value_is_said_and_no_difference_is_made_up(referent: Browser):
    save(referent, 2025, SOB_06="5,4")
    found = lines(referent, PAGE)
    assert found["Durée d’usage moyenne des ordinateurs"] == ["aucun relevé", "5,4 ans", "–", "ne se compare pas"]


def test_each_figure_leads_to_its_reasons_and_each_name_to_its_page(referent: Browser):
    page = referent.page("/demonstration/comparaison?de=2024&a=2025")
    links = {link.get("href") for link in page.iter("a")}
    assert {"/demonstration/indicateurs/SOB-06", "/demonstration/indicateurs/SOB-06/2024"} <= links
    assert "/demonstration/indicateurs/SOB-06/2025" in links
    dashboard = {str(link.get("href")) for link in referent.page("/demonstration/").iter("a")}
    assert "/demonstration/comparaison?de=2024&a=2025" in dashboard


def test_the_same_year_twice_is_refused_in_words_and_a_year_that_cannot_be_is_not_found(referent: Browser):
    answer = referent.get(f"{PAGE}?de=2025&a=2025")
    assert answer.status_code == 422
    assert "Choisissez deux années différentes." in words(lint(PAGE, answer.text))
    for query in ("de=2025&a=2031", "de=abc", "de=1999", "page=9", "page=0"):
        assert referent.get(f"{PAGE}?{query}").status_code == 404, query
    assert referent.get(f"{PAGE}?axe=rien").status_code == 200
    assert referent.get(f"{PAGE}.csv?de=2025&a=2025").status_code == 422


def test_every_page_of_the_comparison_is_light(referent: Browser):
    for axis in ("sobriety", "accessibility", "trust", "ethics", "governance"):
        for slug in ("demonstration", "amp"):
            tree = referent.page(f"/{slug}/comparaison?axe={axis}")
            assert sum(1 for _ in tree.iter()) <= 400, (slug, axis)


def test_the_table_holds_every_axis_with_exact_figures(referent: Browser):
    save(referent, 2024, SOB_06="5")
    save(referent, 2025, SOB_06="5,4")
    answer = referent.get(f"{PAGE}.csv?de=2025&a=2024")
    assert answer.headers["Content-Disposition"] == "attachment; filename=marseille-comparaison-2024-2025.csv"
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    age = next(row for row in rows if row["indicateur"] == "SOB-06")
    assert [age[name] for name in ("valeur_de", "valeur_a", "ecart", "variation_pour_cent", "sens")] == [
        "5",
        "5,4",
        "0,4",
        "8",
        "mieux",
    ]
    phones = next(row for row in rows if row["indicateur"] == "SOB-07")
    assert (phones["valeur_de"], phones["ecart"]) == ("", "")
    assert "Aucune valeur" in phones["remarque"]
    assert len({row["axe"] for row in rows}) > 2


def test_the_table_weighs_no_more_than_its_link_says(elu: Browser):
    for slug in ("demonstration", "marseille", "amp"):
        link = elu.page(f"/{slug}/comparaison").find(".//main//form[@class='year']/a")
        assert link is not None
        said = re.search(r"\(CSV, (\d+) Ko\)", " ".join(words(link).split()))
        assert said
        assert len(elu.get(str(link.get("href"))).data) <= int(said[1]) * 1024


def test_two_years_without_any_value_say_it_once_with_the_next_step_of_who_enters(elu: Browser, agent: Browser):
    address = "/marseille/comparaison?de=2024&a=2025"
    sentence = "Aucune valeur n’est saisie en 2024 ni en 2025 : il n’y a rien à comparer."
    for browser, may_enter in ((elu, False), (agent, True)):
        page = browser.page(address)
        assert sentence in words(page)
        assert ("Saisir les valeurs de 2025" in words(page)) == may_enter
    assert "il n’y a rien à comparer" not in words(elu.page("/demonstration/comparaison?de=2024&a=2025"))


def test_no_size_is_announced_that_is_not_the_file_s(elu: Browser):
    for address in ("/demonstration/comparaison?de=2024&a=2025", "/demonstration/indicateurs/SOB-06"):
        files = [words(a) for a in elu.page(address).iterfind(".//p[@class='acts']/a")]
        assert files
        assert not [one for one in files if "Ko" in one]
