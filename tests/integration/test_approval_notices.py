"""Who is told that an approval ends, when, and that nobody is told twice."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from tests.integration.test_commission import APPROVED, held
from tests.served import digital_service, full_audit
from tracker.domain.deadlines import DeadlineKind
from tracker.domain.vocabulary import NoticeKind, Role
from tracker.services import approval_notices, approvals, deadlines, notices
from tracker.store.models import Account, Notice, RoleGrant
from tracker.store.queries import organisations

UNTIL = date(2027, 6, 1)


@pytest.fixture
def session(database):
    with database.transaction() as opened:
        yield opened


@pytest.fixture
def referent(session, enter_as):
    return enter_as(session, Role.REFERENT, "marseille")


@pytest.fixture
def agent(session, enter_as):
    """Give the agent, who works for the department that answers for the site."""
    visitor = enter_as(session, Role.AGENT, "marseille")
    grant = session.query(RoleGrant).filter_by(account_id=visitor.account_id, organisation_id=visitor.organisation.id)
    assert grant.one().department_id is not None
    return visitor


@pytest.fixture
def site(session, referent, agent):
    """Give a site that is approved until 1 June 2027."""
    grant = session.query(RoleGrant).filter_by(account_id=agent.account_id, organisation_id=agent.organisation.id).one()
    row = digital_service(session, referent.organisation, name="Site", department_id=grant.department_id)
    full_audit(session, row)
    approvals.decide(session, referent, held(session, referent, row.number), row.number, APPROVED)
    return row


def announce(session, on: date) -> list[tuple[int, ...]]:
    with time_machine.travel(datetime(on.year, on.month, on.day, 8, tzinfo=UTC)):
        return [one.to for one in approval_notices.announce_endings(session, on) if one.slug == "marseille"]


def test_the_lead_and_the_department_are_told_90_and_30_days_ahead_and_once_it_is_past(session, referent, agent, site):
    both = [tuple(sorted((referent.account_id, agent.account_id)))]
    assert announce(session, date(2027, 3, 2)) == []
    assert announce(session, date(2027, 3, 3)) == both
    assert announce(session, date(2027, 3, 4)) == []
    assert announce(session, date(2027, 5, 1)) == []
    assert announce(session, date(2027, 5, 10)) == both  # a day that was missed is made up for
    assert announce(session, UNTIL) == []
    assert announce(session, date(2027, 6, 2)) == both
    assert announce(session, date(2027, 9, 2)) == []
    told = session.query(Notice).filter_by(kind=NoticeKind.APPROVAL_ENDING, account_id=referent.account_id)
    told = told.filter_by(organisation_id=referent.organisation.id).order_by(Notice.id).all()
    assert [one.body.split(" le ")[0] for one in told[:2]] == ["L’homologation finit"] * 2
    assert told[2].body.startswith("L’homologation est finie depuis le 1er juin 2027, avec son audit.")
    account = session.get_one(Account, referent.account_id)
    named = {one.name.fr for one in notices.of_account(session, account, 20) if one.name is not None}
    assert "Site" in named


def test_foreseeing_writes_nothing(session, referent, agent, site):
    before = session.query(Notice).count()
    (one,) = [one for one in approval_notices.foresee(session, UNTIL) if one.slug == "marseille"]
    assert (one.name, one.until) == ("Site", UNTIL)
    assert session.query(Notice).count() == before


def test_the_end_of_an_approval_stands_in_the_list_of_deadlines_and_in_the_calendar(session, referent, site):
    home = organisations.by_slug(session, "marseille")
    assert home is not None
    (found,) = [one for one in deadlines.deadlines(session, home, date(2027, 5, 1)) if one.kind is DeadlineKind.SERVICE]
    assert (found.on, found.title.fr) == (UNTIL, "Site")
    told = deadlines.calendar(session, referent, "https://x.example", date(2027, 5, 1), datetime.now(UTC)).decode()
    assert f"marseille-service-{site.number}-approval" in told.replace("\r\n ", "")
    assert "SUMMARY:Fin de l’homologation\N{NO-BREAK SPACE}: Site" in told.replace("\r\n ", "")
