"""What the elected official reads: dashboard, register, commitment, indicator, report."""

import csv
import io
import re
from datetime import date

import pytest

from tests.screens.conftest import Browser
from tests.screens.lint import SVG, words
from tests.screens.test_entry import GRID, row
from tests.screens.test_every_page import counts
from tracker.domain.vocabulary import Axis, CommitmentKind
from tracker.reports.outline import OUTLINE
from tracker.store.session import Database


def cards(browser: Browser, address: str) -> dict[str, str]:
    tree = browser.page(address)
    return {words(card.find("h3")): words(card) for card in tree.findall(".//li[h3]")}


def test_the_main_job_from_the_value_to_the_clause_and_the_csv(agent: Browser, elu: Browser):
    agent.send(GRID, row("SOB-06", "5,4", "measured"))
    told = cards(elu, "/marseille/?annee=2025")["Ordinateurs : de 5 à 6 ans"]
    assert "Objectif 6 ans ; 5,4 ans mesurés en 2025 ; il manque 0,6 an." in told
    page = words(elu.page("/marseille/engagements/VDM22-S23"))
    assert "22/0737/AGE" in page
    assert "16 décembre 2022" in page
    assert "Garder les ordinateurs 6 ans au lieu de 5." in page
    assert "3e tiret" in page
    table = elu.get("/marseille/rapport/2025.csv")
    assert table.headers["Content-Disposition"].startswith("attachment")
    line = next(
        line for line in read(table.data) if (line["engagement"], line["indicateur"]) == ("VDM22-S23", "SOB-06")
    )
    assert (line["valeur"], line["cible"], line["reference"], line["unite"]) == ("5,4", "6", "5", "ans")
    assert line["etat"] == "En trajectoire"


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_more_than_25_per_cent_without_a_baseline_has_no_progress_and_no_colour(elu: Browser):
    tree = elu.page("/amp/engagements/AMP23-S06")
    assert "valeur de référence à établir" in words(tree)
    assert "Référence à établir" in words(tree)
    assert not [node for node in tree.iter(SVG) if "bullet" in (node.get("class") or "")]
    assert "0 %" not in words(tree)


def test_all_147_commitments_of_the_four_texts_are_reachable_from_the_register(elu: Browser):
    found: dict[str, set[str]] = {}
    for slug, number in (("amp", 83), ("marseille", 64)):
        links, page = set(), f"/{slug}/engagements"
        while page:
            tree = elu.page(page)
            led = {str(a.get("href")).split("?")[0] for a in tree.iterfind(".//tbody//a")}
            links |= {link for link in led if "/engagements/" in link}
            following = tree.find(".//a[@rel='next']")
            page = str(following.get("href")) if following is not None else ""
        assert len(links) == number
        found[slug] = links
    for link in [*found["amp"], *found["marseille"]]:
        assert elu.get(link).status_code == 200, link
    links = [a for slug in found for a in elu.page(f"/{slug}/deliberations").iterfind(".//main//a")]
    texts = {href for a in links if re.fullmatch(r"/\w+/deliberations/[A-Z]+-[^/?]+", href := str(a.get("href")))}
    assert len(texts) == 4


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("axe=sobriety", 15),
        ("nature=milestone", 8),
        ("etat=achieved", 9),
        ("document=DEMO-2016-012", 8),
        ("axe=rien", 38),
    ],
)
def test_the_register_narrows_to_what_is_asked(elu: Browser, query: str, number: int):
    tree = elu.page(f"/demonstration/engagements?{query}")
    lead = tree.find(".//p[@class='lead']")
    assert lead is not None
    assert words(lead).startswith(f"{number} ")


def test_filters_combine_and_an_empty_answer_says_how_to_go_on(elu: Browser):
    tree = elu.page("/demonstration/engagements?axe=ethics&nature=approval")
    assert "Aucun engagement ne répond" in words(tree)


def test_every_filter_offers_every_value_of_its_list(elu: Browser):
    tree = elu.page("/marseille/engagements")
    for name, codes in (("axe", Axis), ("nature", CommitmentKind)):
        offered = [o.get("value") for o in tree.iterfind(f".//select[@name='{name}']/option")]
        assert offered == ["", *codes]


def test_milestones_whose_date_is_past_are_listed_to_be_brought_up_to_date(elu: Browser):
    tree = elu.page("/amp/?annee=2025")
    assert "jalons échus, réalisation non constatée" in words(tree)
    rows = [words(line) for line in elu.page("/amp/engagements?echeance=passee").iterfind(".//tbody/tr")]
    assert any("Téléservices déchets généralisés" in line for line in rows)
    assert all(line.endswith("Non mesuré") for line in rows)


