"""The settings: an effect shown before anything is written, bad input kept at its field, and nobody but the lead."""

from typing import Any
from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from tests.screens.conftest import Browser, confirmed
from tests.screens.lint import lint, words
from tests.screens.test_every_page import counts
from tracker.domain.vocabulary import Role
from tracker.store.session import Database
from tracker.web.screens.settings.forms import BaselineForm, MethodForm, PracticeForm, SettingForm, TargetForm

HERE = "/demonstration/reglages"
AIM = f"{HERE}/engagements/DEM16-S01/SOB-06"
INDICATOR = f"{HERE}/indicateurs/SOB-06"
PRACTICE = f"{HERE}/engagements/DEM16-S03"
JSON = {"Accept": "application/json"}
BASELINE = {
    "state": "validated",
    "value": "5,9",
    "year": "2023",
    "source": "Inventaire repris",
    "in_force_from": "2025",
    "reason": "Erreur de relevé",
    "seen": "1",
}
TARGET = {
    "basis": "absolute",
    "comparator": "ge",
    "value": "7",
    "horizon_year": "2027",
    "path": "linear",
    "in_force_from": "2025",
    "title": "Arrêté 2025-31",
    "decided_on": "02/03/2025",
    "reason": "Ambition relevée",
    "seen": "2",
}
SETTING = {"tolerance": "25 %", "reason": "Années de crise", "seen": "0"}
METHOD = {
    "formula": "SOB-07 + 1 [year]",
    "description": "Par les téléphones",
    "in_force_from": "2026",
    "reason": "Perdu",
    "seen": "1",
}
SLEEP = {"months": "6", "reason": "", "seen": "12"}
FORMS: dict[str, tuple[type[Any], dict[str, str], str]] = {
    f"{AIM}/reference": (BaselineForm, BASELINE, AIM),
    f"{AIM}/cible": (TargetForm, TARGET, AIM),
    f"{INDICATOR}/reglage": (SettingForm, SETTING, INDICATOR),
    f"{INDICATOR}/methode": (MethodForm, METHOD, INDICATOR),
    f"{PRACTICE}/sommeil": (PracticeForm, SLEEP, PRACTICE),
}


def typed(kind: type[Any], fields: dict[str, str], **other: str) -> dict[str, str]:
    """Give the fields as the first button sends them."""
    return {f"{kind.name}-{name}": text for name, text in {**fields, **other}.items()} | {"step": "preview"}


def page(address: str, text: str) -> Element:
    return lint(address, text)


def sent_again(tree: Element, address: str, **other: str) -> dict[str, str]:
    """Give what a browser would send with the last button of the form that goes to ``address``."""
    form = next(one for one in tree.iter("form") if str(one.get("action")).split("#")[0] == address)
    data = {str(one.get("name")): one.get("value") or "" for one in form.iter("input")}
    data |= {str(one.get("name")): one.text or "" for one in form.iter("textarea")}
    for select in form.iter("select"):
        chosen = [option for option in select.iter("option") if option.get("selected") is not None]
        data[str(select.get("name"))] = str(chosen[0].get("value")) if chosen else ""
    return data | {"step": "confirm"} | other


def buttons(tree: Element) -> list[str]:
    return [words(one) for one in tree.iter("button")]


@pytest.mark.parametrize("address", FORMS)
def test_the_effect_is_shown_before_anything_is_written_and_confirmed_as_it_was_shown(
    referent: Browser, store: Database, address: str
):
    kind, fields, back = FORMS[address]
    before = counts(store)
    shown = referent.send(address, typed(kind, fields))
    assert shown.status_code == 200
    assert counts(store) == before
    tree = page(address, shown.text)
    assert "L’effet, avant d’enregistrer" in words(tree)
    assert tree.find(".//*[@id='effet']") is not None
    assert buttons(tree).index("Voir l’effet") < buttons(tree).index("Enregistrer")
    answer = referent.post(address, data=sent_again(tree, address))
    assert answer.status_code == 302
    assert answer.location == back
    assert counts(store)["journal_entry"] == before["journal_entry"] + 1
    assert "enregistré" in words(referent.page(back))


