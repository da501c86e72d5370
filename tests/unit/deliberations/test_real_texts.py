"""The four deliberations of the two real authorities give what the seeds hold of them, and the name of nobody.

The texts are not part of this repository: without them, these tests are skipped.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.twins import odt_twin, pdf_twin, without_tags
from tests.unit import test_seeds_against_texts as against
from tracker.domain.intakes import Intake
from tracker.domain.vocabulary import BudgetSection, TaxRegime
from tracker.importers.deliberations.reading import parse
from tracker.importers.deliberations.told import to_json

pytestmark = against.pytestmark


@pytest.fixture(params=against.FILES, ids=lambda path: path.stem)
def seed(request: pytest.FixtureRequest) -> dict[str, Any]:
    return against.load(request.param)


@pytest.fixture
def text(seed: dict[str, Any]) -> str:
    return against.raw_text(seed)


@pytest.fixture
def intake(text: str) -> Intake:
    return parse(text.encode(), "texte.txt")


def test_number_date_body_and_outcome_are_those_of_the_seeds(seed: dict[str, Any], intake: Intake):
    assert intake.number
    assert intake.number.value == seed["number"]
    assert intake.internal_reference
    assert intake.internal_reference.value == seed["internal_reference"]
    assert intake.session_on
    assert intake.session_on.value == date.fromisoformat(seed["adopted_on"])
    assert intake.body
    assert intake.body.value == seed["body"]
    assert intake.outcome
    assert intake.outcome.value == seed["outcome"]
    assert intake.rapporteur_role
    first = against.words(seed["rapporteur_role"])[:2]
    assert against.words(intake.rapporteur_role.value)[:2] == first


def test_the_title_says_what_the_seeds_say_whatever_the_scan_slipped(seed: dict[str, Any], intake: Intake):
    assert intake.title
    said, wanted = set(against.words(intake.title.value)), set(against.words(seed["title_fr"]))
    assert len(said & wanted) >= 0.8 * len(wanted)
    assert "renouveaulement" not in said
    assert "Numérique - Responsable" not in intake.title.value


def test_the_legal_basis_cites_the_numbers_of_the_seeds(seed: dict[str, Any], intake: Intake):
    cited = " ".join(against.flat(found.value) for found in intake.legal_basis)
    for basis in seed["legal_basis"]:
        known = basis.partition("(abrogé")[0]
        for number in against.numbers(known.replace("AI Act", "")):
            assert against.has_number(cited.replace(" 09 ", " 9 "), number), basis
    assert len(intake.legal_basis) >= len(
        [basis for basis in seed["legal_basis"] if not basis.startswith("Décret 202")]
    )


def test_references_are_the_relations_of_the_seeds(seed: dict[str, Any], intake: Intake):
    wanted = {
        (one["kind"], one["number"], date.fromisoformat(one["adopted_on"]), one.get("body"))
        for one in seed.get("relations", [])
    }
    assert {(one.kind, one.number, one.adopted_on, one.body) for one in intake.references} == wanted


def test_amounts_taxes_and_budget_lines_are_those_of_the_seeds(seed: dict[str, Any], intake: Intake):
    findings = [one for commitment in seed["commitments"] for one in commitment.get("findings", []) if "amount" in one]
    decided = {(one.euros, one.tax, one.year) for one in intake.amounts if one.passage.locator.startswith("article")}
    assert decided == {(Decimal(one["amount"]), TaxRegime(one["tax"]), one["year"]) for one in findings}
    assert len(intake.budget_lines) == len({one["budget_line"] for one in findings if "budget_line" in one})
    for finding in findings:
        [line] = intake.budget_lines
        assert line.section is BudgetSection.OPERATING
        parts = {
            "chapitre": line.chapter,
            "fonction": line.function,
            "nature": line.nature,
            "exercice": line.year,
            "politique": line.policy,
            "sous-politique": line.subpolicy,
            "programme": line.programme,
            "service gestionnaire": line.managing_department,
        }
        told = [f"{name} {value}" for name, value in parts.items() if value is not None]
        assert line.budget == "Budget principal"
        stated = finding["budget_line"].rstrip(".").split(", ")
        assert sorted(told) == sorted(
            part for part in stated if part not in {"Budget principal", "section de fonctionnement"}
        )


def test_articles_are_those_that_the_locators_of_the_seeds_name(seed: dict[str, Any], intake: Intake):
    labels = [article.label for article in intake.articles]
    assert labels in (["article 1", "article 2"], ["article unique"])
    for commitment in seed["commitments"]:
        place = commitment["locator"].split(",")[0].split(" ;")[0]
        assert place in {*labels, "exposé", "considérant", "articles 1 et 2"}


def test_most_commitments_of_the_seeds_are_among_the_candidates(seed: dict[str, Any], intake: Intake):
    places = {against.flat(one.passage.locator).split(" phrase")[0] for one in intake.candidates}
    sentences = {place.rpartition(", ")[0] for place in places} | places
    wanted = [
        against.flat(one["locator"]).replace("introduction, ", "").split(" phrase")[0] for one in seed["commitments"]
    ]
    met = [place for place in wanted if place in sentences or place.rpartition(", ")[0] in sentences]
    assert len(met) >= 0.7 * len(wanted), sorted(set(wanted) - set(met))


def test_no_name_of_a_person_is_left(intake: Intake):
    people = against.listed_people()
    assert len(people) > 150
    assert against.names_found(json.dumps(to_json(intake), ensure_ascii=False), people) == 0


@pytest.mark.parametrize(
    "twin", [odt_twin, lambda text: pdf_twin(text, is_justified=True, has_foot=True)], ids=["odt", "pdf"]
)
def test_a_twin_in_another_form_proposes_the_same(text: str, intake: Intake, twin: Callable[[str], bytes]):
    assert replace(parse(twin(text), "texte"), form=intake.form) == intake


def test_a_pdf_without_tags_says_the_same_of_what_was_voted(text: str, intake: Intake):
    read = parse(without_tags(pdf_twin(text)), "texte.pdf")
    for name in ("number", "session_on", "body", "title", "outcome"):
        assert getattr(read, name).value == getattr(intake, name).value
    assert [one.text for one in read.articles] == [one.text for one in intake.articles]
    lines = [[replace(one, passage=intake.number.passage) for one in found.budget_lines] for found in (read, intake)]
    assert lines[0] == lines[1]
    assert {one.text for one in read.candidates} >= {one.text for one in intake.candidates}
