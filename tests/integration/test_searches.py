"""The index follows what changes, both databases find the same things in the same order, and nobody finds another's."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy import text as sql

from tests.conftest import Source
from tests.integration.helpers import everything
from tests.integration.new_town import Run, founded
from tests.unit.test_packs_read import TEXT
from tracker.domain.vocabulary import Role, SearchKind
from tracker.services import choices, memberships, packs, searches
from tracker.services.membership_years import YearDraft, record_year
from tracker.services.memberships import MembershipDraft
from tracker.services.methods import MethodDraft, set_method
from tracker.services.visitor import Visitor
from tracker.store.models import SearchEntry
from tracker.store.queries import organisations as rows
from tracker.store.session import Database

DEPARTMENTS = ("DSI=x", "DNSI=x", "DGS=x", "DRH=x", "DAC=x", "DRU=x", "DCOM=x", "2INFO=x")
LINES = """
prolonger/prolongation/équipements/equipement/numérique/NUMERIQUES/l'empreinte/l’empreinte carbone/durée/DUREE d'usage
éco-conception/écoconception/SOB-06/sob06/DEM22-S01/DEMO-2022-045/accessib/logiciels libres/licorne parc/licorne
conseil municipal/le/lifetime/year/a OR b/*/"/日本 я/½ 1e5 2e 10m2/'':*/&|!<->
"""
LONG = (
    " ".join("abcdefghijklmnopqrstuvwxyz0123456789" * 2),
    "-".join("abcdefghijklmnopqrstuvwxyz" * 3),
    "é" * 60,
    "ﷺ" * 150,
)
ASKED = (*LINES.strip().replace("\n", "/").split("/"), *LONG, "22/0737/AGE")


def codes(found: searches.Results) -> Sequence[str]:
    return [one.code for one in found.found]


@pytest.fixture
def run(database: Database) -> Run:
    """Give the function that calls a service as the lead of a new organisation, in a transaction of its own."""
    return founded(database, DEPARTMENTS)


def test_both_databases_find_the_same_in_the_same_order(sqlite_source: Source, postgresql_source: Source, enter_as):
    told = []
    for source in (sqlite_source, postgresql_source):
        with source.seeded() as database, database.reading() as session:
            visitor = enter_as(session, Role.ELU, "demonstration")
            told.append({asked: _told(searches.search_for(session, visitor, asked, 1)) for asked in ASKED})
    assert told[0] == told[1]
    assert told[0]["prolonger"] == told[0]["prolongation"] == (1, False, ["DEM22-S01"])
    assert sorted(told[0]["équipements"][2]) == sorted(told[0]["equipement"][2])
    assert told[0]["l'empreinte"] == (4, False, ["DEM22-S02", "SOB-01", "DEM22-S03", "RFNR"])
    assert told[0]["éco-conception"] == told[0]["écoconception"]
    assert told[0]["SOB-06"] == told[0]["sob06"] == (1, False, ["SOB-06"])
    assert told[0]["DEMO-2022-045"][2][0] == "DEMO-2022-045"
    assert told[0]["durée"][2][:2] == ["SOB-06", "SOB-07"]
    assert told[0]["licorne parc"][1]
    assert told[0]["licorne"][0] == told[0]["*"][0] == 0


def _told(found: searches.Results) -> tuple[int, bool, list[str]]:
    return found.total, found.query.is_any, [one.code for one in found.found]


def test_an_organisation_finds_its_own_entries_and_no_other(database: Database, enter_as):
    with database.reading() as session:
        for slug, other in (("marseille", "DEM22"), ("amp", "VDM22"), ("demonstration", "AMP23")):
            visitor = enter_as(session, Role.ELU, slug)
            assert searches.search_for(session, visitor, "numérique", 1).found
            assert not searches.search_for(session, visitor, other, 1).found
            stored = session.scalars(
                select(SearchEntry.code).where(
                    SearchEntry.organisation_id == visitor.organisation.id, SearchEntry.kind == SearchKind.COMMITMENT
                )
            ).all()
            assert len(stored) > 10
            assert not [code for code in stored if code.startswith(other)]


def test_the_index_is_already_right_once_the_instance_is_initialised(database: Database):
    before = everything(database)
    assert before["search_entry"]
    with database.transaction() as session:
        for organisation in rows.everything(session):
            searches.index(session, organisation)
    assert everything(database) == before


def test_an_older_database_gets_its_index_the_next_time_it_is_initialised(database: Database, enter_as):
    before = [row[1:] for row in everything(database)["search_entry"]]
    with database.transaction() as session:
        searches.index(session, enter_as(session).organisation)
        for entry in session.scalars(select(SearchEntry)):
            entry.stems = "vide"
        _flush(session)
    with database.transaction() as session:
        assert not searches.search_for(session, enter_as(session), "numérique", 1).found
        for organisation in rows.everything(session):
            searches.index(session, organisation)
        assert searches.search_for(session, enter_as(session), "numérique", 1).found
        assert not searches.search_for(session, enter_as(session), "vide", 1).found
    assert [row[1:] for row in everything(database)["search_entry"]] == before


def _flush(session: Any) -> None:
    from tracker.store.queries import search

    search.store(session, [], [])


def test_a_pack_is_found_as_soon_as_it_is_added_and_not_when_it_is_refused(run: Callable[..., Any], today):
    assert run(searches.search_for, "FIC25-S01", 1).total == 0
    run(packs.load, TEXT.encode().replace(b"FIC25-G01", b"not a code"), today)
    assert run(searches.search_for, "FIC25-S01", 1).total == 0
    run(packs.load, TEXT.encode(), today)
    found = run(searches.search_for, "FIC25-S01", 1)
    assert codes(found) == ["FIC25-S01"]
    assert run(searches.search_for, "FICTIVE-2025-012", 1).found[0].kind is SearchKind.DELIBERATION


def test_a_choice_brings_an_indicator_in_and_takes_it_out(run: Callable[..., Any]):
    assert codes(run(searches.search_for, "SOB-06", 1)) == []
    run(choices.choose, {"SOB-06"}, 0)
    assert codes(run(searches.search_for, "durée ordinateurs", 1)) == ["SOB-06"]
    run(choices.choose, {"SOB-07"}, run(choices.offers).seen)
    assert codes(run(searches.search_for, "SOB-06", 1)) == []
    assert codes(run(searches.search_for, "SOB-07", 1)) == ["SOB-07"]


def test_a_formula_brings_in_what_it_draws_on(run: Callable[..., Any], today):
    run(choices.choose, {"SOB-31"}, 0)
    assert codes(run(searches.search_for, "SOB-12", 1)) == []
    run(set_method, "SOB-31", MethodDraft(formula="SOB-12", in_force_from="2025", reason="x"), today)
    assert codes(run(searches.search_for, "SOB-12", 1)) == ["SOB-12"]


def test_a_membership_is_found_by_its_name_and_by_what_it_served_as_soon_as_it_is_told(run: Callable[..., Any], today):
    code = run(memberships.add, MembershipDraft("Réseau des Éco-acteurs"))
    for asked in ("eco-acteurs", "RÉSEAUX", code):
        assert [(one.kind, one.code) for one in run(searches.search_for, asked, 1).found] == [
            (SearchKind.MEMBERSHIP, code)
        ]
    first = YearDraft(amount="100", served="Ateliers de réemploi", tools="Calculateur d'empreinte")
    run(record_year, code, 2025, first, today)
    assert codes(run(searches.search_for, "atelier réemplois", 1)) == [code]
    assert codes(run(searches.search_for, "CALCULATEURS empreinte", 1)) == [code]
    run(record_year, code, 2025, YearDraft(amount="100", served="Formations", seen=1), today)
    assert codes(run(searches.search_for, "ateliers", 1)) == []
    assert codes(run(searches.search_for, "formation", 1)) == [code]


def test_the_index_of_sqlite_says_what_the_entries_say_before_and_after_a_change(database: Database, run):
    if database.engine.dialect.name != "sqlite":
        return
    run(choices.choose, {"SOB-31"}, 0)
    with database.reading() as session:
        indexed = session.execute(sql("SELECT rowid, stems FROM search_index ORDER BY rowid")).all()
        assert indexed == session.execute(sql("SELECT id, stems FROM search_entry ORDER BY id")).all()
        assert len(indexed) > 300


def test_the_search_asks_few_questions_of_the_database(database: Database, enter_as, today):
    from sqlalchemy import event

    with database.reading() as session:
        visitor: Visitor = enter_as(session, Role.ELU, "demonstration")
        said: list[str] = []
        event.listen(database.engine, "before_cursor_execute", lambda *given: said.append(given[2]))
        searches.search_for(session, visitor, "numérique", 1)
    assert len([one for one in said if one.startswith("SELECT")]) == 1
