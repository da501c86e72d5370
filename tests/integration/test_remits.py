"""Remits of departments read from the rows, and their letters on their way to a real mail server."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from benchmarks.server import free_port
from tests.integration.planned_rows import add_action, add_plan
from tests.integration.test_concurrency import together
from tests.integration.test_mailing import SENDER, Office, serving
from tracker.config.settings import Mailing, MailSecurity, read
from tracker.domain.errors import Forbidden, NotFound
from tracker.domain.journal_actions import JournalAction
from tracker.domain.vocabulary import NoticeKind, Role
from tracker.services import accounts, demonstration, remits
from tracker.services.circulars import Circulated, circulate
from tracker.store.models import Department, JournalEntry, Notice, RoleGrant
from tracker.store.queries import accounts as account_rows

TOWN, YEAR = "demonstration", 2025
AGENT, LEAD = demonstration.address(Role.AGENT), demonstration.address(Role.REFERENT)


@pytest.fixture
def settings(tmp_path):
    """Give the settings of an instance without a mail server."""
    return read({"TRACKER_INSTANCE": str(tmp_path), "TRACKER_PUBLIC_URL": "https://suivi.example"})


@pytest.fixture
def colleague(database):
    """Have the lead work for the department of the agent: two people get its letters."""
    with database.transaction() as session:
        numbers = {
            role: account_rows.by_email(session, demonstration.address(role)).id for role in (Role.AGENT, Role.REFERENT)
        }
        home = session.scalars(select(RoleGrant).where(RoleGrant.account_id == numbers[Role.AGENT])).all()
        for grant in home:
            session.execute(
                update(RoleGrant)
                .where(
                    RoleGrant.account_id == numbers[Role.REFERENT], RoleGrant.organisation_id == grant.organisation_id
                )
                .values(department_id=grant.department_id)
            )


@pytest.fixture
def own(database, enter_as):
    """Give the code of the agent's department in the town."""
    with database.reading() as session:
        return remits.own(session, enter_as(session, Role.AGENT, TOWN))


@pytest.fixture
def mail(database, settings, own, today):
    """Send the remit of the agent's department as the lead, through ``mailing``."""

    def go(mailing, role=Role.REFERENT, on=today, code=own, slug=TOWN):
        with database.reading() as session:
            number = account_rows.by_email(session, demonstration.address(role)).id
        return circulate(database, replace(settings, mailing=mailing), number, slug, code, YEAR, on)

    return go


def sent(database):
    with database.reading() as session:
        rows = session.scalars(select(Notice).where(Notice.kind == NoticeKind.REMIT).order_by(Notice.id))
        lines = session.scalars(select(JournalEntry).where(JournalEntry.action == JournalAction.REMIT_SENT))
        return [row.subject_code for row in rows], [(line.actor, line.subject, line.after) for line in lines]


def test_a_remit_holds_what_is_led_contributed_entrusted_owned_and_due(database, enter_as, today):
    with database.transaction() as session:
        town = enter_as(session, Role.REFERENT, TOWN).organisation
        plan = add_plan(session, town, 2098)
        add_action(session, town, plan, "A-01", "Menée", lead="DAC", ends_on=date(2026, 1, 1))
        add_action(session, town, plan, "A-02", "Aidée", lead="DSI", contributors=["DAC"])
        add_action(session, town, plan, "A-03", "D'autres", lead="DRH")
    with database.reading() as session:
        visitor = enter_as(session, Role.ELU, TOWN)
        found = remits.remit(session, visitor, "DAC", YEAR, today)
        everyone = remits.remits(session, visitor, YEAR, today)
        pack = remits.meeting_pack(session, visitor, "DAC", YEAR, today)
    assert [one.action.title for one in found.led if one.year == 2098] == ["Menée"]
    assert [one.action.title for one in found.contributed if one.year == 2098] == ["Aidée"]
    assert {one.commitment.owner for one in found.cards} == {"DAC"}
    assert found.entrusted
    assert [one.title.fr for one in found.late if one.year == 2098] == ["Menée"]
    assert found in everyone
    assert (pack.department, pack.departments["DAC"], pack.organisation.is_fictional) == (
        "DAC",
        found.department.name,
        True,
    )
    mine = [(one.title, one.lead) for one in pack.actions if one.title in {"Menée", "Aidée"}]
    assert mine == [("Menée", "DAC"), ("Aidée", "DSI")]
    assert len(pack.indicators) == len(found.entrusted)
    assert (date(2026, 1, 1), "Fin de l’action\u00a0: Menée, en retard de 325\u00a0jours") in [
        (one.on, one.title) for one in pack.deadlines
    ]
    whole = sum(len(one.entrusted) for one in everyone)
    assert whole > len(found.entrusted)