def test_the_lead_records_that_a_milestone_was_reached_and_its_verdict_follows(referent: Browser, store: Database):
    page = "/amp/engagements/AMP23-A02"
    before = counts(store)
    refused = referent.send(f"{page}/constats", {"state": "done", "on": "31/02/2024", "evidence": "délibération X"})
    assert refused.status_code == 422
    assert "n’est pas une date" in refused.text
    assert "délibération X" in refused.text
    future = referent.send(f"{page}/constats", {"state": "done", "on": "01/01/2027", "evidence": ""})
    assert future.status_code == 422
    assert "pas encore venue" in future.text
    assert "Dites ce qui l’établit" in future.text
    assert counts(store) == before
    answer = referent.send(f"{page}/constats", {"state": "done", "on": "31/01/2024", "evidence": "délibération X"})
    assert answer.status_code == 302
    told = words(referent.page(page))
    assert "Jalon atteint le 31 janvier 2024." in told
    assert "Tenu" in told
    assert "Constat enregistré, AMP23-A02" in words(referent.page("/amp/journal"))


def test_a_renewal_shows_its_fee_and_budget_line(elu: Browser):
    told = words(elu.page("/amp/engagements/AMP25N-G02?annee=2025"))
    assert "4 000 € TTC" in told
    assert "6281" in told
    assert "3 600 €" in words(elu.page("/amp/engagements/AMP25I-G02?annee=2025"))


def test_the_indicator_page_has_a_drawing_a_table_and_a_file_with_the_same_values(elu: Browser):
    tree = elu.page("/demonstration/indicateurs/SOB-06")
    drawing = tree.find(f".//figure/{SVG}")
    assert drawing is not None
    assert "De 4,1 ans en 2016 à 5,4 ans en 2025, pour un objectif de 6 ans." in " ".join(
        str(drawing.get("aria-label")).split()
    )
    rows = {words(line.find("th")): words(line) for line in tree.iterfind(".//tbody/tr")}
    assert "5,4 ans" in rows["2025"]
    assert "non mesuré" in rows["2018"]
    lines = {line["annee"]: line for line in read(elu.get("/demonstration/indicateurs/SOB-06.csv").data)}
    assert lines["2025"]["valeur"] == "5,4"
    assert (lines["2018"]["valeur"], lines["2018"]["motif_absence"]) == ("", "non mesuré")
    figure = elu.get("/demonstration/indicateurs/SOB-06.json").json
    values = dict(zip(figure["data"][0]["x"], figure["data"][0]["y"], strict=True))
    assert values["2025"] == 5.4
    assert values["2018"] is None
    assert len(elu.get("/demonstration/indicateurs/SOB-06.json").data) < 6000


def test_the_report_follows_the_outline_and_says_what_is_missing(elu: Browser):
    tree = elu.page("/marseille/rapport/2025")
    titles = [words(title) for title in tree.iterfind(".//article/h2")]
    assert [title.split(".")[0] for title in titles] == [str(rank) for rank, _ in enumerate(OUTLINE, start=1)]
    told = words(tree)
    assert "Ordinateurs : de 5 à 6 ans" in told
    assert "Aucun montant n’est enregistré pour 2025." in told
    assert "indicateurs sans valeur pour 2025" in told
    assert "None" not in told


def test_a_text_that_looks_like_a_formula_stays_a_text_in_the_csv(agent: Browser, elu: Browser):
    agent.send(GRID, row("SOB-06", "5,4", comment='=HYPERLINK("http://evil.example";"x")'))
    lines = read(elu.get("/marseille/rapport/2025.csv").data)
    comment = next(line["commentaire"] for line in lines if line["commentaire"])
    assert comment.startswith("'=")
    for line in lines:
        for name, cell in line.items():
            is_number = cell.lstrip("-").replace(",", "").isdigit()
            assert is_number or not cell.startswith(("=", "+", "-", "@")), (name, cell)


def test_a_year_before_the_vote_says_that_nothing_was_voted(elu: Browser):
    assert "Aucun engagement n’était voté à la fin de 2020." in words(elu.page("/marseille/?annee=2020"))


def test_dates_shown_are_those_of_the_deliberations(elu: Browser):
    for slug, reference, adopted in (
        ("amp", "AMP-2023-14771", date(2023, 10, 12)),
        ("amp", "AMP-2025-17490", date(2025, 2, 27)),
        ("marseille", "VDM-2022-0737", date(2022, 12, 16)),
    ):
        assert str(adopted.year) in words(elu.page(f"/{slug}/deliberations/{reference}"))


