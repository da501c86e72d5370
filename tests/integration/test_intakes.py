"""A deliberation taken in enters the register whole or not at all, once, and without the name of anybody."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.integration.helpers import everything, number_of
from tests.unit.deliberations.people import PEOPLE
from tests.unit.test_seeds_against_texts import listed_people
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.vocabulary import IntakeStage, Role
from tracker.services import deliberations, demonstration, intakes, scdl, searches
from tracker.services.reviewed import TypedCommitment, proposed_commitment
from tracker.services.visitor import enter
from tracker.store.models import Article, BudgetLine, Commitment, Deliberation, Intake, JournalEntry
from tracker.store.queries import accounts
from tracker.store.session import Database

Run = Callable[..., Any]
TEXTS = Path(__file__).parents[1] / "unit" / "deliberations" / "texts"


@pytest.fixture
def run(database: Database) -> Run:
    """Give the function that calls a service as somebody of the demonstration, in a transaction of its own."""

    def call(service: Callable[..., Any], *given: Any, role: Role = Role.REFERENT) -> Any:
        with database.transaction() as session:
            account = accounts.by_email(session, demonstration.address(role))
            assert account
            return service(session, enter(session, account, demonstration.SLUG), *given)

    return call


@pytest.fixture
def drop(run: Run) -> Callable[[str], intakes.Waiting]:
    """Give the function that drops one of our texts and gives its review."""

    def dropped(name: str) -> intakes.Waiting:
        content = (TEXTS / f"{name}.txt").read_bytes()
        row = run(intakes.take_in, content, intakes.read(content, f"{name}.txt"))
        return run(intakes.waiting, row.id)

    return dropped


def kept(found: intakes.Waiting, place: int, **typed: str) -> TypedCommitment:
    proposed = proposed_commitment(found.candidate(place), f"DEM24-{place:02}")
    return replace(proposed, is_kept=True, axis="sobriety", **typed)


def problems(run: Run, *given: Any) -> list[tuple[str, ProblemCode]]:
    with pytest.raises(Invalid) as refused:
        run(*given)
    return [(one.where, one.code) for one in refused.value.problems]


def test_a_text_enters_with_all_that_was_reviewed_and_is_found_at_once(run: Run, drop, database: Database, today):
    found = drop("commune_nominal_vote")
    run(intakes.decide, found.row.id, 1, kept(found, 1, indicators="SOB-06, SOB-07"), intakes.mark(None), today)
    run(intakes.decide, found.row.id, 2, TypedCommitment(), intakes.mark(None), today)
    before = number_of(database, JournalEntry)
    row = run(intakes.store, found.row.id, replace(found.typed, title_fr="Sobriété rusticité"), 3, today)
    assert number_of(database, JournalEntry) == before + 1
    with database.reading() as session:
        text = session.get_one(Deliberation, row.id)
        assert (text.votes_for, text.votes_against, text.abstentions) == (14, 2, 1)
        assert text.recorded_at is not None
        line = session.scalars(select(BudgetLine).where(BudgetLine.deliberation_id == row.id)).one()
        assert (line.chapter, line.nature, str(line.amount), line.tax) == ("21", "21838", "12500.5", "inclusive")
        labels = session.scalars(select(Article.label).where(Article.deliberation_id == row.id)).all()
        assert labels == [f"article {rank}" for rank in range(1, 5)]
        codes = session.scalars(select(Commitment.code).where(Commitment.deliberation_id == row.id)).all()
        assert codes == ["DEM24-01"]
        told = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
        assert told
        assert (told.action, told.subject, told.after) == (JournalAction.DELIBERATION_TAKEN_IN, "2024-03-07", "1")
        intake = session.scalars(select(Intake)).one()
        assert (intake.stage, intake.proposal, intake.deliberation_id) == (IntakeStage.STORED, {}, row.id)
    assert [one.code for one in run(searches.search_for, "rusticité", 1).found] == ["2024-03-07"]
    assert {one.code for one in run(searches.search_for, "DEM24-01", 1).found} >= {"DEM24-01"}
    act = run(deliberations.deliberation, "2024-03-07", today)
    assert [(part.name, [card.commitment.code for card in part.cards]) for part in act.parts][-1] == (
        "exposé",
        ["DEM24-01"],
    )


@pytest.mark.one_engine
@pytest.mark.parametrize("name", sorted(path.stem for path in TEXTS.glob("*.txt")))
def test_no_name_of_a_text_is_in_any_table_before_or_after_it_is_stored(
    run: Run, drop, database: Database, today, name
):
    known = str(everything(database))
    strangers = [one for one in PEOPLE if one not in known]
    assert len(strangers) > len(PEOPLE) / 2
    found = drop(name)
    for place in range(1, found.last + 1):
        run(intakes.decide, found.row.id, place, kept(found, place), intakes.mark(None), today)
    told = str(everything(database))
    assert [one for one in strangers if one in told] == []
    version = 1 + found.last
    typed = replace(found.typed, outcome="adopted")
    run(intakes.store, found.row.id, typed, version, today)
    told = str(everything(database))
    assert [one for one in strangers if one in told] == []


def test_one_wrong_commitment_keeps_all_out(run: Run, drop, database: Database, today):
    found = drop("commune_nominal_vote")
    for place in (1, 2):
        run(intakes.decide, found.row.id, place, kept(found, place), intakes.mark(None), today)
    with database.transaction() as session:
        row = session.get_one(Intake, found.row.id)
        told = dict(row.proposal)
        told["decided"] = {key: {**one, "code": "DEM16-S01"} for key, one in told["decided"].items()}
        row.proposal = told
    before = everything(database)
    assert problems(run, intakes.store, found.row.id, found.typed, 3, today) == [
        ("candidate-1-code", ProblemCode.COMMITMENT_TAKEN),
        ("candidate-2-code", ProblemCode.GIVEN_TWICE),
    ]
    assert everything(database) == before


def test_what_is_typed_wrong_is_told_at_its_own_field(run: Run, drop, today):
    found = drop("two_budget_lines")
    first, second = found.typed.lines
    typed = replace(
        found.typed,
        number="",
        adopted_on="2199-01-01",
        votes_for="beaucoup",
        rapporteur_role="Madame Odile FERRANDIER",
        lines=(first, replace(second, year="1850", amount="-5")),
        relations=(replace(found.typed.relations[0], kind=""),),
    )
    assert set(problems(run, intakes.store, found.row.id, typed, 1, today)) == {
        ("number", ProblemCode.FIELD_MISSING),
        ("adopted_on", ProblemCode.DECISION_IN_FUTURE),
        ("votes_for", ProblemCode.WORD_NOT_ADMITTED),
        ("rapporteur_role", ProblemCode.PERSON_NAMED),
        ("lines-2-year", ProblemCode.YEAR_OUT_OF_RANGE),
        ("lines-2-amount", ProblemCode.SUM_NEGATIVE),
        ("relations-1-kind", ProblemCode.FIELD_MISSING),
    }


def test_a_candidate_is_checked_when_it_is_kept_and_not_when_it_is_set_aside(run: Run, drop, today):
    found = drop("commune_nominal_vote")
    wrong = replace(kept(found, 1), axis="", code="é", indicators="SOB-06, RIEN-1", due_on="hier")
    assert set(problems(run, intakes.decide, found.row.id, 1, wrong, intakes.mark(None), today)) == {
        ("axis", ProblemCode.FIELD_MISSING),
        ("code", ProblemCode.IDENTIFIER_UNREADABLE),
        ("indicators", ProblemCode.FORMULA_UNKNOWN_INDICATOR),
        ("due_on", ProblemCode.DATE_UNREADABLE),
    }
    run(intakes.decide, found.row.id, 1, replace(wrong, is_kept=False), intakes.mark(None), today)
    by_hand = replace(kept(found, 1), code="DEM24-H1")
    run(intakes.decide, found.row.id, found.last + 1, by_hand, intakes.mark(None), today)
    assert list(run(intakes.waiting, found.row.id).kept) == [found.last + 1]
    with pytest.raises(NotFound):
        run(intakes.decide, found.row.id, found.last + 9, by_hand, intakes.mark(None), today)


def test_a_stale_edit_writes_nothing(run: Run, drop, database: Database, today):
    found = drop("commune_nominal_vote")
    seen = intakes.mark(found.typed)
    run(intakes.keep, found.row.id, replace(found.typed, title_fr="Un"), seen)
    before = everything(database)
    for service, *given in (
        (intakes.keep, found.row.id, replace(found.typed, title_fr="Deux"), seen),
        (intakes.store, found.row.id, found.typed, 1, today),
        (intakes.discard, found.row.id, 1),
    ):
        with pytest.raises(Conflict):
            run(service, *given)
    assert everything(database) == before


def test_a_number_that_is_in_the_register_is_refused_even_under_another_reference(run: Run, drop, database, today):
    found = drop("commune_nominal_vote")
    run(intakes.store, found.row.id, found.typed, 1, today)
    content = (TEXTS / "commune_nominal_vote.txt").read_bytes() + b"\n\n"
    again = run(intakes.take_in, content, intakes.read(content, "x.txt"))
    assert run(intakes.known_file, content).id == again.id
    before = everything(database)
    typed = replace(found.typed, reference="AUTRE-1", number="2024 -03-07")
    assert problems(run, intakes.store, again.id, typed, 1, today) == [("number", ProblemCode.NUMBER_TAKEN)]
    same = replace(found.typed, number="2024-99")
    assert problems(run, intakes.store, again.id, same, 1, today) == [("reference", ProblemCode.NUMBER_TAKEN)]
    assert everything(database) == before


def test_only_who_takes_in_does(run: Run, drop, database: Database, today):
    found = drop("commune_nominal_vote")
    before = everything(database)
    calls: list[tuple[Any, ...]] = [
        (intakes.listed,),
        (intakes.waiting, found.row.id),
        (intakes.take_in, b"x", found.told),
        (intakes.keep, found.row.id, found.typed, ""),
        (intakes.decide, found.row.id, 1, TypedCommitment(), intakes.mark(None), today),
        (intakes.store, found.row.id, found.typed, 1, today),
        (intakes.discard, found.row.id, 1),
        (scdl.store, b"DELIB_ID,DELIB_DATE,DELIB_OBJET\n1,2024-01-01,x\n", today),
    ]
    for call in calls:
        for role in (Role.AGENT, Role.ELU, Role.ADMIN):
            with pytest.raises(Forbidden):
                run(*call, role=role)
    assert everything(database) == before


def test_an_open_table_adds_what_is_not_there_with_its_votes_and_comes_out_the_same(
    run: Run, database: Database, today
):
    head = "DELIB_ID,DELIB_DATE,DELIB_OBJET,VOTE_POUR,VOTE_CONTRE,VOTE_ABSTENTION,DELIB_URL\n"
    lines = "A/1,2024-01-15,Achat de serveurs,20,0,,https://ville.example/a.pdf\nA 1,2024-02-15,Autre,,,,\n"
    found = run(scdl.store, (head + lines).encode(), today)
    assert [reference for reference, _ in found.fresh] == ["A-1", "A-1-2024-02-15"]
    told = {one.identifier: one for one in run(deliberations.published)}
    assert (told["A/1"].in_favour, told["A/1"].against, told["A/1"].abstentions) == (20, 0, None)
    before = everything(database)
    assert len(run(scdl.store, (head + lines).encode(), today).known) == 2
    assert everything(database) == before
    assert {one.number for one in run(deliberations.promising)} == {
        "DEMO 2016-012 (fictive)",
        "DEMO 2022-045 (fictive)",
    }


def test_a_row_with_more_votes_against_than_for_was_rejected(run: Run, database: Database, today):
    head = "DELIB_ID,DELIB_DATE,DELIB_OBJET,VOTE_POUR,VOTE_CONTRE\n"
    run(scdl.store, f"{head}R-1,2024-01-15,Plan,3,20\nR-2,2024-01-16,Plan,10,10\n".encode(), today)
    with database.reading() as session:
        query = select(Deliberation.number, Deliberation.outcome).where(Deliberation.number.in_(["R-1", "R-2"]))
        assert dict(map(tuple, session.execute(query))) == {"R-1": "rejected", "R-2": "adopted"}


REAL = Path(__file__).parents[3] / "shared" / "deliberations"


@pytest.mark.skipif(not REAL.is_dir(), reason=f"the texts of the deliberations are not here: {REAL}")
@pytest.mark.parametrize("number", range(4))
def test_a_real_text_is_stored_without_the_name_of_anybody_who_was_there(
    run: Run, database: Database, today, number: int
):
    path = sorted(REAL.glob("*.txt"))[number]
    people = {f"{first} {surname}" for first, surname in listed_people()}
    assert len(people) > 100
    content = path.read_bytes()
    row = run(intakes.take_in, content, intakes.read(content, path.name))
    found = run(intakes.waiting, row.id)
    chosen = range(1, found.last + 1, 12)  # all of them are in the row that is looked through
    for place in chosen:
        run(intakes.decide, row.id, place, kept(found, place), intakes.mark(None), today)
    told = str(everything(database)).lower()
    assert [one for one in people if one.lower() in told] == []
    text = run(intakes.store, row.id, found.typed, 1 + len(chosen), today)
    told = str(everything(database)).lower()
    assert [one for one in people if one.lower() in told] == []
    act = run(deliberations.deliberation, text.reference, today)
    assert act.parts[0].article is not None
    assert len(act.cards) == len(chosen)
    assert [str(told.amount) for told, _ in act.lines] == {0: ["4000"], 3: ["3600"]}.get(number, [])