@pytest.mark.parametrize("address", FORMS)
def test_what_changed_since_the_effect_was_shown_is_shown_again(referent: Browser, store: Database, address: str):
    kind, fields, _ = FORMS[address]
    before = counts(store)
    tree = page(address, referent.send(address, typed(kind, fields)).text)
    answer = referent.post(address, data=sent_again(tree, address, **{f"{kind.name}-reason": "Autre raison"}))
    assert answer.status_code == 200
    assert "La saisie a changé depuis le dernier aperçu" in words(page(address, answer.text))
    assert counts(store) == before


@pytest.mark.parametrize("address", FORMS)
def test_a_confirmation_of_what_was_never_shown_writes_nothing(referent: Browser, store: Database, address: str):
    kind, fields, _ = FORMS[address]
    before = counts(store)
    answer = referent.send(address, typed(kind, fields) | {"step": "confirm"})
    assert answer.status_code == 200
    assert counts(store) == before


@pytest.mark.parametrize("address", FORMS)
def test_what_is_stored_already_says_so_and_offers_nothing_to_confirm(referent: Browser, store: Database, address: str):
    kind, fields, _ = FORMS[address]
    assert referent.send(address, confirmed(kind, **fields)).status_code == 302
    before = counts(store)
    tree = page(address, referent.send(address, typed(kind, fields)).text)
    assert "Rien ne change" in words(tree)
    assert "Enregistrer" not in buttons(tree)
    again = referent.send(address, confirmed(kind, **fields))
    assert "Aucune modification." in words(referent.page(again.location))
    assert counts(store) == before


WRONG = {
    f"{AIM}/reference": ({"value": "abc", "reason": ""}, {"value": "n’est pas un nombre", "reason": "est gelée"}),
    f"{AIM}/cible": (
        {"value": "3", "points": "x", "path": "explicit", "title": ""},
        {"points": "n’est pas une année suivie d’une valeur", "title": "quelle décision"},
    ),
    f"{INDICATOR}/reglage": (
        {"tolerance": "400", "reason": ""},
        {"tolerance": "entre 0 et 100", "reason": "Donnez la raison"},
    ),
    f"{INDICATOR}/methode": (
        {"formula": "SOB-07 +", "in_force_from": "demain"},
        {"formula": "s’arrête trop tôt", "in_force_from": "une année de 2000 à 2027"},
    ),
    f"{PRACTICE}/sommeil": ({"months": "six"}, {"months": "entre 1 et 120"}),
}


@pytest.mark.parametrize("step", ["preview", "confirm"])
@pytest.mark.parametrize("address", WRONG)
def test_bad_input_gets_a_sentence_at_each_field_and_loses_nothing(
    referent: Browser, store: Database, address: str, step: str
):
    kind, fields, _ = FORMS[address]
    bad, told = WRONG[address]
    before = counts(store)
    data = typed(kind, fields, **bad) if step == "preview" else confirmed(kind, **{**fields, **bad})
    answer = referent.send(address, data)
    assert answer.status_code == 422
    assert counts(store) == before
    tree = page(address, answer.text)
    for name, sentence in told.items():
        note = tree.find(f".//p[@id='{kind.name}-{name}-problem']")
        assert note is not None, name
        assert sentence in words(note)
        assert tree.find(f".//*[@id='{kind.name}-{name}'][@aria-invalid='true']") is not None
    kept = sent_again(tree, address)
    assert {name: kept[f"{kind.name}-{name}"].strip() for name in fields | bad} == fields | bad
    assert "Rien n’est enregistré" in words(tree)
    assert "Enregistrer" not in buttons(tree)


