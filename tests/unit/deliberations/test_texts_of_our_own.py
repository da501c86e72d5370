"""Texts of our own, in the manners of other assemblies, are read as a person would, and without anybody's name."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.twins import odt_twin, pdf_twin, without_tags
from tests.unit.deliberations.people import PEOPLE
from tracker.domain.intakes import DoubtCode, Ground, Intake, Votes
from tracker.domain.vocabulary import BudgetSection, CommitmentKind, RelationKind, Strength, TaxRegime, VoteOutcome
from tracker.importers.deliberations.reading import parse
from tracker.importers.deliberations.spelling import folded
from tracker.importers.deliberations.told import from_json, to_json

TEXTS = Path(__file__).parent / "texts"
FILES = sorted(TEXTS.glob("*.txt"))


def read(name: str) -> Intake:
    return parse((TEXTS / f"{name}.txt").read_bytes(), f"{name}.txt")


def heading(intake: Intake) -> tuple[str | None, date | None, str | None, str | None, str | None]:
    found = (intake.number, intake.session_on, intake.body, intake.title, intake.rapporteur_role)
    return tuple(one.value if one else None for one in found)  # type: ignore[return-value]


def doubts(intake: Intake) -> set[DoubtCode]:
    return {doubt.code for doubt in intake.doubts} - {DoubtCode.NAMES_WITHHELD}


def test_a_commune_with_a_named_vote_keeps_the_counts_and_the_role():
    intake = read("commune_nominal_vote")
    assert heading(intake) == (
        "2024-03-07",
        date(2024, 3, 1),
        "Conseil municipal",
        "Adoption d'un plan de sobriété numérique et allongement de la durée d'usage des équipements",
        "Adjointe au numérique et à l'éducation",
    )
    assert intake.outcome
    assert intake.outcome.value is VoteOutcome.ADOPTED
    assert intake.votes
    assert intake.votes.value == Votes(voters=17, in_favour=14, against=2, abstentions=1)
    assert [article.label for article in intake.articles] == [f"article {rank}" for rank in range(1, 5)]
    [amount] = intake.amounts
    assert (amount.euros, amount.tax, amount.year) == (Decimal("12500.50"), TaxRegime.INCLUSIVE, 2024)
    [line] = intake.budget_lines
    assert (line.budget, line.year, line.section) == ("Budget principal", 2024, BudgetSection.INVESTMENT)
    assert (line.chapter, line.function, line.nature) == ("21", None, "21838")
    [reference] = intake.references
    assert (reference.kind, reference.number) == (RelationKind.REFERS_TO, "2021-11-04")
    assert (reference.adopted_on, reference.body) == (date(2021, 11, 12), "Conseil municipal")
    assert not doubts(intake)


def test_candidates_have_a_place_a_kind_a_strength_and_the_ground_of_each():
    told = {
        one.passage.locator: (one.kind, one.kind_ground, one.strength, one.strength_ground)
        for one in read("commune_nominal_vote").candidates
    }
    assert told["exposé, 1er alinéa, 2e phrase"] == (
        CommitmentKind.QUANTIFIED,
        Ground.FIGURE,
        Strength.COMMITMENT,
        Ground.PROMISE,
    )
    assert told["exposé, 2e alinéa"][:2] == (CommitmentKind.RENEWAL, Ground.YEARLY)
    assert told["exposé, 3e alinéa"] == (
        CommitmentKind.DIRECTIONAL,
        Ground.DIRECTION,
        Strength.INTENTION,
        Ground.WISH,
    )
    assert told["article 2"][2:] == (Strength.DECISION, Ground.ARTICLE)
    assert "article 4" not in told, "credits are an imputation, not a commitment"


def test_a_standing_committee_decides_in_a_list_without_articles():
    intake = read("departement_commission")
    assert heading(intake)[:3] == (
        "CP-2022-12-16-41",
        date(2022, 12, 16),
        "Commission permanente du conseil départemental",
    )
    assert [article.label for article in intake.articles] == [f"{rank} alinéa" for rank in ("1er", "2e", "3e", "4e")]
    assert [(one.euros, one.tax, one.year) for one in intake.amounts] == [(Decimal(18000), TaxRegime.UNSTATED, 2023)]
    [line] = intake.budget_lines
    assert (line.chapter, line.function, line.nature) == ("65", "221", "65748")
    assert line.programme == "P214-Collèges numériques"
    assert {one.passage.locator for one in intake.candidates} >= {
        f"exposé, Le Département s'engage à, {rank} tiret" for rank in ("1er", "2e", "3e")
    }
    assert intake.votes
    assert intake.votes.value.is_unanimous
    assert doubts(intake) == {DoubtCode.TAX_UNSTATED}


def test_an_intercommunality_that_renews_a_membership():
    intake = read("communaute_de_communes")
    assert heading(intake) == (
        "2025/018",
        date(2025, 2, 27),
        "Conseil communautaire",
        "Renouvellement de l'adhésion à l'association Territoires Sobres et cotisation 2025",
        "Président",
    )
    [reference] = intake.references
    assert (reference.kind, reference.number) == (RelationKind.RENEWS, "2023/112")
    assert [(one.euros, one.tax, one.year) for one in intake.amounts] == [
        (Decimal(1250), TaxRegime.UNSTATED, None),
        (Decimal(1250), TaxRegime.UNSTATED, 2025),
    ]
    assert intake.votes
    assert intake.votes.value == Votes(29, 29, 0, 0, is_unanimous=True)
    assert intake.candidates[-2].kind is CommitmentKind.RENEWAL


def test_an_old_style_heading_has_its_date_in_words():
    intake = read("lan_deux_mille")
    assert heading(intake) == (
        "47/2023",
        date(2023, 10, 12),
        "Conseil municipal",
        "Accessibilité du site internet communal",
        "Maire",
    )
    assert len(intake.articles) == 4
    assert intake.outcome is None
    assert intake.votes is None
    assert doubts(intake) == {DoubtCode.OUTCOME_MISSING}


def test_two_budget_lines_and_sums_without_tax_stay_apart():
    intake = read("two_budget_lines")
    lines = [(one.section, one.chapter, one.function, one.nature, one.operation) for one in intake.budget_lines]
    assert lines == [
        (BudgetSection.INVESTMENT, "21", "020", "21838", "202301"),
        (BudgetSection.OPERATING, "011", "020", "6156", None),
    ]
    assert {(one.budget, one.year) for one in intake.budget_lines} == {("Budget principal", 2023)}
    told = [(one.euros, one.tax, one.passage.locator) for one in intake.amounts]
    assert told == [
        (Decimal(48000), TaxRegime.EXCLUSIVE, "exposé, 2e alinéa"),
        (Decimal(57600), TaxRegime.INCLUSIVE, "exposé, 2e alinéa"),
        (Decimal(9600), TaxRegime.EXCLUSIVE, "exposé, 2e alinéa"),
        (Decimal(48000), TaxRegime.EXCLUSIVE, "article 1"),
        (Decimal(9600), TaxRegime.EXCLUSIVE, "article 2"),
    ]
    assert [one.year for one in intake.amounts] == [None, None, None, None, 2023]


def test_lines_cut_at_the_width_of_a_screen_are_joined_and_a_rejected_text_is_said_so():
    intake = read("wrapped_amendment")
    assert heading(intake)[3] == "Modification de la charte des usages numériques responsables de la Ville"
    assert intake.outcome
    assert intake.outcome.value is VoteOutcome.REJECTED
    assert intake.votes is None, "« 12 voix contre 9 » of a rejected text reads in two ways"
    [reference] = intake.references
    assert reference.kind is RelationKind.AMENDS
    assert reference.subject == "Adoption de la charte des usages numériques responsables"
    assert any("vice-présidents de commission" in one.text for one in intake.candidates)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_name_is_left_in_any_field_or_passage(file: Path):
    told = folded(json.dumps(to_json(read(file.stem)), ensure_ascii=False))
    source = folded(file.read_text(encoding="utf-8"))
    assert any(folded(name) in source for name in PEOPLE)
    assert [name for name in PEOPLE if folded(name) in told] == []


@pytest.mark.parametrize("name", ["commune_nominal_vote", "two_budget_lines"])
def test_a_pdf_and_an_odt_of_a_text_propose_what_the_text_proposes(name: str):
    text, wanted = (TEXTS / f"{name}.txt").read_text(encoding="utf-8"), read(name)
    tagged, footed = pdf_twin(text), pdf_twin(text, is_justified=True, has_foot=True)
    forms = [
        odt_twin(text),
        odt_twin(text, has_lists=False),
        tagged,
        footed,
        without_tags(tagged),
        without_tags(footed),
    ]
    for content in forms:
        assert replace(parse(content, "texte"), form=wanted.form) == wanted


@pytest.mark.parametrize("name", ["commune_nominal_vote", "communaute_de_communes"])
def test_a_pdf_with_neither_tags_nor_gaps_between_its_paragraphs_says_the_same_of_what_was_voted(name: str):
    text, wanted = (TEXTS / f"{name}.txt").read_text(encoding="utf-8"), read(name)
    found = parse(without_tags(pdf_twin(text, has_gaps=False)), "texte.pdf")
    assert heading(found) == heading(wanted)
    assert [one.text for one in found.articles] == [one.text for one in wanted.articles]
    assert {one.text for one in found.candidates} == {one.text for one in wanted.candidates}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_usual_encoding_is_read(encoding: str):
    text = (TEXTS / "lan_deux_mille.txt").read_text(encoding="utf-8")
    assert parse(text.replace("\n", "\r\n").encode(encoding), "texte.txt") == read("lan_deux_mille")


def test_a_proposal_comes_back_from_json_as_it_was():
    for file in FILES:
        intake = read(file.stem)
        assert from_json(json.loads(json.dumps(to_json(intake)))) == intake


def test_every_value_stands_in_the_paragraph_of_its_passage():
    for file in FILES:
        intake = read(file.stem)
        for amount in intake.amounts:
            assert any(unit in folded(amount.passage.text) for unit in ("€", "euro"))
        for found in (intake.number, intake.body, intake.title):
            assert found
            assert folded(found.value) in folded(found.passage.text)


def test_a_commune_that_decides_after_hearing_the_report_gives_its_articles_its_vote_and_its_line():
    intake = read("commune_oui_expose")
    assert heading(intake) == (
        "2024-09/12-07",
        date(2024, 9, 12),
        "Conseil municipal",
        "Renouvellement du contrat de maintenance du parc informatique et charte du numérique sobre",
        "Adjoint délégué aux finances",
    )
    assert intake.outcome
    assert intake.outcome.value is VoteOutcome.ADOPTED
    assert intake.votes
    assert intake.votes.value == Votes(voters=None, in_favour=15, against=1, abstentions=1)
    assert [article.text.split()[0] for article in intake.articles] == ["APPROUVE", "DÉCIDE", "AUTORISE"]
    [line] = intake.budget_lines
    assert (line.budget, line.year, line.chapter, line.nature) == ("Budget principal", 2024, "011", "6156")
    assert any("porter à 7 ans" in one.text for one in intake.candidates)


def test_a_word_that_decides_alone_is_no_article_and_an_imputation_no_commitment():
    intake = read("region_commission")
    assert [article.label for article in intake.articles] == [f"article {rank}" for rank in range(1, 5)]
    assert [one.passage.locator for one in intake.candidates] == ["article 1", "article 2", "article 4"]
    [line] = intake.budget_lines
    assert (line.chapter, line.function, line.nature, line.programme) == ("930", "020", "6281", "P0412")
    assert [(one.euros, one.tax) for one in intake.amounts][:2] == [
        (Decimal("7500.00"), TaxRegime.EXCLUSIVE),
        (Decimal("9000.00"), TaxRegime.INCLUSIVE),
    ]


def test_a_text_that_another_one_amended_is_not_amended_by_this_one():
    intake = read("agglomeration_roles")
    assert [(one.kind, one.number, one.subject) for one in intake.references] == [
        (RelationKind.REFERS_TO, "2019.03.27-12", "Adhésion au syndicat e-Vallons"),
        (RelationKind.REFERS_TO, "2021.06.30-08", None),
    ]
    [line] = intake.budget_lines
    assert (line.budget, line.chapter, line.function, line.nature) == ("Budget annexe Numérique", "65", "57", "65561")
    assert [one.passage.locator for one in intake.candidates] == ["article 1", "article 2"]
