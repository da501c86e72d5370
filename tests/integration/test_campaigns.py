"""Campaigns in the store: opened once, changed with care, closed knowingly, one indicator given back, assignments."""

from datetime import timedelta

import pytest
from sqlalchemy import event, func, select

from tests.integration.test_concurrency import together
from tracker.domain.campaigns import Progress
from tracker.domain.entries import Draft
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.vocabulary import Axis, NoticeKind, Role, Stage
from tracker.services import assignments, campaigns, followups, validation, workflow
from tracker.services.assignments import Entrusting
from tracker.services.campaigns import CampaignDraft, ReopeningDraft
from tracker.services.measurements import record
from tracker.services.portfolio import portfolio
from tracker.store.models import Assignment, Campaign, JournalEntry, MeasurementStep, Notice

COMPUTERS, YEAR = "SOB-06", 2025
TOWN = "demonstration"
OPENING = CampaignDraft("04/12/2026", "17/12/2026", ("20/11/2026", "01/12/2026", "", ""), year="2025")
LATER = CampaignDraft("11/12/2026", "17/12/2026", ("01/12/2026",), seen=1)


@pytest.fixture
def act(database, enter_as, today):
    """Give the function that calls a service as somebody, in a transaction of its own."""

    def go(service, *given, role=Role.REFERENT, slug="marseille", on=today, **named):
        with database.transaction() as session:
            return service(session, enter_as(session, role, slug), *given, on, **named)

    return go


@pytest.fixture
def opened(act):
    """Open a campaign of 2025 in Marseille."""
    return act(campaigns.open_, CampaignDraft("04/12/2026", "17/12/2026", ("01/12/2026",), year="2025"))


@pytest.fixture
def follow(database, enter_as, today):
    def look(year=YEAR, role=Role.REFERENT, slug="marseille"):
        with database.reading() as session:
            return followups.followup(session, enter_as(session, role, slug), year, today)

    return look


def refused(error):
    return [(problem.where, problem.code) for problem in error.value.problems]


def account(follow, name, slug="marseille"):
    found = follow(slug=slug).holdings.people
    return str(next(one.account_id for one in found if one.name.startswith(name)))


# Opening and changing


def test_a_year_is_opened_with_its_days_and_its_line_of_journal(act, database):
    with pytest.raises(Invalid) as caught:
        act(campaigns.open_, OPENING)
    assert refused(caught) == [("reminder-0", ProblemCode.REMINDER_IN_PAST)]
    assert act(campaigns.open_, CampaignDraft("04/12/2026", year="2025", has_four_eyes=True)) == YEAR
    with database.reading() as session:
        row = session.scalars(select(Campaign).order_by(Campaign.id.desc())).first()
        line = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
    assert (row.due_on.isoformat(), row.debate_on, row.has_four_eyes, row.version) == ("2026-12-04", None, True, 1)
    assert (line.action, line.subject, line.year) == (JournalAction.CAMPAIGN_OPENED, "2025", 2025)


@pytest.mark.parametrize(
    ("draft", "problems"),
    [
        (CampaignDraft("", year=""), [("year", ProblemCode.YEAR_MISSING), ("due_on", ProblemCode.DUE_MISSING)]),
        (CampaignDraft("31/02/2027", year="2025"), [("due_on", ProblemCode.DATE_UNREADABLE)]),
        (CampaignDraft("04/12/2026", year="2027"), [("year", ProblemCode.YEAR_OUT_OF_RANGE)]),
        (CampaignDraft("04/12/2026", "x", ("y",), year="2025"), [
            ("debate_on", ProblemCode.DATE_UNREADABLE), ("reminder-0", ProblemCode.DATE_UNREADABLE),
        ]),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_at_each_field_and_nothing_is_opened(act, database, draft, problems):
    with pytest.raises(Invalid) as caught:
        act(campaigns.open_, draft)
    assert refused(caught) == problems
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Campaign)) == 2  # the town's own


def test_a_year_is_opened_once_even_by_two_at_the_same_moment(act, database):
    done = together(*[lambda: act(campaigns.open_, CampaignDraft("04/12/2026", year="2025"))] * 2)
    assert sorted(type(one).__name__ for one in done) == ["Conflict", "int"]
    with pytest.raises(Conflict) as caught:
        act(campaigns.open_, CampaignDraft("04/12/2026", year="2025"))
    assert refused(caught) == [("year", ProblemCode.CAMPAIGN_EXISTS)]
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Campaign)) == 3


