"""The entry grid: saving with and without JavaScript, bad input, stale edits; nothing typed is lost."""

from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from tests.screens.conftest import Browser
from tests.screens.lint import lint, words
from tests.screens.test_every_page import counts
from tracker.domain.vocabulary import Role
from tracker.services import records
from tracker.store.queries import indicators, measurements, organisations
from tracker.store.session import Database

GRID = "/marseille/saisie/2025"
JSON = {"Accept": "application/json"}


def row(code: str, value: str = "", precision: str = "", comment: str = "", revision: str = "0", **more: str):
    fields = {"value": value, "precision": precision, "comment": comment, "revision": revision, **more}
    return {f"{code}-{name}": text for name, text in fields.items()}


def stored(store: Database, code: str = "SOB-06", slug: str = "marseille", year: int = 2025):
    with store.reading() as session:
        organisation, indicator = organisations.by_slug(session, slug), indicators.by_code(session, code)
        assert organisation
        assert indicator
        found = measurements.current(session, organisation.id, indicator.id, year)
        return records.reading(found) if found else None


def field(tree: Element, name: str) -> Element:
    found = tree.find(f".//input[@name='{name}']")
    assert found is not None, name
    return found


def problem(tree: Element, identity: str) -> str:
    found = tree.find(f".//p[@id='{identity}-problem']")
    assert found is not None, identity
    return words(found)


def test_the_agent_saves_a_value_without_javascript(agent: Browser, store: Database):
    answer = agent.send(GRID, row("SOB-06", "5,4", "measured", "inventaire"))
    assert answer.status_code == 302
    tree = agent.page(answer.location)
    assert "1 valeur enregistrée à" in words(tree)
    saved = stored(store)
    assert saved
    assert (saved.value, saved.quality, saved.comment, saved.revision) == (Decimal("5.4"), "measured", "inventaire", 1)
    assert saved.author == "Alix Agent (fictif)"


def test_the_agent_saves_a_value_with_javascript(agent: Browser, store: Database):
    answer = agent.send(GRID, row("SOB-06", "5,4"), headers=JSON)
    assert answer.json == {"saved": [{"code": "SOB-06", "revision": 1}], "message": answer.json["message"]}
    assert answer.json["message"].startswith("1 valeur enregistrée à ")
    saved = stored(store)
    assert saved
    assert saved.value == Decimal("5.4")


def test_saving_twice_changes_nothing_and_says_so(agent: Browser, store: Database):
    agent.send(GRID, row("SOB-06", "5,4"))
    before = counts(store)
    answer = agent.send(GRID, row("SOB-06", "5,40", revision="1"), headers=JSON)
    assert answer.json == {"saved": [], "message": "Aucune modification."}
    assert counts(store) == before


def test_an_untouched_page_sent_as_it_is_changes_nothing(referent: Browser, store: Database):
    tree = referent.page("/demonstration/saisie/2025")
    data: dict[str, Any] = {str(node.get("name")): node.get("value") or "" for node in tree.iter("input")}
    for select in tree.iter("select"):
        chosen = [option for option in select.iter("option") if option.get("selected") is not None]
        data[str(select.get("name"))] = chosen[0].get("value") if chosen else ""
    before = counts(store)
    answer = referent.post("/demonstration/saisie/2025", data=data)
    assert answer.status_code == 302
    assert "Aucune modification." in referent.get(answer.location).text
    assert counts(store) == before


def test_a_reason_for_no_value_is_stored_as_such_and_never_as_zero(agent: Browser, store: Database):
    agent.send(GRID, row("SOB-06", "", "not_available"))
    saved = stored(store)
    assert saved
    assert (saved.value, saved.absence) == (None, "not_available")
    assert "non disponible" in words(agent.page("/marseille/indicateurs/SOB-06"))


BAD = {
    "abc": "n’est pas un nombre",
    "NaN": "n’est pas un nombre",
    "Infinity": "n’est pas un nombre",
    "1e400": "n’est pas un nombre",
    "1.234": "se lit de deux façons",
    "12 %": "n’est pas un nombre",
    "-1": "est impossible ici",
    "1234567890123456": "trop de chiffres",
}