@pytest.mark.parametrize("address", FORMS)
def test_a_page_left_open_answers_409_keeps_what_was_typed_and_can_be_sent_after_a_new_look(
    app: Flask, referent: Browser, store: Database, address: str
):
    kind, fields, _ = FORMS[address]
    referent.send(address, confirmed(kind, **fields))
    before = counts(store)
    field = {"sommeil": "months", "methode": "formula", "reglage": "tolerance"}.get(kind.name, "value")
    mine = {"months": "9", "formula": "SOB-07 + 2 [year]", "tolerance": "30", "value": "6,5"}[field]
    answer = referent.send(address, confirmed(kind, **{**fields, field: mine}))
    assert answer.status_code == 409
    assert counts(store) == before
    tree = page(address, answer.text)
    assert "Dominique Référent (fictif) a enregistré" in words(tree)
    data = sent_again(tree, address)
    assert data[f"{kind.name}-{field}"].strip() == mine
    again = referent.post(address, data=data)
    assert again.status_code == 200
    final = referent.post(address, data=sent_again(page(address, again.text), address))
    assert final.status_code == 302
    assert counts(store)["journal_entry"] == before["journal_entry"] + 1


def test_the_effect_tells_each_year_in_words(referent: Browser):
    tree = page(AIM, referent.send(f"{AIM}/cible", typed(TargetForm, TARGET)).text)
    table = tree.find(".//table[@class='effect']")
    assert table is not None
    rows = [words(row) for row in table.iter("tr")]
    assert rows[1] == "2026 Non mesuré inchangé"
    assert rows[2].startswith("2025 En trajectoire Hors trajectoire La valeur 5,4 ans est loin du niveau attendu")
    assert rows[-1] == "2016 à 2017 En trajectoire inchangé"
    caption = table.find("caption")
    assert caption is not None
    assert "1 année change d’état" in words(caption)


UNDERSTOOD = [
    (f"{AIM}/reference", {}, "5,9 ans en 2023, validée ; vaut dès 2025."),
    (f"{AIM}/cible", {}, "7 ans en 2027 ; vaut dès 2025."),
    (
        f"{AIM}/cible",
        {"basis": "relative_percent", "value": "50", "path": "stepwise", "points": "2025 : 20\n2026 : 40"},
        "50 % au-dessus de la référence (4,1 ans), soit 6,15 ans en 2027 ; par paliers : 2025, 20 ; 2026, 40 ;",
    ),
    (f"{INDICATOR}/reglage", {}, "mieux quand il monte ; tolérance de 25 %"),
    (f"{INDICATOR}/reglage", {"companion": "SOB-12"}, "tolérance de 25 % ; accompagné de SOB-12."),
    (f"{INDICATOR}/reglage", {"companion": "-"}, "tolérance de 25 % ; sans indicateur qui l’accompagne."),
    (f"{INDICATOR}/methode", {"formula": "sob-07+1[year]"}, "SOB-07 + 1 [year] ; vaut dès 2026."),
    (f"{INDICATOR}/methode", {"formula": ""}, "saisie à la main ; vaut dès 2026."),
]


@pytest.mark.parametrize(("address", "change", "told"), UNDERSTOOD)
def test_the_effect_first_says_what_was_understood(referent: Browser, address: str, change: dict[str, str], told: str):
    kind, fields, _ = FORMS[address]
    tree = page(address, referent.send(address, typed(kind, fields, **change)).text)
    said = [words(one) for one in tree.iter("p") if words(one).startswith("Compris ainsi")]
    assert len(said) == 1
    assert told in said[0]


@pytest.mark.parametrize("address", FORMS)
def test_after_a_preview_the_reader_lands_on_the_effect(referent: Browser, address: str):
    """A browser focuses what the address names if it can be focused, and `autofocus` where it names nothing."""
    kind, fields, _ = FORMS[address]
    tree = page(address, referent.send(address, typed(kind, fields)).text)
    heading = tree.find(".//h3[@id='effet']")
    assert heading is not None
    assert (heading.get("tabindex"), heading.get("autofocus")) == ("-1", "")