@pytest.mark.parametrize("role", [Role.AGENT, Role.ELU, Role.ADMIN])
def test_only_who_runs_campaigns_opens_changes_closes_or_entrusts(act, opened, role):
    for service, *given in (
        (campaigns.open_, CampaignDraft("04/12/2026", year="2024")),
        (campaigns.change, YEAR, LATER),
        (campaigns.reopen, YEAR, ReopeningDraft(COMPUTERS, "3", "01/12/2026", "x")),
        (assignments.sheet, YEAR, None, 1),
        (assignments.entrust, YEAR, None, Entrusting("", {COMPUTERS: ""})),
        (validation.desk, YEAR, 1),
    ):
        with pytest.raises(Forbidden):
            act(service, *given, role=role)
    with pytest.raises(Forbidden):
        act(campaigns.close, YEAR, 0, role=role, is_confirmed=True)


def test_a_stale_change_is_told_what_is_stored_and_overwrites_nothing(act, opened, follow):
    assert act(campaigns.change, YEAR, LATER)
    assert not act(campaigns.change, YEAR, LATER)  # the same again, from the same page: nothing to say
    with pytest.raises(Conflict) as caught:
        act(campaigns.change, YEAR, CampaignDraft("08/12/2026", "17/12/2026", ("01/12/2026",), seen=1))
    assert refused(caught) == [("due_on", ProblemCode.SETTING_STALE)]
    told = caught.value.problems[0].values
    assert (told["author"], told["theirs"].isoformat()) == ("Dominique Référent (fictif)", "2026-12-11")
    assert follow().campaign.due_on.isoformat() == "2026-12-11"


def test_two_changes_at_the_same_moment_give_one_and_one_conflict(act, opened):
    done = together(
        lambda: act(campaigns.change, YEAR, LATER),
        lambda: act(campaigns.change, YEAR, CampaignDraft("08/12/2026", seen=1)),
    )
    assert sorted(type(one).__name__ for one in done) == ["Conflict", "bool"]


def test_a_year_without_campaign_has_nothing_to_follow_change_or_close(act):
    for service, *given in ((followups.followup, 2023), (campaigns.change, 2023, LATER)):
        with pytest.raises(NotFound):
            act(service, *given)
    with pytest.raises(NotFound):
        act(campaigns.close, 2023, 0, is_confirmed=True)


# Following


def type_(act, value, seen=0, role=Role.AGENT, **named):
    act(record, YEAR, [Draft(COMPUTERS, seen=seen, value=value, precision="measured", **named)], role=role)


def test_the_follow_up_counts_by_axis_department_and_person_and_they_agree(act, opened, follow):
    type_(act, "5,4")
    act(workflow.submit, YEAR, [COMPUTERS], [COMPUTERS], role=Role.AGENT)
    found = follow()
    total = len(found.owed)
    assert found.counts == {Progress.SUBMITTED: 1, Progress.MISSING: total - 1}
    assert sum(sum(counts.values()) for counts in found.by_axis().values()) == total
    [(person, mine)] = found.by_person()
    assert person.name == "Alix Agent (fictif)"
    assert mine[Progress.SUBMITTED] == 1
    assert len(found.missing) == total - 1
    assert len(found.uncounted) == total


def test_a_value_from_before_the_campaign_goes_on_counting_while_its_correction_waits(follow):
    found = follow(slug=TOWN)
    slip = next(one for one in found.owed if one.indicator.code == "SOB-05")
    assert (slip.progress, slip.is_published) == (Progress.SUBMITTED, True)
    assert slip in found.kept
    assert slip not in found.uncounted


def test_the_follow_up_costs_the_same_few_queries_however_much_is_entrusted(database, enter_as, today, act):
    def cost():
        with database.reading() as session:
            visitor = enter_as(session, Role.REFERENT, TOWN)
            asked = []

            def note(connection, cursor, sql, parameters, context, executemany):
                asked.append(sql)

            event.listen(database.engine, "before_cursor_execute", note)
            followups.followup(session, visitor, YEAR, today)
            event.remove(database.engine, "before_cursor_execute", note)
        return len([sql for sql in asked if sql.lstrip().startswith("SELECT")])

    before = cost()
    found = act(assignments.sheet, YEAR, None, 1, slug=TOWN)
    seen = {line.indicator.code: line.seen for line in found.lines}
    agent = next(one.key for one in found.holdings.holders.values() if not one.is_department)
    assert act(assignments.entrust, YEAR, None, Entrusting(agent, seen, is_added=True), slug=TOWN)
    assert cost() == before <= 22


