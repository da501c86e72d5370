"""The REEN review says what was planned, spent and joined, beside what was promised."""

from xml.etree.ElementTree import Element

import pytest

from tests.conftest import TODAY
from tests.screens.conftest import Browser
from tests.screens.lint import words
from tracker.services.means import costs
from tracker.services.portfolio import portfolio
from tracker.store.queries import organisations
from tracker.store.session import Database


def section(page: Element, code: str) -> str:
    """Give the words of a section of the report, up to the next one."""
    article = next(one for one in page.iter("article") if "report" in one.get("class", ""))
    told, inside = [], False
    for part in article:
        if part.tag == "h2":
            inside = part.get("id") == code
        elif inside:
            told.append(words(part))
    assert told, code
    return " ".join(told).replace("\u202f", " ").replace("\u00a0", " ")


def test_the_plan_of_the_year_is_reviewed_and_the_next_one_announced(elu: Browser):
    told = section(elu.page("/demonstration/rapport/2024"), "plan")
    assert "Bilan du plan d’actions 2024" in told
    assert "A2024-01" in told
    assert "reportée" in told
    assert "reprise de A2024-" in told
    assert told.index("Plan d’actions 2025") < told.index("Échéances votées de 2024")


def test_a_year_without_plan_says_so(elu: Browser):
    told = section(elu.page("/marseille/rapport/2025"), "plan")
    assert "Aucun plan d’actions 2025 n’est enregistré." in told
    assert "Aucun plan d’actions 2026 n’est enregistré." in told


def test_the_means_of_the_review_are_those_of_the_means_page_and_mix_no_tax_regime(elu: Browser):
    of_report = section(elu.page("/demonstration/rapport/2025"), "means")
    of_page = words(elu.page("/demonstration/moyens?annee=2025")).replace("\u202f", " ").replace("\u00a0", " ")
    lead = of_report[: of_report.index("Sobriété")].strip()
    assert lead.startswith("Prévu ou décidé")
    assert lead in of_page
    assert "TTC" in lead
    assert "HT" in lead.replace("TTC", "")


def test_a_fee_stands_once_in_the_review(elu: Browser, store: Database):
    """The finding that paid it and the membership that it pays for are the same money."""
    page = elu.page("/amp/rapport/2025")
    means = section(page, "means")
    assert means.count("4 000 €") == 2  # the whole, then its axis
    assert "7 600" not in means
    with store.reading() as session:
        home = organisations.by_slug(session, "amp")
        assert home is not None
        known = [one for one in costs(session, home, portfolio(session, home), TODAY) if one.year == 2025]
        assert len(known) == 2
    fees = section(page, "memberships")
    assert "4 000 € TTC" in fees
    assert "3 600 € (régime de taxe non précisé)" in fees


@pytest.mark.parametrize("year", [2024, 2025])
def test_a_year_that_no_text_tells_is_unknown_and_no_lapse(elu: Browser, year: int):
    told = section(elu.page(f"/amp/rapport/{year}"), "memberships")
    assert "Ce qu’aucun texte ne dit reste inconnu" in told
    if year == 2025:
        assert told.count("montant inconnu") == 2
        assert told.count("31 décembre 2025") == 2


def test_the_review_tells_the_accessibility_of_its_year_and_what_nobody_recorded(elu: Browser):
    told = section(elu.page("/demonstration/rapport/2025"), "accessibility")
    assert "2 services en ligne sur 7 ont une déclaration en cours de validité." in told
    assert "Schéma pluriannuel d’accessibilité 2024-2026." in told
    assert "Plan d’accessibilité 2025. Actions : 2 ; faites : 1." in told
    assert "2 réclamations reçues en 2025. 2 avec une réponse, en 7,5 jours en moyenne." in told
    assert "1 réclamation a attendu plus d’une semaine." in told
    assert "Aucune déclaration, aucun schéma" in section(elu.page("/marseille/rapport/2025"), "accessibility")


def test_the_schema_of_the_report_is_public_kept_by_caches_and_open_to_programs(browser: Browser):
    answer = browser.get("/schemas/rapport-1.json")
    assert answer.status_code == 200
    assert answer.mimetype == "application/json"
    assert answer.json["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"].startswith("public, max-age=")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    again = browser.get("/schemas/rapport-1.json", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_the_duties_say_their_text_their_state_and_what_is_to_be_checked(elu: Browser):
    told = section(elu.page("/demonstration/rapport/2025"), "duties")
    assert "Loi AGEC art. 58, décret 2024-134" in told
    assert "22,4 % ; seuil atteint ; seuil 20 %" in told
    assert "promulgation non établie) : à dire par la collectivité, texte à vérifier" in told
    assert "plan d’actions annuel publiés (Loi 2005-102 art. 47, décret 2019-768) : voir « Accessibilité »" in told
    assert "pas encore applicable" in section(elu.page("/demonstration/rapport/2024"), "duties")


def test_what_nobody_knows_of_is_told_in_one_sentence_and_what_is_known_before_it(elu: Browser):
    told = section(elu.page("/amp/rapport/2025"), "objectives")
    assert "Aucun relevé ni constat" not in told
    known, quiet = (
        told.index("Adoption de la démarche cadre"),
        told.index("Réemploi de tous les équipements numériques"),
    )
    assert known < told.index("2 sans valeur ni constat pour 2025 :") < quiet
    assert "–" not in told
