"""Correcting a deliberation of the register on screen: prefilled, refused at its fields, never over somebody else."""

from typing import Any

from sqlalchemy import select

from tests.screens.conftest import Browser
from tests.screens.lint import lint, words
from tests.screens.test_every_page import counts
from tracker.store.models import Deliberation
from tracker.store.session import Database

TEXT = "/amp/deliberations/AMP-2025-17495"
HERE = f"{TEXT}/correction"


def typed(tree: Any) -> dict[str, str]:
    """Give what the form holds, as a browser would send it back."""
    form = next(one for one in tree.iter("form") if one.find(".//textarea[@name='reason']") is not None)
    found = {one.get("name"): one.get("value") or "" for one in form.iter("input")}
    found |= {one.get("name"): (one.text or "").strip("\n") for one in form.iter("textarea")}
    for one in form.iter("select"):
        chosen = [option for option in one.iter("option") if option.get("selected") is not None]
        found[one.get("name")] = (chosen or list(one.iter("option")))[0].get("value") or ""
    found.pop("csrf_token")
    return found


def test_from_the_page_of_a_text_to_its_correction_and_its_line_of_journal(referent: Browser):
    link = next(one for one in referent.page(TEXT).iter("a") if one.get("href") == HERE)
    assert words(link) == "Corriger"
    told = typed(referent.page(HERE))
    assert told["number"]
    assert told["adopted_on"].count("/") == 2
    assert "reference" not in told
    assert told["lines-1-nature"] == "6281"
    changed = {**told, "votes_against": "3", "lines-1-nature": "6282", "reason": "Lu sur le procès-verbal"}
    assert referent.send(HERE, changed).headers["Location"] == TEXT
    said = words(referent.page(TEXT))
    assert "Délibération corrigée." in said
    assert "3 contre" in said
    assert "nature 6282" in said.replace("\xa0", " ")
    journal = words(referent.page("/amp/journal"))
    assert "Délibération corrigée, AMP-2025-17495" in journal
    assert "voix contre" in journal
    assert "Lu sur le procès-verbal" in journal.replace("’", "'")


def test_a_budget_line_that_is_emptied_leaves_the_text_though_its_lists_keep_a_choice(referent: Browser):
    told = typed(referent.page(HERE))
    emptied = {
        name: "" for name in told if name.startswith("lines-1-") and name not in {"lines-1-section", "lines-1-tax"}
    }
    assert told["lines-1-tax"] == "unstated"
    assert referent.send(HERE, {**told, **emptied, "reason": "Elle est d'un autre texte"}).status_code == 302
    assert "Imputation budgétaire" not in words(referent.page(TEXT))


def test_a_form_sent_as_it_came_writes_nothing(referent: Browser, store: Database):
    told = typed(referent.page(HERE))
    before = counts(store)
    assert referent.send(HERE, told).headers["Location"] == TEXT
    assert counts(store) == before
    assert "Aucune modification." in words(referent.page(TEXT))


def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(referent: Browser, store: Database):
    told = typed(referent.page(HERE))
    before = counts(store)
    wrong = {"adopted_on": "demain", "votes_for": "tous", "lines-1-amount": "douze", "reason": ""}
    answer = referent.send(HERE, {**told, **wrong})
    assert answer.status_code == 422
    tree = lint(HERE, answer.text)
    marked = {one.get("id") for one in tree.iter("p") if (one.get("id") or "").endswith("-problem")}
    assert marked == {f"{name}-problem" for name in wrong}
    assert {name: typed(tree)[name] for name in wrong} == wrong
    assert counts(store) == before


def test_a_day_that_a_membership_keeps_is_refused_in_a_sentence(referent: Browser):
    told = {**typed(referent.page(HERE)), "adopted_on": "01/01/2024", "reason": "Relu"}
    answer = referent.send(HERE, told)
    assert answer.status_code == 422
    assert "ce jour ne se corrige plus" in words(lint(HERE, answer.text))


def test_a_stale_form_answers_what_the_register_says_beside_what_was_typed(referent: Browser, store: Database):
    told = typed(referent.page(HERE))
    first = {**told, "body": "Bureau", "lines-1-nature": "6282", "reason": "Relu"}
    assert referent.send(HERE, first).status_code == 302
    before = counts(store)
    answer = referent.send(HERE, {**told, "body": "Le Bureau", "reason": "Relu aussi"})
    assert answer.status_code == 409
    tree = lint(HERE, answer.text)
    alert = words(next(one for one in tree.iter("div") if one.get("role") == "alert")).replace("\xa0", " ")
    assert "Assemblée : au registre : « Bureau »" in alert
    assert "6282" in alert
    assert "fonctionnement" in alert
    again = typed(tree)
    assert (again["body"], again["reason"]) == ("Le Bureau", "Relu aussi")
    assert counts(store) == before
    assert referent.send(HERE, again).status_code == 302, "what was compared may be sent again"
    with store.reading() as session:
        row = session.scalars(select(Deliberation).where(Deliberation.reference == "AMP-2025-17495")).one()
        assert row.body == "Le Bureau"


def test_only_the_lead_is_shown_the_way_to_a_correction(
    elu: Browser, agent: Browser, referent: Browser, store: Database
):
    told, before = {**typed(referent.page(HERE)), "body": "Bureau", "reason": "Relu"}, counts(store)
    for reader in (elu, agent):
        assert reader.send(HERE, told).status_code == 403
        assert "Corriger" not in words(reader.page(TEXT).find(".//main"))
        assert reader.get(HERE).status_code == 403
    assert referent.get("/amp/deliberations/RIEN/correction").status_code == 404
    assert referent.get("/demonstration/deliberations/AMP-2025-17495/correction").status_code == 404
    assert counts(store) == before
