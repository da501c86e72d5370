"""Following: once however often one clicks, each for oneself, and nothing is forgotten."""

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from tests.integration.helpers import everything, follow_nothing
from tests.integration.test_concurrency import one_inside_the_other, together
from tracker.config.paths import bundled
from tracker.domain.errors import Invalid, NotFound
from tracker.domain.journal_actions import JournalAction
from tracker.domain.vocabulary import DigestFrequency, Role
from tracker.services import demonstration, followings, instance, journal, questions
from tracker.services.demonstrated_followings import ANSWERED_AT, ASKED_AT, ASKED_ON, FOLLOWED
from tracker.store.models import DigestChoice, Following, JournalEntry, Question

CODE, TOWN = "DEM22-G02", "demonstration"


@pytest.fixture
def follow(database, enter_as):
    def go(answer="oui", role=Role.ELU, code=CODE, slug=TOWN, meanwhile=lambda: None):
        with database.transaction() as session:
            is_new = followings.follow(session, enter_as(session, role, slug), code, answer)
            meanwhile()
        return is_new

    return go


@pytest.fixture
def choose(database, enter_as):
    def go(frequency, role=Role.ELU):
        with database.transaction() as session:
            return followings.choose(session, enter_as(session, role, TOWN), frequency)

    return go


def versions(database):
    """Give what was said of followings since those of the demonstration."""
    with database.reading() as session:
        rows = session.scalars(select(Following).where(Following.recorded_at > ASKED_AT).order_by(Following.id))
        return [(row.version, row.is_followed) for row in rows]


def lines(database):
    told = (JournalAction.COMMITMENT_FOLLOWED, JournalAction.COMMITMENT_LEFT, JournalAction.DIGEST_CHOSEN)
    with database.reading() as session:
        made = JournalEntry.action.in_(told), JournalEntry.at > ASKED_AT
        rows = session.scalars(select(JournalEntry).where(*made).order_by(JournalEntry.id))
        return [(row.action, row.subject, row.before, row.after) for row in rows]


def test_every_role_follows_and_leaves_and_each_change_has_its_line(database, follow):
    for role in Role:
        assert follow(role=role)
    assert not follow()
    assert follow("non")
    assert not follow("non")
    assert follow()
    assert versions(database) == [(1, True)] * 4 + [(2, False), (3, True)]
    told = [action for action, subject, *_ in lines(database) if subject == CODE]
    assert told == [JournalAction.COMMITMENT_FOLLOWED] * 4 + [
        JournalAction.COMMITMENT_LEFT,
        JournalAction.COMMITMENT_FOLLOWED,
    ]


def test_leaving_what_one_never_followed_writes_nothing(database, follow):
    before = everything(database)
    assert not follow("non")
    assert everything(database) == before


@pytest.mark.parametrize("code", ["RIEN", "VDM22-C02", ""])
def test_nothing_is_followed_that_the_organisation_does_not_have(database, follow, code):
    before = everything(database)
    with pytest.raises(NotFound):
        follow(code=code)
    with pytest.raises(Invalid):
        follow("peut-être")
    assert everything(database) == before


def test_two_clicks_at_the_very_same_moment_follow_once(database, follow):
    done = one_inside_the_other(lambda meanwhile: follow(meanwhile=meanwhile), follow)
    assert done == (True, False)
    assert sorted(together(*[lambda: follow("non")] * 3)) == [False, False, True]
    assert versions(database) == [(1, True), (2, False)]


def test_the_flagships_are_followed_together_and_only_what_is_missing(database, follow, enter_as):
    def go():
        with database.transaction() as session:
            return followings.follow_flagships(session, enter_as(session, Role.ELU, TOWN))

    first = go()
    assert first > 1
    assert go() == 0
    assert len(versions(database)) == first


def test_the_rhythm_has_versions_and_choosing_what_holds_already_adds_none(database, choose):
    assert not choose("monthly")
    assert choose("weekly")
    assert not choose("weekly")
    assert choose("never")
    with pytest.raises(Invalid):
        choose("hourly")
    with database.reading() as session:
        rows = session.scalars(select(DigestChoice).order_by(DigestChoice.id)).all()
    assert [(row.version, row.frequency) for row in rows] == [
        (1, DigestFrequency.WEEKLY),
        (2, DigestFrequency.NEVER),
    ]
    assert [(before, after) for _, _, before, after in lines(database)] == [("monthly", "weekly"), ("weekly", "never")]


@pytest.mark.parametrize("change", ["UPDATE following SET version = 9", "DELETE FROM following"])
def test_the_database_itself_refuses_to_rewrite_what_was_followed(database, follow, change):
    follow()
    with pytest.raises(DBAPIError, match="following is append-only"), database.transaction() as session:
        session.execute(text(change))


# The demonstration


def rows(database):
    with database.reading() as session:
        kept = session.scalars(select(Following).order_by(Following.id)).all()
        asked = session.scalar(select(func.count()).select_from(Question))
        return [(row.version, row.is_followed) for row in kept], asked


def test_the_town_s_official_follows_two_commitments_and_their_question_is_answered(database, enter_as):
    with database.reading() as session:
        elu = enter_as(session, Role.ELU, TOWN)
        assert all(followings.is_followed(session, elu, code) for code in FOLLOWED)
        [asked] = questions.on_commitment(session, elu, ASKED_ON).shown
        told = [(line.action, line.actor, line.subject) for line in journal.page(session, elu, 1)[0]]
    assert (asked.question.author, asked.question.at) == (demonstration.PEOPLE[Role.ELU], ASKED_AT)
    assert asked.answer is not None
    assert (asked.answer.author, asked.answer.at) == (demonstration.PEOPLE[Role.REFERENT], ANSWERED_AT)
    assert (JournalAction.QUESTION_ASKED, asked.question.author, ASKED_ON) in told
    assert (JournalAction.QUESTION_ANSWERED, asked.answer.author, ASKED_ON) in told


def test_setting_the_demonstration_up_again_leaves_what_people_did_since(database):
    follow_nothing(database)
    before = rows(database)
    instance.initialise(database, bundled("seeds"), demo=True, password=None)
    assert rows(database) == before == ([(1, True)] * 2 + [(2, False)] * 2, 1)