# Closing and giving back


def test_a_campaign_is_closed_knowing_what_will_not_count(act, opened, follow):
    uncounted = len(follow().uncounted)
    with pytest.raises(Invalid) as caught:
        act(campaigns.close, YEAR, uncounted, is_confirmed=False)
    assert refused(caught) == [("confirmed", ProblemCode.CLOSING_UNCONFIRMED)]
    type_(act, "5,4")
    act(workflow.submit, YEAR, [COMPUTERS], [COMPUTERS], role=Role.AGENT)
    act(workflow.validate, YEAR, [(COMPUTERS, 1)])
    with pytest.raises(Conflict) as stale:
        act(campaigns.close, YEAR, uncounted, is_confirmed=True)
    assert refused(stale) == [("confirmed", ProblemCode.CLOSING_CHANGED)]
    act(campaigns.close, YEAR, uncounted - 1, is_confirmed=True)
    assert not follow().campaign.is_open
    with pytest.raises(Conflict) as again:
        act(campaigns.close, YEAR, uncounted - 1, is_confirmed=True)
    assert refused(again) == [("closing", ProblemCode.CAMPAIGN_ENDED)]


@pytest.fixture
def closed(act, opened, follow):
    act(campaigns.close, YEAR, len(follow().uncounted), is_confirmed=True)


def test_an_indicator_is_given_back_to_one_person_until_a_day_included(act, closed, follow, database, today):
    agent = account(follow, "Alix")
    draft = ReopeningDraft(COMPUTERS, agent, "24/11/2026", "Facture retrouvée")
    with pytest.raises(Invalid):
        type_(act, "5,4")
    assert act(campaigns.reopen, YEAR, draft)
    assert not act(campaigns.reopen, YEAR, draft)  # a double click
    last = today + timedelta(days=2)
    act(record, YEAR, [Draft(COMPUTERS, value="5,4", precision="measured")], role=Role.AGENT, on=last)
    with pytest.raises(Invalid) as caught:
        act(
            record,
            YEAR,
            [Draft(COMPUTERS, seen=1, value="5,5", precision="measured")],
            role=Role.AGENT,
            on=last + timedelta(days=1),
        )
    assert refused(caught) == [(f"{COMPUTERS}:value", ProblemCode.CAMPAIGN_CLOSED)]
    with database.reading() as session:
        notice = session.scalars(select(Notice).order_by(Notice.id.desc())).first()
    assert (notice.kind, str(notice.account_id), notice.body) == (NoticeKind.REOPENED, agent, "Facture retrouvée")


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("draft", "where", "code"),
    [
        (ReopeningDraft("", "3", "24/11/2026", "x"), "code", ProblemCode.INDICATOR_MISSING),
        (ReopeningDraft("SOB-03", "3", "24/11/2026", "x"), "code", ProblemCode.UNKNOWN_CHOICE),
        (ReopeningDraft(COMPUTERS, "4", "24/11/2026", "x"), "account", ProblemCode.UNKNOWN_CHOICE),  # the elected one
        (ReopeningDraft(COMPUTERS, "3", "", "x"), "until", ProblemCode.UNTIL_MISSING),
        (ReopeningDraft(COMPUTERS, "3", "21/11/2026", "x"), "until", ProblemCode.UNTIL_IN_PAST),
        (ReopeningDraft(COMPUTERS, "3", "24/11/2027", "x"), "until", ProblemCode.UNTIL_TOO_FAR),
        (ReopeningDraft(COMPUTERS, "3", "24/11/2026", " "), "reason", ProblemCode.REOPENING_REASON_MISSING),
    ],
)
def test_giving_back_says_what_is_wrong_at_its_field(act, closed, draft, where, code):
    with pytest.raises(Invalid) as caught:
        act(campaigns.reopen, YEAR, draft)
    assert refused(caught) == [(where, code)]


def test_it_is_given_back_only_to_who_may_enter_it(act, closed, follow):
    agent = account(follow, "Alix")
    act(assignments.entrust, YEAR, None, Entrusting("", {COMPUTERS: _held(act, COMPUTERS)}))
    with pytest.raises(Invalid) as caught:
        act(campaigns.reopen, YEAR, ReopeningDraft(COMPUTERS, agent, "24/11/2026", "x"))
    assert refused(caught) == [("account", ProblemCode.CANNOT_ENTER)]


