"""Deadlines read from the rows, and private calendars: who opens one, what ends it, what the journal says of it."""

from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar
from sqlalchemy import select

from tests.integration.planned_rows import add_action, add_plan
from tests.integration.test_concurrency import together
from tracker.domain.deadlines import DeadlineKind
from tracker.domain.errors import Conflict, NotFound
from tracker.domain.journal_actions import JournalAction
from tracker.domain.vocabulary import ActionStatus, PlanStage, Role
from tracker.services import accounts, calendars, deadlines, demonstration, journal
from tracker.services.deadlines import Wanted
from tracker.store.models import CalendarKey, JournalEntry, RoleGrant
from tracker.store.queries import accounts as account_rows

TOWN = "demonstration"


@pytest.fixture
def plans(database, enter_as):
    """Have a reviewed plan and a running one, whose only action waited for is the latest version of A-01."""
    with database.transaction() as session:
        town = enter_as(session, Role.REFERENT, TOWN).organisation
        old = add_plan(session, town, 2097, PlanStage.DRAFT, PlanStage.ADOPTED, PlanStage.REVIEWED)
        add_action(session, town, old, "A-09", "Oubliée", lead="DSI", ends_on=date(2024, 12, 31))
        plan = add_plan(session, town, 2098)
        add_action(session, town, plan, "A-01", "Ancien titre", lead="DRH", ends_on=date(2026, 1, 1))
        steps = [("Choisir", date(2026, 3, 1), date(2026, 3, 2)), ("Commander", date(2026, 6, 30), None)]
        add_action(
            session,
            town,
            plan,
            "A-01",
            "Reconditionner",
            lead="DSI",
            contributors=["DAC"],
            ends_on=date(2026, 12, 31),
            steps=steps,
            version=2,
        )
        add_action(session, town, plan, "A-02", "Faite", ends_on=date(2026, 1, 1), status=ActionStatus.DONE)


@pytest.mark.usefixtures("plans")
def test_only_the_latest_version_of_the_actions_of_plans_not_reviewed_is_waited_for(database, enter_as, today):
    with database.reading() as session:
        town = enter_as(session, Role.ELU, TOWN).organisation
        found = [one for one in deadlines.deadlines(session, town, today) if one.year == 2098]
        elsewhere = enter_as(session, Role.ELU).organisation
        assert not [one for one in deadlines.deadlines(session, elsewhere, today) if one.year == 2098]
    assert [(one.kind, one.title.fr, one.on, one.departments) for one in found] == [
        (DeadlineKind.STEP, "Commander", date(2026, 6, 30), ("DSI", "DAC")),
        (DeadlineKind.ACTION, "Reconditionner", date(2026, 12, 31), ("DSI", "DAC")),
    ]


@pytest.mark.usefixtures("plans")
def test_the_list_is_narrowed_to_a_department_a_kind_and_the_days_ahead_and_keeps_what_is_late(
    database, enter_as, today
):
    with database.reading() as session:
        visitor = enter_as(session, Role.ELU, TOWN)
        everything = deadlines.schedule(session, visitor, Wanted(), 1, today)
        mine = deadlines.schedule(session, visitor, Wanted(department="DAC"), 1, today)
        steps = deadlines.schedule(session, visitor, Wanted(kind=DeadlineKind.STEP), 1, today)
        soon = deadlines.schedule(session, visitor, Wanted(days=0), 1, today)
    assert everything.total == everything.known == mine.known
    assert everything.late >= 3  # two milestones of the demonstration, and the step
    assert all(one.is_of("DAC") for one in (*mine.behind, *mine.ahead))
    assert {one.kind for one in mine.ahead} >= {DeadlineKind.CAMPAIGN, DeadlineKind.ACTION}
    assert [one.title.fr for one in steps.behind if one.year == 2098] == ["Commander"]
    assert {one.kind for one in (*steps.behind, *steps.ahead)} == {DeadlineKind.STEP}
    assert (soon.total, soon.ahead) == (everything.late, [])


