"""The journal: latest line first, page by page, each organisation its own."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from tracker.domain.entries import Draft
from tracker.domain.errors import NotFound
from tracker.domain.journal_actions import JournalAction
from tracker.domain.vocabulary import OrganisationKind, Role
from tracker.services import journal, measurements
from tracker.services.visitor import enter
from tracker.store.models import Campaign, JournalEntry, Organisation, RoleGrant
from tracker.store.queries import accounts, organisations


def page(database, enter_as, number, slug="marseille", role=Role.ELU):
    with database.reading() as session:
        rows, pages = journal.page(session, enter_as(session, role, slug), number)
        return [(row.subject, row.after) for row in rows], pages


@pytest.fixture
def sixty_more(database, enter_as):
    """Write 60 lines on top of the five that setting up leaves: the vote, and four accounts."""
    with database.transaction() as session:
        town = enter_as(session).organisation.id
        for number in range(60):
            journal.write(
                session,
                JournalAction.VALUE_RECORDED,
                organisation_id=town,
                actor="test",
                subject=f"SOB-{number:02}",
                after=str(number),
            )
            session.flush()


def test_setting_up_leaves_the_vote_and_the_four_accounts_in_the_journal(database, enter_as):
    rows, pages = page(database, enter_as, 1)
    assert rows == [
        ("elu@demonstration.example", "elu"),
        ("agent@demonstration.example", "agent"),
        ("referent@demonstration.example", "referent"),
        ("admin@demonstration.example", "admin"),
        ("VDM-2022-0737", "64"),
    ]
    assert pages == 1


@pytest.mark.usefixtures("sixty_more")
def test_a_page_has_25_lines_the_latest_first_and_the_last_page_the_rest(database, enter_as):
    read = [page(database, enter_as, number) for number in (1, 2, 3)]
    assert [pages for _, pages in read] == [3, 3, 3]
    assert [len(rows) for rows, _ in read] == [25, 25, 15]
    everything = [after for rows, _ in read for _, after in rows]
    assert everything[:60] == [str(number) for number in range(59, -1, -1)]
    assert everything[60:] == ["elu", "agent", "referent", "admin", "64"]


def test_a_journal_of_exactly_one_page_has_one_page(database, enter_as):
    with database.transaction() as session:
        town = enter_as(session).organisation.id
        for number in range(20):
            journal.write(session, JournalAction.LOADED, organisation_id=town, actor="test", subject=str(number))
    rows, pages = page(database, enter_as, 1)
    assert (len(rows), pages) == (25, 1)


@pytest.mark.usefixtures("sixty_more")
@pytest.mark.parametrize("number", [0, 4, 99999])
def test_a_page_that_does_not_exist_is_empty_or_not_found_but_never_breaks(database, enter_as, number):
    try:
        rows, pages = page(database, enter_as, number)
    except NotFound:
        return
    assert (rows, pages) == ([], 3)


def test_an_empty_journal_is_one_page_without_a_line(database):
    with database.transaction() as session:
        town = Organisation(slug="ailleurs", name="Ailleurs", kind=OrganisationKind.COMMUNE)
        session.add(town)
        session.flush()
        account = accounts.by_email(session, "elu@demonstration.example")
        session.add(RoleGrant(account_id=account.id, organisation_id=town.id, role=Role.ELU))
    with database.reading() as session:
        assert journal.page(session, enter(session, account, "ailleurs"), 1) == ([], 1)


def test_an_organisation_reads_its_own_lines_only(database, enter_as, today):
    before = {slug: page(database, enter_as, 1, slug)[0] for slug in ("marseille", "amp", "demonstration")}
    with database.transaction() as session:
        measurements.record(session, enter_as(session, Role.REFERENT, "amp"), 2025, [Draft("SOB-06", value="5")], today)
        journal.write(session, JournalAction.LOADED, organisation_id=None, actor="test", subject="à personne")
    assert page(database, enter_as, 1, "amp")[0] == [("SOB-06", "5"), *before["amp"]]
    assert page(database, enter_as, 1, "marseille")[0] == before["marseille"]
    assert page(database, enter_as, 1, "demonstration")[0] == before["demonstration"]


def test_the_order_is_that_of_writing_and_not_of_the_clock(database, enter_as):
    with database.transaction() as session:
        town = enter_as(session).organisation.id
        for day, subject in ((20, "écrit en premier"), (10, "écrit en second")):
            session.add(
                JournalEntry(
                    organisation_id=town,
                    at=datetime(2026, 11, day, tzinfo=UTC),
                    actor="test",
                    action=JournalAction.LOADED,
                    subject=subject,
                )
            )
            session.flush()
    assert [subject for subject, _ in page(database, enter_as, 1)[0]][:2] == ["écrit en second", "écrit en premier"]


@pytest.mark.parametrize("role", list(Role))
def test_every_role_reads_the_journal(database, enter_as, role):
    assert page(database, enter_as, 1, role=role)[1] == 1


def test_a_line_says_when_in_utc(database):
    with database.reading() as session:
        lines = session.scalars(select(JournalEntry)).all()
        town = organisations.by_slug(session, "demonstration")
    assert all(line.at.tzinfo is UTC for line in lines)
    written = [line.at for line in lines if line.organisation_id != town.id]  # the past of the town is invented
    assert len(written) >= 10
    assert all(abs((datetime.now(UTC) - moment).total_seconds()) < 3600 for moment in written)


@pytest.mark.parametrize(("role", "is_veiled"), [(Role.ELU, True), (Role.ADMIN, True), (Role.AGENT, False)])
def test_who_enters_nothing_reads_that_a_value_is_prepared_and_not_which_until_the_campaign_ends(
    database, enter_as, today, role, is_veiled
):
    with database.transaction() as session:
        town = enter_as(session).organisation.id
        opened = datetime.now(UTC) - timedelta(hours=1)
        campaign = Campaign(
            organisation_id=town, year=2025, due_on=today, opened_at=opened, opened_by="Dominique Référent (fictif)"
        )
        session.add(campaign)
        session.flush()
        measurements.record(session, enter_as(session), 2025, [Draft("SOB-06", value="5,4")], today)
        measurements.record(session, enter_as(session), 2024, [Draft("SOB-06", value="5,2")], today)

    def told():
        with database.reading() as session:
            visitor = enter_as(session, role)
            rows, _ = journal.page(session, visitor, 1)
            hidden = journal.veiled(session, visitor, rows)
            return [(row.year, row.id in hidden) for row in rows[:2]]

    assert told() == [(2024, False), (2025, is_veiled)]
    with database.transaction() as session:
        session.get(Campaign, campaign.id).closed_at = datetime.now(UTC)
    assert told() == [(2024, False), (2025, False)]


@pytest.mark.parametrize("role", list(Role))
def test_names_are_for_who_runs_the_campaign_even_in_a_year_without_one(database, enter_as, role):
    naming = (JournalAction.REMINDERS_SENT, JournalAction.ASSIGNMENT_CHANGED)
    with database.transaction() as session:
        town = enter_as(session).organisation.id
        for action in (*naming, JournalAction.CAMPAIGN_CLOSED):
            journal.write(session, action, organisation_id=town, actor="test", subject="2019", year=2019, after="Alix")
    with database.reading() as session:
        visitor = enter_as(session, role)
        rows, _ = journal.page(session, visitor, 1)
        hidden = journal.veiled(session, visitor, rows)
    kept = {row.action for row in rows if hidden.get(row.id) is journal.Veil.NAMES}
    assert kept == (set() if role is Role.REFERENT else set(naming))
