"""Charts: one set of numbers in the drawing, the interactive figure, the table and the file; drawings to take away."""

import csv
import io
import re
import struct
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from tests.screens.conftest import Browser
from tests.screens.lint import SVG, words
from tracker.charts.series import BOTTOM, TOP

PAGE = "/demonstration/indicateurs/SOB-06"
COMPARISON = "/demonstration/comparaison"


def lines(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def number(written: str) -> float:
    return float(written.replace(",", ".").replace("\u202f", ""))


def test_what_is_drawn_is_in_the_table_and_in_the_file(elu: Browser):
    tree = elu.page(PAGE)
    rows = {words(row.find("th")): words(row) for row in tree.iterfind(".//table[@class='values']/tbody/tr")}
    filed = {line["annee"]: line for line in lines(elu.get(f"{PAGE}.csv").data)}
    figure = elu.get(f"{PAGE}.json").json
    columns = {"value": "valeur", "target": "objectif", "expected": "attendu", "ahead": "prevision"}
    drawn = 0
    for trace in figure["data"]:
        for year, value, told in zip(trace["x"], trace["y"], trace["text"], strict=True):
            if value is None or told is None:
                continue
            drawn += 1
            if trace["meta"] == "fan":
                assert value in {number(filed[year][f"prevision_marge_{end}"]) for end in ("basse", "haute")}
            else:
                assert value == number(filed[year][columns[trace["meta"]]])
            shown = re.search(r" : ([\d,]+)", " ".join(told.split()))
            assert shown
            assert shown[1] in rows[year]
    assert drawn > 40
    assert list(rows) == sorted(filed, reverse=True)
    assert rows["2030"].startswith("2030 prévision")
    assert "aucun relevé" not in rows["2030"]


def test_no_column_of_targets_stands_where_none_was_voted(elu: Browser):
    headings = [words(th) for th in elu.page("/demonstration/indicateurs/SOB-18").iterfind(".//thead//th")]
    assert "Objectif" not in headings
    assert "Objectif" in [words(th) for th in elu.page(PAGE).iterfind(".//thead//th")]


def test_a_value_just_below_its_target_is_told_apart_from_it_on_every_page(elu: Browser):
    own = words(elu.page("/demonstration/indicateurs/SOB-07"))
    assert "2,99 ans" in " ".join(own.split())
    for address in (
        "/demonstration/indicateurs/SOB-07/2024",
        "/demonstration/engagements/DEM16-S02?annee=2024",
        "/demonstration/comparaison?de=2023&a=2024",
        "/demonstration/rapport/2024",
        "/demonstration/public/2024/engagements/DEM16-S02",
        "/demonstration/public/2024/indicateurs/SOB-07",
    ):
        told = " ".join(words(elu.page(address)).split())
        assert "2,99" in told, address
        assert "contre 2,9 ans" not in told or "2,99 ans, contre 2,9 ans" in told, address


def test_the_points_of_the_drawing_stand_where_the_file_says(elu: Browser):
    drawing = elu.page(PAGE).find(f".//figure/{SVG}")
    assert drawing is not None
    filed = [line for line in lines(elu.get(f"{PAGE}.csv").data) if line["valeur"]]
    places = [
        (float(str(dot.get("cx"))), float(str(dot.get("cy"))))
        for dot in drawing.iter()
        if str(dot.tag).endswith("circle") and not dot.get("class")
    ]
    values = [number(line["valeur"]) for line in filed]
    assert len(places) == len(values)
    assert all(TOP <= y <= BOTTOM for _, y in places)
    (x0, y0), (x1, y1) = places[0], places[-1]
    for (x, y), value, line in zip(places, values, filed, strict=True):
        assert abs(y - (y0 + (y1 - y0) * (value - values[0]) / (values[-1] - values[0]))) < 0.2
        share = (int(line["annee"]) - 2016) / (2025 - 2016)
        assert abs(x - (x0 + (x1 - x0) * share)) < 0.2


def test_the_page_names_each_version_of_the_target_the_way_to_it_and_the_forecast(elu: Browser):
    tree = elu.page(PAGE)
    drawing = tree.find(f".//figure/{SVG}")
    assert drawing is not None
    told = words(drawing)
    assert "Objectif 2016 : 5 ans" in told
    assert "Objectif 2022, rendu plus exigeant, échéance reportée : 6 ans" in told
    key = " ".join(words(one) for one in tree.iterfind(".//figure/ul/li"))
    for mark in (
        "Valeur",
        "Objectif voté",
        "Niveau attendu, calculé et non voté",
        "Prévision, dans la marge du rythme",
    ):
        assert mark in key
    title = tree.find(".//figcaption/h2")
    assert title is not None
    assert words(title) == "En hausse depuis 2016, encore sous l’objectif (6 ans)"


def test_a_drawing_of_values_alone_has_no_key_neither_on_the_page_nor_in_the_file(elu: Browser):
    alone = "/demonstration/indicateurs/GOV-16"
    assert elu.page(alone).find(f".//figure/{SVG}") is not None
    assert elu.page(alone).find(".//figure/ul") is None
    assert ">Valeur<" not in elu.get(f"{alone}.svg").text
    assert ">Valeur<" in elu.get(f"{PAGE}.svg").text


def test_no_page_nor_file_tells_a_chance_about_a_value_or_a_year(elu: Browser):
    rows = {words(row.find("th")): words(row) for row in elu.page(PAGE).iterfind(".//table[@class='values']/tbody/tr")}
    assert re.search(r"entre [\d,]+ ans et [\d,]+ ans si le rythme reste dans sa marge", rows["2026"])
    public = "/demonstration/public/2024/indicateurs/SOB-06"
    for address in (PAGE, f"{PAGE}.json", f"{PAGE}.csv", f"{PAGE}.svg", public, "/demonstration/synthese/2025"):
        told = elu.get(address).text
        assert "chance" not in told, address
        assert "prevision_basse" not in told, address


def test_one_click_leads_from_the_indicator_to_the_voted_clause(elu: Browser):
    links = [str(a.get("href")) for a in elu.page(PAGE).iterfind(".//main//a")]
    assert "/demonstration/engagements/DEM16-S01#vote" in links
    assert elu.page("/demonstration/engagements/DEM16-S01").find(".//section[@id='vote']") is not None


def test_the_drawing_can_be_taken_away_as_svg_and_png(elu: Browser):
    vector, image = (elu.get(f"{PAGE}.{ending}") for ending in ("svg", "png"))
    assert vector.headers["Content-Disposition"].startswith("attachment")
    root = ElementTree.fromstring(vector.data)  # noqa: S314 - our own answer
    assert [child.tag.rpartition("}")[2] for child in root][:2] == ["title", "desc"]
    assert "Durée d’usage moyenne des ordinateurs" in vector.text
    assert "var(" not in vector.text
    assert "href" not in vector.text
    assert image.data[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">I", image.data[16:20])[0] >= 900
    assert image.data == elu.get(f"{PAGE}.png").data


def test_an_indicator_without_a_value_has_no_drawing_and_an_open_figure(elu: Browser):
    page = "/marseille/indicateurs/SOB-06"
    assert elu.page(page).find(f".//figure/{SVG}") is None
    assert elu.get(f"{page}.svg").status_code == 404
    assert elu.get(f"{page}.png").status_code == 404
    assert elu.get(f"{page}.json").json["data"][0]["y"]


def test_the_commitment_shows_its_chart_and_the_decision_that_set_each_target(elu: Browser):
    tree = elu.page("/demonstration/engagements/DEM16-S01")
    assert tree.find(f".//figure/{SVG}") is not None
    card = tree.find(".//ul[@class='cards']/li")
    assert card is not None
    assert "Objectif 2016 : 5 ans en 2024 (Délibération DEMO 2016-012 (fictive))" in words(card)
    assert "Objectif 2022, rendu plus exigeant, échéance reportée : 6 ans en 2030" in words(card)
    assert "/demonstration/deliberations/DEMO-2022-045" in [a.get("href") for a in card.iter("a")]
    assert "aucune pièce jointe" in words(tree)


def test_the_bars_of_a_comparison_say_what_its_table_says(elu: Browser):
    tree = elu.page(COMPARISON)
    told = words(tree)
    rows = {words(row.find("th/a")): words(row) for row in tree.iterfind(".//table/tbody/tr")}
    figure = elu.get(f"{COMPARISON}.json").json
    drawn = [(text, value) for trace in figure["data"] for text, value in zip(trace["text"], trace["x"], strict=True)]
    assert len(drawn) > 8
    for text, value in drawn:
        name, change, direction = re.fullmatch(r"(.+) : (.+), (.+)", " ".join(text.split())).groups()
        assert change in rows[name]
        assert rows[name].endswith(direction)
        shown = Decimal(re.search(r"[\d,]+", change)[0].replace(",", "."))
        assert abs(shown - abs(Decimal(str(value)))) <= Decimal("0.051")
    assert re.search(r"De 2024 à 2025, sur \d+ indicateurs : \d+ vont mieux", told)
    drawing = tree.find(f".//figure/{SVG}")
    assert drawing is not None
    assert len([rect for rect in drawing.iter() if str(rect.tag).endswith("rect")]) == len(drawn)


def test_the_comparison_can_be_taken_away(elu: Browser):
    for ending, beginning in (("svg", b"<svg"), ("png", b"\x89PNG")):
        answer = elu.get(f"{COMPARISON}.{ending}?axe=sobriety")
        assert answer.data.startswith(beginning)
        assert "comparaison-sobriety-2024-2025" in answer.headers["Content-Disposition"]
        assert len(answer.data) <= 160 * 1024
    assert elu.get(f"{COMPARISON}.json?de=2025&a=2025").status_code == 422


TAKEN = (
    "/demonstration/parc/durees/survie",
    "/demonstration/parc/durees/survie?categorie=laptop",
    "/demonstration/parc/durees/ages",
    "/demonstration/carbone/2025/categories",
    "/demonstration/carbone/2025/annees?methode=flux",
    "/demonstration/simulateur?laptop.vie=7",
    "/demonstration/simulateur?methode=flux",
)


@pytest.mark.parametrize("address", TAKEN)
def test_the_drawings_of_the_estate_are_files_that_stand_alone(elu: Browser, address: str):
    path, _, query = address.partition("?")
    drawing = elu.get(f"{path}.svg?{query}")
    assert drawing.mimetype == "image/svg+xml"
    assert "attachment" in drawing.headers["Content-Disposition"]
    tree = ElementTree.fromstring(drawing.data)  # noqa: S314 - our own drawing
    told = " ".join(tree.itertext())
    assert "Ville de Démonstration" in told
    assert "Parole tenue." in told
    assert not [one for one in tree.iter() if str(one.tag).endswith("script")]
    image = elu.get(f"{path}.png?{query}")
    assert image.data.startswith(b"\x89PNG")
    page = re.sub("/(categories|annees|survie|ages)$", "", path)
    assert f"{path}.svg" in elu.get(f"{page}?{query}").text


def test_a_drawing_of_nothing_is_no_file(elu: Browser):
    for address in ("/marseille/parc/durees/ages.svg", "/marseille/carbone/2025/annees.png", "/amp/simulateur.svg"):
        assert elu.get(address).status_code == 404, address
    assert elu.get("/demonstration/simulateur.gif").status_code == 404
