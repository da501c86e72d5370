"""Reminders: who owes values is told once a day, their letters reach a real mail server once, and are tried again."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from benchmarks.server import free_port
from tests.integration.test_concurrency import together
from tests.integration.test_mailing import SENDER, Office, serving
from tracker.config.settings import Mailing, MailSecurity, read
from tracker.domain.errors import Conflict, Forbidden, NotFound
from tracker.domain.journal_actions import JournalAction
from tracker.domain.vocabulary import NoticeKind, Role, SubjectKind
from tracker.services import campaigns, reminders
from tracker.services.campaigns import CampaignDraft
from tracker.services.deliveries import Delivered
from tracker.services.followups import followup
from tracker.store.models import JournalEntry, Notice, Reminder
from tracker.store.queries import assignments

YEAR, TOWN = 2025, "demonstration"
AGENT = "agent@demonstration.example"


@pytest.fixture
def settings(tmp_path):
    """Give the settings of an instance without a mail server."""
    return read({"TRACKER_INSTANCE": str(tmp_path), "TRACKER_PUBLIC_URL": "https://suivi.example"})


@pytest.fixture
def remind(database, enter_as, today):
    def go(on=today, role=Role.REFERENT, slug=TOWN, year=YEAR):
        with database.transaction() as session:
            return reminders.remind(session, enter_as(session, role, slug), year, on)

    return go


def counted(database, table):
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(table))


def mailed(database):
    with database.reading() as session:
        return [row.mailed_at is not None for row in session.scalars(select(Reminder).order_by(Reminder.id))]


def test_who_owes_values_is_told_in_the_product_once_a_day(remind, database, today):
    notices = counted(database, Notice)
    told = remind()
    assert [(debt.person.email, len(debt.owed)) for debt in told.debts] == [(AGENT, 2)]
    again = remind()
    assert (again.debts, again.already) == ((), 1)
    assert (counted(database, Reminder), counted(database, Notice)) == (1, notices + 1)
    assert remind(on=today + timedelta(days=1)).debts
    with database.reading() as session:
        notice = session.scalars(select(Notice).order_by(Notice.id.desc())).first()
        line = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
    assert (notice.kind, notice.subject_kind, notice.subject_year) == (
        NoticeKind.REMINDER,
        SubjectKind.CAMPAIGN,
        YEAR,
    )
    assert notice.body.startswith("2\u00a0relevés de 2025 sont à soumettre au plus tard le 4 décembre 2026")
    assert (line.action, line.after) == (JournalAction.REMINDERS_SENT, "Alix Agent (fictif)")


def test_two_who_remind_at_the_same_moment_remind_once(remind, database):
    done = together(remind, remind)
    assert sorted(len(one.debts) for one in done) == [0, 1]
    assert counted(database, Reminder) == 1


def test_whoever_owes_nothing_is_left_in_peace(remind, database, enter_as, today):
    with database.transaction() as session:
        town = enter_as(session, Role.REFERENT, TOWN)
        numbers = [one.number for one in followup(session, town, YEAR, today).missing]
        assignments.remove(session, town.organisation.id, numbers)
    assert remind() == reminders.Reminded(TOWN, YEAR, (), 0)


def test_only_who_runs_campaigns_reminds_and_never_of_a_closed_one(remind):
    with pytest.raises(Forbidden):
        remind(role=Role.AGENT)
    with pytest.raises(NotFound):
        remind(year=2023)
    with pytest.raises(Conflict):
        remind(year=2024)


def test_planned_reminders_leave_on_their_day_and_catch_up_once(database, today):
    def run(on):
        with database.transaction() as session:
            return [len(one.debts) for one in reminders.remind_planned(session, on)]

    with database.reading() as session:
        assert [len(one.debts) for one in reminders.foresee(session, today)] == [1]
    assert counted(database, Reminder) == 0
    assert run(today - timedelta(days=3)) == []
    assert run(today) == [1]  # planned for the 20th: the machine slept two days
    assert run(today) == []
    assert run(today + timedelta(days=1)) == []
    assert run(today + timedelta(days=9)) == [1]  # the 1st of December
    assert run(today + timedelta(days=9)) == [0]


def test_the_letter_reaches_the_server_once_and_says_what_is_owed(remind, database, settings, today):
    office = Office()
    remind()
    with serving(office) as mailing:
        on_line = replace(settings, mailing=mailing)
        assert reminders.deliver(database, on_line, today).sent == 1
        assert reminders.deliver(database, on_line, today).sent == 0
    [letter] = office.messages()
    assert letter["To"] == AGENT
    assert letter["Subject"].replace("\u00a0", " ") == "Campagne 2025 : il vous reste 2 relevés à soumettre"
    body = letter.get_content()
    assert "Bonjour Alix Agent (fictif)," in body
    assert "- Taux de clic aux campagnes d’hameçonnage simulé" in body
    assert "https://suivi.example/demonstration/saisie/2025" in body
    assert mailed(database) == [True]


def test_a_letter_that_could_not_leave_is_tried_again_by_the_next_run(remind, database, settings, today):
    remind()
    nobody = Mailing(MailSecurity.NONE, "127.0.0.1", free_port(), "", "", SENDER)
    told = reminders.deliver(database, replace(settings, mailing=nobody), today)
    assert (told.sent, told.failed) == (0, (AGENT,))
    assert told.unavailable is not None
    assert mailed(database) == [False]
    remind(on=today + timedelta(days=1))
    office = Office()
    with serving(office) as mailing:
        assert reminders.deliver(database, replace(settings, mailing=mailing), today + timedelta(days=1)).sent == 1
    assert len(office.envelopes) == 1  # two reminders wait for a letter: one letter answers both
    assert mailed(database) == [True, True]


def test_a_refused_address_is_named_and_stays_to_be_tried(remind, database, settings, today):
    remind()
    with serving(Office(refuses=AGENT)) as mailing:
        told = reminders.deliver(database, replace(settings, mailing=mailing), today)
    assert (told.sent, told.failed, told.unavailable) == (0, (AGENT,), None)
    assert mailed(database) == [False]


def test_a_letter_out_of_date_or_of_a_closed_campaign_is_never_sent(remind, database, settings, today, enter_as):
    remind()
    office = Office()
    with serving(office) as mailing:
        on_line = replace(settings, mailing=mailing)
        assert reminders.deliver(database, on_line, today + timedelta(days=8)).sent == 0
        with database.transaction() as session:
            referent = enter_as(session, Role.REFERENT, TOWN)
            left = len(followup(session, referent, YEAR, today).uncounted)
            campaigns.close(session, referent, YEAR, left, today, is_confirmed=True)
        assert reminders.deliver(database, on_line, today).sent == 0
    assert office.envelopes == []


def test_two_runs_at_the_same_moment_send_one_letter(remind, database, settings, today):
    remind()
    office = Office()
    with serving(office) as mailing:
        on_line = replace(settings, mailing=mailing)
        done = together(*[lambda: reminders.deliver(database, on_line, today)] * 2)
    assert sorted(one.sent for one in done) == [0, 1]
    assert len(office.envelopes) == 1


def test_without_a_mail_server_nothing_is_sent_and_nothing_is_said_to_be(remind, database, settings, today):
    remind()
    assert reminders.deliver(database, settings, today) == Delivered(0, ())
    assert mailed(database) == [False]


def test_the_letter_of_a_late_campaign_says_since_when(remind, database, settings, enter_as, today):
    with database.transaction() as session:
        campaigns.change(
            session, enter_as(session, Role.REFERENT, TOWN), YEAR, CampaignDraft("23/11/2026", seen=1), today
        )
    late = today + timedelta(days=3)
    remind(on=late)
    office = Office()
    with serving(office) as mailing:
        reminders.deliver(database, replace(settings, mailing=mailing), late)
    assert "2 relevés de 2025 sont en retard : ils étaient attendus le 23 novembre 2026" in office.messages()[
        0
    ].get_content().replace("\u00a0", " ")
