"""Ecodesign in words: the reading of a year in the review, and a paper written as a page of its own."""

from datetime import date

from tests.unit.test_ecodesign_values import END, RGESN, assessed, measure, service
from tracker.domain.ecodesign_records import EcodesignRecord, line
from tracker.exports.ecodesign import services_csv
from tracker.labels import speaking
from tracker.labels.ecodesign import ecodesign_reading

RECORDS = [
    EcodesignRecord(service(1), (assessed(30, 60, published=date(2025, 7, 1)),), (measure(900), measure(500, "/b"))),
    EcodesignRecord(service(2), (assessed(15, 60),), (measure(900, on=date(2024, 5, 1)),)),
    EcodesignRecord(service(3)),
]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


def test_the_review_says_the_year_in_a_few_sentences():
    lines = [line(RGESN, one, END) for one in RECORDS]
    with speaking("fr"):
        told = plain(ecodesign_reading(lines, 2025))
        assert "2 services en ligne sur 3 avaient une auto-évaluation selon le RGESN arrêtée fin 2025." in told
        assert "En moyenne, 37,5 % des critères applicables y sont conformes." in told
        assert "1 avait une déclaration d'écoconception en vigueur." in told
        assert "Service 1 : 2 pages" in told
        assert "Service 2 :" not in told  # its pages are those of another year
        assert plain(ecodesign_reading([], 2025)) == "Aucun service numérique n'était enregistré en ligne en 2025."


def test_the_table_of_services_says_what_is_known_and_leaves_the_rest_empty():
    rows = services_csv([line(RGESN, one, END) for one in RECORDS]).decode("utf-8-sig").splitlines()
    assert rows[1].startswith("1;Service 1;2025-06-01;30;60;50;")
    assert rows[3] == "3;Service 3;;;;;;non;;;;;;;;;"