def test_nothing_is_given_back_while_the_campaign_is_open(act, opened):
    with pytest.raises(Invalid) as caught:
        act(campaigns.reopen, YEAR, ReopeningDraft(COMPUTERS, "3", "24/11/2026", "x"))
    assert refused(caught) == [("code", ProblemCode.CAMPAIGN_STILL_OPEN)]


# Entrusting


def _lines(act, slug="marseille"):
    first = act(assignments.sheet, YEAR, None, 1, slug=slug)
    pages = [act(assignments.sheet, YEAR, None, page, slug=slug) for page in range(2, first.pages + 1)]
    return {line.indicator.code: line for found in (first, *pages) for line in found.lines}


def _held(act, code, slug="marseille"):
    return _lines(act, slug)[code].seen


def test_an_indicator_changes_hands_with_its_line_of_journal(act, database):
    lines = _lines(act, TOWN)
    town = act(assignments.sheet, YEAR, None, 1, slug=TOWN)
    agent = next(one for one in town.holdings.holders.values() if not one.is_department)
    other = town.holdings.departments[0]
    seen = lines[COMPUTERS].seen
    assert act(assignments.entrust, YEAR, None, Entrusting(other.key, {COMPUTERS: seen}), slug=TOWN) == (COMPUTERS,)
    assert _held(act, COMPUTERS, TOWN) == other.key
    assert act(
        assignments.entrust, YEAR, None, Entrusting(agent.key, {COMPUTERS: other.key}, is_added=True), slug=TOWN
    ) == (COMPUTERS,)
    assert _held(act, COMPUTERS, TOWN) == f"{other.key} {agent.key}"
    with database.reading() as session:
        line = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
    assert (line.action, line.subject) == (JournalAction.ASSIGNMENT_CHANGED, COMPUTERS)
    assert (line.before, line.after) == (other.name, f"{other.name}, {agent.name}")


def test_what_changed_hands_meanwhile_is_not_overwritten(act):
    seen = _held(act, COMPUTERS)
    act(assignments.entrust, YEAR, None, Entrusting("", {COMPUTERS: seen}))
    with pytest.raises(Conflict) as caught:
        act(assignments.entrust, YEAR, None, Entrusting("p3", {COMPUTERS: seen, "SOB-07": _held(act, "SOB-07")}))
    assert refused(caught) == [(f"{COMPUTERS}:holder", ProblemCode.HOLDER_CHANGED)]
    assert _held(act, "SOB-07") == seen


def test_all_that_nobody_holds_is_entrusted_at_once_and_an_axis_too(act, database, enter_as):
    with database.transaction() as session:
        home = enter_as(session, Role.REFERENT).organisation.id
        for row in session.scalars(select(Assignment).where(Assignment.organisation_id == home)):
            session.delete(row)
    found = act(assignments.sheet, YEAR, None, 1)
    assert found.unheld == found.total > 25
    changed = act(assignments.entrust, YEAR, None, Entrusting("p3", {}, whole="unheld"))
    assert len(changed) == found.total
    assert act(assignments.entrust, YEAR, None, Entrusting("p3", {}, whole="unheld")) == ()
    of_axis = act(assignments.sheet, YEAR, Axis.TRUST, 1)
    department = found.holdings.departments[0].key
    asked = Entrusting(department, {}, whole="axis", digest=of_axis.digest)
    assert len(act(assignments.entrust, YEAR, Axis.TRUST, asked)) == of_axis.total
    with pytest.raises(Conflict):
        act(assignments.entrust, YEAR, Axis.TRUST, Entrusting("p3", {}, whole="axis", digest=of_axis.digest))


def test_two_who_entrust_at_the_same_moment_leave_one_holder_and_one_conflict(act):
    seen = {COMPUTERS: _held(act, COMPUTERS)}
    done = together(
        lambda: act(assignments.entrust, YEAR, None, Entrusting("p3", seen)),
        lambda: act(assignments.entrust, YEAR, None, Entrusting("p2", seen)),
    )
    assert sorted(type(one).__name__ for one in done) == ["Conflict", "tuple"]
    assert _held(act, COMPUTERS) in {"p2", "p3"}


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("asked", "where", "code"),
    [
        (Entrusting(None, {COMPUTERS: ""}), "holder", ProblemCode.HOLDER_MISSING),
        (Entrusting("s99", {COMPUTERS: ""}), "holder", ProblemCode.UNKNOWN_CHOICE),
        (Entrusting("p4", {COMPUTERS: ""}), "holder", ProblemCode.UNKNOWN_CHOICE),  # the elected one enters nothing
        (Entrusting("p3", {}), "chosen", ProblemCode.NOTHING_CHOSEN),
        (Entrusting("p3", {"SOB-03": ""}), "chosen", ProblemCode.NOTHING_CHOSEN),  # computed: nobody's
    ],
)
def test_entrusting_says_what_is_wrong(act, asked, where, code):
    with pytest.raises(Invalid) as caught:
        act(assignments.entrust, YEAR, None, asked)
    assert refused(caught) == [(where, code)]