def test_a_target_that_nothing_would_judge_is_not_offered(referent: Browser, store: Database):
    address = "/demonstration/reglages/engagements/DEM22-S09/SOB-18"
    tree = referent.page(address)
    assert "un objectif n’y serait jamais jugé" in words(tree)
    assert tree.find(".//*[@id='cible-value']") is None
    before = counts(store)
    answer = referent.send(f"{address}/cible", typed(TargetForm, TARGET, seen="0"))
    assert answer.status_code == 422
    assert counts(store) == before
    assert "un objectif n’y serait jamais jugé" in words(page(address, answer.text))


def test_a_target_says_how_to_write_a_decrease(referent: Browser):
    assert "−30 pour une baisse de 30 %" in words(referent.page(AIM))


def test_a_formula_shows_what_it_gives_for_past_years(referent: Browser):
    told = words(page(INDICATOR, referent.send(f"{INDICATOR}/methode", typed(MethodForm, METHOD)).text))
    assert "Elle vaudra dès 2026 ; avant, c’est pour mémoire." in told
    assert "2025 5,4 ans 4,1 ans" in told


def test_the_script_tries_a_formula_and_nothing_is_ever_written(referent: Browser, store: Database):
    before = counts(store)
    address = f"{INDICATOR}/methode"
    good = referent.send(address, confirmed(MethodForm, **METHOD), headers=JSON)
    assert good.status_code == 200
    assert good.json["problems"] == []
    assert good.json["lines"][0] == "2025\u00a0: 4,1\u00a0ans (aujourd’hui\u00a0: 5,4\u00a0ans)"
    bad = referent.send(address, typed(MethodForm, METHOD, formula="SOB-07 +"), headers=JSON)
    assert (bad.status_code, bad.json["lines"]) == (200, [])
    assert "s’arrête trop tôt" in bad.json["message"]
    assert bad.json["problems"] == [bad.json["message"]]
    none = referent.send(address, typed(MethodForm, METHOD, formula=" "), headers=JSON)
    assert none.json == {"message": "Sans formule, la valeur est saisie à la main.", "lines": [], "problems": []}
    assert counts(store) == before


def test_the_start_page_puts_first_what_waits(referent: Browser):
    tree = referent.page(HERE)
    told = words(tree)
    assert told.index("À mettre à jour") < told.index("Publier la liste de nos algorithmes")
    assert "Une date passée n’est pas un échec" in told
    links = [str(link.get("href")) for link in tree.iter("a")]
    assert f"{HERE}/engagements/DEM22-S01/SOB-06" in links
    assert "/demonstration/engagements/DEM22-E03#constats" in links


def test_an_organisation_with_nothing_waiting_says_so(referent: Browser):
    assert "Rien n’attend" in words(referent.page("/marseille/reglages"))


def test_a_target_needs_no_baseline_to_be_shown(referent: Browser):
    told = words(referent.page("/marseille/reglages/engagements/VDM22-S23/SOB-06"))
    assert "passer de 5 ans à 6 ans, première version" in told
    assert "Délibération" in told


def test_what_is_told_by_facts_has_no_method_to_change(referent: Browser):
    tree = referent.page("/marseille/reglages/indicateurs/GOV-15")
    assert "Il se constate engagement par engagement" in words(tree)
    assert tree.find(".//*[@id='methode-formula']") is None


def test_an_indicator_does_not_accompany_itself(referent: Browser):
    answer = referent.send(f"{INDICATOR}/reglage", typed(SettingForm, SETTING, companion="SOB-06"))
    assert answer.status_code == 422
    assert "Un indicateur ne s’accompagne pas lui-même" in words(page(INDICATOR, answer.text))


