"""A deliberation of the register is corrected field by field, with a reason, and nothing that stands on it moves."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.integration.helpers import everything
from tests.integration.test_concurrency import one_inside_the_other
from tests.unit.deliberations.people import PEOPLE
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.vocabulary import FindingState, PublicationScope, Role
from tracker.labels import speaking
from tracker.labels.journal import shown
from tracker.services import corrections, deliberations, findings, memberships, publications, scdl, searches, seeds
from tracker.services.findings import FindingDraft
from tracker.services.membership_years import YearDraft, record_year
from tracker.services.memberships import MembershipDraft
from tracker.services.publications import PublicationDraft
from tracker.services.reviewed import TypedLine, TypedRelation, TypedText
from tracker.services.scorecards import scorecard
from tracker.store.models import BudgetLine, Deliberation, JournalEntry, MembershipYear, Publication
from tracker.store.queries import commitments, organisations
from tracker.store.session import Database

Run = Callable[..., Any]
HOME = "demonstration"
REFERENCE = "2024-031"
WHY = "Faute de frappe à la prise en charge"
CODES = {"budget": "Budget principal", "section": "operating", "chapter": "011", "function": "020", "nature": "6281"}
COMMITMENT = {
    "code": "ESS24-01",
    "locator": "article 1",
    "axis": "governance",
    "title_fr": "Tenir un registre",
    "statement_fr": "La Ville tient un registre de ses équipements.",
    "kind": "continuous",
    "strength": "commitment",
    "stage_in_text": "to_do",
}
DOCUMENT = {
    "source": "Essai.",
    "reference": REFERENCE,
    "number": "2024-031",
    "adopted_on": "2024-04-11",
    "body": "Conseil municipal",
    "title_fr": "Registre des équipments",
    "title_en": "Register of equipment",
    "rapporteur_role": "Adjointe au numérique",
    "outcome": "adopted",
    "votes_for": 25,
    "votes_against": 0,
    "legal_basis": ["Code général des collectivités territoriales", "Loi 2020-105 du 10 février 2020"],
    "relations": [{"kind": "refers_to", "number": "2020-077", "adopted_on": "2020-09-24"}],
    "articles": [{"label": "article 1", "body_fr": "Un registre est tenu."}],
    "budget_lines": [
        {**CODES, "year": 2024, "amount": "12500.50", "tax": "inclusive"},
        {**CODES, "year": 2024, "nature": "2051"},
    ],
    "commitments": [COMMITMENT],
}


@pytest.fixture
def run(database: Database, enter_as) -> Run:
    """Give the function that calls a service as somebody of the demonstration, in a transaction of its own."""

    def call(service: Callable[..., Any], *given: Any, role: Role = Role.REFERENT, slug: str = HOME) -> Any:
        with database.transaction() as session:
            return service(session, enter_as(session, role, slug), *given)

    return call


@pytest.fixture
def register(database: Database) -> Callable[..., None]:
    """Give the function that puts a text in the register, as if it had been taken in after everything else."""

    def add(**told: Any) -> None:
        with database.transaction() as session:
            home = organisations.by_slug(session, HOME)
            assert home
            now = session.scalar(select(func.max(JournalEntry.at)))
            seeds.add_deliberation(session, home.id, {**DOCUMENT, **told}, "Essai", recorded_at=now)

    return add


@pytest.fixture
def text(register, run: Run) -> TypedText:
    """Give the fields of a text that has just entered the register."""
    register()
    found: TypedText = run(corrections.find, REFERENCE).typed
    return found


def mend(run: Run, today: date, typed: TypedText, reason: str = WHY, reference: str = REFERENCE, **given: Any) -> bool:
    """Correct a text as somebody who has just opened its page."""
    seen = run(corrections.find, reference, **given).seen
    return bool(run(corrections.correct, reference, typed, reason, seen, today, **given))


def refused(run: Run, today: date, typed: TypedText, reason: str = WHY) -> set[tuple[str, ProblemCode]]:
    with pytest.raises(Invalid) as problems:
        mend(run, today, typed, reason)
    return {(one.where, one.code) for one in problems.value.problems}


def last_line(database: Database) -> JournalEntry:
    with database.reading() as session:
        row = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
        assert row
        return row


def stamp(database: Database) -> int:
    with database.reading() as session:
        home = organisations.by_slug(session, HOME)
        assert home
        return home.stamp


def test_each_field_is_corrected_and_the_journal_tells_what_changed_only(run: Run, text, database: Database, today):
    line = replace(text.lines[0], amount="12 600,5", tax="exclusive")
    typed = replace(
        text,
        number="2024-032",
        title_fr="Registre des équipements",
        votes_for="24",
        votes_against="1",
        url="https://ville.example/2024-032.pdf",
        legal_basis="Code général des collectivités territoriales\nLoi 2021-1485 du 15 novembre 2021",
        lines=(line, text.lines[1]),
        relations=(*text.relations, TypedRelation("renews", "2016-004", "16/06/2016")),
    )
    before = stamp(database)
    assert mend(run, today, typed)
    assert stamp(database) != before
    held = run(corrections.find, REFERENCE)
    assert held.typed == replace(typed, lines=(replace(line, amount="12600,5"), text.lines[1]))
    assert held.row.adopted_on == date(2024, 4, 11)
    told = last_line(database)
    assert (told.action, told.subject, told.comment) == (JournalAction.DELIBERATION_CORRECTED, REFERENCE, WHY)
    was, is_ = json.loads(told.before), json.loads(told.after)
    assert was.keys() == is_.keys() == {
        "number", "title", "votes_for", "votes_against", "url", "legal_basis", "lines", "relations"
    }  # fmt: skip
    assert (was["number"], is_["number"]) == ("2024-031", "2024-032")
    assert (was["votes_against"], is_["votes_against"]) == ("0", "1")
    assert (was["legal_basis"], is_["legal_basis"]) == (
        "Loi 2020-105 du 10 février 2020",
        "Loi 2021-1485 du 15 novembre 2021",
    )
    assert "12\u202f500,50\u202f€ TTC" in was["lines"].replace("\xa0", "\u202f")
    assert "2051" not in was["lines"] + is_["lines"]
    assert (was["relations"], is_["relations"]) == ("", "renouvelle, 2016-004, 16 juin 2016")
    with speaking("fr"):
        assert "voix contre" in shown(told.action, told.after)
    assert [one.code for one in run(searches.search_for, "2024-032", 1).found] == [REFERENCE, "ESS24-01"]


def test_the_same_typed_otherwise_changes_nothing_and_asks_for_no_reason(run: Run, text, database: Database, today):
    first = replace(text.lines[0], amount="12500,5")
    typed = replace(text, adopted_on="2024-04-11", number=" 2024-031 ", lines=(first, text.lines[1]))
    before = everything(database)
    assert not mend(run, today, typed, reason="")
    assert everything(database) == before


def test_every_text_of_the_seeds_opens_as_it_is_and_takes_a_correction_of_its_title(run: Run, database, today):
    with database.reading() as session:
        known = {
            row.slug: [one.reference for one in commitments.deliberations(session, row.id)]
            for row in organisations.everything(session)
        }
    assert sum(map(len, known.values())) >= 8
    for slug, references in known.items():
        for reference in references:
            typed = run(corrections.find, reference, slug=slug).typed
            assert not mend(run, today, typed, "", reference, slug=slug), reference
            changed = replace(typed, title_fr=f"{typed.title_fr} (bis)")
            assert mend(run, today, changed, WHY, reference, slug=slug), reference
            assert json.loads(last_line(database).after) == {"title": changed.title_fr}


def test_somebody_who_was_quicker_is_never_overwritten(run: Run, text, database: Database, today):
    seen = run(corrections.find, REFERENCE).seen
    assert mend(run, today, replace(text, votes_for="24"))
    before = everything(database)
    with pytest.raises(Conflict) as stale:
        run(corrections.correct, REFERENCE, replace(text, votes_for="23", url="x"), "", seen, today)
    assert {(one.where, one.code) for one in stale.value.problems} == {
        ("seen", ProblemCode.MENDED_MEANWHILE),
        ("url", ProblemCode.CELL_FORM),
        ("reason", ProblemCode.MENDING_REASON_MISSING),
    }
    assert everything(database) == before
    assert not run(corrections.correct, REFERENCE, replace(text, votes_for="24"), "", seen, today)  # it says so now


def test_two_at_once_are_one_after_the_other(run: Run, text, database: Database, enter_as, today):
    seen = run(corrections.find, REFERENCE).seen

    def correct(votes: str, meanwhile: Callable[[], object] = lambda: None) -> bool:
        with database.transaction() as session:
            visitor = enter_as(session, Role.REFERENT, HOME)
            typed = replace(text, votes_for=votes)
            done = corrections.correct(session, visitor, REFERENCE, typed, WHY, seen, today)
            meanwhile()
        return done

    first, second = one_inside_the_other(lambda meanwhile: correct("24", meanwhile), lambda: correct("23"))
    assert first is True
    assert isinstance(second, Conflict)
    assert run(corrections.find, REFERENCE).typed.votes_for == "24"


def test_what_the_intake_refuses_is_refused_at_its_field_and_nothing_is_half_written(
    run: Run, text, register, database: Database, today
):
    register(reference="2024-040", number="2024-040", commitments=[], budget_lines=[])
    before = everything(database)
    typed = replace(
        text,
        number=" 2024-040",
        adopted_on="01/01/2199",
        body="",
        title_fr="Registre présenté par Monsieur Jacques DURANDEL",
        outcome="rejected",
        votes_for="beaucoup",
        url="pas une adresse",
        lines=(replace(text.lines[0], amount="-3", year="1850"), text.lines[1]),
        relations=(replace(text.relations[0], kind="", adopted_on="jamais"),),
    )
    assert refused(run, today, typed, "Relu par Monsieur Jacques DURANDEL") == {
        ("number", ProblemCode.NUMBER_TAKEN),
        ("adopted_on", ProblemCode.DECISION_IN_FUTURE),
        ("body", ProblemCode.FIELD_MISSING),
        ("title_fr", ProblemCode.PERSON_NAMED),
        ("outcome", ProblemCode.NOT_ADOPTED),
        ("votes_for", ProblemCode.WORD_NOT_ADMITTED),
        ("url", ProblemCode.CELL_FORM),
        ("lines-1-amount", ProblemCode.SUM_NEGATIVE),
        ("lines-1-year", ProblemCode.YEAR_OUT_OF_RANGE),
        ("relations-1-kind", ProblemCode.FIELD_MISSING),
        ("relations-1-adopted_on", ProblemCode.DATE_UNREADABLE),
        ("reason", ProblemCode.PERSON_NAMED),
    }
    assert refused(run, today, replace(text, votes_for="24"), " ") == {("reason", ProblemCode.MENDING_REASON_MISSING)}
    assert everything(database) == before
    was, told = str(before), str(everything(database))
    assert [one for one in PEOPLE if one in was] == [one for one in PEOPLE if one in told]


def test_the_address_and_the_articles_stay_whatever_is_sent(run: Run, text, today):
    sent = replace(text, reference="AUTRE", articles=(), votes_for="24")
    assert mend(run, today, sent)
    act = run(deliberations.deliberation, REFERENCE, today)
    assert act.row.votes_for == 24
    assert [part.article.body_fr for part in act.parts if part.article] == ["Un registre est tenu."]


def test_a_text_of_an_open_table_is_corrected_without_what_its_table_does_not_say(run: Run, database, today):
    heading = b"DELIB_ID;DELIB_DATE;DELIB_OBJET\r\n"
    for rows in (b"2024-01;2024-02-01;Achat\r\n2024-02;2024-03-01;Pret\r\n", b"2024-01;2024-03-01;Vente\r\n"):
        assert run(scdl.store, heading + rows, today).problems == []
    typed = run(corrections.find, "2024-01").typed
    assert mend(run, today, replace(typed, votes_for="12"), WHY, "2024-01")
    assert run(corrections.find, "2024-01").row.body == ""
    before = everything(database)
    for wrong in (
        replace(typed, votes_for="12", number="2024-02"),
        replace(typed, votes_for="12", adopted_on="01/03/2024"),
    ):
        with pytest.raises(Invalid) as twin:
            mend(run, today, wrong, WHY, "2024-01")
        assert [(one.where, one.code) for one in twin.value.problems] == [("number", ProblemCode.NUMBER_TAKEN)]
    assert everything(database) == before


def test_a_corrected_budget_line_leaves_what_stands_on_it_where_it_was(run: Run, text, database: Database, today):
    code = run(memberships.add, MembershipDraft("Club des achats"))
    fee = YearDraft(amount="900", tax="inclusive", line=CODES)
    assert run(record_year, code, 2024, fee, today)
    with database.reading() as session:
        stood = session.scalars(select(MembershipYear.budget_line_id).order_by(MembershipYear.id.desc())).first()
        row = session.get_one(BudgetLine, stood)
        assert row.deliberation_id is not None, "the membership stands on the line of the text"
        was = {one.name: getattr(row, one.name) for one in BudgetLine.__table__.columns}
    first, second = text.lines
    assert mend(run, today, replace(text, lines=(replace(first, nature="6282"), second, TypedLine(amount="3"))))
    with database.reading() as session:
        row = session.get_one(BudgetLine, stood)
        assert {one.name: getattr(row, one.name) for one in BudgetLine.__table__.columns} == was
    assert run(memberships.sheet, code, today).membership.year(2024).line.nature == "6281"
    act = run(deliberations.deliberation, REFERENCE, today)
    assert [(line.nature, told.amount) for told, line in act.lines] == [
        ("6282", Decimal("12500.5")),
        ("2051", None),
        ("", Decimal(3)),
    ]
    assert mend(run, today, replace(text, lines=()))
    assert run(deliberations.deliberation, REFERENCE, today).lines == []
    published = {one.identifier: one for one in run(deliberations.published)}
    assert published["2024-031"].budget_years == ""
    with database.reading() as session:
        assert dict(seeds.export(session))["demonstration/2024-031.yaml"].count(b"budget_lines") == 0


def test_the_day_moves_with_its_commitments_as_long_as_nothing_else_keeps_it(run: Run, text, database, today):
    def is_promised(year: int) -> bool:
        return "ESS24-01" in {one.commitment.code for one in run(scorecard, year, today).cards}

    assert not is_promised(2023)
    before = stamp(database)
    assert mend(run, today, replace(text, adopted_on="11/04/2023"))
    assert stamp(database) != before
    assert is_promised(2023)
    assert json.loads(last_line(database).before) == {"adopted_on": "2024-04-11"}


def test_a_day_that_history_keeps_is_refused(run: Run, text, register, database: Database, today):
    moved = replace(text, adopted_on="11/04/2023")
    held = {("adopted_on", ProblemCode.VOTE_DAY_IN_PUBLICATIONS)}
    draft = PublicationDraft(scope=PublicationScope.EVERYTHING, seen=_published(database))
    assert run(publications.publish, 2025, draft, today)
    before = everything(database)
    assert refused(run, today, moved) == held
    assert everything(database) == before
    fact = FindingDraft(FindingState.OBSERVED, date(2024, 4, 11), "Vu")
    run(findings.record, "ESS24-01", fact, today)
    assert refused(run, today, moved) == {("adopted_on", ProblemCode.VOTE_DAY_IN_FACTS)}
    for reference, code in (
        ("DEMO-2022-045", ProblemCode.VOTE_DAY_IN_TARGETS),
        ("DEMO-2024-108", ProblemCode.VOTE_DAY_IN_PLANS),
    ):
        typed = replace(run(corrections.find, reference).typed, adopted_on="05/01/2024")
        with pytest.raises(Invalid) as kept:
            mend(run, today, typed, WHY, reference)
        assert [one.code for one in kept.value.problems] == [code]
    register(reference="2024-050", number="2024-050", commitments=[])
    decided = YearDraft(amount="900", tax="inclusive", deliberation="2024-050")
    assert run(record_year, run(memberships.add, MembershipDraft("Club des achats")), 2024, decided, today)
    typed = replace(run(corrections.find, "2024-050").typed, adopted_on="05/01/2024")
    with pytest.raises(Invalid) as kept:
        mend(run, today, typed, WHY, "2024-050")
    assert [one.code for one in kept.value.problems] == [ProblemCode.VOTE_DAY_IN_MEMBERSHIPS]
    assert mend(run, today, replace(typed, adopted_on="11/04/2024", votes_for="3"), WHY, "2024-050")


def test_only_who_takes_deliberations_in_may_correct_one(run: Run, text, database: Database, today):
    before = everything(database)
    for role in (Role.ELU, Role.AGENT):
        with pytest.raises(Forbidden):
            run(corrections.find, REFERENCE, role=role)
        with pytest.raises(Forbidden):
            run(corrections.correct, REFERENCE, replace(text, votes_for="1"), WHY, "", today, role=role)
    with pytest.raises(NotFound):
        run(corrections.correct, REFERENCE, text, WHY, "", today, slug="marseille")
    assert everything(database) == before


def _published(database: Database) -> int:
    """Give the last version that was published of 2025."""
    with database.reading() as session:
        home = organisations.by_slug(session, HOME)
        assert home
        query = select(func.max(Publication.version)).where(
            Publication.organisation_id == home.id, Publication.year == 2025
        )
        return session.scalar(query) or 0


def test_the_text_of_somebody_else_keeps_its_own_row(run: Run, text, database: Database, today):
    with database.reading() as session:
        query = select(Deliberation).where(Deliberation.reference != REFERENCE).order_by(Deliberation.id)
        before = [(row.id, row.number, row.lines_version) for row in session.scalars(query)]
    assert mend(run, today, replace(text, number="2024-033", lines=()))
    with database.reading() as session:
        assert [(row.id, row.number, row.lines_version) for row in session.scalars(query)] == before