@pytest.mark.parametrize("typed", list(BAD))
def test_bad_input_gets_a_sentence_at_its_field_and_loses_nothing(agent: Browser, store: Database, typed: str):
    before = counts(store)
    answer = agent.send(GRID, row("SOB-06", typed, comment="à garder") | row("SOB-07", "3,1"))
    assert answer.status_code == 422
    tree = lint(GRID, answer.text)
    assert BAD[typed] in problem(tree, "SOB-06-value")
    assert field(tree, "SOB-06-value").get("value") == typed
    assert field(tree, "SOB-06-value").get("aria-invalid") == "true"
    assert field(tree, "SOB-06-comment").get("value") == "à garder"
    assert field(tree, "SOB-07-value").get("value") == "3,1"
    assert counts(store) == before
    told = agent.send(GRID, row("SOB-06", typed), headers=JSON)
    assert told.status_code == 422
    assert told.json["problems"][0]["field"] == "SOB-06-value"
    assert counts(store) == before


def test_a_value_and_a_reason_for_none_do_not_go_together(agent: Browser, store: Database):
    answer = agent.send(GRID, row("SOB-06", "5,4", "not_measured"))
    assert answer.status_code == 422
    assert "ne vont pas ensemble" in problem(lint(GRID, answer.text), "SOB-06-precision")
    assert stored(store) is None


def test_an_emptied_value_is_not_erased(agent: Browser, store: Database):
    agent.send(GRID, row("SOB-06", "5,4"))
    answer = agent.send(GRID, row("SOB-06", "", revision="1"))
    assert answer.status_code == 422
    assert "ne s’efface pas" in problem(lint(GRID, answer.text), "SOB-06-value")
    saved = stored(store)
    assert saved
    assert saved.value == Decimal("5.4")


@pytest.mark.parametrize("year", ["1999", "2027", "3000", "0", "99999999999999999999", "-1", "abc"])
def test_a_year_that_cannot_be_has_no_page_and_takes_nothing(agent: Browser, store: Database, year: str):
    before = counts(store)
    assert agent.get(f"/marseille/saisie/{year}").status_code == 404
    answer = agent.send(f"/marseille/saisie/{year}", row("SOB-06", "5,4"))
    assert answer.status_code == 404
    assert "Rien n’a été modifié" in answer.text
    assert agent.get(f"/marseille/?annee={year}").status_code == 404
    assert counts(store) == before


def test_a_missing_or_foreign_token_writes_nothing(agent: Browser, elu: Browser, store: Database):
    before = counts(store)
    assert agent.post(GRID, data=row("SOB-06", "5,4")).status_code == 400
    assert agent.post(GRID, data=row("SOB-06", "5,4") | {"csrf_token": elu.token()}).status_code == 400
    assert counts(store) == before


def two(app: Flask) -> tuple[Browser, Browser]:
    first, second = app.test_client(), app.test_client()
    assert isinstance(first, Browser)
    assert isinstance(second, Browser)
    return first.sign_in(Role.AGENT), second.sign_in(Role.REFERENT)


def test_a_stale_edit_answers_409_with_both_values_and_overwrites_nothing(app: Flask, store: Database):
    first, second = two(app)
    first.send(GRID, row("SOB-06", "5,4"))
    answer = second.send(GRID, row("SOB-06", "5,2"))
    assert answer.status_code == 409
    tree = lint(GRID, answer.text)
    told = problem(tree, "SOB-06-value")
    assert "Alix Agent (fictif) a enregistré 5,4" in told
    assert "Votre saisie : 5,2" in told
    assert field(tree, "SOB-06-value").get("value") == "5,2"
    assert field(tree, "SOB-06-revision").get("value") == "1"
    saved = stored(store)
    assert saved
    assert (saved.value, saved.revision) == (Decimal("5.4"), 1)


@pytest.mark.parametrize(("keep", "value", "revision"), [("mine", "5.2", 2), ("theirs", "5.4", 1)])
def test_after_a_conflict_either_value_can_be_kept(app: Flask, store: Database, keep, value, revision):
    first, second = two(app)
    first.send(GRID, row("SOB-06", "5,4"))
    second.send(GRID, row("SOB-06", "5,2"))
    answer = second.send(GRID, row("SOB-06", "5,2", revision="0", keep=keep))
    assert answer.status_code == 302
    saved = stored(store)
    assert saved
    assert (saved.value, saved.revision) == (Decimal(value), revision)


