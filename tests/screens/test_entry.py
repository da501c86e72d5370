"""The entry grid: saving with and without JavaScript, bad input, stale edits; nothing typed is lost."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from tests.conftest import PASSWORD
from tests.screens.conftest import Browser
from tests.screens.lint import lint, words
from tests.screens.test_every_page import counts
from tracker.domain.vocabulary import Role
from tracker.services import measurements as values
from tracker.services import records
from tracker.store.models import Campaign, Department, Reopening
from tracker.store.queries import accounts, campaigns, indicators, measurements, organisations
from tracker.store.session import Database

GRID = "/marseille/saisie/2025"
JSON = {"Accept": "application/json"}


def row(code: str, value: str = "", precision: str = "", comment: str = "", revision: str = "0", **more: str):
    fields = {"value": value, "precision": precision, "comment": comment, "revision": revision, **more}
    return {f"{code}-{name}": text for name, text in fields.items()}


def stored(store: Database, code: str = "SOB-06", slug: str = "marseille", year: int = 2025):
    with store.reading() as session:
        organisation, indicator = (
            organisations.by_slug(session, slug),
            next(row for row in indicators.everything(session) if row.code == code),
        )
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
    assert answer.json["saved"] == [{"code": "SOB-06", "revision": 1}]
    assert answer.json["rows"]["SOB-06"]["fields"]["value"] == "5,4"
    assert "62\u00a0relevés à saisir sur 63" in answer.json["lead"]
    assert answer.json["message"].startswith("1\u00a0valeur enregistrée à ")
    saved = stored(store)
    assert saved
    assert saved.value == Decimal("5.4")


def test_saving_twice_changes_nothing_and_says_so(agent: Browser, store: Database):
    agent.send(GRID, row("SOB-06", "5,4"))
    before = counts(store)
    answer = agent.send(GRID, row("SOB-06", "5,40", revision="1"), headers=JSON)
    assert (answer.json["saved"], answer.json["message"]) == ([], "Aucune modification.")
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
    "12 %": "ne se compte pas en %",
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
    assert tree.findtext(".//textarea[@name='SOB-06-comment']") == "à garder"
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
    assert "Alix Agent (fictif) a enregistré 5,4 le 22 nov. 2026 à 10:00" in told
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
    tree = referent.page("/demonstration/saisie/2022?axe=governance")
    shown = [node.get("value") for node in tree.iter("input") if str(node.get("name")).endswith("-value")]
    assert "" in shown
    assert shown == sorted(shown, key=bool)
    assert f"Il reste {shown.count('')} relevé" in words(tree)
    agent.page("/demonstration/saisie/2022")
    assert {code for code, _ in listed(agent)} < {code for code, _ in listed(referent)}


def listed(browser: Browser, query: str = "", year: int = 2022, slug: str = "demonstration"):
    """Give every row as the script gets it: its code and its HTML."""
    answer = browser.get(f"/{slug}/saisie/{year}.json{query}", headers=JSON)
    return [(one["code"], one["html"]) for one in answer.json["rows"]]


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


# By department: the demonstration has six

BY_DEPARTMENT = "/demonstration/saisie/2026/SOB-06"
DEPARTMENTS = ("DGS", "DSI", "DRH", "DAC", "DRU", "DCOM")


def by_department(code: str = "SOB-06", revision: str = "0", total: str = "", **parts: tuple[str, str] | str):
    """Give what a browser sends from the page of one value: every field that it shows, most of them blank."""
    names = ("value",) if code == "SOB-05" else ("numerator", "denominator")
    sent = {f"{code}-part-{department}-{name}": "" for department in DEPARTMENTS for name in names}
    for department, typed in parts.items():
        given = (typed,) if isinstance(typed, str) else typed
        sent |= {f"{code}-part-{department}-{name}": text for name, text in zip(names, given, strict=True)}
    terms = {} if code == "SOB-05" else {"numerator": "", "denominator": ""}
    return row(code, total, revision=revision, coverage="", source="", **terms) | sent


def revisions(store: Database, code: str = "SOB-06"):
    with store.reading() as session:
        organisation = organisations.by_slug(session, "demonstration")
        indicator = next(row for row in indicators.everything(session) if row.code == code)
        assert organisation
        found = measurements.revisions(session, organisation.id, indicator.id, 2026)
        return values.with_parts(session, found)


def is_open(tree: Element) -> bool:
    found = tree.find(".//details")
    assert found is not None
    return found.get("open") is not None


def test_the_departments_of_a_value_are_typed_without_javascript_and_shown_again(referent: Browser, store: Database):
    tree = referent.page(BY_DEPARTMENT)
    assert not is_open(tree)
    assert "services sur" not in words(tree)
    sent = by_department(DSI=("1 620", "300"), DRH=("110", "20"), DCOM=("0", "0"))
    answer = referent.send(BY_DEPARTMENT, sent)
    assert answer.status_code == 302
    tree = referent.page(answer.location)
    assert is_open(tree)
    told = words(tree)
    assert "3 services sur 6" in told
    assert "Total enregistré : 5,4 ans." in told
    assert "Somme des numérateurs : 1 730 ; des dénominateurs : 320." in told
    assert field(tree, "SOB-06-part-DSI-numerator").get("value") == "1620"
    assert field(tree, "SOB-06-part-DGS-numerator").get("value") == ""
    assert [field(tree, f"SOB-06-{name}").get("value") for name in ("value", "numerator", "denominator")] == [""] * 3
    (saved,) = revisions(store)
    assert (saved.value, [part.department for part in saved.parts]) == (Decimal("5.40625"), ["DSI", "DRH", "DCOM"])


def test_the_page_by_department_sent_as_it_is_changes_nothing(referent: Browser, store: Database):
    referent.send(BY_DEPARTMENT, by_department(DSI=("1 620", "300"), DRH=("110,5", "20")))
    tree = referent.page(BY_DEPARTMENT)
    shown: dict[str, Any] = {str(node.get("name")): node.get("value") or "" for node in tree.iter("input")}
    before = counts(store)
    answer = referent.post(BY_DEPARTMENT, data=shown | {"SOB-06-precision": "", "SOB-06-comment": ""})
    assert answer.status_code == 302
    assert "Aucune modification." in referent.get(answer.location).text
    assert counts(store) == before


def test_a_refused_breakdown_keeps_every_typed_part_and_says_what_is_wrong_at_its_field(
    referent: Browser, store: Database
):
    before = counts(store)
    sent = by_department(DGS=("douze", "3"), DSI=("1 620", ""), DRH=("110", "20"), DAC=("-4", "2"))
    answer = referent.send(BY_DEPARTMENT, sent)
    assert answer.status_code == 422
    tree = lint(BY_DEPARTMENT, answer.text)
    assert is_open(tree)
    for name, typed in sent.items():
        if "-part-" in name:
            assert field(tree, name).get("value") == typed
    assert "n’est pas un nombre" in problem(tree, "SOB-06-part-DGS-numerator")
    assert "il manque l’un des deux" in problem(tree, "SOB-06-part-DSI-denominator")
    assert "ne peut pas être négatif" in problem(tree, "SOB-06-part-DAC-numerator")
    invalid = field(tree, "SOB-06-part-DSI-denominator")
    assert (invalid.get("aria-invalid"), invalid.get("aria-describedby")) == (
        "true",
        "SOB-06-part-DSI-denominator-problem",
    )
    assert counts(store) == before


def test_a_total_that_differs_from_the_departments_is_refused_at_its_field(referent: Browser, store: Database):
    sent = by_department("SOB-05", total="1 200", DGS="100", DSI="1 000,5")
    address = "/demonstration/saisie/2026/SOB-05"
    answer = referent.send(address, sent)
    assert answer.status_code == 422
    tree = lint(address, answer.text)
    told = problem(tree, "SOB-05-value")
    assert "Le total saisi (1 200) n’est pas celui des services (1 100,5)" in told
    assert field(tree, "SOB-05-part-DSI-value").get("value") == "1 000,5"
    assert revisions(store, "SOB-05") == []
    assert referent.send(address, sent | {"SOB-05-value": "1 100,5"}).status_code == 302
    assert revisions(store, "SOB-05")[0].value == Decimal("1100.5")


def test_the_history_keeps_the_parts_of_older_revisions_and_the_journal_tells_them(
    referent: Browser, elu: Browser, store: Database
):
    address = "/demonstration/saisie/2026/SOB-05"
    referent.send(address, by_department("SOB-05", DGS="100", DSI="1000"))
    referent.send(address, by_department("SOB-05", "1", DGS="200", DSI="900"))
    referent.send(address, by_department("SOB-05", "2", total="1100"))
    assert [[part.value for part in one.parts] for one in revisions(store, "SOB-05")] == [[], [200, 900], [100, 1000]]
    assert not is_open(referent.page(address))
    lines = [words(line) for line in elu.page("/demonstration/journal").iter("tr")]
    before, after = "valeur : 1 100, par service : DGS 200, DSI 900", "valeur : 1 100, par service : DGS 100, DSI 1 000"
    assert f"Valeur corrigée, SOB-05, 2026 {before} 1 100" in lines[1]
    assert f"{after} {before}" in lines[2]


def test_a_value_that_does_not_add_up_is_not_asked_by_department(referent: Browser, store: Database):
    with store.reading() as session:
        latest = {row.code for row in indicators.everything(session) if row.aggregation == "latest"}
    tree = referent.page("/demonstration/saisie/2026")
    codes = {str(node.get("name")).removesuffix("-revision") for node in tree.iter("input")} & latest
    assert codes
    for code in codes:
        assert referent.page(f"/demonstration/saisie/2026/{code}").find(".//details") is None


def test_a_page_by_department_stays_light_with_eight_of_them(referent: Browser, store: Database):
    with store.transaction() as session:
        organisation = organisations.by_slug(session, "demonstration")
        assert organisation
        for number in (7, 8):
            name = f"Direction n° {number} de l'entretien"
            session.add(Department(organisation_id=organisation.id, position=number, code=f"D{number}", name=name))
    tree = referent.page(BY_DEPARTMENT)
    assert len([node for node in tree.iter("input") if "-part-" in str(node.get("name"))]) == 16
    assert len(list(tree.iter())) <= 300


def test_what_is_typed_for_a_department_is_shown_as_text(referent: Browser):
    hostile = '"><script>alert(1)</script>'
    answer = referent.send(BY_DEPARTMENT, by_department(DSI=(hostile, "3")))
    assert answer.status_code == 422
    assert "<script>alert" not in answer.text
    assert field(lint(BY_DEPARTMENT, answer.text), "SOB-06-part-DSI-numerator").get("value") == hostile


def test_of_two_breakdowns_typed_at_once_the_second_is_a_conflict(app: Flask, store: Database):
    first, second = two(app)
    first.send(BY_DEPARTMENT, by_department(DSI=("1620", "300")))
    answer = second.send(BY_DEPARTMENT, by_department(DSI=("1600", "320")))
    assert answer.status_code == 409
    tree = lint(BY_DEPARTMENT, answer.text)
    told = problem(tree, "SOB-06-value")
    assert "Alix Agent (fictif) a enregistré 5,4" in told
    assert "Votre saisie : 5" in told
    assert field(tree, "SOB-06-part-DSI-denominator").get("value") == "320"
    kept = by_department(revision="1", DSI=("1600", "320")) | {"SOB-06-keep": "mine"}
    assert second.send(BY_DEPARTMENT, kept).status_code == 302
    assert [one.denominator for one in revisions(store)] == [320, 300]


def test_a_computed_value_says_that_it_is_computed_and_not_that_a_role_forbids_it(agent: Browser):
    answer = agent.get("/demonstration/saisie/2025/SOB-18")
    assert answer.status_code == 403
    assert "Cette valeur est calculée par une formule" in answer.text


# The campaign of the year


def campaign(store: Database, *, due: date = date(2026, 12, 4), is_closed: bool = False, year: int = 2021) -> None:
    """Open a campaign in the demonstration, and close it if asked."""
    with store.transaction() as session:
        organisation = organisations.by_slug(session, "demonstration")
        assert organisation
        now = datetime.now(UTC)
        session.add(
            Campaign(
                organisation_id=organisation.id,
                year=year,
                due_on=due,
                opened_at=now - timedelta(days=1),
                opened_by="test",
                closed_at=now if is_closed else None,
            )
        )


def reopen(store: Database, code: str, until: date) -> None:
    """Give one indicator of 2021 back to the agent."""
    with store.transaction() as session:
        organisation = organisations.by_slug(session, "demonstration")
        account = accounts.by_email(session, "agent@demonstration.example")
        assert organisation
        assert account
        found = campaigns.by_year(session, organisation.id, 2021)
        indicator = next(one for one in indicators.everything(session) if one.code == code)
        assert found
        session.add(
            Reopening(
                campaign_id=found.id,
                indicator_id=indicator.id,
                account_id=account.id,
                until=until,
                reason="Erreur signalée",
                author="test",
                recorded_at=datetime.now(UTC),
            )
        )


TOWN = "/demonstration/saisie/2021"
SUBMIT = f"{TOWN}/soumission"


def whole(browser: Browser, code: str, value: str, precision: str = "measured", comment: str = "", year: int = 2021):
    """Type a value over the revision that the page shows."""
    tree = browser.page(f"/demonstration/saisie/{year}/{code}")
    seen = field(tree, f"{code}-revision").get("value") or "0"
    answer = browser.send(f"/demonstration/saisie/{year}", row(code, value, precision, comment, seen), headers=JSON)
    assert answer.status_code == 200, answer.text
    return answer.json


def test_without_a_campaign_nothing_of_it_is_shown(agent: Browser):
    told = words(agent.page("/marseille/saisie/2021"))
    assert "Campagne 2021" not in told
    assert "Soumettre" not in told
    assert agent.send("/marseille/saisie/2021/soumission", {}).status_code == 404


def test_the_grid_says_until_when_and_how_many_are_left(agent: Browser, store: Database):
    campaign(store)
    told = words(agent.page(TOWN))
    assert "Campagne 2021 : à soumettre jusqu’au 4 décembre 2026, dans 12 jours." in told
    assert "relevés saisis sont à soumettre." in told
    assert "brouillon" in told


def test_what_is_late_says_since_when(agent: Browser, store: Database):
    campaign(store, due=date(2026, 2, 27))
    told = words(agent.page(TOWN))
    assert "Campagne 2021 : en retard depuis le 27 février 2026." in told
    assert "brouillon, en retard depuis le 27 février 2026" in told


def test_submitting_sends_what_is_sound_and_shows_what_is_odd_or_lacks_a_comment(agent: Browser, store: Database):
    campaign(store)
    whole(agent, "SOB-01", "12")  # far below every year before
    whole(agent, "SOB-05", "4000", "estimated")
    answer = agent.send(SUBMIT, {})
    assert answer.status_code == 200
    tree = lint(SUBMIT, answer.text)
    told = words(tree)
    assert "relevés sont soumis." in told
    assert "Empreinte carbone annuelle du numérique" in told
    assert "fois plus petite" in told or "un écart de" in told
    assert "Une estimation se commente" in told
    assert field(tree, "looked").get("value") == "SOB-01"
    assert field(tree, "SOB-05-revision").get("value") == str(stored(store, "SOB-05", "demonstration", 2021).revision)


def test_what_was_held_back_goes_once_looked_at_and_commented(agent: Browser, store: Database):
    campaign(store)
    whole(agent, "SOB-01", "12", comment="Périmètre réduit")
    whole(agent, "SOB-05", "4000", "estimated")
    tree = lint(SUBMIT, agent.send(SUBMIT, {}).text)
    looked = [node.get("value") for node in tree.iter("input") if node.get("name") == "looked"]
    asked = [str(node.get("name")) for node in tree.iter("textarea")]
    assert "SOB-01" in looked
    assert "SOB-05-comment" in asked
    seen = {str(node.get("name")): node.get("value") for node in tree.iter("input") if node.get("type") == "hidden"}
    answer = agent.send(SUBMIT, seen | {"looked": looked} | dict.fromkeys(asked, "Par les factures"))
    assert answer.status_code == 302
    assert "relevés soumis." in words(agent.page(answer.location))
    kept = stored(store, "SOB-05", "demonstration", 2021)
    assert kept
    assert (kept.value, kept.quality, kept.comment) == (Decimal(4000), "estimated", "Par les factures")
    rows = dict(listed(agent, year=2021))
    assert "soumise" in rows["SOB-01"]
    assert "soumise" in rows["SOB-05"]


def test_a_comment_for_a_value_that_changed_meanwhile_is_refused_and_kept_on_the_page(
    agent: Browser, referent: Browser, store: Database
):
    campaign(store)
    saved = whole(agent, "SOB-05", "4000", "estimated")
    whole(referent, "SOB-05", "4100", "estimated")
    before = counts(store)
    revision = str(saved["rows"]["SOB-05"]["fields"]["revision"])
    answer = agent.send(SUBMIT, {"SOB-05-comment": "Par les factures", "SOB-05-revision": revision})
    assert answer.status_code == 409
    assert "Par les factures" in answer.text
    assert "a enregistré 4 100" in words(lint(SUBMIT, answer.text))
    assert counts(store) == before


def test_one_value_is_submitted_from_its_page(agent: Browser, store: Database):
    campaign(store)
    page = f"{TOWN}/SOB-01"
    assert "Soumettre ce relevé" in words(agent.page(page))
    answer = agent.send(SUBMIT, {"code": "SOB-01"})
    assert answer.location == page
    told = words(agent.page(page))
    assert "1 relevé soumis." in told
    assert "Son chemin dans la campagne" in told
    assert "soumise, Alix Agent (fictif)" in told
    assert "Soumettre ce relevé" not in told


@pytest.mark.parametrize("role", [Role.ELU, Role.ADMIN])
def test_who_enters_nothing_submits_and_undoes_nothing(browser: Browser, store: Database, role: Role):
    campaign(store)
    browser.sign_in(role)
    before = counts(store)
    assert browser.send(SUBMIT, {}).status_code == 403
    assert browser.send(f"{TOWN}/annulation", {"undo": "SOB-01:1"}).status_code == 403
    assert browser.send(f"{TOWN}/SOB-01/annulation", {"revision": "1"}).status_code == 403
    assert counts(store) == before


def test_an_agent_submits_and_undoes_only_what_is_theirs(agent: Browser, store: Database):
    campaign(store)
    before = counts(store)
    assert agent.send(SUBMIT, {"code": "GOV-07"}).status_code == 403
    assert agent.send(f"{TOWN}/annulation", {"undo": "GOV-07:1"}).status_code == 404
    assert agent.send(f"{TOWN}/GOV-07/annulation", {"revision": "1"}).status_code == 403
    assert counts(store) == before


def test_after_the_end_the_agent_reads_and_types_only_what_was_reopened(agent: Browser, store: Database):
    campaign(store, is_closed=True)
    reopen(store, "SOB-06", date(2026, 12, 1))
    tree = agent.page(TOWN)
    assert "les valeurs se lisent, elles ne se saisissent plus" in words(tree)
    assert "rouvert pour vous jusqu’au 1er décembre 2026" in words(tree)
    shown = {node.get("name") for node in tree.iter("input") if str(node.get("name")).endswith("-value")}
    assert shown == {"SOB-06-value"}
    assert "Corriger" not in words(agent.page(f"{TOWN}/SOB-01"))
    answer = agent.send(TOWN, row("SOB-01", "1999", revision="1"))
    assert answer.status_code == 422
    tree = lint(TOWN, answer.text)
    assert "La campagne 2021 est close" in problem(tree, "SOB-01-value")
    assert field(tree, "SOB-01-value").get("value") == "1999"


def test_the_lead_corrects_after_the_end_by_saying_why(referent: Browser, store: Database):
    campaign(store, is_closed=True)
    page = f"{TOWN}/SOB-01"
    tree = referent.page(page)
    assert "Pourquoi corrigez-vous ?" in words(tree)
    seen = field(tree, "SOB-01-revision").get("value") or ""
    sent = row("SOB-01", "1950", "calculated", revision=seen, coverage="", source="")
    answer = referent.send(page, sent)
    assert answer.status_code == 422
    assert "dites en une phrase pourquoi vous corrigez" in problem(lint(page, answer.text), "SOB-01-reason")
    answer = referent.send(page, sent | {"SOB-01-reason": "Facture retrouvée"})
    assert answer.status_code == 302
    assert "Facture retrouvée" in words(referent.page(page))
    assert stored(store, "SOB-01", "demonstration", 2021).revision == int(seen) + 1


def test_the_grid_of_a_closed_year_sends_nobody_to_submit(agent: Browser, store: Database):
    campaign(store)
    whole(agent, "SOB-05", "4000", "estimated")
    whole(agent, "SOB-06", "5,4", "estimated")
    assert "sont à soumettre" in words(agent.page(TOWN))
    with store.transaction() as session:
        organisation = organisations.by_slug(session, "demonstration")
        assert organisation
        found = campaigns.by_year(session, organisation.id, 2021)
        assert found
        found.closed_at = datetime.now(UTC)
    told = words(agent.page(TOWN))
    assert "à soumettre" not in told
    assert "à saisir" not in told
    assert "2 relevés n’ont jamais été validés et ne comptent pas." in told


def test_a_reopened_value_is_not_said_to_be_read_only(agent: Browser, store: Database):
    campaign(store, is_closed=True)
    reopen(store, "SOB-06", date(2026, 12, 1))
    told = words(agent.page(f"{TOWN}/SOB-06"))
    assert "Cet indicateur est rouvert pour vous" in told
    assert "elles ne se saisissent plus" not in told
    assert "elles ne se saisissent plus" in words(agent.page(f"{TOWN}/SOB-01"))


def test_a_submission_that_comes_after_the_end_is_answered_on_the_page_of_the_value(agent: Browser, store: Database):
    campaign(store)
    whole(agent, "SOB-05", "4000", "measured")
    with store.transaction() as session:
        organisation = organisations.by_slug(session, "demonstration")
        assert organisation
        found = campaigns.by_year(session, organisation.id, 2021)
        assert found
        found.closed_at = datetime.now(UTC)
    before = counts(store)
    answer = agent.send(SUBMIT, {"code": "SOB-05"})
    assert (answer.status_code, answer.location) == (302, f"{TOWN}/SOB-05")
    assert "La campagne 2021 est close. Le référent peut" in words(agent.page(answer.location))
    assert counts(store) == before


def test_undoing_what_cannot_be_undone_is_answered_on_a_page_that_goes_on(agent: Browser, store: Database):
    agent.send(GRID, row("SOB-06", "5,4") | row("SOB-07", "3"))
    agent.send(GRID, row("SOB-06", "5,6", revision="1"))
    before = counts(store)
    answer = agent.send(f"{GRID}/annulation", {"undo": ["SOB-07:1", "SOB-06:1"]})
    assert (answer.status_code, answer.location) == (302, GRID)
    assert "la valeur a changé depuis" in words(agent.page(GRID))
    answer = agent.send(f"{GRID}/annulation", {"undo": "SOB-06:1"})
    assert (answer.status_code, answer.location) == (302, f"{GRID}/SOB-06")
    told = agent.send(f"{GRID}/annulation", {"undo": "SOB-06:1"}, headers=JSON).json
    assert "la valeur a changé depuis" in told["message"]
    assert counts(store) == before


def test_who_is_in_conflict_with_their_own_other_window_is_told_so(agent: Browser):
    agent.send(GRID, row("SOB-06", "5,4"))
    answer = agent.send(GRID, row("SOB-06", "5,2"))
    assert answer.status_code == 409
    told = problem(lint(GRID, answer.text), "SOB-06-value")
    assert "vous avez enregistré 5,4 dans une autre fenêtre" in told
    assert "Alix" not in told
    assert "Garder l’autre" in answer.text
    page = f"{GRID}/SOB-06"
    sent = row("SOB-06", "5,2", coverage="", source="")
    assert "vous avez enregistré 5,4" in problem(lint(page, agent.send(page, sent).text), "SOB-06-value")
    told = agent.send(GRID, row("SOB-06", "5,2"), headers=JSON).json
    assert "dans une autre fenêtre" in told["problems"][0]["message"]
    assert told["is_conflict"] is True


# What readers are shown, beside what is typed

SLIP = "1\u202f198\u202f000"


def test_an_unvalidated_slip_of_the_year_before_is_neither_shown_nor_compared_with(agent: Browser):
    assert stored_text(agent, "/demonstration/saisie/2025/SOB-05", "SOB-05-value") == "1198000"
    tree = agent.page("/demonstration/saisie/2026?page=1")
    for address in ("/demonstration/saisie/2026.json", "/demonstration/saisie/2026/SOB-05"):
        told = agent.get(address, headers=JSON).text
        assert SLIP not in told.replace("\\u202f", "\u202f")
    assert "2025" in words(tree)
    assert "1 240" in words(agent.page("/demonstration/saisie/2026/SOB-05")).replace("\u202f", " ")
    saved = agent.send("/demonstration/saisie/2026", row("SOB-05", "1300", "measured"), headers=JSON)
    assert saved.status_code == 200
    assert saved.json["rows"]["SOB-05"]["notes"] == []


def stored_text(browser: Browser, address: str, name: str) -> str:
    return field(browser.page(address), name).get("value") or ""


def test_the_desk_says_which_published_value_a_waiting_one_would_replace(referent: Browser):
    tree = referent.page("/demonstration/validation/2025")
    told = next(words(one) for one in tree.iter("li") if "1 198 000" in words(one).replace("\u202f", " "))
    assert "publié aujourd’hui : 1 240 MWh" in told.replace("\u202f", " ").replace("\xa0", " ")
    assert words(tree).count("publié aujourd’hui") == 1, "the others are first values"


# Undoing


def test_the_last_save_is_undone_without_javascript_and_the_value_of_before_is_back(agent: Browser, store: Database):
    agent.send(GRID, row("SOB-06", "5,4"))
    agent.send(GRID, row("SOB-06", "5,5", revision="1"))
    page = f"{GRID}/SOB-06"
    assert "Annuler ma dernière saisie" in words(agent.page(page))
    answer = agent.send(f"{page}/annulation", {"revision": "2"})
    assert answer.status_code == 302
    assert "la valeur d’avant est revenue" in words(agent.page(answer.location))
    saved = stored(store)
    assert saved
    assert (saved.value, saved.revision) == (Decimal("5.4"), 3)


def test_what_somebody_changed_since_is_not_undone(app: Flask, store: Database):
    first, second = two(app)
    first.send(GRID, row("SOB-06", "5,4"))
    second.send(GRID, row("SOB-06", "5,5", revision="1"))
    before = counts(store)
    answer = first.send(f"{GRID}/SOB-06/annulation", {"revision": "1"})
    assert answer.status_code == 409
    assert "la valeur a changé depuis" in words(lint(GRID, answer.text))
    assert "Annuler ma dernière saisie" not in words(first.page(f"{GRID}/SOB-06"))
    assert counts(store) == before


@pytest.mark.parametrize("sent", ["SOB-06:1", "SOB-06", "RIEN:1", "", ":", "SOB-06:abc"])
def test_undoing_nothing_is_a_sentence_and_never_an_error(agent: Browser, store: Database, sent: str):
    before = counts(store)
    answer = agent.send(f"{GRID}/annulation", {"undo": sent}, headers=JSON)
    assert answer.status_code in {404, 422}
    assert answer.json["message"]
    assert counts(store) == before


def test_several_values_are_undone_at_once_by_the_script(agent: Browser, store: Database):
    agent.send(GRID, row("SOB-06", "5,4") | row("SOB-07", "3"), headers=JSON)
    answer = agent.send(f"{GRID}/annulation", {"undo": ["SOB-06:1", "SOB-07:1"]}, headers=JSON)
    assert "2\u00a0saisies annulées." in answer.json["message"]
    assert answer.json["rows"]["SOB-06"]["fields"] == {"revision": "0"}
    assert "63\u00a0relevés à saisir sur 63" in answer.json["lead"]


# What looks odd, ratios, filters


def test_an_odd_value_is_saved_and_told_with_the_way_to_it(referent: Browser, store: Database):
    seen = str(stored(store, "SOB-01", "demonstration", 2022).revision)
    answer = referent.send("/demonstration/saisie/2022", row("SOB-01", "12", "measured", revision=seen))
    assert answer.status_code == 302
    tree = referent.page(answer.location)
    notices = [node for node in tree.iter("p") if node.get("class") == "notice"]
    assert notices[1].find("a").get("href") == "/demonstration/saisie/2022/SOB-01"
    assert stored(store, "SOB-01", "demonstration", 2022).value == 12


def test_changed_terms_make_the_shown_value_anew(agent: Browser, store: Database):
    agent.send(GRID, row("SOB-06", numerator="1620", denominator="300"))
    answer = agent.send(GRID, row("SOB-06", "5,4", revision="1", numerator="1650", denominator="300"), headers=JSON)
    assert answer.json["rows"]["SOB-06"]["fields"]["value"] == "5,5"
    wrong = agent.send(GRID, row("SOB-06", "6", revision="2", numerator="1650", denominator="300"))
    assert wrong.status_code == 422


def test_a_word_of_the_list_is_read_as_its_code(agent: Browser, store: Database):
    agent.send(GRID, row("SOB-06", "5,4", "Estimé") | row("SOB-07", "", "Non disponible"))
    assert stored(store).quality == "estimated"
    assert stored(store, "SOB-07").absence == "not_available"


def test_the_filters_keep_what_is_mine_and_what_is_left(referent: Browser, agent: Browser):
    everything = listed(referent, year=2022)
    assert not listed(referent, "?qui=moi", year=2022)  # nothing is entrusted to the lead
    assert len(listed(agent, "?qui=moi", year=2022)) == len(listed(agent, year=2022))
    left = listed(referent, "?reste=oui", year=2022)
    assert 0 <= len(left) < len(everything)
    assert {code[:3] for code, _ in listed(referent, "?axe=sobriety", year=2022)} == {"SOB"}


def test_the_rows_of_the_script_are_those_of_the_page(agent: Browser):
    answer = agent.get(f"{GRID}.json", headers=JSON)
    assert len(answer.json["rows"]) == 63
    page = agent.get(GRID).text
    for one in answer.json["rows"][:15]:
        assert one["html"].strip() in page


# What is typed after the end of a session


def typed_too_late(browser: Browser, address: str, data: dict[str, str], account: str = "") -> Any:
    tree = browser.page(address)
    kept = {"typed_by": account or str(field(tree, "typed_by").get("value"))}
    browser.delete_cookie("session")
    return browser.post(address, data={**data, **kept, "csrf_token": "old"})


def sign_in_again(browser: Browser, page: str, email: str = "agent@demonstration.example"):
    tree = lint("/connexion", page)
    data = {name: str(field(tree, name).get("value")) for name in ("typed", "suite", "csrf_token")}
    return browser.post("/connexion", data=data | {"email": email, "password": PASSWORD})


@pytest.mark.parametrize("address", [GRID, f"{GRID}/SOB-06"])
def test_what_was_typed_is_shown_again_after_signing_in_and_saved_only_then(
    agent: Browser, store: Database, address: str
):
    sent = row("SOB-06", "5,4", comment="Un long commentaire, mot à mot")
    before = counts(store)
    answer = typed_too_late(agent, address, sent)
    assert answer.status_code == 401
    answer = sign_in_again(agent, answer.text)
    assert answer.status_code == 200
    tree = lint("/connexion", answer.text)
    assert "Un long commentaire, mot à mot" in words(tree)
    form = next(one for one in tree.iter("form") if one.get("action") == address)
    data = {str(node.get("name")): node.get("value") or "" for node in form.iter("input")}
    again = agent.post(address, data=data)
    assert again.status_code == 200
    assert counts(store) == before
    assert "relisez et enregistrez" in words(lint(address, again.text))
    assert 'value="5,4"' in again.text
    assert agent.send(address, sent).status_code == 302
    assert stored(store).comment == "Un long commentaire, mot à mot"


def test_what_was_typed_goes_back_to_the_same_account_only(agent: Browser):
    answer = typed_too_late(agent, GRID, row("SOB-06", "5,4", comment="à moi seul"))
    answer = sign_in_again(agent, answer.text, "referent@demonstration.example")
    assert answer.status_code == 302
    assert "à moi seul" not in agent.get(answer.location).text


@pytest.mark.parametrize("kept", ["", "pas signé", "WyIvIl0.aaaa.bbbb"])
def test_a_forged_form_is_not_shown(agent: Browser, kept: str):
    agent.delete_cookie("session")
    data = {"email": "agent@demonstration.example", "password": PASSWORD, "typed": kept, "suite": "/compte"}
    answer = agent.post("/connexion", data=data | {"csrf_token": agent.token("/connexion")})
    assert answer.location == "/compte"


def test_a_form_too_long_or_from_elsewhere_is_not_kept(agent: Browser):
    number = str(field(agent.page(GRID), "typed_by").get("value"))
    agent.delete_cookie("session")
    long = row("SOB-06", comment="x" * 70_000) | {"typed_by": number}
    assert agent.post(GRID, data=long).status_code == 302
    here = row("SOB-06", "5,4") | {"typed_by": number}
    assert agent.post(GRID, data=here, headers={"Origin": "https://ailleurs.example"}).status_code == 302
    assert agent.post(GRID, data=here, headers={"Origin": "http://localhost"}).status_code == 401