def test_what_is_missing_is_what_nobody_gave_for_the_year(database, enter_as, today, own):
    with database.reading() as session:
        visitor = enter_as(session, Role.ELU, TOWN)
        last = remits.remit(session, visitor, own, 2024, today)
        running = remits.remit(session, visitor, own, today.year, today)
    assert not last.missing
    assert len(running.missing) == sum(one.is_typed for one in running.entrusted)
    assert all(one.last for one in running.missing if one.indicator.code == "SOB-06")


def test_one_s_own_department_comes_first_and_others_keep_their_order(database, enter_as, today, own):
    with database.reading() as session:
        agent = [
            one.department.code for one in remits.remits(session, enter_as(session, Role.AGENT, TOWN), YEAR, today)
        ]
        official = enter_as(session, Role.ELU, TOWN)
        usual = [one.department.code for one in remits.remits(session, official, YEAR, today)]
        assert remits.own(session, official) == ""
    assert usual == ["DGS", "DSI", "DRH", "DAC", "DRU", "DCOM"]
    assert agent == [own, *(code for code in usual if code != own)]


def test_the_department_of_another_organisation_is_not_there(database, enter_as, today):
    with database.reading() as session, pytest.raises(NotFound):
        remits.remit(session, enter_as(session, Role.REFERENT), "DSI", YEAR, today)


# Letters


@pytest.mark.usefixtures("colleague")
def test_the_people_of_a_department_get_its_page_once_a_day_and_the_journal_names_them(database, mail, own, today):
    office = Office()
    with serving(office) as mailing:
        told = mail(mailing)
        assert told == Circulated(("Alix Agent (fictif)", "Dominique Référent (fictif)"))
        assert mail(mailing) == Circulated(already=2)
        assert len(mail(mailing, on=today + timedelta(days=400)).sent) == 2
    messages = office.messages()
    assert [message["To"] for message in messages[:2]] == [AGENT, LEAD]
    assert len(messages) == 4
    first = messages[0].get_content().replace("\u00a0", " ")
    assert first.startswith("Bonjour Alix Agent (fictif),")
    assert f"https://suivi.example/demonstration/directions/{own}" in first
    assert "est fictive : ses chiffres sont inventés" in first
    notices, lines = sent(database)
    assert notices[:2] == [own, own]
    assert lines[0] == ("Dominique Référent (fictif)", own, "Alix Agent (fictif), Dominique Référent (fictif)")


def test_two_who_send_at_once_send_one_letter_each_reader(database, mail):
    office = Office()
    with serving(office) as mailing:
        done = together(lambda: mail(mailing), lambda: mail(mailing))
    assert sorted((len(one.sent), one.already) for one in done) == [(0, 1), (1, 0)]
    assert len(office.envelopes) == 1
    assert len(sent(database)[0]) == 1


@pytest.mark.usefixtures("colleague")
def test_a_letter_that_is_refused_stays_to_be_sent_the_same_day(database, mail):
    with serving(Office(refuses=AGENT)) as mailing:
        told = mail(mailing)
    assert (told.sent, told.failed) == (("Dominique Référent (fictif)",), (AGENT,))
    with serving(Office()) as mailing:
        again = mail(mailing)
    assert (again.sent, again.already) == (("Alix Agent (fictif)",), 1)
    assert {after for *_, after in sent(database)[1]} == {"Dominique Référent (fictif)", "Alix Agent (fictif)"}


def test_where_the_server_does_not_answer_nothing_is_stored_and_the_reason_is_told(database, mail):
    nowhere = Mailing(MailSecurity.NONE, "127.0.0.1", free_port(), "", "", SENDER)
    told = mail(nowhere)
    assert told.unavailable is not None
    assert "ne répond pas" in told.unavailable.sentence
    assert (told.sent, told.failed) == ((), (AGENT,))
    assert sent(database) == ([], [])


def test_without_a_mail_server_nothing_leaves_and_nothing_is_stored(database, mail):
    assert mail(None) == Circulated()
    assert sent(database) == ([], [])


def test_only_who_runs_the_campaign_sends_and_only_to_open_accounts_of_that_department(database, mail, own):
    office = Office()
    with serving(office) as mailing:
        for role in (Role.AGENT, Role.ELU, Role.ADMIN):
            with pytest.raises(Forbidden):
                mail(mailing, role)
        with pytest.raises(NotFound):
            mail(mailing, code="RIEN")
        other = next(code for code in ("DGS", "DRH", "DAC") if code != own)
        assert mail(mailing, code=other) == Circulated()
        with database.transaction() as session:
            accounts.disable(session, AGENT, "test")
        assert mail(mailing) == Circulated()
    assert not office.envelopes


def test_a_department_is_told_apart_from_its_namesake_elsewhere(database, mail, enter_as):
    with database.transaction() as session:
        home = enter_as(session, Role.REFERENT).organisation
        session.add(Department(organisation_id=home.id, position=9, code="DSI", name="Homonyme"))
    office = Office()
    with serving(office) as mailing:
        assert mail(mailing, code="DSI", slug="marseille") == Circulated()
    assert not office.envelopes