def test_a_running_year_is_not_read_as_a_collapse(elu: Browser):
    told = words(elu.page("/demonstration/?annee=2026"))
    assert "2026 n’est pas finie : des relevés sont à venir." in told
    assert "de moins qu’en 2025" not in told


def test_the_report_of_a_running_year_lists_no_setback(elu: Browser):
    assert "Ce qui a changé d’état depuis 2024" in words(elu.page("/demonstration/rapport/2025"))
    told = words(elu.page("/demonstration/rapport/2026"))
    assert "2026 n’est pas finie" in told
    assert "Ce qui a changé d’état depuis 2025" not in told


def test_options_of_the_text_are_followed_apart(elu: Browser):
    told = words(elu.page("/amp/?annee=2025"))
    assert "Sur 69 engagements votés" in told
    assert "14 rappels et facultés du texte sont suivis à part." in told


@pytest.mark.parametrize("page", ["amp/", "marseille/", "demonstration/", "amp/axes/gouvernance"])
def test_a_count_of_the_dashboard_or_an_axis_leads_to_as_many_lines(elu: Browser, page: str):
    legend = elu.page(f"/{page}?annee=2025").find(".//ul[@class='legend']")
    assert legend is not None
    told = {str(one.find("a").get("href")): words(one.find("b")) for one in legend.iterfind("li")}
    for address, count in told.items():
        assert words(elu.page(address).find(".//p[@class='lead']")).startswith(f"{count} engagement"), address


def test_the_register_tells_what_was_promised_from_what_a_text_recalls(elu: Browser):
    lead = words(elu.page("/amp/engagements?annee=2025").find(".//p[@class='lead']"))
    assert lead == "69 engagements et 14 rappels et facultés, jugés pour 2025."
    lead = words(elu.page("/amp/engagements?annee=2025&portee=context").find(".//p[@class='lead']"))
    assert lead.endswith(" rappels et facultés, à part des engagements, pour 2025.")


def test_a_value_just_short_of_its_target_does_not_look_equal_to_it(elu: Browser):
    told = words(elu.page("/demonstration/engagements/DEM16-S02?annee=2024"))
    assert "il manque 0 an" not in told
    assert "Objectif 3 ans ; 3 ans mesurés" not in told


def test_a_deadline_is_written_no_more_precisely_than_the_text_says(elu: Browser):
    assert "Échéance passée (2e semestre 2024)" in words(elu.page("/amp/engagements/AMP23-G07"))
    assert "Échéance passée (janvier 2024)" in words(elu.page("/amp/engagements/AMP23-A02"))


def test_an_estimate_is_called_an_estimate(elu: Browser):
    assert "1 240 MWh en 2025 (estimation)" in words(elu.page("/demonstration/engagements/DEM22-S07"))


def test_the_report_lists_the_horizons_that_were_voted(elu: Browser):
    told = words(elu.page("/demonstration/rapport/2025"))
    assert "Aucune échéance votée en 2026" not in told
    assert "2026 : Homologuer les services au RGAA" in told


def test_the_year_follows_through_the_navigation(elu: Browser):
    tree = elu.page("/demonstration/?annee=2023")
    link = tree.find(".//nav//a[2]") or next(a for a in tree.iter("a") if words(a) == "Engagements")
    assert "annee=2023" in str(link.get("href"))


def test_in_english_an_amount_that_reads_in_two_ways_is_refused(referent: Browser, store: Database):
    referent.get("/?langue=en")
    before = counts(store)
    fact = {"state": "paid", "on": "01/06/2025", "year": "2025", "amount": "4,000", "evidence": "x"}
    answer = referent.send("/amp/engagements/AMP25N-G02/constats", fact)
    assert answer.status_code == 422
    assert "4,0000" in answer.text
    assert counts(store) == before


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("engagements/DEM16-S01", "Conseil municipal"),
        ("public/2024/engagements/DEM16-S01", "Conseil municipal"),
        ("deliberations", "Conseil municipal"),
        ("indicateurs/SOB-06", "Série fictive"),
        ("public/2024/indicateurs/SOB-06", "Série fictive"),
    ],
)
def test_an_english_page_marks_what_is_held_in_french(elu: Browser, address: str, told: str):
    tree = elu.page(f"/demonstration/{address}?langue=en").find(".//main")
    assert tree is not None
    plain = words(tree).count(told)
    marked = sum(words(one).count(told) for one in tree.iter() if one.get("lang") == "fr")
    assert 0 < plain == marked
    calculation = [one for one in tree.iter("dd") if one.get("lang") == "fr"]
    assert calculation or "indicateurs/SOB" not in address or "public" in address