def test_the_versions_are_listed_with_their_author_and_what_they_did(referent: Browser):
    referent.send(f"{AIM}/cible", confirmed(TargetForm, **TARGET))
    told = words(referent.page(AIM))
    assert "7 ans en 2027, rendu plus exigeant, échéance avancée ; vaut dès 2025." in told
    assert "Arrêté 2025-31 ; décidé le 2 mars 2025 ; Ambition relevée ; Dominique Référent (fictif)" in told
    line = words(list(referent.page("/demonstration/journal").iter("tr"))[1])
    assert "Objectif fixé, DEM16-S01 SOB-06, 2025 : Ambition relevée" in line


@pytest.mark.parametrize("role", [Role.AGENT, Role.ELU, Role.ADMIN])
def test_only_the_lead_sees_the_settings_and_the_way_to_them(browser: Browser, store: Database, role: Role):
    browser.sign_in(role)
    before = counts(store)
    for address in (HERE, AIM, INDICATOR, PRACTICE):
        assert browser.get(address).status_code == 403, address
    for address, (kind, fields, _) in FORMS.items():
        assert browser.send(address, typed(kind, fields)).status_code == 403, address
        assert browser.send(address, typed(kind, fields), headers=JSON).status_code == 403, address
    assert "Réglages" not in words(browser.page("/demonstration/"))
    assert counts(store) == before


def test_the_lead_finds_the_settings_in_the_navigation(referent: Browser):
    link = next(one for one in referent.page(HERE).iter("a") if words(one) == "Réglages")
    assert (link.get("href"), link.get("aria-current")) == (HERE, "page")


@pytest.mark.parametrize(
    "address",
    [
        f"{HERE}/engagements/VDM22-S23",
        f"{HERE}/engagements/DEM16-S01/SOB-01",
        f"{HERE}/engagements/DEM16-S01/sommeil",
        f"{HERE}/indicateurs/NOPE",
        f"{HERE}?page=9",
        "/nulle-part/reglages",
    ],
)
def test_what_does_not_exist_has_no_page(referent: Browser, address: str):
    assert referent.get(address).status_code == 404


def test_without_the_token_nothing_is_shown_or_written(referent: Browser, store: Database):
    before = counts(store)
    for address, (kind, fields, _) in FORMS.items():
        assert referent.post(address, data=typed(kind, fields)).status_code == 400
    assert counts(store) == before


def test_in_english_numbers_read_as_english_and_the_pages_speak_it(referent: Browser, store: Database):
    referent.get("/?langue=en")
    tree = referent.page(AIM)
    assert tree.get("lang") == "en"
    before = counts(store)
    answer = referent.send(f"{AIM}/cible", typed(TargetForm, TARGET, value="6,125"))
    assert answer.status_code == 422
    assert counts(store) == before
    assert referent.send(f"{AIM}/cible", typed(TargetForm, TARGET, value="6.5")).status_code == 200


def test_what_is_typed_is_shown_as_text(referent: Browser):
    hostile = "<img src=x onerror=alert(1)> {{ 7*7 }}"
    referent.send(f"{AIM}/cible", confirmed(TargetForm, **{**TARGET, "title": hostile, "reason": hostile}))
    for address in (AIM, "/demonstration/journal"):
        tree = referent.page(address)
        assert not tree.findall(".//img")
        assert "{{ 7*7 }}" in words(tree)


def test_no_page_of_the_settings_is_heavy(referent: Browser):
    shown = [referent.get(address).text for address in (HERE, "/amp/reglages", AIM, INDICATOR, PRACTICE)]
    shown += [referent.send(address, typed(kind, fields)).text for address, (kind, fields, _) in FORMS.items()]
    for text in shown:
        tree = lint("", text)
        inside = sum(len(list(svg.iter())) - 1 for svg in tree.iter() if str(svg.tag).endswith("svg"))
        assert len(list(tree.iter())) - inside <= 300