@pytest.mark.usefixtures("plans")
def test_the_calendar_names_each_event_for_ever_and_says_which_are_late(database, enter_as, today):
    now = datetime(2026, 11, 22, 9, tzinfo=UTC)
    with database.reading() as session:
        visitor = enter_as(session, Role.ELU, TOWN)
        content = deadlines.calendar(session, visitor, "https://suivi.example", today, now)
        total = deadlines.schedule(session, visitor, Wanted(), 1, today).total
    events = {str(event["UID"]): event for event in Calendar.from_ical(content).walk("VEVENT")}
    assert len(events) == total
    step = events["demonstration-action-2098-A-01-step-2"]
    assert str(step["SUMMARY"]).replace("\u00a0", " ") == "En retard : Étape : Commander"
    assert str(step["URL"]) == "https://suivi.example/demonstration/plan/2098/actions/A-01"
    assert "Direction des systèmes d’information" in str(step["DESCRIPTION"])
    assert {"demonstration-campaign-2025-due", "demonstration-campaign-2025-debate"} <= set(events)


def test_a_calendar_holds_so_many_events_at_most_the_latest_dates_left_out(database, enter_as, today):
    with database.transaction() as session:
        town = enter_as(session, Role.REFERENT, TOWN).organisation
        steps = [(f"Étape {number}", date(2030, 1, 1), None) for number in range(deadlines.CALENDAR_MOST)]
        add_action(session, town, add_plan(session, town, 2098), "A-01", "Longue", lead="DSI", steps=steps)
    with database.reading() as session:
        visitor = enter_as(session, Role.ELU, TOWN)
        content = deadlines.calendar(session, visitor, "https://x.example", today, datetime(2026, 11, 22, tzinfo=UTC))
        page = deadlines.schedule(session, visitor, Wanted(), 2, today)
    uids = [str(event["UID"]) for event in Calendar.from_ical(content).walk("VEVENT")]
    assert len(uids) == deadlines.CALENDAR_MOST
    assert "demonstration-campaign-2025-due" in uids
    assert len(content) < 400_000
    assert len(page.behind) + len(page.ahead) == deadlines.PAGE


# Private calendars


@pytest.fixture
def open_calendar(database, enter_as):
    """Open the calendar of the town for a role, and give its key."""

    def go(role=Role.ELU, slug=TOWN, seen=0):
        with database.transaction() as session:
            return calendars.open_(session, enter_as(session, role, slug), seen)

    return go


@pytest.fixture
def opens(database):
    """Tell whose calendar a key opens, None for nobody's."""

    def go(key):
        with database.reading() as session:
            try:
                visitor = calendars.holder(session, key)
            except NotFound:
                return None
            return visitor.name, visitor.organisation.slug

    return go


def keys(database):
    with database.reading() as session:
        return [(row.version, len(row.sha256)) for row in session.scalars(select(CalendarKey).order_by(CalendarKey.id))]


def told(database):
    wanted = (JournalAction.CALENDAR_OPENED, JournalAction.CALENDAR_CLOSED)
    with database.reading() as session:
        query = select(JournalEntry).where(JournalEntry.action.in_(wanted)).order_by(JournalEntry.id)
        return [(one.action, one.actor) for one in session.scalars(query)]


def test_a_key_opens_one_organisation_and_is_not_kept(database, open_calendar, opens):
    key = open_calendar()
    assert opens(key) == ("Sacha Élu (fictif)", TOWN)
    assert len(key) >= 22  # 128 bits and more, in base 64
    with database.reading() as session:
        kept = session.scalars(select(CalendarKey)).one()
        assert key not in (kept.sha256, str(vars(kept)))
        line = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
    assert key not in str(vars(line))
    assert opens(kept.sha256) is None
    for wrong in ("", key[:-1], key + "a", key.swapcase(), "é\x00" * 9, "\ud800"):
        assert opens(wrong) is None, wrong