# Validating by the dozen


def test_the_odd_ones_come_first_and_are_never_among_the_plain(act):
    found = act(validation.desk, YEAR, 1, slug=TOWN)
    assert [one.code for one in found.odd] == ["SOB-05"]
    assert [one.code for one in found.ready] == ["SOB-17", "SOB-26", "ACC-01", "CON-08"]
    with pytest.raises(Conflict) as caught:
        act(validation.validate_plain, YEAR, [("SOB-17", 1), ("SOB-05", 2)], slug=TOWN)
    assert refused(caught) == [("SOB-05:value", ProblemCode.NOW_ODD)]


def test_when_one_of_the_dozen_changed_none_is_validated(act, database):
    seen = [("SOB-17", 1), ("SOB-26", 1), ("CON-08", 1)]
    draft = Draft("CON-08", seen=1, value="75", precision="measured")
    act(record, YEAR, [draft], role=Role.AGENT, slug=TOWN)
    before = _validated(database)
    with pytest.raises(Conflict) as caught:
        act(validation.validate_plain, YEAR, seen, slug=TOWN)
    assert refused(caught) == [("CON-08:value", ProblemCode.ALREADY_SETTLED)]
    act(workflow.submit, YEAR, ["CON-08"], ["CON-08"], role=Role.AGENT, slug=TOWN)
    with pytest.raises(Conflict) as again:
        act(validation.validate_plain, YEAR, seen, slug=TOWN)
    assert refused(again) == [("CON-08:value", ProblemCode.CHANGED_SINCE)]
    assert _validated(database) == before
    assert len(act(validation.validate_plain, YEAR, [*seen[:2], ("CON-08", 2)], slug=TOWN)) == 3


def _validated(database):
    with database.reading() as session:
        return session.scalar(
            select(func.count()).select_from(MeasurementStep).where(MeasurementStep.stage == Stage.VALIDATED)
        )


def test_one_who_validates_and_one_who_returns_at_the_same_moment_are_told_apart(act):
    seen = [("SOB-17", 1)]
    done = together(
        lambda: act(validation.validate_plain, YEAR, seen, slug=TOWN),
        lambda: act(workflow.return_, YEAR, seen, "À revoir", slug=TOWN),
    )
    assert sorted(type(one).__name__ for one in done) == ["Conflict", "tuple"]


def test_one_s_own_value_is_shown_and_not_ready_where_the_campaign_wants_four_eyes(act):
    act(campaigns.open_, CampaignDraft("04/12/2026", year="2025", has_four_eyes=True))
    type_(act, "5,4", role=Role.REFERENT)
    act(workflow.submit, YEAR, [COMPUTERS], [COMPUTERS])
    found = act(validation.desk, YEAR, 1)
    assert [(one.code, one.is_own) for one in found.shown] == [(COMPUTERS, True)]
    assert found.ready == []
    with pytest.raises(Invalid) as caught:
        act(validation.validate_plain, YEAR, [(COMPUTERS, 1)])
    assert refused(caught) == [(f"{COMPUTERS}:value", ProblemCode.OWN_VALUE)]


def test_a_year_without_campaign_has_nothing_on_the_desk(act):
    found = act(validation.desk, 2023, 1)
    assert (found.campaign, found.total) == (None, 0)


# The demonstration


def test_the_town_s_readers_see_the_published_value_and_not_the_slip(database, enter_as):
    with database.reading() as session:
        town = enter_as(session, Role.ELU, TOWN).organisation
        assert str(portfolio(session, town).figures.aim("SOB-05").value(YEAR)) == "1240"
        assert str(portfolio(session, town, with_drafts=True).figures.aim("SOB-05").value(YEAR)) == "1198000"


def test_the_town_has_a_closed_year_all_validated_and_a_running_one(follow):
    assert follow(2024, slug=TOWN).counts == {Progress.VALIDATED: len(follow(2024, slug=TOWN).owed)}
    running = follow(slug=TOWN)
    assert running.campaign.is_open
    assert running.counts[Progress.SUBMITTED] == 5
    assert running.counts[Progress.RETURNED] == 1
    assert running.counts[Progress.MISSING] == 3
