"""Digests: what changed is told once a period, by a letter that reaches a real server once, if anything did."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from sqlalchemy import func, select

from benchmarks.server import free_port
from tests.integration.helpers import everything, follow_nothing
from tests.integration.test_concurrency import together
from tests.integration.test_mailing import SENDER, Office, serving
from tracker.config.settings import Mailing, MailSecurity, read
from tracker.domain.entries import Draft
from tracker.domain.journal_actions import JournalAction
from tracker.domain.vocabulary import DigestFrequency, FindingState, NoticeKind, Role, Status
from tracker.services import accounts, demonstration, digests, findings, followings, measurements, questions, workflow
from tracker.services.deliveries import Delivered
from tracker.services.findings import FindingDraft
from tracker.services.portfolio import portfolio
from tracker.store.models import Account, Digest, JournalEntry, Notice, RoleGrant
from tracker.store.queries import accounts as account_rows

SLUG, CODE, OTHER = "marseille", "VDM22-S23", "VDM22-C02"
ELU = "elu@demonstration.example"
BEGAN = datetime(2026, 11, 22, 10, tzinfo=UTC)  # a Sunday
MONDAY = datetime(2026, 11, 23, 6, tzinfo=UTC)
FIRST = datetime(2026, 12, 1, 6, tzinfo=UTC)


@pytest.fixture
def database(database):
    """Give a database in which nobody follows anything yet: each test says who does."""
    follow_nothing(database)
    return database


@pytest.fixture
def at():
    """Give what makes a moment the present one."""
    return lambda moment: time_machine.travel(moment, tick=True)


@pytest.fixture
def settings(tmp_path):
    """Give the settings of an instance without a mail server."""
    return read({"TRACKER_INSTANCE": str(tmp_path), "TRACKER_PUBLIC_URL": "https://suivi.example"})


@pytest.fixture
def follow(database, enter_as, at):
    """Have a person follow a commitment from a moment on, weekly unless told otherwise."""

    def go(moment=BEGAN, role=Role.ELU, code=CODE, frequency="weekly", slug=SLUG, answer="oui"):
        with at(moment), database.transaction() as session:
            visitor = enter_as(session, role, slug)
            followings.follow(session, visitor, code, answer)
            followings.choose(session, visitor, frequency)

    return go


@pytest.fixture
def record(database, enter_as, at):
    def go(moment, typed, year=2025, seen=0, slug=SLUG):
        with at(moment), database.transaction() as session:
            lead = enter_as(session, Role.REFERENT, slug)
            measurements.record(session, lead, year, [Draft("SOB-06", seen=seen, value=typed)], moment.date())

    return go


@pytest.fixture
def run(database, at):
    """Write the digests due at a moment; give who is told how many commitments changed."""

    def go(moment):
        with at(moment):
            told = digests.write_due(database, moment)
        return [(one.slug, due.account.email, len(due.news)) for one in told for due in one.told]

    return go


def periods(database):
    with database.reading() as session:
        return [(row.on, row.since, row.until) for row in session.scalars(select(Digest).order_by(Digest.id))]


def mailed(database):
    with database.reading() as session:
        return [row.mailed_at is not None for row in session.scalars(select(Digest).order_by(Digest.id))]


def notices(database):
    with database.reading() as session:
        return list(session.scalars(select(Notice.body).where(Notice.kind == NoticeKind.DIGEST).order_by(Notice.id)))


def plain(written: str) -> str:
    return written.replace("\u202f", " ").replace("\u00a0", " ")


# Periods


def test_a_week_tells_what_changed_once_and_the_next_one_begins_there(database, follow, record, run):
    follow()
    record(BEGAN + timedelta(hours=1), "5,4")
    assert run(BEGAN + timedelta(hours=2)) == []
    assert run(MONDAY) == [(SLUG, ELU, 1)]
    assert run(MONDAY + timedelta(hours=3)) == []
    assert run(MONDAY + timedelta(days=6)) == []
    assert run(MONDAY + timedelta(days=7)) == []
    assert [(on, until) for on, _, until in periods(database)] == [
        (date(2026, 11, 23), MONDAY),
        (date(2026, 11, 30), MONDAY + timedelta(days=7)),
    ]
    assert periods(database)[1][1] == MONDAY
    assert [plain(body) for body in notices(database)] == ["1 engagement suivi a changé depuis le 22 novembre 2026."]
    with database.reading() as session:
        lines = session.scalars(select(JournalEntry).where(JournalEntry.action == JournalAction.DIGESTS_SENT)).all()
    assert [(line.actor, line.after) for line in lines] == [("tracker", "Sacha Élu (fictif)")]


def test_a_machine_that_slept_catches_up_once(follow, record, run):
    follow()
    record(BEGAN + timedelta(hours=1), "5,4")
    assert run(MONDAY + timedelta(days=16)) == [(SLUG, ELU, 1)]
    assert run(MONDAY + timedelta(days=17)) == []


def test_a_month_across_the_end_of_a_year_by_the_day_of_paris(database, follow, record, run):
    follow(datetime(2026, 12, 31, 12, tzinfo=UTC), frequency="monthly")
    record(datetime(2026, 12, 31, 13, tzinfo=UTC), "5,4")
    assert run(datetime(2026, 12, 31, 22, 59, tzinfo=UTC)) == []
    assert run(datetime(2026, 12, 31, 23, 1, tzinfo=UTC)) == [(SLUG, ELU, 1)]  # one past midnight in Paris
    assert run(datetime(2027, 1, 31, 22, 59, tzinfo=UTC)) == []
    assert [on for on, _, _ in periods(database)] == [date(2027, 1, 1)]


@pytest.mark.parametrize(
    ("before", "after", "on"),
    [
        (datetime(2026, 3, 29, 21, 59, tzinfo=UTC), datetime(2026, 3, 29, 22, 1, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), datetime(2026, 10, 25, 23, 1, tzinfo=UTC), date(2026, 10, 26)),
    ],
    ids=["spring", "autumn"],
)
def test_a_week_begins_at_midnight_in_paris_on_the_sunday_when_the_hour_changes(
    database, follow, record, run, before, after, on
):
    follow(before - timedelta(days=1))
    record(before - timedelta(hours=1), "5,4", year=2024)
    assert run(before) == []
    assert run(after) == [(SLUG, ELU, 1)]
    assert [one for one, _, _ in periods(database)] == [on]


def test_who_wants_none_is_told_nothing_and_who_comes_back_hears_from_then_on(database, follow, record, run):
    follow(frequency="never")
    record(BEGAN + timedelta(hours=1), "5,4")
    assert run(FIRST) == []
    assert periods(database) == []
    follow(FIRST + timedelta(hours=1), frequency="weekly")
    assert run(FIRST + timedelta(days=7)) == []
    record(FIRST + timedelta(days=8), "5,5", seen=1)
    assert run(FIRST + timedelta(days=14)) == [(SLUG, ELU, 1)]


def test_who_left_a_commitment_and_comes_back_is_not_told_of_what_happened_meanwhile(follow, record, run):
    follow()
    follow(BEGAN + timedelta(hours=1), answer="non")
    record(BEGAN + timedelta(hours=2), "5,4")
    assert run(MONDAY) == []
    follow(MONDAY + timedelta(hours=1))
    assert run(MONDAY + timedelta(days=7)) == []


def test_who_left_the_organisation_or_whose_account_is_closed_is_told_nothing(database, follow, record, run):
    follow()
    follow(role=Role.AGENT)
    record(BEGAN + timedelta(hours=1), "5,4")
    with database.transaction() as session:
        accounts.disable(session, demonstration.address(Role.AGENT), "test")
        elu = account_rows.by_email(session, ELU)
        home = session.scalar(select(RoleGrant).join(RoleGrant.organisation).where(RoleGrant.account_id == elu.id))
        for grant in session.scalars(select(RoleGrant).where(RoleGrant.account_id == elu.id)):
            session.delete(grant)
    assert home is not None
    assert run(MONDAY) == []


def test_one_follows_in_one_s_own_organisation_only(follow, record, run):
    follow()
    record(BEGAN + timedelta(hours=1), "5,4", slug="amp")
    assert run(MONDAY) == []


# What is told


def test_a_digest_tells_the_state_the_figures_the_facts_and_the_answers_of_others(
    database, follow, record, enter_as, at
):
    follow()
    follow(code=OTHER)
    follow(role=Role.REFERENT)
    with at(BEGAN + timedelta(minutes=1)), database.transaction() as session:
        questions.ask(session, enter_as(session, Role.ELU, SLUG), CODE, "Où en est-on ?")
        lead = enter_as(session, Role.REFERENT, SLUG)
        number = questions.on_commitment(session, lead, CODE).shown[0].question.id
        questions.answer(session, lead, number, "À 5,4 ans.")
        state = next(iter(findings.STATES[_kind(session, lead, OTHER)]), FindingState.DONE)
        findings.record(session, lead, OTHER, FindingDraft(state, date(2026, 11, 20), "Procès-verbal"), BEGAN.date())
    record(BEGAN + timedelta(hours=1), "5,4")
    with database.reading() as session:
        [told] = [one for one in digests.foresee(session, MONDAY) if one.told]
    [lead, elu] = told.told
    assert [len(one.news) for one in (lead, elu)] == [1, 2]
    news = {one.commitment.code: one for one in elu.news}
    assert (news[CODE].before, news[CODE].status) == (Status.NOT_MEASURED, Status.ON_TRACK)
    assert [(one.year, one.before, one.after.value) for one in news[CODE].values] == [(2025, None, Decimal("5.4"))]
    assert [one.answer for one in news[CODE].replies] == ["À 5,4 ans."]
    assert [fact.on for fact in news[OTHER].findings] == [date(2026, 11, 20)]
    assert lead.news[0].replies == ()  # who answered knows


def _kind(session, visitor, code):
    return portfolio(session, visitor.organisation).commitment(code).kind


def test_what_is_typed_in_a_campaign_is_told_once_it_is_validated(database, follow, enter_as, at, run):
    slug, code = "demonstration", "DEM22-G03"
    follow(slug=slug, code=code)

    def act(moment, role, work):
        with at(moment), database.transaction() as session:
            return work(session, enter_as(session, role, slug))

    with database.reading() as session:
        town = enter_as(session, Role.REFERENT, slug).organisation
        [indicator] = [aim.indicator.code for aim in portfolio(session, town).commitment(code).aims]
    today, draft = BEGAN.date(), Draft(indicator, value="41", comment="Relevé de novembre")
    hour = timedelta(hours=1)
    act(BEGAN + hour, Role.REFERENT, lambda session, one: measurements.record(session, one, 2025, [draft], today))
    assert run(MONDAY) == []
    act(
        MONDAY + hour,
        Role.REFERENT,
        lambda session, one: workflow.submit(session, one, 2025, [indicator], [indicator], today),
    )
    seen = [(indicator, 1)]
    act(MONDAY + 2 * hour, Role.REFERENT, lambda session, one: workflow.validate(session, one, 2025, seen, today))
    assert run(MONDAY + timedelta(days=7)) == [(slug, ELU, 1)]


def test_foreseeing_writes_nothing(database, follow, record, at):
    follow()
    record(BEGAN + timedelta(hours=1), "5,4")
    before = everything(database)
    with database.reading() as session:
        assert [len(one.told) for one in digests.foresee(session, MONDAY) if one.slug == SLUG] == [1]
    assert everything(database) == before


def test_two_runs_at_the_same_moment_write_each_digest_once(database, follow, record):
    follow()
    record(BEGAN + timedelta(hours=1), "5,4")
    done = together(*[lambda: digests.write_due(database, MONDAY)] * 2)
    assert sorted(sum(len(one.told) for one in told) for told in done) == [0, 1]
    assert len(periods(database)) == 1
    assert len(notices(database)) == 1


# Letters


def test_the_letter_reaches_the_server_once_and_says_what_changed(database, follow, record, run, settings):
    follow()
    record(BEGAN + timedelta(hours=1), "5,4")
    run(MONDAY)
    record(MONDAY + timedelta(hours=1), "5,9", seen=1)  # after the period: for the next letter
    office = Office()
    with serving(office) as mailing:
        on_line = replace(settings, mailing=mailing)
        assert digests.deliver(database, on_line, MONDAY.date()).sent == 1
        assert digests.deliver(database, on_line, MONDAY.date()).sent == 0
    [letter] = office.messages()
    assert letter["To"] == ELU
    assert plain(letter["Subject"]) == "Ville de Marseille : 1 engagement suivi a changé"
    body = plain(letter.get_content())
    assert "Bonjour Sacha Élu (fictif)," in body
    assert "- État de 2025 : « Non mesuré » est devenu « En trajectoire »." in body
    assert "2025 : 5,4 ans." in body
    assert "5,9" not in body
    assert "https://suivi.example/marseille/engagements/VDM22-S23" in body
    assert "https://suivi.example/marseille/suivis" in body
    assert mailed(database) == [True]


def test_when_nothing_changed_no_letter_leaves(database, follow, run, settings):
    follow()
    run(MONDAY)
    office = Office()
    with serving(office) as mailing:
        assert digests.deliver(database, replace(settings, mailing=mailing), MONDAY.date()).sent == 0
    assert (office.envelopes, mailed(database), notices(database)) == ([], [False], [])


def test_a_letter_that_could_not_leave_is_tried_again_for_a_week_and_one_answers_two_digests(
    database, follow, record, run, settings
):
    follow()
    record(BEGAN + timedelta(hours=1), "5,4")
    run(MONDAY)
    nobody = Mailing(MailSecurity.NONE, "127.0.0.1", free_port(), "", "", SENDER)
    told = digests.deliver(database, replace(settings, mailing=nobody), MONDAY.date())
    assert (told.sent, told.failed) == (0, (ELU,))
    assert told.unavailable is not None
    record(MONDAY + timedelta(hours=1), "5,5", seen=1)
    week = MONDAY + timedelta(days=7)
    run(week)
    office = Office()
    with serving(office) as mailing:
        on_line = replace(settings, mailing=mailing)
        assert digests.deliver(database, on_line, week.date() + timedelta(days=8)).sent == 0
        assert digests.deliver(database, on_line, week.date()).sent == 1
    assert "5,5 ans" in plain(office.messages()[0].get_content())
    assert mailed(database) == [True, True]


@pytest.mark.parametrize("change", ["never", "left"])
def test_who_changed_their_mind_before_the_letter_left_is_left_in_peace(
    database, follow, record, run, settings, change
):
    follow()
    record(BEGAN + timedelta(hours=1), "5,4")
    run(MONDAY)
    later = MONDAY + timedelta(hours=1)
    follow(later, frequency="never") if change == "never" else follow(later, answer="non")
    office = Office()
    with serving(office) as mailing:
        assert digests.deliver(database, replace(settings, mailing=mailing), MONDAY.date()).sent == 0
    assert office.envelopes == []


def test_a_refused_address_stays_to_be_tried_and_two_runs_send_one_letter(database, follow, record, run, settings):
    follow()
    record(BEGAN + timedelta(hours=1), "5,4")
    run(MONDAY)
    with serving(Office(refuses=ELU)) as mailing:
        told = digests.deliver(database, replace(settings, mailing=mailing), MONDAY.date())
    assert (told.sent, told.failed, told.unavailable) == (0, (ELU,), None)
    office = Office()
    with serving(office) as mailing:
        on_line = replace(settings, mailing=mailing)
        done = together(*[lambda: digests.deliver(database, on_line, MONDAY.date())] * 2)
    assert sorted(one.sent for one in done) == [0, 1]
    assert len(office.envelopes) == 1


def test_without_a_mail_server_the_notice_is_there_and_nothing_is_said_to_be_sent(
    database, follow, record, run, settings
):
    follow()
    record(BEGAN + timedelta(hours=1), "5,4")
    run(MONDAY)
    assert digests.deliver(database, settings, MONDAY.date()) == Delivered(0, ())
    assert (mailed(database), len(notices(database))) == ([False], 1)


def test_many_people_of_one_organisation_cost_few_queries(database, follow, record, enter_as):
    for role in Role:
        follow(role=role)
    record(BEGAN + timedelta(hours=1), "5,4")
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Account)) == len(Role)
        assert followings.current([]) is DigestFrequency.MONTHLY
        visitor = enter_as(session, Role.ELU, SLUG)
        found = followings.overview(session, visitor, 1, MONDAY)
    assert (found.total, len(found.news), found.next_on) == (1, 1, MONDAY.date())