def test_a_new_address_ends_the_old_one_and_closing_ends_it_all(database, enter_as, open_calendar, opens):
    first = open_calendar()
    second = open_calendar(seen=1)
    assert opens(first) is None
    assert opens(second)
    with database.transaction() as session:
        assert calendars.close(session, enter_as(session, Role.ELU, TOWN), 2)
    assert opens(second) is None
    with database.transaction() as session:
        assert not calendars.close(session, enter_as(session, Role.ELU, TOWN), 3)
    assert keys(database) == [(1, 64), (2, 64), (3, 0)]
    third = open_calendar(seen=3)
    assert (opens(first), opens(second)) == (None, None)
    assert opens(third)
    actions = [action for action, _ in told(database)]
    assert actions == [JournalAction.CALENDAR_OPENED] * 2 + [
        JournalAction.CALENDAR_CLOSED,
        JournalAction.CALENDAR_OPENED,
    ]


def test_two_who_press_at_once_make_one_key_and_the_other_is_told(open_calendar, database):
    def press():
        try:
            return open_calendar()
        except Conflict:
            return None

    done = together(press, press)
    assert sorted(one is not None for one in done) == [False, True]
    assert len(keys(database)) == 1


def test_the_keys_of_two_people_and_of_two_organisations_are_strangers(open_calendar, opens):
    official, lead, elsewhere = open_calendar(), open_calendar(Role.REFERENT), open_calendar(slug="marseille")
    assert len({official, lead, elsewhere}) == 3
    assert opens(elsewhere)[1] == "marseille"
    open_calendar(seen=1)
    assert opens(official) is None
    assert opens(lead)
    assert opens(elsewhere)


def test_a_closed_account_ends_its_keys_and_the_journal_says_so(database, open_calendar, opens):
    key, elsewhere = open_calendar(), open_calendar(slug="marseille")
    other = open_calendar(Role.AGENT)
    with database.transaction() as session:
        accounts.disable(session, demonstration.address(Role.ELU), "Administration")
    assert (opens(key), opens(elsewhere)) == (None, None)
    assert opens(other)
    assert told(database)[-2:] == [(JournalAction.CALENDAR_CLOSED, "Administration")] * 2
    with database.transaction() as session:  # a door opened again lets nobody in by the old key
        account_rows.by_email(session, demonstration.address(Role.ELU)).is_active = True
    assert opens(key) is None


def test_who_has_no_role_there_any_more_reads_nothing_by_their_key(database, open_calendar, opens):
    key, elsewhere = open_calendar(), open_calendar(slug="marseille")
    with database.transaction() as session:
        account = account_rows.by_email(session, demonstration.address(Role.ELU))
        grant = session.scalars(
            select(RoleGrant).where(RoleGrant.account_id == account.id).order_by(RoleGrant.organisation_id.desc())
        ).first()
        left = grant.organisation_id
        session.delete(grant)
    with database.reading() as session:
        row = session.scalars(select(CalendarKey).where(CalendarKey.organisation_id == left)).first()
    ended, kept = (key, elsewhere) if calendars.digest(key) == row.sha256 else (elsewhere, key)
    assert opens(ended) is None
    assert opens(kept)


def test_who_opened_a_calendar_is_for_whoever_runs_the_campaign(database, enter_as, open_calendar):
    open_calendar()
    with database.reading() as session:
        for role, veil in ((Role.ELU, {journal.Veil.AUTHOR}), (Role.REFERENT, set())):
            visitor = enter_as(session, role, TOWN)
            entries, _ = journal.page(session, visitor, 1)
            mine = [one for one in entries if one.action is JournalAction.CALENDAR_OPENED]
            assert len(mine) == 1
            assert set(journal.veiled(session, visitor, mine).values()) == veil