def test_a_stale_edit_by_script_says_what_is_stored(app: Flask):
    first, second = two(app)
    first.send(GRID, row("SOB-06", "5,4", "estimated"))
    answer = second.send(GRID, row("SOB-06", "5,2"), headers=JSON)
    assert answer.status_code == 409
    assert answer.json["is_conflict"] is True
    assert answer.json["current"]["SOB-06"]["value"] == "5,4"
    assert answer.json["current"]["SOB-06"]["precision"] == "estimated"


def test_numerator_and_denominator_give_the_value(agent: Browser, store: Database):
    address = "/marseille/saisie/2025/SOB-06"
    answer = agent.send(address, row("SOB-06", numerator="1 620", denominator="300", coverage="92 %", source="GLPI"))
    assert answer.status_code == 302
    saved = stored(store)
    assert saved
    assert (saved.value, saved.numerator, saved.denominator) == (Decimal("5.4"), Decimal(1620), Decimal(300))
    assert (saved.coverage, saved.source) == (Decimal(92), "GLPI")
    wrong = agent.send(address, row("SOB-06", "7", numerator="1620", denominator="300", revision="1"))
    assert wrong.status_code == 422
    assert "ne correspond pas au rapport calculé (5,4)" in problem(lint(address, wrong.text), "SOB-06-value")


def test_the_missing_come_first_and_only_what_is_the_visitors(agent: Browser, referent: Browser):
    tree = referent.page("/demonstration/saisie/2025")
    values = [node.get("value") for node in tree.iter("input") if str(node.get("name")).endswith("-value")]
    assert values.index(next(filter(None, values))) == 3
    assert not any(values[:3])
    assert "Il reste 3 relevés à saisir sur 29" in words(tree)
    own = agent.page("/demonstration/saisie/2025")
    assert len(list(own.iter("input"))) < len(list(tree.iter("input")))


def test_what_is_typed_is_shown_as_text_and_runs_nowhere(agent: Browser, elu: Browser):
    hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> {{ 7*7 }}"
    assert agent.send(GRID, row("SOB-06", "5,4", comment=hostile)).status_code == 302
    for address in (GRID, "/marseille/saisie/2025/SOB-06"):
        tree = agent.page(address)
        assert not tree.findall(".//img")
    for address in ("/marseille/indicateurs/SOB-06", "/marseille/journal"):
        tree = elu.page(address)
        assert not tree.findall(".//img")
        assert "{{ 7*7 }}" in words(tree)


def test_a_correction_keeps_the_past_and_the_journal_tells_both(agent: Browser, elu: Browser):
    agent.send(GRID, row("SOB-06", "5,4"))
    agent.send(GRID, row("SOB-06", "5,5", revision="1"))
    page = words(elu.page("/marseille/indicateurs/SOB-06"))
    assert "révision 1 : 5,4 ans" in page
    assert "révision 2 : 5,5 ans" in page
    lines = [words(line) for line in elu.page("/marseille/journal").iter("tr")]
    assert "Valeur corrigée, SOB-06, 2025 5,4 5,5" in lines[1]
    assert "Valeur saisie, SOB-06, 2025" in lines[2]


def test_in_english_a_comma_before_three_digits_is_refused_as_ambiguous(agent: Browser, store: Database):
    agent.get("/?langue=en")
    answer = agent.send("/demonstration/saisie/2025", row("SOB-01", "1,905", revision="1"))
    assert answer.status_code == 422
    saved = stored(store, "SOB-01", "demonstration")
    assert saved
    assert saved.value == Decimal(1780)


def test_a_closed_session_says_so_to_the_script_and_saves_nothing(browser: Browser, store: Database):
    token = browser.token("/connexion")
    answer = browser.post(GRID, data=row("SOB-06", "5,4") | {"csrf_token": token}, headers=JSON)
    assert answer.status_code == 401
    assert "Votre session est fermée" in answer.json["message"]
    assert stored(store) is None


def test_the_journal_says_what_changed_beside_the_value(agent: Browser, elu: Browser):
    agent.send(GRID, row("SOB-06", "5,4"))
    agent.send(GRID, row("SOB-06", "5,4", "estimated", revision="1"))
    line = words(list(elu.page("/marseille/journal").iter("tr"))[1])
    assert "Valeur corrigée, SOB-06, 2025 qualité : – qualité : estimé" in line


def test_months_typed_for_years_are_refused(agent: Browser, store: Database):
    answer = agent.send(GRID, row("SOB-06", "65"))
    assert answer.status_code == 422
    assert "le maximum est 30" in problem(lint(GRID, answer.text), "SOB-06-value")
