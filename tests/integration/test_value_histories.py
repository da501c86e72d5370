"""The history of a value: all of it for who works on it, what was published for readers, and never a draft figure."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event

from tracker.domain.entries import Draft
from tracker.domain.errors import NotFound
from tracker.domain.histories import Fate, changed
from tracker.domain.parts import PartDraft
from tracker.domain.vocabulary import Absence, Role, Stage
from tracker.services import indicators, measurements, workflow
from tracker.services.histories import history
from tracker.services.reversals import Undoing, undo
from tracker.store.models import Campaign

READERS = (Role.ELU, Role.ADMIN)
WORKERS = (Role.AGENT, Role.REFERENT)


@pytest.fixture
def record(database, enter_as, today):
    def go(*drafts, year=2025, role=Role.AGENT, slug="marseille"):
        with database.transaction() as session:
            return measurements.record(session, enter_as(session, role, slug), year, drafts, today)

    return go


@pytest.fixture
def campaign(database, enter_as):
    """Give a function that opens the campaign of a year now."""

    def go(year=2025, slug="marseille"):
        with database.transaction() as session:
            visitor = enter_as(session, Role.REFERENT, slug)
            told: dict[str, Any] = {"due_on": date(2026, 12, 4), "reminders_on": [], "opened_by": visitor.name}
            session.add(
                Campaign(organisation_id=visitor.organisation.id, year=year, opened_at=datetime.now(UTC), **told)
            )

    return go


@pytest.fixture
def move(database, enter_as, today):
    """Give a function that submits the last value of SOB-06, then validates or returns it."""

    def go(*stages, revision, reason=""):
        for stage in stages:
            with database.transaction() as session:
                if stage is Stage.SUBMITTED:
                    visitor = enter_as(session)
                    assert workflow.submit(session, visitor, 2025, ["SOB-06"], ["SOB-06"], today).codes == ("SOB-06",)
                elif stage is Stage.VALIDATED:
                    workflow.validate(session, enter_as(session, Role.REFERENT), 2025, [("SOB-06", revision)], today)
                else:
                    visitor = enter_as(session, Role.REFERENT)
                    workflow.return_(session, visitor, 2025, [("SOB-06", revision)], reason, today)

    return go


@pytest.fixture
def read(database, enter_as, today):
    def go(role=Role.AGENT, code="SOB-06", year=2025, page=1, slug="marseille"):
        with database.reading() as session:
            return history(session, enter_as(session, role, slug), code, year, page, today)

    return go


def brief(found):
    return [(one.reading.revision, one.reading.value, one.fate) for one in found.revisions]


@pytest.mark.parametrize("role", list(Role))
def test_without_a_campaign_everybody_reads_every_revision_and_no_state_is_shown(record, read, role):
    record(Draft("SOB-06", value="5,4", comment="Inventaire"))
    record(Draft("SOB-06", seen=1, value="5,6", comment="Inventaire"), role=Role.REFERENT)
    found = read(role)
    assert brief(found) == [(2, Decimal("5.6"), None), (1, Decimal("5.4"), None)]
    latest, first = found.revisions
    assert (latest.before, first.before) == (first.reading, None)
    assert changed(latest.before, latest.reading) == ("value",)
    assert (latest.reading.author, first.reading.author) == ("Dominique Référent (fictif)", "Alix Agent (fictif)")
    assert not found.is_preparing


def test_a_draft_is_for_those_who_work_on_it_and_readers_only_know_that_one_is_coming(record, campaign, read):
    record(Draft("SOB-06", value="5,4"))
    campaign()
    record(Draft("SOB-06", seen=1, value="9,9"))
    for role in WORKERS:
        assert brief(read(role)) == [(2, Decimal("9.9"), Fate.WAITING), (1, Decimal("5.4"), Fate.PUBLISHED)]
    for role in READERS:
        found = read(role)
        assert brief(found) == [(1, Decimal("5.4"), Fate.PUBLISHED)]
        assert found.is_preparing
        assert found.aim.value(2025) == Decimal("5.4")


def test_an_agent_reads_no_draft_of_an_indicator_that_is_not_theirs(database, enter_as, record, campaign, read):
    campaign(slug="demonstration", year=2026)
    record(Draft("GOV-07", value="61"), year=2026, role=Role.REFERENT, slug="demonstration")
    found = read(Role.AGENT, "GOV-07", 2026, slug="demonstration")
    assert (brief(found), found.is_preparing) == ([], True)
    assert brief(read(Role.REFERENT, "GOV-07", 2026, slug="demonstration")) == [(1, Decimal(61), Fate.WAITING)]


def test_the_whole_way_of_a_value_is_told_with_its_reasons(record, campaign, move, read):
    campaign()
    record(Draft("SOB-06", value="15"))
    move(Stage.SUBMITTED, Stage.RETURNED, revision=1, reason="En années, pas en mois.")
    record(Draft("SOB-06", seen=1, value="5,4"))
    move(Stage.SUBMITTED, Stage.VALIDATED, revision=2)
    second, first = read().revisions
    assert [(step.stage, step.author.split()[0], step.reason) for step in first.steps] == [
        (Stage.SUBMITTED, "Alix", ""),
        (Stage.RETURNED, "Dominique", "En années, pas en mois."),
    ]
    assert [step.stage for step in second.steps] == [Stage.SUBMITTED, Stage.VALIDATED]
    assert (second.fate, first.fate) == (Fate.PUBLISHED, Fate.SUPERSEDED)
    reader = read(Role.ELU)
    assert brief(reader) == [(2, Decimal("5.4"), Fate.PUBLISHED)]
    assert reader.revisions[0].before is None
    assert not reader.is_preparing


def test_a_correction_after_the_end_says_why_and_the_value_of_before_stays_readable(
    database, enter_as, record, campaign, move, read
):
    campaign()
    record(Draft("SOB-06", value="5,4"))
    move(Stage.SUBMITTED, Stage.VALIDATED, revision=1)
    with database.transaction() as session:
        from tracker.store.queries import campaigns

        row = campaigns.by_year(session, enter_as(session).organisation.id, 2025)
        assert row
        row.closed_at, row.closed_by = datetime.now(UTC), "test"
    record(Draft("SOB-06", seen=1, value="5,6", reason="Un lot oublié"), role=Role.REFERENT)
    for role in Role:
        found = read(role)
        assert brief(found) == [(2, Decimal("5.6"), Fate.PUBLISHED), (1, Decimal("5.4"), Fate.REPLACED)]
        assert [one.reason for one in found.revisions] == ["Un lot oublié", ""]


def test_a_value_that_was_taken_back_is_in_the_history_and_nothing_is_said_to_be_coming(
    database, enter_as, today, record, campaign, read
):
    campaign()
    record(Draft("SOB-06", value="5,4"))
    with database.transaction() as session:
        undo(session, enter_as(session), [Undoing("SOB-06", 2025, 1)], today)
    latest, first = read().revisions
    assert (latest.reading.absence, first.reading.value) == (Absence.WITHDRAWN, Decimal("5.4"))
    assert (brief(read(Role.ELU)), read(Role.ELU).is_preparing) == ([], False)


def test_the_parts_of_departments_are_told_beside_those_of_before(record, read):
    record(Draft("SOB-05", parts={"DSI": PartDraft("1000")}), year=2026, slug="demonstration")
    parts = {"DSI": PartDraft("1000"), "DGS": PartDraft("100")}
    record(Draft("SOB-05", seen=1, parts=parts), year=2026, slug="demonstration")
    latest, _ = read(code="SOB-05", year=2026, slug="demonstration").revisions
    assert changed(latest.before, latest.reading) == ("value", "parts")
    assert [part.value for part in latest.before.parts] == [Decimal(1000)]


def test_a_long_history_is_read_by_pages_that_join_up(record, read):
    for number in range(12):
        record(Draft("SOB-06", seen=number, value=f"5,{number + 1:02}"))
    first, second = read(), read(page=2)
    assert [one.reading.revision for one in first.revisions] == list(range(12, 2, -1))
    assert [one.reading.revision for one in second.revisions] == [2, 1]
    assert first.revisions[-1].before == second.revisions[0].reading
    assert second.revisions[-1].before is None
    assert (first.total, first.pages) == (12, 2)
    with pytest.raises(NotFound):
        read(page=3)


def test_a_longer_history_takes_no_more_queries(database, enter_as, today, record):
    def asked():
        found = []

        def note(connection, cursor, sql, parameters, context, executemany):
            found.append(sql)

        with database.reading() as session:
            visitor = enter_as(session)
            event.listen(database.engine, "before_cursor_execute", note)
            history(session, visitor, "SOB-06", 2025, 1, today)
            event.remove(database.engine, "before_cursor_execute", note)
        return len(found)

    record(Draft("SOB-06", value="5,1"))
    before = asked()
    for number in range(1, 6):
        record(Draft("SOB-06", seen=number, value=f"5,{number + 1}"))
    assert asked() == before


@pytest.mark.parametrize(("code", "year"), [("RIEN", 2025), ("SOB-06", 1999), ("SOB-06", 2027)])
def test_a_value_that_cannot_be_has_no_history(read, code, year):
    with pytest.raises(NotFound):
        read(code=code, year=year)


# The page of the indicator, which everybody reads


@pytest.mark.parametrize("role", list(Role))
def test_the_page_of_an_indicator_lists_no_draft_and_explains_the_published_value(
    database, enter_as, today, record, campaign, role
):
    terms = {"DSI": PartDraft("", "1620", "300")}
    record(Draft("SOB-06", parts=terms), year=2026, slug="demonstration")
    campaign(year=2026, slug="demonstration")
    record(Draft("SOB-06", seen=1, value="9,9"), year=2026, slug="demonstration")
    with database.reading() as session:
        visitor = enter_as(session, role, "demonstration")
        sheet = indicators.sheet(session, visitor, "SOB-06", today)
        why = indicators.why(session, visitor, "SOB-06", 2026, today)
    assert [(one.year, one.revision) for one in sheet.revisions if one.year == 2026] == [(2026, 1)]
    assert sheet.aim.value(2026) == Decimal("5.4")
    assert why.aim.value(2026) == Decimal("5.4")
    assert [part.department for part in why.aim.readings[2026].parts] == ["DSI"]
